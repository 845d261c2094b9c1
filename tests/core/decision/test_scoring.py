"""Scoring by hand: weights, places, ties, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from gongzhi.core.decision import BadCount, RuleError, RuleVersion, as_row, count, read_rule

ROW: dict[str, Any] = {
    "title": "项目评分",
    "law": "居民议事会决定",
    "kind": "scoring",
    "quorum": "present * 2 > eligible",
    "criteria": {"good": {"weight": 40}, "feasible": {"weight": 30}, "lasting": {"weight": 30}},
    "scale": {"least": 0, "most": 10},
    "ties": ["good"],
    "tie": "shared",
}


def rule(**change: object) -> RuleVersion:
    return read_rule("projects", {**ROW, **change})


def scores(**points: tuple[int, int, int]) -> dict[str, int]:
    """Sums of points for good, feasible and lasting."""
    names = ("good", "feasible", "lasting")
    given = {f"score.{o}.{n}": p for o, three in points.items() for n, p in zip(names, three, strict=True)}
    return {"eligible": 20, "present": 11, **given}


def test_weighted_sums_rank() -> None:
    verdict = count(rule(), scores(a=(50, 50, 50), b=(60, 40, 40), c=(10, 90, 90)))
    assert (verdict.outcome, verdict.chosen) == ("ranked", ("c", "a", "b"))
    ranked = [fact.args for fact in verdict.because if fact.code == "ranked"]
    assert ranked == [("c", 1, 5800), ("a", 2, 5000), ("b", 3, 4800)]


def test_a_tie_goes_to_the_declared_criterion_then_is_shared() -> None:
    tied = scores(a=(50, 60, 60), b=(53, 56, 60), c=(50, 60, 60))
    verdict = count(rule(), tied)
    assert [fact.args[:2] for fact in verdict.because if fact.code == "ranked"] == [("b", 1), ("a", 2), ("c", 2)]
    assert [fact.args for fact in verdict.because if fact.code == "place_shared"] == [(2, 2)]


def test_a_tie_by_lot_needs_the_lot() -> None:
    tied = scores(a=(50, 50, 50), b=(50, 50, 50), c=(9, 9, 9))
    with pytest.raises(BadCount) as error:
        count(rule(tie="lot"), tied)
    assert (error.value.code, error.value.details) == ("tie_undecided", ("a", "b"))
    assert count(rule(tie="lot"), {**tied, "lot.a": 2, "lot.b": 1}).chosen == ("b", "a", "c")


def test_half_is_no_quorum() -> None:
    assert count(rule(), {**scores(a=(1, 1, 1)), "present": 10}).outcome == "no_quorum"
    assert count(rule(), {**scores(a=(0, 0, 0)), "eligible": 0, "present": 0}).outcome == "no_quorum"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"score.a.good": -1}, "negative_count"),
        ({"score.a.good": 111}, "beyond_scale"),
        ({"score.a.beauty": 1}, "unknown_count"),
        ({"score.b.good": 1}, "missing_count"),
        ({"present": 21}, "more_than_possible"),
        ({"votes": 3}, "unknown_count"),
        ({"lot.z": 1}, "unknown_option"),
        ({"lot.a": 1, "lot.b": 1, "score.b.good": 1, "score.b.feasible": 1, "score.b.lasting": 1}, "lot_twice"),
    ],
)
def test_counts_that_cannot_be_true(change: dict[str, int], code: str) -> None:
    with pytest.raises(BadCount) as error:
        count(rule(tie="lot"), {**scores(a=(1, 1, 1)), **change})
    assert error.value.code == code


def test_no_option_at_all() -> None:
    with pytest.raises(BadCount, match="no option"):
        count(rule(), {"eligible": 3, "present": 3})


@pytest.mark.parametrize(
    ("change", "key", "why"),
    [
        ({"criteria": {"a": {"weight": 40}, "b": {"weight": 59}}, "ties": []}, "criteria", "weights_sum"),
        ({"criteria": {"a": {"weight": 100}, "b": {"weight": 0}}, "ties": []}, "criteria", "weights_sum"),
        ({"tie": None}, "tie", "tie_undeclared"),
        ({"ties": ["beauty"]}, "ties", "wrong"),
        ({"scale": {"least": 5, "most": 5}}, "most", "wrong"),
        ({"scale": {"most": 5}}, "scale", "wrong"),
        ({"criteria": {}}, "criteria", "wrong"),
        ({"criteria": {"好": {"weight": 100}}, "ties": []}, "criteria", "wrong"),
        ({"passes": "yes > eligible"}, "passes", "unknown_key"),
        ({"kind": "rakning"}, "kind", "unknown_kind"),
        ({"quorum": "yes > 0"}, "quorum", "wrong"),
    ],
)
def test_rules_written_wrongly(change: dict[str, object], key: str, why: str) -> None:
    with pytest.raises(RuleError) as error:
        rule(**change)
    assert (error.value.details[1], error.value.details[3]) == (key, why)


def test_a_scoring_survives_being_written() -> None:
    assert read_rule("projects", as_row(rule())) == rule()
