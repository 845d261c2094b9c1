"""Elections of several seats by hand: thresholds, open seats, ties, a second ballot, orders of preference."""

from __future__ import annotations

from typing import Any

import pytest

from gongzhi.core.decision import BadCount, RuleError, RuleVersion, Verdict, count, of_item, read_rule

ROW: dict[str, Any] = {
    "title": "选举",
    "law": "城市居民委员会组织法第19条",
    "kind": "election",
    "quorum": "present * 2 > eligible",
    "wins": "yes * 2 > present",
    "tie": "open",
    "rerun": 1,
}
STV = {"method": "stv", "wins": None, "tie": "lot", "rerun": None, "seats": 1}


def rule(**change: object) -> RuleVersion:
    return read_rule("committee", {k: v for k, v in {**ROW, **change}.items() if v is not None})


def votes(seats: int = 2, present: int = 100, **given: int) -> dict[str, int]:
    return {"eligible": 150, "present": present, "seats": seats, **{f"yes.{n}": v for n, v in given.items()}}


def said(verdict: Verdict, code: str) -> list[tuple[str | int, ...]]:
    return [fact.args for fact in verdict.because if fact.code == code]


def test_the_best_of_those_with_a_majority_are_elected() -> None:
    verdict = count(rule(), votes(a=60, b=80, c=70, d=51))
    assert (verdict.outcome, verdict.chosen) == ("filled", ("b", "c"))
    assert said(verdict, "elected") == [("b", 80, 51, 100), ("c", 70, 51, 100)]


def test_exactly_half_is_not_enough_and_the_best_others_stand_again() -> None:
    verdict = count(rule(), votes(3, a=80, b=50, c=49, d=49, e=10))
    assert (verdict.outcome, verdict.chosen) == ("partly", ("a",))
    assert said(verdict, "rerun_among") == [("b", "c", "d")]  # two open seats and one more
    assert said(verdict, "seats_filled") == [(1, 3)]


def test_all_who_are_level_with_the_last_stand_again() -> None:
    assert said(count(rule(), votes(1, a=40, b=30, c=30, d=10)), "rerun_among") == [("a", "b", "c")]


def test_nobody_elected_is_still_a_valid_election() -> None:
    assert count(rule(), votes(1, a=50, b=50)).outcome == "partly"
    assert count(rule(), votes(1, present=75, a=75, b=0)).outcome == "void"


def test_a_tie_for_the_last_seat_leaves_it_open_unless_a_lot_is_declared() -> None:
    tied = votes(2, a=90, b=60, c=60)
    verdict = count(rule(), tied)
    assert (verdict.outcome, verdict.chosen) == ("partly", ("a",))
    assert said(verdict, "tie_open") == [("b", "c")]
    assert count(rule(), votes(3, a=90, b=60, c=60)).chosen == ("a", "b", "c")
    with pytest.raises(BadCount) as error:
        count(rule(tie="lot"), tied)
    assert (error.value.code, error.value.details) == ("tie_undecided", ("b", "c"))
    assert count(rule(tie="lot"), {**tied, "lot.c": 1, "lot.b": 2}).chosen == ("a", "c")


def test_the_rule_may_fix_the_seats_and_ask_for_spare_candidates() -> None:
    counts = votes(2, a=60, b=60)
    del counts["seats"]
    assert count(rule(seats=2), counts).chosen == ("a", "b")
    with pytest.raises(BadCount, match="fewer"):
        count(rule(seats=2, spare=1), counts)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"yes.a": 101}, "more_than_possible"),
        ({"present": 151}, "more_than_possible"),
        ({"yes.a": -1}, "negative_count"),
        ({"yes.王某": 1}, "unknown_count"),
        ({"no.a": 1}, "unknown_count"),
        ({"seats": 0}, "no_options"),
        ({"invalid": 60, "abstain": 41}, "more_than_possible"),
    ],
)
def test_counts_that_cannot_be_true(change: dict[str, int], code: str) -> None:
    with pytest.raises(BadCount) as error:
        count(rule(), {**votes(a=60, b=60), **change})
    assert error.value.code == code


def test_seats_are_needed() -> None:
    with pytest.raises(BadCount) as error:
        count(rule(), {"eligible": 3, "present": 3, "yes.a": 3})
    assert (error.value.code, error.value.details) == ("missing_count", ("seats",))


def test_orders_of_preference() -> None:
    counts = {"eligible": 20, "present": 15, "rank.a": 6, "rank.b.c": 4, "rank.c.b": 5}
    verdict = count(rule(**STV), counts)
    assert (verdict.outcome, verdict.chosen) == ("filled", ("c",))  # b goes out, its papers go to c: 9 of 8 needed
    assert said(verdict, "stv_quota") == [(8, 15, 1)]
    tied = {"eligible": 20, "present": 12, "rank.a": 6, "rank.b": 6}
    with pytest.raises(BadCount) as error:
        count(rule(**STV), tied)
    assert (error.value.code, error.value.details) == ("tie_undecided", ("a", "b"))
    assert count(rule(**STV), {**tied, "lot.a": 2, "lot.b": 1}).chosen == ("b",)
    with pytest.raises(BadCount, match="twice"):
        count(rule(**STV), {**tied, "rank.a.b.a": 1, "present": 13})
    with pytest.raises(BadCount, match="more than present"):
        count(rule(**STV), {**tied, "present": 11})


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"wins": None}, "wins"),
        ({"wins": "score > 2"}, "wins"),
        ({**STV, "wins": "yes > 0"}, "wins"),
        ({**STV, "tie": "open"}, "tie"),
        ({"tie": None}, "tie"),
        ({"seats": 0}, "seats"),
        ({"rerun": -1}, "rerun"),
        ({"method": "best"}, "method"),
    ],
)
def test_rules_written_wrongly(change: dict[str, object], key: str) -> None:
    with pytest.raises(RuleError) as error:
        rule(**change)
    assert error.value.details[1] == key


def test_one_of_several_items_is_a_plain_count() -> None:
    counts = {"eligible": 9, "present": 7, "yes.lift": 4, "no.lift": 3, "yes.lamp": 6, "no.lamp": 1}
    assert of_item(counts, "lift") == {"eligible": 9, "present": 7, "yes": 4, "no": 3}
