"""Surveys at the desk: one sheet each, paper by its printed number, results that give nobody away."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from gongzhi.core.opinion.sample import wilson
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import surveys as desk
from gongzhi.records.consultations.models import Consultation, SurveyAnswer, SurveySheet
from tests.support.consulting import Consulting, found_consulting

ASKED = (
    {"kind": "choice", "text": "什么时候", "options": ["早上", "晚上", "周末"], "low": 0, "high": 0},
    {"kind": "scale", "text": "几分", "options": [], "low": 1, "high": 3},
    {"kind": "text", "text": "还想说", "options": [], "low": 0, "high": 0},
)


@pytest.fixture
def here(db: None, settings: object, tmp_path: object) -> Consulting:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    return found_consulting()


def asked(here: Consulting) -> Consultation:
    found = here.opened()
    return desk.set_questions(found.pk, here.who["chair"], ASKED, here.later())


def answers(found: Consultation, *said: str) -> dict[int, str]:
    return {row.pk: one for row, one in zip(found.questions.order_by("number"), said, strict=False)}


def refused(code: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=code)


def test_one_sheet_each_and_no_person_in_it(here: Consulting) -> None:
    found = asked(here)
    desk.fill_in(found.pk, here.resident(1), answers(found, "0", "3", "挺好的"), here.at)
    with refused("answered_already"):
        desk.fill_in(found.pk, here.resident(1), answers(found, "1"), here.at)
    sheet = SurveySheet.objects.get()
    assert here.resident(1).digest not in sheet.voter
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveySheet.objects.create(consultation=found, voter=sheet.voter)
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveySheet.objects.create(consultation=found, voter="x", paper="1-2345")
    assert SurveyAnswer.objects.get(value=None).text == "挺好的"


@pytest.mark.parametrize("said", ["3", "-1", "x", "1.5", "²", "9" * 40])
def test_an_answer_outside_its_bounds_is_refused(here: Consulting, said: str) -> None:
    found = asked(here)
    with refused("answer_value"):
        desk.fill_in(found.pk, here.resident(1), answers(found, said), here.at)
    assert not SurveySheet.objects.exists()


def test_questions_do_not_change_under_answers(here: Consulting) -> None:
    found = asked(here)
    desk.fill_in(found.pk, here.resident(1), answers(found, "0"), here.at)
    with refused("survey_begun"):
        desk.set_questions(found.pk, here.who["chair"], ASKED[:1], here.at)


def test_paper_is_known_by_its_number_and_entered_once(here: Consulting) -> None:
    found = asked(here)
    number = desk.paper_number(found, 12)
    wrong = f"12-{(int(number[3:]) + 1) % 10_000:04d}"
    for bad in (wrong, "12", "x-1", "²-1"):
        with refused("sheet_unknown"):
            desk.enter_paper(found.pk, here.who["chair"], bad, answers(found, "0"), here.at)
    with refused("not_of_organ"):
        desk.enter_paper(found.pk, here.who["street"], number, answers(found, "0"), here.at)
    desk.enter_paper(found.pk, here.who["chair"], number, answers(found, "0"), here.at)
    with refused("sheet_entered"):
        desk.enter_paper(found.pk, here.who["chair"], number, answers(found, "0"), here.at)


def test_cells_under_ten_are_hidden_with_one_more_and_without_the_mean(here: Consulting) -> None:
    found = asked(here)
    for number in range(36):
        choice = "0" if number < 4 else "1" if number < 16 else "2"
        desk.fill_in(found.pk, here.resident(number), answers(found, choice, "2"), here.at)
    first, second, third = desk.results(found)
    assert first.shares is not None and [share.count for share in first.shares] == [None, None, 20]
    assert second.shares is not None and [share.count for share in second.shares] == [0, 36, 0] and second.mean == 200
    assert third.sample == 0 and third.shares is None
    desk.fill_in(found.pk, here.resident(40), answers(found, "2", "3"), here.at)
    assert desk.results(found)[1].mean is None


def test_nine_answers_are_not_a_result(here: Consulting) -> None:
    found = asked(here)
    for number in range(9):
        desk.fill_in(found.pk, here.resident(number), answers(found, "1", "2"), here.at)
    assert [(one.sample, one.shares, one.mean) for one in desk.results(found)][:2] == [(9, None, None)] * 2


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(20, 36, 0.3958, 0.7046), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_the_interval_is_wilson_s(count: int, of: int, low: float, high: float) -> None:
    found = wilson(count, of)
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, abs=1e-4)


def test_there_is_no_interval_of_nobody() -> None:
    with pytest.raises(ValueError, match="of 0"):
        wilson(0, 0)
