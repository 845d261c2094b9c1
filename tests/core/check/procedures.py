"""Small procedures for the tests of the check, made from steps alone, and the slow way to look at all their states."""

from __future__ import annotations

import random
from dataclasses import replace

from gongzhi.core.calendar import Span
from gongzhi.core.charter.findings import Lines
from gongzhi.core.charter.spec import Charter, End, Field, Holder, Organ, Procedure, Result, Step, When
from gongzhi.core.procedure import moves
from gongzhi.core.procedure.case import Control

NOWHERE = Lines({})
OFFICE = Holder("organ", "office")


def task(name: str, *go: str, at_most: int | None = None, beyond: str | None = None, **more: object) -> Step:
    then = {f"to_{target}": Result(f"to_{target}", target, target) for target in dict.fromkeys(go)}
    step = Step(name, name, "task", OFFICE, within=Span(2, "d"), then=then, at_most=at_most, beyond=beyond)
    return replace(step, **more)  # type: ignore[arg-type]


def choice(name: str, condition: str, yes: str, no: str) -> Step:
    return Step(name, name, "choice", when=(When(condition, yes), When(None, no)))


def procedure(*steps: Step, ends: tuple[str, ...] = ("end",)) -> Procedure:
    return Procedure(
        "sample", "sample", "appeal", ("residents",), steps[0].name, {step.name: step for step in steps},
        {name: End(name, name) for name in ends}, {"f": Field("f", "f", "yesno")},
    )  # fmt: skip


def charter_of(one: Procedure) -> Charter:
    organs = {"office": Organ("office", "office", "community", "government")}
    return Charter("sample", "sample", 1, ("community",), organs, {one.name: one})


def random_procedure(seed: int) -> Procedure:
    """Three to six steps, some counted, some choices; the first asks the field that choices look at."""
    dice = random.Random(seed)
    names = [f"s{number}" for number in range(dice.randint(3, 6))]
    steps = [_random_step(dice, name, names) for name in names[1:]]
    first = task(names[0], *dice.sample([*names[1:], "end"], dice.randint(1, 2)), asks=("f",))
    return procedure(first, *steps)


def _random_step(dice: random.Random, name: str, names: list[str]) -> Step:
    targets = [*names[1:], "end", "end"]
    if dice.random() < 0.25:
        return choice(name, dice.choice(["f", "!f"]), dice.choice(targets), dice.choice(targets))
    counted = dice.random() < 0.5
    go = dice.sample(targets, dice.randint(1, 3))
    at_most = dice.randint(1, 2) if counted else None
    return task(name, *go, at_most=at_most, beyond=dice.choice(targets) if counted else None)


def all_states(one: Procedure, most: int = 5000) -> dict[Control, list[Control]] | None:
    """Every state with its true counters, by the engine's moves; None where they are too many."""
    on = moves.Setting(charter_of(one), one)
    start = _clean(moves.begin(on, ())[0])
    graph: dict[Control, list[Control]] = {}
    waiting = [start]
    while waiting:
        control = waiting.pop()
        if control in graph:
            continue
        if len(graph) > most:
            return None
        graph[control] = _after(on, control)
        waiting += graph[control]
    return graph


def _after(on: moves.Setting, control: Control) -> list[Control]:
    if control.status in ("closed", "final"):
        return []
    step = on.step(control)
    found = []
    for answer in (False, True) if step.asks else (None,):
        given = control if answer is None else replace(control, given=(("f", answer),))
        found += [_clean(moves.leave(on, given, outcome)[0]) for outcome in step.then]
    return found


def _clean(control: Control) -> Control:
    return replace(control, kept=(), sender="", receiver="office")
