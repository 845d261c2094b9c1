"""Procedures as sentences: every step is there, in both languages, and nothing of the file's own writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation

from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.core.check import english
from gongzhi.words.conditions import condition_text
from gongzhi.words.prose import Prose, prose_of, step_sentences
from gongzhi.words.terms import Terms
from tests.charters.shipped import PROCEDURES
from tests.core.check.procedures import NOWHERE
from tests.core.exchange.procedures import charter_of, procedure_of

FIRE_LANE = procedure_of("fuqu", "fire_lane")


def said(prose: Prose) -> str:
    return "\n".join([prose.opening, *(one.text for one in (*prose.steps, *prose.ends))])


def keys_of(charter: Charter, procedure: Procedure) -> Iterator[str]:
    """Names of the file that nobody would say: those with an underscore or a dot."""
    names = [*charter.organs, *charter.documents, *procedure.steps, *procedure.ends, *procedure.fields]
    names += [outcome for step in procedure.steps.values() for outcome in step.then]
    return (name for name in names if re.search(r"[_.]", name))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("name", "key"), PROCEDURES)
def test_every_step_is_said_in_words_alone(name: str, key: str, language: str) -> None:
    charter = charter_of(name)
    procedure = charter.procedures[key]
    with translation.override(language):
        terms = Terms(charter)
        prose = prose_of(terms, procedure)
    text = said(prose)
    assert [one.key for one in prose.steps] == list(procedure.steps)
    assert all(one.text and one.title for one in prose.steps)
    assert not re.search(r"[{}$]|\|\||&&", text)
    assert [
        name for name in keys_of(charter, procedure) if re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", text)
    ] == []
    for step, paragraph in zip(procedure.steps.values(), prose.steps, strict=True):
        for result in step.then.values():
            assert (
                charter.english.get(result.title, result.title) if language == "en" else result.title
            ) in paragraph.text
    if language == "zh-hans":
        assert not re.search(r"[a-z]{3,}", re.sub(r"“[^”]*”", "", text))
    elif english.check(charter, NOWHERE) == []:
        assert not re.search(r"[\u3400-\u9fff]", text)


def test_who_by_when_what_next_and_when_late() -> None:
    sentences = "".join(step_sentences(Terms(charter_of("fuqu")), FIRE_LANE, FIRE_LANE.steps["handle"]))
    assert sentences == (
        "职责清单上的那一家办理，5个工作日内。要有：现场处置记录。结果是“已清通”的，接着“现场复核”。"
        "这一步最多办3次，再往后就接着“街道联席会议”。逾期的，改由街道办事处，再由区政府办公室答复；仍不办的反复公开。"
    )


def test_a_deadline_that_changes_changes_one_sentence() -> None:
    terms, step = Terms(charter_of("fuqu")), FIRE_LANE.steps["inspect"]
    before = list(step_sentences(terms, FIRE_LANE, step))
    after = list(step_sentences(terms, FIRE_LANE, replace(step, within=FIRE_LANE.steps["handle"].within)))
    assert len([one for one in before if one not in after]) == 1


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        ("needs_funds", "“是否需要政府财政投入”答“是”"),
        ("!needs_funds", "“是否需要政府财政投入”答“否”"),
        ("needs_funds == false", "“是否需要政府财政投入”答“否”"),
        ("uses.build >= 2 && passes < 1", "“建设”已办的次数不少于2，并且转手的次数小于1"),
        ("!(needs_funds || needs_planning)", "不是（“是否需要政府财政投入”答“是”，或者“是否涉及城市整体规划”答“是”）"),
        ("size(x) > 2", "符合章程这一行写的条件"),
        ("needs_funds ||", "符合章程这一行写的条件"),
        ("(" * 4000, "符合章程这一行写的条件"),
        ("no_such_field", "符合章程这一行写的条件"),
    ],
)
def test_conditions_are_said_or_pointed_to(condition: str, text: str) -> None:
    charter = charter_of("fuqu")
    assert condition_text(Terms(charter), charter.procedures["shared_facility"], condition) == text
