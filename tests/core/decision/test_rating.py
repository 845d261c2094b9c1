"""Ratings by groups by hand: means, weights, and when nothing is published."""

from __future__ import annotations

from typing import Any

import pytest

from gongzhi.core.decision import BadCount, RuleError, RuleVersion, count, read_rule

ROW: dict[str, Any] = {
    "title": "年度评议",
    "law": "章程",
    "kind": "rating",
    "quorum": "present * 2 > eligible",
    "grades": {
        "good": {"points": 100, "from": 80},
        "fair": {"points": 60, "from": 50},
        "poor": {"points": 0, "from": 0},
    },
    "groups": {"residents": {"weight": 60, "least": 10}, "units": {"weight": 40, "least": 3}},
}
COUNTS = {
    "eligible": 40, "present": 24,
    "grade.residents.good": 15, "grade.residents.fair": 4, "grade.residents.poor": 1,
    "grade.units.good": 3, "grade.units.fair": 1,
}  # fmt: skip


def rule(**change: object) -> RuleVersion:
    return read_rule("yearly", {**ROW, **change})


def test_the_mean_of_the_groups_means_gives_the_grade() -> None:
    verdict = count(rule(), COUNTS)  # residents (1500+240)/20 = 87, units (300+60)/4 = 90
    assert (verdict.outcome, verdict.chosen) == ("rated", ("good",))
    assert [fact.args for fact in verdict.because if fact.code == "group_rated"] == [
        ("residents", 20, 60, 8700),
        ("units", 4, 40, 9000),
    ]
    assert verdict.because[-1].args == ("good", 8820)


def test_the_bound_itself_is_reached_and_a_hundredth_less_is_not() -> None:
    grades = {"good": {"points": 100, "from": 88}, "poor": {"points": 60, "from": 0}}
    one = {"groups": {"all": {"weight": 100, "least": 1}}, "grades": grades}
    at = {"eligible": 100, "present": 100, "grade.all.good": 70, "grade.all.poor": 30}
    assert count(rule(**one), at).chosen == ("good",)
    below = {**at, "grade.all.good": 699, "grade.all.poor": 301, "eligible": 1000, "present": 1000}
    verdict = count(rule(**one), below)
    assert (verdict.chosen, verdict.because[-1].args) == (("poor",), ("poor", 8796))


def test_a_group_too_small_withholds_everything() -> None:
    verdict = count(rule(), {**COUNTS, "grade.units.fair": 0, "grade.units.good": 2})
    assert (verdict.outcome, verdict.chosen) == ("withheld", ())
    assert [fact.args for fact in verdict.because if fact.code == "group_small"] == [("units", 3, 2)]
    assert not any(fact.code in ("group_rated", "rated") for fact in verdict.because)


def test_too_few_of_the_roll_is_no_quorum() -> None:
    assert count(rule(), {**COUNTS, "eligible": 48}).outcome == "no_quorum"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"grade.units.great": 1}, "unknown_option"),
        ({"grade.guests.good": 1}, "unknown_option"),
        ({"grade.units.good": 4}, "more_than_possible"),
        ({"eligible.units": 3}, "more_than_possible"),
        ({"grade.units.good": -4}, "negative_count"),
        ({"score.a.b": 1}, "unknown_count"),
    ],
)
def test_counts_that_cannot_be_true(change: dict[str, int], code: str) -> None:
    with pytest.raises(BadCount) as error:
        count(rule(), {**COUNTS, **change})
    assert error.value.code == code


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"groups": {"a": {"weight": 60, "least": 1}, "b": {"weight": 39, "least": 1}}}, "weights_sum"),
        ({"groups": {"a": {"weight": 100, "least": 0}}}, "wrong"),
        ({"grades": {"good": {"points": 100, "from": 10}, "poor": {"points": 0, "from": 5}}}, "wrong"),
        ({"grades": {"good": {"points": 100, "from": 0}, "poor": {"points": 0, "from": 0}}}, "wrong"),
        ({"grades": {"good": {"points": 101, "from": 0}}}, "wrong"),
        ({"tie": "shared"}, "unknown_key"),
    ],
)
def test_rules_written_wrongly(change: dict[str, object], why: str) -> None:
    with pytest.raises(RuleError) as error:
        rule(**change)
    assert error.value.details[3] == why
