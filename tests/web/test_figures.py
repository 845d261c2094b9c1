"""Figures on the board: said with their formula, counted again by anybody, and every row of both plans is there."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.commands.indicators import recount
from gongzhi.core.calendar import CHINA
from gongzhi.desk import figures as desk
from gongzhi.desk.figures_open import open_file
from gongzhi.records.figures import rollup
from gongzhi.records.figures.models import Tally
from gongzhi.records.institutions.models import Adoption
from gongzhi.web.board.safety import cards
from gongzhi.web.board.trend import trend
from gongzhi.web.clock import now
from tests.support.planning import place_of
from tests.support.residents import filed, set_up

ITEMS = {*(f"PA-{n:02}" for n in range(23)), "PA-00b", *(f"ZH-{n:02}" for n in range(1, 18))}


@pytest.fixture(autouse=True)
def community(db: None, tmp_path: Path) -> None:
    set_up(tmp_path)


def page(address: str, language: str = "zh-hans") -> str:
    answer = Client(headers={"accept-language": language}).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_row_of_both_plans_is_a_card_and_every_locked_one_says_why() -> None:
    assert {card.item for card in cards()} == ITEMS
    for card in cards():
        if card.locked:
            assert re.fullmatch(r"H\d+", card.locked) and card.why and card.why_en and card.instead and card.instead_en
        else:
            assert card.does or card.shows
    shown = page("/board/safety")
    told = dict(re.findall(r'<li class="card[^"]*" id="([^"]+)">(.*?)</li>', shown, re.DOTALL))
    assert set(told) == ITEMS and len(ITEMS) == 24 + 17
    for card in cards():
        text = told[card.item]
        if card.locked:
            assert f"不做（{card.locked}）" in text and card.why in text and 'href="/board/refused"' in text
        else:
            assert re.search(r'href="/(board|studio|who|notices|matters)', text), card.item
            assert "责任单位" in text or not card.task
        assert text.count('class="note"') > len(card.shows), "each figure says its formula"
    assert "≤0.06%" in shown and "≥92%" in shown and "已整治的突出问题 ÷ 查出的突出问题" in told["PA-03"]
    assert 'id="PA-16"' in page("/board/safety?show=locked") and 'id="PA-03"' not in page("/board/safety?show=locked")


def test_a_figure_is_said_with_its_formula_and_counted_again(tmp_path: Path) -> None:
    filed()
    rollup.count_new(now())
    assert "上面交办的工作占全部工作" in page("/board/figures")
    detail = page("/board/figures/-.house_burden")
    assert "政府部门交办的事项 ÷ 收到的事项" in detail
    told = json.loads(page("/board/figures.json"))
    assert told["tallies"] and all(row["same"] for row in recount(told))
    assert Client().get("/board/figures/-.no_such").status_code == 404


def test_the_page_asks_as_often_with_more_matters() -> None:
    page("/board/figures")
    with CaptureQueriesContext(connection) as few:
        page("/board/figures")
    for _ in range(5):
        filed()
    rollup.count_new(now())
    page("/board/figures")
    with CaptureQueriesContext(connection) as many:
        page("/board/figures")
    assert len(many) == len(few)


def test_what_moves_from_the_station_to_the_committee_is_drawn_over_the_years() -> None:
    """BT-31: fewer and fewer matters of the station, more and more of the committee."""
    place = place_of("baotou")
    Adoption.objects.filter(place=place).update(start=datetime(2020, 1, 1, tzinfo=CHINA))
    for year, station, committee in ((2023, 90, 10), (2024, 60, 40), (2025, 30, 75)):
        for organ, n in (("service_station", station), ("residents_committee", committee)):
            Tally.objects.create(place=place, charter="baotou", organ=organ, procedure="approval", kind="plain",
                                 month=date(year, 5, 1), name="closed", n=n)  # fmt: skip
    shown = {one.indicator.name: one for one in desk.board(place, datetime(2026, 3, 2, tzinfo=CHINA)).shown}
    for name, course in (("station_work", [90, 60, 30]), ("committee_work", [10, 40, 75])):
        assert [int(point.figure.value or 0) for point in shown[name].points[-3:]] == course
    told = open_file(place, datetime(2026, 3, 2, tzinfo=CHINA))
    assert all(row["same"] for row in recount(told))
    down = trend([point.figure.value for point in shown["station_work"].points])
    assert down and [float(y) for _x, y in down.dots[-3:]] == sorted(float(y) for _x, y in down.dots[-3:])


def test_the_chart_has_the_line_of_its_target() -> None:
    drawn = trend([Fraction(1, 2), None, Fraction(3, 4)], Fraction(19, 20), 640, 180)
    assert drawn and drawn.level == "4.0" and (drawn.lowest, drawn.highest) == (Fraction(1, 2), Fraction(3, 4))
    assert len(drawn.dots) == 2 and drawn.lines == ()
    assert trend([Fraction(1), None]) is None
