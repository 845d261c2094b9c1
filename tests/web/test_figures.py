"""Figures on the board: said with their formula, counted again by anybody, and every row of both plans is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.commands.indicators import recount
from gongzhi.records.figures import rollup
from gongzhi.web.board.safety import cards
from gongzhi.web.clock import now
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
