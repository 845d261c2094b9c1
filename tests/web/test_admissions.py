"""准入 on pages: no number no work, one click to refuse, a figure given as computed; and the duty list of staff."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.matters.sealing import read_text
from gongzhi.web import clock
from tests.support.planning import place_of, worker
from tests.support.visitors import visitor
from tests.web.bench import text_of

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 11, 2, 9, tzinfo=CHINA)


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Place:
    settings.GONGZHI_HOME = tmp_path
    settings.GONGZHI_STORY_CLOCK = True
    clock.set_story_time(BEGIN)
    return place_of("futian")


def files(client: Client, procedure: str, place: Place, **more: str) -> Matter:
    answer = client.post(reverse("work_own_form", args=[procedure]), {"place": place.code, **more})
    assert answer.status_code == 302, text_of(answer)
    return Matter.objects.get(number=answer["Location"].rpartition("/")[2])


def admitted(client: Client, place: Place) -> str:
    """An admission that was given: applied for on the page; the decision itself is not what is tested here."""
    form = client.get(reverse("work_own_form", args=["admission"])).content.decode()
    assert "责：出了问题谁负责" in form and "考评" in form, "the six elements and the five stand in the form"
    one = files(client, "admission", place, title="老年人补贴认证", application="任务：每年一次。费用：我局出。")
    assert Words.objects.filter(matter=one, name="application").exists()
    Matter.objects.filter(pk=one.pk).update(status="final", end="admitted", closed_at=BEGIN)
    return one.number


def test_work_without_an_admission_is_not_taken_and_with_one_it_is_refused_by_one_click(place: Place) -> None:
    department, committee = visitor(worker("department", BEGIN)), visitor(worker("residents_committee", BEGIN))
    listed = text_of(department.get(reverse("work_own")))
    assert "下派到社区的工作" in listed and "部门要数（一表通用）" in listed
    sent = {"place": place.code, "title": "上门认证", "what": "请逐户认证", "admission": ""}
    page = department.post(reverse("work_own_form", args=["handed_down"]), sent)
    assert page.status_code == 422 and "先申请准入" in text_of(page)
    page = department.post(reverse("work_own_form", args=["handed_down"]), {**sent, "admission": "ZZZZ-1"})
    assert page.status_code == 422 and "没有编号为“ZZZZ-1”的准入" in text_of(page)
    assert "请逐户认证" in page.content.decode(), "what was typed is still there"
    number = admitted(department, place)
    assert number in text_of(department.get(reverse("work_own_form", args=["handed_down"])))
    work = files(department, "handed_down", place, title="上门认证", what="请逐户认证", admission=number.lower())
    assert number in text_of(department.get(reverse("work_admissions")))
    assert "不接：钱没有到" in text_of(committee.get(reverse("work_admissions")))
    stranger = visitor(worker("street_office", BEGIN))
    refuse = reverse("admission_refuse", args=[work.number])
    assert stranger.post(refuse, {"ground": "no_money"}).status_code == 404
    assert committee.post(refuse, {"ground": "none"}).status_code == 422, "taking it on is no ground"
    assert committee.post(refuse, {"ground": "no_money"}).status_code == 302
    work.refresh_from_db()
    assert (work.visit, work.answers.organ if work.answers else "") == ("answer#1", "department")
    assert read_text(Words.objects.get(matter=work, name="reply")).startswith("不接。理由：钱没有到")
    assert "没有等答复的" in text_of(committee.get(reverse("work_admissions")))


def test_work_pressed_on_by_telephone_is_refused_with_an_office_and_a_ground(place: Place) -> None:
    committee = visitor(worker("residents_committee", BEGIN))
    form = committee.get(reverse("work_own_form", args=["refusal"])).content.decode()
    assert "拒绝没有准入的工作" in form and "没有准入" in form
    chosen = {"field.sender": "department", "field.ground": "not_admitted"}
    refused = files(committee, "refusal", place, title="拒绝没有准入的工作", **chosen)
    assert (refused.visit, refused.answers.organ if refused.answers else "") == ("answer#1", "department")
    incomplete = {"place": place.code, "title": "拒绝", "field.sender": "department"}
    assert committee.post(reverse("work_own_form", args=["refusal"]), incomplete).status_code == 422


def test_a_figure_is_given_as_computed_and_nobody_types_it(place: Place) -> None:
    department, station = visitor(worker("department", BEGIN)), visitor(worker("work_station", BEGIN))
    asked = files(
        department, "figure_request", place, title="按时办结率", what="报表", **{"field.indicator": "in_time"}
    )
    other = files(department, "figure_request", place, title="别的数", what="报表", **{"field.indicator": "other"})
    with CaptureQueriesContext(connection) as few:
        page = text_of(station.get(reverse("work_admissions")))
    assert "从办事记录里算出，没有另填表" in page and "按时办结率" in page and other.number not in page
    files(department, "figure_request", place, title="再要一次", what="报表", **{"field.indicator": "in_time"})
    with CaptureQueriesContext(connection) as more:
        station.get(reverse("work_admissions"))
    assert len(more) <= len(few), "asked twice, computed once"
    assert station.post(reverse("admission_answer", args=[other.number])).status_code == 404
    assert station.post(reverse("admission_answer", args=[asked.number])).status_code == 302
    asked.refresh_from_db()
    assert (asked.status, asked.end) == ("final", "answered")
    clock.set_story_time(BEGIN + timedelta(days=1))
    board = text_of(Client().get(reverse("board_admissions")))
    assert "2026-11" in board and "3" in board, "each request is counted by department and month"


def test_the_duty_list_shows_one_for_each_and_goes_out_as_a_workbook(place: Place) -> None:
    desk = visitor(worker("residents_committee", BEGIN))
    page = text_of(desk.get(reverse("work_duties")))
    assert "没有缺，也没有重" in page and "准入清单" in page
    sunk = text_of(desk.get(reverse("work_duties"), {"list": "sunk"}))
    assert "下派到社区的工作" in sunk
    book = load_workbook(io.BytesIO(desk.get(reverse("work_duties_xlsx"), {"list": "sunk"}).content))
    assert book.active is not None and book.active.max_row == 2
    assert "没有找到" in text_of(desk.get(reverse("work_duties"), {"q": "xyzxyz"}))
