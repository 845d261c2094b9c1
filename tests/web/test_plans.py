"""The board of plans: all tasks of a shipped plan, started by who may, filtered, in a workbook, with reasons for what is not done."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import plans
from gongzhi.desk.draft import Draft
from gongzhi.desk.step import take_step
from gongzhi.records.institutions.models import Place
from gongzhi.web import clock
from gongzhi.web.board.plans import per_cent
from tests.support.planning import place_of, worker
from tests.support.visitors import visitor
from tests.web.bench import text_of

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 9, 1, 9, tzinfo=CHINA)


@pytest.fixture
def district(settings: Settings, tmp_path: Path) -> Place:
    settings.GONGZHI_HOME, settings.GONGZHI_STORY_CLOCK = tmp_path, True
    clock.set_story_time(BEGIN)
    return place_of("pingan")


def test_all_twenty_tasks_stand_on_the_board_and_four_say_why_not(district: Place) -> None:
    cards = plans.board(district, BEGIN)
    assert [card.task.covers for card in cards] == [(f"PA-{n:02}",) for n in range(1, 21)]
    assert all(card.task.goal and card.task.by and card.task.until for card in cards)
    ends = [card.task.until for card in cards]
    assert [n for n, day in enumerate(ends, 1) if day == "10-31"] == [2]
    assert [n for n, day in enumerate(ends, 1) if day == "11-30"] == [3, 13, 14]
    assert [n for n, day in enumerate(ends, 1) if day == "12-15"] == [5, 19]
    assert ends.count("12-31") == 14
    locked = [card for card in cards if card.state == "locked"]
    assert [card.task.name for card in locked] == ["t10", "t16", "t18", "t19"]
    assert all(card.task.instead for card in locked)
    text = text_of(Client().get("/board/plans"))
    assert "行踪是最私密的信息" in text and "不低于 95%" in text


def test_who_supervises_starts_the_plan_once_and_the_board_follows_the_work(district: Place) -> None:
    peace, bureau = worker("peace_office", BEGIN), worker("justice_bureau", BEGIN)
    with pytest.raises(Refused) as refused:
        plans.start(district, "safety", 2026, "justice_bureau", bureau, BEGIN, "k")
    assert refused.value.code == "not_filer"
    desk = visitor(peace)
    assert "共20项：已立项0项" in text_of(desk.get("/work/plans"))
    form = {"organ": "peace_office", "year": "2026", "idempotency_key": "started-once"}
    assert desk.post(f"/work/plans/{district.code}/safety/start", form).url == "/work/plans?started=16"
    assert desk.post(f"/work/plans/{district.code}/safety/start", form).url == "/work/plans?started=0"
    card = next(one for one in plans.board(district, BEGIN) if one.task.name == "t11")
    assert card.matter and card.matter.answers and card.matter.answers.organ == "justice_bureau"
    number = card.matter.number
    take_step(number, Draft("done", "prepare#1", "ready", words={"work_plan": "方案"}), bureau, BEGIN, None)
    report = Draft("done", "work#1", "done", fields={"part": 95, "whole": 100}, words={"progress_report": "报告"})
    take_step(number, report, bureau, BEGIN, None)
    card = next(one for one in plans.board(district, BEGIN) if one.task.name == "t11")
    assert (card.part, card.whole, card.share, card.met, card.step) == (95, 100, 9500, True, "inspect")
    text = text_of(Client().get("/board/plans?organ=justice_bureau&state=on_time"))
    assert "95 ÷ 100 = 95%" in text and "达到了" in text and "反恐防暴" not in text
    assert "没有这样的任务" in text_of(Client().get("/board/plans?organ=nobody"))


def test_the_number_of_queries_does_not_grow_with_the_tasks(district: Place) -> None:
    peace, client = worker("peace_office", BEGIN), Client()
    client.get("/board/plans")
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get("/board/plans")
    plans.start(district, "safety", 2026, "peace_office", peace, BEGIN, "k")
    with CaptureQueriesContext(connection) as after:
        client.get("/board/plans")
    assert len(after) <= len(before) + 1


def test_the_workbook_holds_what_was_filtered(district: Place) -> None:
    answer = Client().get("/board/plans.xlsx?state=locked")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) == 5 and rows[2][1] == "电子监管" and "社区矫正法第29条" in str(rows[2][9])


@pytest.mark.parametrize(
    ("value", "text"), [(10000, "100%"), (9500, "95%"), (6, "0.06%"), (200, "2%"), (8842, "88.42%")]
)
def test_shares_are_told_as_they_are(value: int, text: str) -> None:
    assert per_cent(value) == text


def test_a_place_without_plans_says_so(settings: Settings, tmp_path: Path) -> None:
    settings.GONGZHI_HOME = tmp_path
    gated, without = place_of("futian"), place_of("binhe")
    assert "这里的章程没有写计划" in text_of(Client().get(f"/board/plans?community={without.code}"))
    assert "现在没有准入的工作" in text_of(Client().get(f"/board/admissions?community={gated.code}"))
