"""PNML against an independent oracle: a checker that plays the net's tokens agrees with what our check proves."""

from __future__ import annotations

import pytest

from gongzhi.core.charter.spec import Procedure
from gongzhi.core.check import loops, soundness
from gongzhi.core.exchange.pnml import to_pnml
from tests.charters.shipped import PROCEDURES
from tests.core.check.procedures import NOWHERE, choice, procedure, random_procedure, task
from tests.core.check.procedures import charter_of as alone
from tests.core.exchange.procedures import charter_of, procedure_of
from tests.support.petri import completes_without, ends, faults, reachable, read_pnml

SEEDS = range(1500)


def net_says_sound(one: Procedure) -> bool:
    """The oracle: a sound workflow net, and still complete when every counted step is used up."""
    net = read_pnml(to_pnml(one, str))
    counted = {name for name in net.transitions if name.startswith("t.flow.enter.")}
    return not faults(net) and completes_without(net, counted)


def check_says_sound(one: Procedure) -> bool:
    charter = alone(one)
    if loops.runs_at_once(one):
        return False
    found = [
        *loops.check(charter, NOWHERE),
        *soundness.forgetful(charter, one, NOWHERE)[1],
    ]  # a net forgets counters too
    return not {finding.code for finding in found} & {"GZ503", "GZ504", "GZ505"}


@pytest.mark.parametrize(("name", "key"), PROCEDURES)
def test_every_shipped_procedure_is_sound_for_the_oracle_too(name: str, key: str) -> None:
    one = procedure_of(name, key)
    charter = charter_of(name)
    assert soundness.examine(charter, key, NOWHERE).proved
    assert faults(read_pnml(to_pnml(one, str))) == []
    assert net_says_sound(one)


def test_the_verdicts_agree_on_generated_procedures() -> None:
    """All that the oracle can read: a net forgets answers, so procedures with choices are left out."""
    verdicts = {True: 0, False: 0}
    for seed in SEEDS:
        one = random_procedure(seed)
        if any(step.do == "choice" for step in one.steps.values()):
            continue
        verdict = check_says_sound(one)
        assert net_says_sound(one) == verdict, seed
        verdicts[verdict] += 1
    assert min(verdicts.values()) > 50


def test_the_net_has_one_source_and_one_sink() -> None:
    net = read_pnml(to_pnml(procedure_of("fuqu", "shared_facility"), str))
    assert ends(net) == (["source"], ["sink"])
    assert all(sum(dict(marking).values()) == 1 for marking in reachable(net, net.start))


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (procedure(task("a", "b", "end"), task("b", "c"), task("c", "b")), "cannot complete"),
        (procedure(task("a", "end"), task("b", "end")), "sources"),
        (procedure(task("a", "b"), task("b", "a", at_most=2, beyond="b")), "sources"),
    ],
)
def test_the_oracle_finds_what_is_unsound(one: Procedure, fault: str) -> None:
    assert fault in " ".join(faults(read_pnml(to_pnml(one, str))))
    assert not check_says_sound(one)


def test_both_lines_of_a_choice_can_fire() -> None:
    one = procedure(task("a", "x", asks=("f",)), choice("x", "f", "b", "end"), task("b", "end"))
    assert net_says_sound(one)
