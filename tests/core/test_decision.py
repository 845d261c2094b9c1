"""Counting by threshold: outcome, exact needs, recusal, bad counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.decision import BadCount, RuleVersion, count
from gongzhi.core.fact import Fact

TWO_THIRDS = RuleVersion(
    name="meeting",
    title="会议",
    law="x",
    counts=("eligible", "present", "yes"),
    quorum="present * 3 >= eligible * 2 && present > 0",
    passes="yes * 2 > present",
)
STAYING = RuleVersion("stay", "会议", "x", TWO_THIRDS.counts, TWO_THIRDS.quorum, TWO_THIRDS.passes, recused="stay")
AREA = RuleVersion(
    name="owners",
    title="业主",
    law="x",
    counts=("eligible", "present", "yes", "area_total", "area_present", "area_yes"),
    quorum="area_present * 3 >= area_total * 2 && present * 3 >= eligible * 2",
    passes="area_yes * 4 >= area_present * 3 && yes * 4 >= present * 3",
)


def heads(eligible: int, present: int, yes: int) -> dict[str, int]:
    return {"eligible": eligible, "present": present, "yes": yes}


def test_because_says_what_was_needed_and_there() -> None:
    assert count(TWO_THIRDS, heads(60, 39, 39)).because == (Fact("quorum_short", ("present", 40, 39, "eligible", 60)),)
    assert count(TWO_THIRDS, heads(60, 40, 20)).because == (
        Fact("quorum_met", ("present", 40, 40, "eligible", 60)),
        Fact("yes_short", ("yes", 21, 20, "present", 40)),
    )
    assert count(TWO_THIRDS, heads(60, 60, 60)).because[1] == Fact("yes_enough", ("yes", 31, 60, "present", 60))


def test_both_gates_and_both_majorities_are_told() -> None:
    areas = {"area_total": 10_000_000, "area_present": 6_666_666, "area_yes": 5_000_000}
    verdict = count(AREA, heads(300, 200, 150) | areas)
    assert verdict.outcome == "no_quorum"
    assert verdict.because == (
        Fact("quorum_short", ("area_present", 6_666_667, 6_666_666, "area_total", 10_000_000)),
        Fact("quorum_met", ("present", 200, 200, "eligible", 300)),
    )
    verdict = count(AREA, heads(300, 200, 149) | areas | {"area_present": 6_666_667, "area_yes": 5_000_001})
    assert verdict.outcome == "failed"
    assert [fact.code for fact in verdict.because] == ["quorum_met", "quorum_met", "yes_enough", "yes_short"]


def test_an_empty_meeting_decides_nothing() -> None:
    verdict = count(TWO_THIRDS, heads(0, 0, 0))
    assert (verdict.outcome, verdict.quorum, verdict.passed) == ("no_quorum", False, False)
    assert Fact("quorum_short", ("present", 1, 0, "", 0)) in verdict.because


def test_whoever_leaves_changes_the_denominator() -> None:
    assert count(TWO_THIRDS, heads(60, 38, 20)).outcome == "no_quorum"
    verdict = count(TWO_THIRDS, heads(60, 38, 20), recused=3)  # two thirds of 57 are 38
    assert verdict.passed
    assert verdict.because[0] == Fact("recused_left", (3, 57))
    assert count(STAYING, heads(60, 38, 20), recused=3).outcome == "no_quorum"


@pytest.mark.parametrize("rule", [TWO_THIRDS, STAYING])
def test_the_recused_can_be_neither_present_nor_more_than_the_roll(rule: RuleVersion) -> None:
    with pytest.raises(BadCount):
        count(rule, heads(10, 5, 5), recused=11 if rule is TWO_THIRDS else -1)
    with pytest.raises(BadCount) as error:
        count(TWO_THIRDS, heads(10, 10, 5), recused=1)
    assert error.value.details == ("present", 10, "eligible", 9)


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ({"eligible": 10, "present": 5}, "missing_count"),
        ({**heads(10, 5, 5), "nays": 0}, "unknown_count"),
        (heads(10, 11, 5), "more_than_possible"),
        (heads(10, 5, 6), "more_than_possible"),
        (heads(-1, -1, -1), "negative_count"),
        (heads(10, 5, 2.0), "not_whole"),  # type: ignore[arg-type]
        (heads(10, 5, True), "not_whole"),
        (heads(10, 5, "3"), "not_whole"),  # type: ignore[arg-type]
        (heads(10**14, 5, 3), "count_too_large"),
    ],
)
def test_bad_counts(counts: dict[str, int], code: str) -> None:
    with pytest.raises(BadCount) as error:
        count(TWO_THIRDS, counts)
    assert error.value.code == code


def test_recusal_cannot_be_taken_off_an_area() -> None:
    areas = {"area_total": 10, "area_present": 9, "area_yes": 8}
    with pytest.raises(BadCount) as error:
        count(AREA, heads(10, 9, 8) | areas, recused=1)
    assert error.value.code == "recused_of_area"


@st.composite
def meetings(draw: st.DrawFn) -> dict[str, int]:
    eligible = draw(st.integers(0, 10**12))
    present = draw(st.integers(0, eligible))
    return heads(eligible, present, draw(st.integers(0, present)))


@given(meetings())
def test_against_exact_fractions(counts: dict[str, int]) -> None:
    quorum = counts["present"] * 3 >= counts["eligible"] * 2 and counts["present"] > 0
    passed = quorum and counts["yes"] * 2 > counts["present"]
    verdict = count(TWO_THIRDS, counts)
    assert (verdict.quorum, verdict.passed) == (quorum, passed)


@given(meetings())
def test_the_needed_number_is_the_smallest(counts: dict[str, int]) -> None:
    needed = next(f.args[1] for f in count(TWO_THIRDS, counts).because if f.args[3] == "eligible")
    assert isinstance(needed, int)
    assert needed * 3 >= counts["eligible"] * 2
    assert needed == 0 or (needed - 1) * 3 < counts["eligible"] * 2


@given(meetings())
def test_one_more_in_favour_never_hurts(counts: dict[str, int]) -> None:
    if counts["yes"] < counts["present"]:
        more = count(TWO_THIRDS, counts | {"yes": counts["yes"] + 1})
        assert more.passed or not count(TWO_THIRDS, counts).passed
