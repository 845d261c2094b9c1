"""Figures of surveys: the answers to one question in one wording, in sums, with nobody pointed at."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from gongzhi.commands.indicators import recount
from gongzhi.core.calendar import CHINA
from gongzhi.desk import consultations, figures, surveys
from gongzhi.desk.figures_open import open_file
from gongzhi.records.consultations.models import SurveySheet
from gongzhi.web import clock
from tests.support.consulting import Consulting, found_consulting

ASKED = (
    {"kind": "choice", "text": "什么时候", "options": ["早上", "晚上", "周末"], "low": 0, "high": 0},
    {"kind": "scale", "text": "几分", "options": [], "low": 1, "high": 3},
)
JULY = datetime(2026, 7, 2, 9, tzinfo=CHINA)


@pytest.fixture
def here(db: None, settings: Settings, tmp_path: Path) -> Consulting:
    settings.GONGZHI_HOME, settings.GONGZHI_STORY_CLOCK = tmp_path, True
    clock.set_story_time(JULY)
    return found_consulting()


def ask(here: Consulting, mornings: int, evenings: int) -> None:
    """A survey that is answered on paper and closed; every sheet of the evening gives two points."""
    found = here.opened()
    surveys.set_questions(found.pk, here.who["chair"], ASKED, here.later())
    first, second = found.questions.order_by("number")
    for n in range(mornings + evenings):
        late = n >= mornings
        typed = {first.pk: "1" if late else "0", second.pk: "2" if late else "1"}
        surveys.enter_paper(found.pk, here.who["chair"], surveys.paper_number(found, n + 1), typed, here.at)
    consultations.close(found, here.later())


def shown(here: Consulting, name: str) -> figures.Shown:
    return next(one for one in figures.board(here.place, JULY).shown if one.indicator.name == name)


def test_a_survey_gives_a_figure_with_its_sample_and_interval(here: Consulting) -> None:
    ask(here, 12, 24)
    now = shown(here, "evening").now
    assert (now.period.label, now.figure.part, now.figure.whole, now.figure.met) == ("2026-Q2", 24, 36, True)
    assert shown(here, "marks").now.figure.part == 24
    page = Client().get(f"/board/figures/{shown(here, 'evening').key}").content.decode()
    assert "66.67%" in page and "24 ÷ 36" in page and "95%可信区间 50.33%—79.79%" in page
    assert "问卷“什么时候”答“晚上、周末”的 ÷ 答了这一题的" in page
    assert all(row["same"] for row in recount(open_file(here.place, JULY)))


def test_few_answers_and_none_give_no_figure(here: Consulting) -> None:
    assert shown(here, "evening").now.figure.why == "not_asked"
    ask(here, 9, 24)
    assert shown(here, "evening").now.figure.why == "too_few"
    found = shown(here, "evening").now.figure
    assert found.part is None and found.whole is None, "what is hidden is not in the open file either"


def test_an_open_survey_is_no_figure_yet_and_sheets_add_no_query(here: Consulting) -> None:
    ask(here, 12, 24)
    with CaptureQueriesContext(connection) as before:
        figures.board(here.place, JULY)
    ask(here, 20, 30)
    with CaptureQueriesContext(connection) as after:
        figures.board(here.place, JULY)
    assert len(after) == len(before) and SurveySheet.objects.count() == 86
    assert shown(here, "evening").now.figure.whole == 86
