"""The verdict of the check against every state there is, counted by a simulator that shares nothing with the engine."""

import random
from dataclasses import replace

import networkx as nx
import pytest

from gongzhi.core.calendar import Span
from gongzhi.core.charter.spec import Charter, Handover, Holder, Late, Organ, Part, Procedure, Result, Step
from gongzhi.core.check import counted, loops, soundness, space
from tests.core.check.procedures import NOWHERE, charter_of, choice, procedure, task
from tests.core.check.simulator import At, Moves, Simulator

SEEDS = range(350)
MOST = 700
ORGANS = ("office", "bureau", "branch")


def charter_with(one: Procedure) -> Charter:
    organs = {name: Organ(name, name, "community", "government") for name in (*ORGANS, "joint", "other")}
    handover = Handover(Span(1, "d"), 1, "joint", Span(2, "d"))
    return replace(charter_of(one), organs=organs, handover=handover)


def random_one(seed: int) -> Procedure:
    """Three to five steps with offers, parts, counters, rungs, a resident who may stay silent, and choices."""
    dice = random.Random(seed)
    names = [f"s{number}" for number in range(dice.randint(3, 5))]
    first = task(names[0], *dice.sample([*names[1:], "end"], dice.randint(1, 2)), asks=("f",), late=late(dice, ()))
    return procedure(first, *(random_step(dice, name, names) for name in names[1:]))


def random_step(dice: random.Random, name: str, names: list[str]) -> Step:
    targets = [*names[1:], "end", "end"]
    if dice.random() < 0.3:
        look = dice.choice(
            ["f", "!f", "passes >= 1", *(f"uses.{other} >= {dice.randint(1, 2)}" for other in names[1:])]
        )
        return choice(name, look, dice.choice(targets), dice.choice(targets))
    at_most = dice.randint(1, 2) if dice.random() < 0.5 else None
    step = task(name, *dice.sample(targets, dice.randint(1, 3)), at_most=at_most)
    step = replace(step, beyond=dice.choice(targets) if at_most else None)
    if dice.random() < 0.2:
        silent = Result("no_answer", "no_answer", dice.choice(targets))
        return replace(step, by=Holder("filer"), then={**step.then, "no_answer": silent}, late=Late(assume="no_answer"))
    step = replace(step, by=Holder("organ", dice.choice(ORGANS)), late=late(dice, tuple(step.then)))
    return with_parts(dice, step, targets) if dice.random() < 0.4 else step


def late(dice: random.Random, outcomes: tuple[str, ...]) -> Late:
    assume = dice.choice(outcomes) if outcomes and dice.random() < 0.3 else None
    return Late(("joint",) if dice.random() < 0.3 else (), assume)


def with_parts(dice: random.Random, step: Step, targets: list[str]) -> Step:
    kinds = dice.sample(["sign.a", "help.b", "help.c"], dice.randint(1, 2))
    parts = tuple(
        Part(kind, Holder("organ", "other"), kind[:4], late=dice.choice(["absent", "blocks"])) for kind in kinds
    )
    step = replace(step, parts=parts, need=dice.choice(["all", "any", 1]))
    if "sign.a" not in kinds:
        return step
    return replace(step, then={**step.then, "unsigned": Result("unsigned", "unsigned", dice.choice(targets))})


def honest(one: Procedure) -> Procedure | None:
    """Only what can be explored: conditions look at counted steps, and no loop is made of choices and used-up steps alone."""
    for step in one.steps.values():
        for line in step.when:
            name = (line.if_ or "").partition(" ")[0].removeprefix("uses.")
            if (line.if_ or "").startswith("uses.") and one.steps[name].at_most is None:
                return None
    return None if loops.runs_at_once(one) else one


def holds(states: dict[At, Moves]) -> bool:
    """Can every state end, and does silence never go round?"""
    back: nx.DiGraph = nx.DiGraph((after, state) for state, moves in states.items() for _, after in moves)
    back.add_nodes_from(states)
    ended = [state for state in states if state.ended]
    ending = set(ended).union(*(nx.descendants(back, state) for state in ended)) if ended else set()
    silent = nx.DiGraph((state, after) for state, moves in states.items() for act, after in moves if not act)
    return ending >= set(states) and nx.is_directed_acyclic_graph(silent)


def test_the_verdict_is_that_of_every_state_there_is() -> None:
    """Random procedures with parts, counters, choices and offers: proved exactly where counting them all says so."""
    seen = {"proved": 0, "refuted": 0, "decided by counting": 0}
    for seed in SEEDS:
        one = honest(random_one(seed))
        states = Simulator(charter_with(one), one).all(MOST) if one else None
        if one is None or states is None:
            continue
        proved = soundness.examine(charter_with(one), one.name, NOWHERE).proved
        assert proved == holds(states), seed
        seen["proved" if proved else "refuted"] += 1
        doubtful = soundness.forgetful(charter_with(one), one, NOWHERE)[1] or loops.has_loop(one)
        seen["decided by counting"] += proved and bool(doubtful)
    assert seen["proved"] > 50, seen
    assert seen["refuted"] > 10, seen
    assert seen["decided by counting"] > 5, seen


def test_counting_meets_the_same_positions_as_the_simulator() -> None:
    """Not a state less and not one more, as far as step, end, counters, passes and answer tell them apart."""
    for seed in range(0, 350, 5):
        one = honest(random_one(seed))
        states = Simulator(charter_with(one), one).all(MOST) if one else None
        if one is None or states is None:
            continue
        found = counted.explore_counted(charter_with(one), one)
        ours = {
            (c.step, c.end, c.uses, c.passes, dict(c.given).get("f"), c.status == "ruling", c.phase)
            for c in found.ways if c.status != "final"
        }  # fmt: skip
        theirs = {
            (s.where, "", tuple(sorted(s.uses)), s.passes, s.f, s.ruling, "offered" if s.offered else "doing")
            for s in states if not s.ended
        }  # fmt: skip
        if "f" in set(space.tracked(one)):
            assert ours == theirs, seed
        assert {c.end for c in found.ways if c.end} == {s.where for s in states if s.ended}, seed


@pytest.mark.parametrize(("most", "cut"), [(2, True), (100, False)])
def test_counting_says_when_it_was_cut(most: int, cut: bool) -> None:
    one = procedure(task("a", "b"), task("b", "c"), task("c", "end"))
    assert counted.explore_counted(charter_of(one), one, most).cut is cut


def test_what_is_cut_is_never_called_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    one = procedure(task("a", "b", "end"), task("b", "c"), task("c", "b"))
    monkeypatch.setattr(counted.explore_counted, "__defaults__", (1,))
    found = soundness.examine(charter_of(one), one.name, NOWHERE)
    assert not found.proved
    assert {finding.code for finding in found.findings} == {"GZ505", "GZ506"}


def test_a_corrected_answer_can_lead_where_a_first_answer_could_not() -> None:
    """The two choices look at the same fact; only after a correction between them is `c`, a trap, ever entered."""
    one = procedure(
        task("a", "x", asks=("f",)),
        choice("x", "f", "b", "end"),
        task("b", "y"),
        choice("y", "f", "end", "c"),
        task("c", "d"),
        task("d", "c"),
    )
    assert not soundness.examine(charter_of(one), one.name, NOWHERE).proved
