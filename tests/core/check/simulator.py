"""A second reading of the rules, for the tests of the check: it plays small procedures without any part of the engine.

A state is a plain tuple of what semantics sections 1 to 5 say a case has. Parts run in any order and a matter is passed
to any organ: nothing is left out to save work.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gongzhi.core.charter.spec import Charter, Part, Procedure, Step


class At(NamedTuple):
    where: str
    ended: bool = False
    ruling: bool = False
    offered: bool = False
    holder: str = ""
    sender: str = ""
    receiver: str = ""
    rung: int = 0
    breach: bool = False
    parts: frozenset[tuple[str, str]] = frozenset()
    uses: frozenset[tuple[str, int]] = frozenset()
    passes: int = 0
    declined: frozenset[str] = frozenset()
    had: frozenset[tuple[str, str]] = frozenset()
    f: bool | None = None


Moves = list[tuple[bool, At]]  # (does an act make it, where it leads)


class Simulator:
    """Every move of one procedure in one charter; conditions are `f`, `!f`, `uses.X >= n` and `passes >= n`."""

    def __init__(self, charter: Charter, procedure: Procedure) -> None:
        self.steps, self.ends, self.start = procedure.steps, procedure.ends, procedure.start
        self.organs, self.rule = list(charter.organs), charter.handover

    def first(self) -> At:
        by = self.steps[self.start].by.name
        return self.go(At("", holder=by, receiver=by), self.start)

    def all(self, most: int) -> dict[At, Moves] | None:
        """Every state there is, or None where there are more than `most`."""
        seen: dict[At, Moves] = {}
        waiting = [self.first()]
        while waiting:
            state = waiting.pop()
            if state not in seen:
                seen[state] = list(self.moves(state))
                waiting += [after for _, after in seen[state]]
            if len(seen) > most:
                return None
        return seen

    # --- going somewhere ---

    def go(self, state: At, target: str) -> At:
        uses = dict(state.uses)
        while target in self.steps:
            step = self.steps[target]
            if step.do == "choice":
                target = next(line.go for line in step.when if line.if_ is None or self.true(line.if_, state, uses))
            elif step.at_most is None or uses.get(target, 0) < step.at_most:
                if step.at_most is not None:
                    uses[target] = uses.get(target, 0) + 1
                return self.enter(state._replace(uses=frozenset(uses.items())), step)
            else:
                target = step.beyond or ""
        return At(target, ended=True)

    def true(self, text: str, state: At, uses: dict[str, int]) -> bool:
        if text in ("f", "!f"):
            return bool(state.f) == (text == "f")
        name, _, least = text.partition(" >= ")
        return (state.passes if name == "passes" else uses.get(name.removeprefix("uses."), 0)) >= int(least)

    def enter(self, state: At, step: Step) -> At:
        had = dict(state.had)
        holder = had.get(step.name) or ("filer" if step.by.kind == "filer" else step.by.name)
        now = self.answers(state)
        new = step.name not in had and holder != "filer" and step.do == "task"
        offered = new and self.rule is not None and holder not in (now, state.receiver)
        if not offered and holder != "filer":
            had[step.name] = holder
        return state._replace(
            where=step.name, holder=holder, offered=offered, sender=now if offered else "", rung=0, breach=False,
            parts=frozenset((part.name, "open") for part in step.parts), had=frozenset(had.items()),
        )  # fmt: skip

    def answers(self, state: At) -> str:
        if state.rung:
            return self.steps[state.where].late.raise_[state.rung - 1]
        if state.offered:
            return state.sender
        return state.receiver if state.holder == "filer" else state.holder

    # --- what can happen ---

    def moves(self, state: At) -> Iterator[tuple[bool, At]]:
        if state.ended:
            return
        if state.f is not None:
            yield True, state._replace(f=not state.f)  # a correction
        step = self.steps[state.where]
        if state.ruling:
            yield False, self.bind(state, step.by.name)
            yield from ((True, self.bind(state, organ)) for organ in self.organs)
            return
        for part in step.parts:
            yield from self.part(state, part)
        if state.offered:
            yield False, self.bind(state, state.holder, keeps_late=True)
            yield from ((True, self.pass_on(state, organ)) for organ in self.organs if organ != state.holder)
        yield from self.done(state, step)
        yield from self.late(state, step)

    def part(self, state: At, part: Part) -> Iterator[tuple[bool, At]]:
        now = dict(state.parts)[part.name]
        if now in ("open", "raised"):
            for new in ("done", "refused"):
                yield True, self.with_part(state, part.name, new)
        if now == "open":
            yield False, self.with_part(state, part.name, "raised" if part.late == "blocks" else "lapsed")

    def with_part(self, state: At, name: str, new: str) -> At:
        return state._replace(parts=frozenset({**dict(state.parts), name: new}.items()))

    def bind(self, state: At, organ: str, keeps_late: bool = False) -> At:
        had = frozenset({**dict(state.had), state.where: organ}.items())
        new = state._replace(ruling=False, offered=False, sender="", holder=organ, had=had)
        return new if keeps_late else new._replace(rung=0, breach=False)

    def pass_on(self, state: At, to: str) -> At:
        assert self.rule
        declined = state.declined | {state.holder}
        passed = state._replace(passes=state.passes + 1, declined=declined, rung=0, breach=False)
        if passed.passes > self.rule.bound or to in declined:
            return passed._replace(ruling=True, offered=False)
        if to in (state.sender, state.receiver):
            return self.bind(passed, to)
        return passed._replace(holder=to)

    def done(self, state: At, step: Step) -> Iterator[tuple[bool, At]]:
        for outcome, result in step.then.items():
            if state.holder == "filer" and outcome == step.late.assume:
                continue
            if not self.open(state, step, outcome):
                continue
            ready = self.bind(state, state.holder, keeps_late=True) if state.offered else state
            for answer in (False, True) if step.asks else (state.f,):
                yield True, self.go(ready._replace(f=answer), result.go)

    def open(self, state: At, step: Step, outcome: str) -> bool:
        """R6, R7: signatures all done, or `unsigned` once one is lost; the gate needs all, any or n; raised ones wait."""
        signs = [now for name, now in state.parts if name.startswith("sign.")]
        if outcome == "unsigned":
            return any(now in ("refused", "lapsed") for now in signs)
        if any(now != "done" for now in signs):
            return False
        states = [now for _, now in state.parts]
        if "raised" in states:
            return False
        needed = {"all": len(states) + 1, "any": 1}.get(str(step.need))
        enough = bool(states) and states.count("done") >= (int(step.need) if needed is None else needed)
        return enough or "open" not in states

    def late(self, state: At, step: Step) -> Iterator[tuple[bool, At]]:
        if state.rung < len(step.late.raise_):
            yield False, state._replace(rung=state.rung + 1)
        elif step.late.assume:
            yield False, self.go(state, step.then[step.late.assume].go)
        elif not state.breach:
            yield False, state._replace(breach=True)
