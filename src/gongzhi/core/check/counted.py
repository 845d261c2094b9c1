"""The counted state space: the engine's own moves with counters, parts, offers, rungs and holders (section 10.3).

It decides where the lean space fails or is undecided: slower, but every state in it can really be reached. Two things
are left out that add nothing to where a matter can go. Parts finish in the order of their names, since outcomes and
conditions ask only which parts are done, never which came first. And of the organs a procedure does not name, only as
many stand for all of them as can decline one after the other: nothing tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from gongzhi.core.charter.spec import Charter, Holder, Procedure, Step
from gongzhi.core.check.space import ENDED, Space, Way, corrections, grow, many_answers, setting_for, tracked
from gongzhi.core.check.values import combinations
from gongzhi.core.procedure import handover, moves
from gongzhi.core.procedure.case import Control, evolve, put
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.gate import check_parts, part_of
from gongzhi.core.procedure.moves import PARTIES, PEOPLE, Setting

MOST_STATES = 30_000  # about twenty seconds of one core


def explore_counted(charter: Charter, procedure: Procedure, most: int = MOST_STATES) -> Space:
    """Every state a matter can really be in; `cut` when there are more than `most`, and nothing is proved then."""
    return grow(_Counted(setting_for(charter, procedure)), most)


class _Counted:
    def __init__(self, on: Setting) -> None:
        self.on = on
        self.tracked = set(tracked(on.procedure))
        self.targets = _targets(on)

    def too_many(self) -> bool:
        return many_answers(self.on, self.tracked)

    def starts(self) -> Iterator[Control]:
        given = [name for name in self.tracked if self.on.procedure.fields[name].given == "filing"]
        for values in combinations(given, self.on.procedure, self.on.charter):
            yield moves.begin(self.on, tuple(sorted(values.items())))[0]

    def answered(self, control: Control) -> bool:
        if control.status == "open" and control.phase == "offered":
            return bool(control.sender and control.holder)
        return bool(moves.answers(self.on, control))

    def ways(self, control: Control) -> Iterator[Way]:
        if control.status in ENDED:
            if moves.can_reopen(self.on, control):
                yield Way("*reopened", True, moves.reopen(self.on, control)[0])
            return
        yield from corrections(self.on, control, self.tracked)
        if control.status == "ruling":
            yield from self._ruled(control)
            return
        yield from self._parts(control)
        if control.phase == "offered":
            yield from self._passed_on(control)
        yield from self._done(control)
        if control.served:
            yield from self._late(control)
        else:
            yield Way("*served", True, evolve(control, served=True))

    def _ruled(self, control: Control) -> Iterator[Way]:
        yield Way("*assigned", False, handover.assign_by_duty(self.on, control))
        for target in self.targets:
            with suppress(Refused):
                yield Way("*assigned", True, handover.assign(self.on, control, target))

    def _passed_on(self, control: Control) -> Iterator[Way]:
        yield Way("*accepted", False, handover.accept(control))
        for target in self.targets:
            with suppress(Refused):
                yield Way("*declined", True, handover.decline(self.on, control, target))

    def _parts(self, control: Control) -> Iterator[Way]:
        """The first open part ends or lapses; a part that protects is raised, and can still be done then."""
        step = self.on.step(control)
        first = next((name for name, state in control.parts if state == "open"), "")
        for name, state in control.parts:
            if state != "raised" and name != first:
                continue
            if not name.startswith("party."):  # parties answer with an outcome
                for new in ("done", "refused"):
                    yield Way(f"*{name} {new}", True, moves.set_part(control, name, new))
            if state == "open" and control.served:
                declared = part_of(step, name)
                new = "raised" if declared and declared.late == "blocks" else "lapsed"
                yield Way(f"*{name} {new}", False, moves.set_part(control, name, new))

    def _done(self, control: Control) -> Iterator[Way]:
        step, people = self.on.step(control), control.holder in PEOPLE
        if step.for_ is not None and not people:
            return
        ready = handover.accept(control) if control.phase == "offered" else control
        for outcome in step.then:
            if (people and outcome == step.late.assume) or not _open(step, control, outcome):
                continue
            for answered in self._answers(ready, step):
                yield from self._left(answered, outcome)

    def _left(self, control: Control, outcome: str) -> Iterator[Way]:
        """A good outcome of parties needs all of them; everything else leaves the step (R47)."""
        step = self.on.step(control)
        if control.holder == PARTIES and outcome == next(iter(step.then)):
            waits = [name for name, state in control.parts if name.startswith("party.") and state != "done"]
            for name in waits[:1]:
                control = moves.set_part(control, name, "done")
            if any(state != "done" for _, state in control.parts):
                yield Way(f"*{outcome}", True, control)
                return
        yield Way(outcome, True, moves.leave(self.on, control, outcome)[0])

    def _answers(self, control: Control, step: Step) -> Iterator[Control]:
        asked = [name for name in step.asks if name in self.tracked]
        for values in combinations(asked, self.on.procedure, self.on.charter):
            given = control.given
            for name, value in values.items():
                given = put(given, name, value)
            yield evolve(control, given=given)

    def _late(self, control: Control) -> Iterator[Way]:
        """What the step's own clock does: raised rung by rung, assumed, or a breach that stays (R20, R31)."""
        step = self.on.step(control)
        if step.for_ is not None:
            outcomes = ("opposed", "unopposed") if step.object else (step.late.assume,)
            for outcome in filter(None, outcomes):
                yield Way(outcome, False, moves.leave(self.on, control, outcome)[0])
        elif not control.breach:
            after, label, _ = moves.late(self.on, control)
            yield Way(step.late.assume or "" if label == "assumed" else f"*{label}", False, after)


def _open(step: Step, control: Control, outcome: str) -> bool:
    if control.holder == PARTIES:  # each party answers for itself; only other parts keep the gate shut
        control = evolve(control, parts=tuple(pair for pair in control.parts if not pair[0].startswith("party.")))
    try:
        check_parts(step, control, outcome)
    except Refused:
        return False
    return True


def _targets(on: Setting) -> list[str]:
    """Organs a matter can be passed on to: those this procedure names, and some for all it does not."""
    procedure = on.procedure
    named = {holder.name for holder in _holders(procedure) if holder.kind == "organ"}
    named |= {organ for step in procedure.steps.values() for organ in step.late.raise_}
    duty = on.charter.duty_for(on.category)
    named |= {duty.answers} if duty else set()
    others = [name for name in on.charter.organs if name not in named]
    bound = on.handover.bound if on.handover else 0
    return [name for name in on.charter.organs if name in named] + others[: bound + 1]


def _holders(procedure: Procedure) -> Iterator[Holder]:
    for step in procedure.steps.values():
        yield step.by
        if step.asked_by:
            yield step.asked_by
