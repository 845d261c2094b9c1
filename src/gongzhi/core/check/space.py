"""The lean state space of a procedure, made of the engine's own moves (semantics section 10.2).

Counters are off (both branches of every counted step are taken), holders are forgotten, parts are collapsed to
"all done", "one signature refused" and "lapsed", nothing is raised or paused. This only adds paths.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from typing import Protocol

from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.check.values import combinations, conditions, fields_used, names_in, too_many
from gongzhi.core.check.view import RESIDENTS, categories_of, lapses, runs_by_time
from gongzhi.core.procedure import handover, moves
from gongzhi.core.procedure.case import Control, Pairs, evolve, put
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.moves import Setting
from gongzhi.core.procedure.together import check_mergeable

MOST_STATES = 20_000
UNSIGNED = "unsigned"
ENDED = ("closed", "final")


@dataclass(frozen=True, slots=True)
class Way:
    """One transition: its label, whether an act makes it (else silence does), and where it leads."""

    label: str
    act: bool
    to: Control


@dataclass
class Space:
    """Everything reachable, with how it was reached first."""

    on: Setting
    ways: dict[Control, tuple[Way, ...]] = field(default_factory=dict)
    came: dict[Control, tuple[Control, str] | None] = field(default_factory=dict)
    nobody: list[Control] = field(default_factory=list)  # states in which no organ answers
    cut: bool = False

    def trace(self, control: Control) -> list[str]:
        """The steps and outcomes that lead to a state."""
        names: list[str] = []
        at: Control | None = control
        while at is not None:
            before = self.came.get(at)
            names.append(at.end or at.step)
            if before:
                names.append(f"[{before[1]}]")
            at = before[0] if before else None
        return names[::-1]


def setting_for(charter: Charter, procedure: Procedure) -> Setting:
    """A category with a duty line stands for all: which office holds does not matter here."""
    names = [name for name in categories_of(charter, procedure) if charter.duty_for(name)]
    return Setting(charter, procedure, names[0] if names else "", ("a", "b"))


class Walk(Protocol):
    """What a state space is made of: where it starts, one state's ways, and whether somebody answers in it."""

    on: Setting

    def too_many(self) -> bool: ...
    def starts(self) -> Iterator[Control]: ...
    def ways(self, control: Control) -> Iterator[Way]: ...
    def answered(self, control: Control) -> bool: ...


def explore(charter: Charter, procedure: Procedure, most: int = MOST_STATES) -> Space:
    """All lean states of a procedure whose names and conditions have been checked."""
    return grow(_Walk(setting_for(charter, procedure)), most)


def grow(walk: Walk, most: int) -> Space:
    """Everything reachable, up to a number of states; what is left out then is told by `cut`."""
    space = Space(walk.on)
    if walk.too_many():
        space.cut = True
        return space
    space.came = dict.fromkeys(walk.starts())
    waiting = deque(space.came)
    while waiting:
        control = waiting.popleft()
        if len(space.ways) >= most:
            space.cut = True
            return space
        space.ways[control] = ways = tuple(dict.fromkeys(walk.ways(control)))
        if control.status not in ENDED and not walk.answered(control):
            space.nobody.append(control)
        for way in ways:
            if way.to not in space.came:
                space.came[way.to] = (control, way.label)
                waiting.append(way.to)
    return space


def used_up(charter: Charter, procedure: Procedure) -> Callable[[Control], list[Control]]:
    """Tells where a state can go when every counted step is used up."""
    walk = _Walk(setting_for(charter, procedure), exhausted=True)
    return lambda control: list(dict.fromkeys(way.to for way in walk.ways(control)))


def many_answers(on: Setting, tracked: set[str]) -> bool:
    """Can some step be answered in more ways than are looked at?"""
    procedure, charter = on.procedure, on.charter
    given = [name for name, field in procedure.fields.items() if field.given == "filing"]
    asked = [given, *(step.asks for step in procedure.steps.values())]
    return any(too_many(sorted(tracked & set(names)), procedure, charter) for names in asked)


def corrections(on: Setting, control: Control, names: set[str]) -> Iterator[Way]:
    """A fact that was answered may be put right at any time, after a choice looked at it too (R32)."""
    for name, old in control.given:
        if name not in names:
            continue
        for values in combinations([name], on.procedure, on.charter):
            if values[name] != old:
                yield Way("*corrected", True, evolve(control, given=put(control.given, name, values[name])))


