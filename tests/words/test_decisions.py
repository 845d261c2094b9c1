"""What a decision says: every fact, outcome and fault of every kind of rule, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from gongzhi.core.decision import KINDS, BadCount, RuleVersion, count, read_rule
from gongzhi.core.decision.draw import BadDraw
from gongzhi.core.decision.tally import BallotFileError
from gongzhi.words.decisions import count_fault, count_name, count_problem, verdict_because, verdict_text
from gongzhi.words.kinds import KIND_FAULTS, KIND_TEXTS, names_of
from gongzhi.words.tallies import FAULTS, file_fault

COMMON = {"title": "评", "law": "章程", "quorum": "present * 2 > eligible"}
GROUPS = {"all": {"title": "居民", "weight": 100, "least": 3}}
GRADES = {"good": {"title": "满意", "points": 100, "from": 50}, "poor": {"title": "不满意", "points": 0, "from": 0}}
SCORING = {**COMMON, "kind": "scoring", "criteria": {"use": {"title": "用处", "weight": 100}}, "tie": "shared"}
RATING = {**COMMON, "kind": "rating", "grades": GRADES, "groups": GROUPS}
ELECTION = {**COMMON, "kind": "election", "wins": "yes * 2 > present", "tie": "open", "rerun": 1, "seats": 2}
STV = {**COMMON, "kind": "election", "method": "stv", "tie": "lot", "seats": 1}
TEN = {"eligible": 10, "present": 10}


def said(row: dict[str, Any], counts: dict[str, int]) -> str:
    rule: RuleVersion = read_rule("r", row)
    verdict = count(rule, {**TEN, **counts})
    return "；".join([verdict_text(rule, verdict), *verdict_because(verdict, names_of(rule))])


@pytest.mark.parametrize(
    ("row", "counts", "zh", "en"),
    [
        (
            {**SCORING, "scale": {"least": 0, "most": 10}},
            {"score.a.use": 37, "score.b.use": 37, "score.c.use": 5},
            ["排出了名次", "第1名：a，加权总分37.00", "第1名有2个并列", "第3名：c"],
            ["Ranked", "Place 3: c, weighted sum 5.00"],
        ),
        (
            RATING,
            {"grade.all.good": 6, "grade.all.poor": 3},
            ["评出了等次", "居民：9人评议，平均66.66分，占100%", "等次：满意"],
            ["Rated", "66.66 points together"],
        ),
        (RATING, {"grade.all.good": 2}, ["不公布等次", "居民至少要3人评议，实际2人"], ["no grade is published"]),
        (
            ELECTION,
            {"yes.a": 8, "yes.b": 6, "yes.c": 6, "yes.d": 1},
            ["还有席位空着", "a得8票，至少要6票：当选", "b、c得票一样", "另行选举的候选人：b、c", "应选2人，选出1人"],
            ["Not all seats are filled", "b, c have equal votes"],
        ),
        (ELECTION, {"present": 5, "yes.a": 5, "yes.b": 1}, ["选举无效"], ["void"]),
        (
            STV,
            {"rank.a.b": 6, "rank.b": 4},
            ["应选的都选出来了", "有效票10张，选1人，得6票当选", "a在第1轮当选"],
            ["a is elected in round 1"],
        ),
    ],
)
def test_a_verdict_in_words(row: dict[str, Any], counts: dict[str, int], zh: list[str], en: list[str]) -> None:
    with translation.override("zh-hans"):
        assert [part for part in zh if part not in said(row, counts)] == []
    with translation.override("en"):
        assert [part for part in en if part not in said(row, counts)] == []


def test_a_local_rule_may_compare_what_no_law_does() -> None:
    row = {**COMMON, "counts": ["eligible", "present", "yes"], "passes": "eligible * 2 >= present"}
    assert "参加人数10人，名册人数至少要5人，实际10人" in said(row, {"yes": 1})


def test_every_kind_has_words_for_each_of_its_own_outcomes() -> None:
    for kind in KIND_TEXTS:
        assert set(KINDS[kind].outcomes) - {"no_quorum"} == set(KIND_TEXTS[kind])


def test_every_fault_of_counts_has_a_sentence() -> None:
    details: dict[str, tuple[str | int, ...]] = {"beyond_scale": ("a", "use", 99), "too_few_options": (2, 3)}
    for code in KIND_FAULTS:
        sentence = count_fault(BadCount(code, "", *details.get(code, ("a", "b"))))
        assert sentence == count_problem(code, details.get(code, ("a", "b"))) and sentence.endswith("。")
    assert count_problem("nobody_knows", ()) == ""
    assert "“c1”的票数" in count_fault(BadCount("missing_count", "", "yes.c1"))


def test_counts_of_options_have_names() -> None:
    assert count_name("grade.all.good", {"all": "居民", "good": "满意"}) == "居民、满意的人数"
    assert count_name("seats") == "应选人数" and count_name("odd.one") == "odd.one"


def test_every_fault_of_a_file_has_a_sentence_with_its_line() -> None:
    for code in FAULTS:
        for language in ("zh-hans", "en"):
            with translation.override(language):
                sentence = file_fault(BallotFileError(code, 7, "x", 3), "a.blt")
                assert "a.blt" in sentence and "7" in sentence and "{" not in sentence
    assert "x" in file_fault(BadDraw("draw_twice", 2, "x"), "list.csv")
