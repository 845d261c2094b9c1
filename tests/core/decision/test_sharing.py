"""A rule of kind `budget`: what it may say, which counts it takes, and marks of every form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.decision import BadCount, RuleError, count, read_rule
from gongzhi.core.decision import sharing_papers as papers

ROW = {"title": "分钱", "law": "约定", "kind": "budget", "quorum": "present * 2 > eligible"}
COUNTS = {"eligible": 10, "present": 10, "money": 9500, "cost.a": 4500, "cost.b": 3000, "cost.c": 2000}
ITEM = {"key": "i1", "options": [["a", "长椅"], ["b", "路灯"], ["c", "花园"]], "money": 7000,
        "costs": {"a": 4500, "b": 3000, "c": 2000}}  # fmt: skip


def rule(**more: object):  # type: ignore[no-untyped-def]
    return read_rule("r", {**ROW, **more})


def test_money_goes_to_projects() -> None:
    papers_in = {"set.a.b": 6, "set.c": 3, "set.none": 1}
    verdict = count(rule(), COUNTS | papers_in)
    assert (verdict.outcome, verdict.quorum, verdict.chosen) == ("selected", True, ("a", "c"))
    assert [(fact.code, fact.args) for fact in verdict.because][-1] == ("budget_out", ("b", 3000, 6, 1800))
    assert count(rule(completion="add1"), COUNTS | papers_in).chosen == ("a", "b", "c")
    assert count(rule(method="greedy"), COUNTS | papers_in).chosen == ("a", "b", "c")
    assert count(rule(method="phragmen", money=40), COUNTS | papers_in).chosen == ("b",)


def test_orders_and_points_weigh() -> None:
    assert count(rule(money=45), COUNTS | {"rank.a.c": 6, "rank.c": 4}).chosen == ("c",)
    few = {"points.a_5": 6, "points.c_1.a_1": 4}
    assert count(rule(money=45), COUNTS | few).chosen == ("a",)


def test_nothing_without_a_quorum_or_papers() -> None:
    short = count(rule(), {**COUNTS, "present": 5, "set.a": 5})
    assert (short.outcome, short.quorum, short.chosen) == ("none", False, ())
    assert count(rule(), COUNTS).outcome == "none"


@pytest.mark.parametrize("wrong", [
    {"method": "dice"}, {"completion": "magic"}, {"method": "greedy", "completion": "add1"}, {"money": 0}, {"seats": 2},
])  # fmt: skip
def test_a_rule_that_cannot_be_used(wrong: dict) -> None:
    with pytest.raises(RuleError):
        rule(**wrong)


@pytest.mark.parametrize("wrong", [
    {"set.d": 1}, {"set.a.a": 1}, {"rank.a": 1, "set.b": 1}, {"points.a": 1}, {"points.a_0": 1}, {"set.a": 11},
    {"money": 0}, {"cost.a": 0}, {"set.a": -1}, {"set.a": 1.5}, {"sets.a": 1}, {"points.a_x": 1}, {"present": 11},
])  # fmt: skip
def test_counts_that_cannot_be_true(wrong: dict) -> None:
    with pytest.raises(BadCount):
        count(rule(), COUNTS | wrong)


def test_marks() -> None:
    for form, good in (("knapsack", ("", "a+c", "b+c")), ("rank", ("", "c>a>b")), ("score", ("", "a:5+c:1"))):
        assert all(papers.valid(ITEM, form, mark) for mark in good), form
    for form, bad in (("knapsack", ("a+b", "c+a", "a+a", "d", "a:1", "a>c")), ("rank", ("a>a", "d", "a+b", ">")),
                      ("score", ("a", "a:0", "a:6", "c:1+a:1", "a:x", "a:01", "a:1:1", "a:-1"))):  # fmt: skip
        assert not any(papers.valid(ITEM, form, mark) for mark in bad), form
    assert not papers.valid({**ITEM, "most": 1}, "rank", "a>b")


@given(st.sampled_from(papers.FORMS), st.text("abcd+>:015 ", max_size=12))
def test_whatever_is_written_on_a_paper_is_valid_or_not(form: str, mark: str) -> None:
    if papers.valid(ITEM, form, mark):
        assert papers.mark_of(form, papers.parts_of(form, mark)) == mark
        counts = papers.counts_of(ITEM, form, {mark: 2}, 10, 2)
        assert count(rule(quorum="present > 0"), counts).outcome in ("selected", "none")