class _Walk:
    """Makes transitions out of the engine's moves and forgets what the lean space does not keep."""

    def __init__(self, on: Setting, exhausted: bool = False) -> None:
        self.on = on
        self.exhausted = exhausted
        steps = on.procedure.steps
        self.counted = {name: step.at_most for name, step in steps.items() if step.at_most is not None}
        self.full: Pairs = tuple(sorted(self.counted.items()))
        self.tracked = set(tracked(on.procedure))
        self.kept = _kept(on)
        self.bases = list(_bases(on, self.counted))

    def too_many(self) -> bool:
        return many_answers(self.on, self.tracked)

    def starts(self) -> Iterator[Control]:
        given = [name for name in self.tracked if self.on.procedure.fields[name].given == "filing"]
        for values in combinations(given, self.on.procedure, self.on.charter):
            yield self.forget(moves.begin(self.on, tuple(sorted(values.items())))[0])

    def ways(self, control: Control) -> Iterator[Way]:
        if control.status in ENDED:
            yield from self._reopened(control)
        elif control.status == "ruling":
            yield Way("*assigned", False, self.forget(handover.assign_by_duty(self.on, control)))
        else:
            yield from corrections(self.on, control, self.tracked)
            yield from self._waiting(control)

    def _reopened(self, control: Control) -> Iterator[Way]:
        if moves.can_reopen(self.on, control):
            rule = self.on.procedure.reopen
            for after in self._arrive(control, rule.to if rule else ""):
                yield Way("*reopened", True, after)

    def _waiting(self, control: Control) -> Iterator[Way]:
        step = self.on.step(control)
        if not control.served:
            yield Way("*served", True, evolve(control, served=True))
        if control.phase == "offered":
            yield Way("*accepted", False, self.forget(handover.accept(control)))
            yield Way("*declined", True, self.forget(handover.refer(control)))
        yield from self._merged(control)
        for outcome in _by_act(step):
            for answered in self._answers(control, step):
                yield from self._left(answered, outcome, act=True)
        if control.phase == "doing" and control.served:
            for outcome in lapses(step):
                yield from self._left(control, outcome, act=False)

    def _merged(self, control: Control) -> Iterator[Way]:
        """Going together with another matter, whose end leads to this one's own confirmation (R35)."""
        procedure = self.on.procedure
        with suppress(Refused):
            check_mergeable(self.on, control, ())
            led = evolve(control, status="following", leader="*", led_by=moves.answers(self.on, control))
            for after in self._arrive(led, procedure.after_merge or ""):
                yield Way("*merged", True, evolve(after, led_by=""))

    def _left(self, control: Control, outcome: str, act: bool) -> Iterator[Way]:
        before, target = moves.onward(self.on, control, self.on.step(control).then[outcome].go)
        for after in self._arrive(before, target):
            yield Way(outcome, act, after)

    def _arrive(self, control: Control, target: str) -> Iterator[Control]:
        """Both branches of every counted step on the way: entered, and past it because it is used up."""
        for base, passes in self.bases:
            uses = self.full if self.exhausted else base
            while True:
                after, _ = moves.arrive(self.on, evolve(control, uses=uses, passes=passes), target)
                yield self.forget(after)
                if self.exhausted or after.status in ENDED or after.step not in self.counted:
                    break
                uses = put(uses, after.step, self.counted[after.step])

    def _answers(self, control: Control, step: Step) -> Iterator[Control]:
        """Every way to answer what the step asks, as far as conditions can tell."""
        asked = [name for name in step.asks if name in self.tracked]
        for values in combinations(asked, self.on.procedure, self.on.charter):
            yield evolve(control, given=tuple(sorted({**dict(control.given), **values}.items())))

    def answered(self, control: Control) -> bool:
        """Does an organ answer, also at every rung of being late?"""
        if control.status == "open" and control.phase == "offered":
            return bool(control.sender and control.holder)
        return bool(moves.answers(self.on, control))

    def forget(self, control: Control) -> Control:
        sender = "*sender" if control.phase == "offered" and control.sender else control.sender
        return evolve(
            control, uses=(), passes=0, declined_by=(), kept=self.kept, reopened=0, raised=0, breach=False,
            paused=False, parts=(), objections=(), ran_out=False, sender=sender,
        )  # fmt: skip


def _by_act(step: Step) -> list[str]:
    """Outcomes that somebody can bring about."""
    if runs_by_time(step):
        return []
    signs = any(part.name.startswith("sign.") for part in step.parts)
    reserved = step.late.assume if step.by.kind in RESIDENTS else None
    return [name for name in step.then if name != reserved and (name != UNSIGNED or signs)]


def tracked(procedure: Procedure) -> Iterator[str]:
    """Fields the position of a matter can depend on."""
    yield from fields_used(procedure)
    for step in procedure.steps.values():
        holders = [step.by, step.asked_by, *(part.by for part in step.parts)]
        yield from (holder.name for holder in holders if holder and holder.kind == "field")


def _kept(on: Setting) -> Pairs:
    """`same STEP` needs a holder of that step; which one it was is forgotten."""
    holders = [holder for step in on.procedure.steps.values() for holder in (step.by, step.asked_by)]
    wanted = {holder.name for holder in holders if holder and holder.kind == "same"}
    steps = [on.procedure.steps[name] for name in sorted(wanted)]
    return tuple((step.name, moves.resolve(on, Control(), step.by)) for step in steps if step.by.kind != "same")


def _bases(on: Setting, counted: dict[str, int]) -> Iterator[tuple[Pairs, int]]:
    """Counters that conditions look at, with every value they can have."""
    names = {name for _, _, text in conditions(on.procedure) for name in names_in(text)}
    looked_at = sorted(name.removeprefix("uses.") for name in names if name.startswith("uses."))
    bound = on.handover.bound if on.handover and "passes" in names else -1
    for values in product(*(range(counted[name] + 1) for name in looked_at if name in counted)):
        for passes in range(bound + 2):
            yield tuple(zip(looked_at, values, strict=False)), passes
