"""Figures by the formula in force in the period, in a fixed number of queries, and anybody can count them again."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gongzhi.commands.indicators import recount
from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import figures
from gongzhi.desk.figures_open import open_file
from gongzhi.records.figures import rollup
from gongzhi.records.figures.actions import Typed
from tests.support.community import MONDAY, Community

APRIL = datetime(2026, 4, 10, 9, tzinfo=CHINA)


def test_anybody_counts_the_same_figures_from_the_open_file(community: Community) -> None:
    community.walk(community.file().matter, MONDAY)
    community.file("neighbour")
    rollup.count_new(APRIL)
    told = json.loads(json.dumps(open_file(community.place, APRIL)))
    found = recount(told)
    march = [row for row in found if row["first"] == "2026-03-01" and row["indicator"] == "house_settled"]
    assert all(row["same"] for row in found) and march[0]["counted"][:3] == (1, 1, "1")
    told["tallies"][0][-1] += 1
    assert not all(row["same"] for row in recount(told))
    next(iter(told["formulas"].values()))["part"] = "filed"
    with pytest.raises(ValueError, match="was changed"):
        recount(told)


def test_the_board_asks_as_often_with_more_matters(community: Community, django_assert_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    community.file()
    rollup.count_new(APRIL)
    figures.board(community.place, APRIL)
    with CaptureQueriesContext(connection) as few:
        figures.board(community.place, APRIL)
    for n in range(12):
        community.file(at=MONDAY + timedelta(days=n, hours=1))
    rollup.count_new(APRIL)
    with CaptureQueriesContext(connection) as many:
        shown = figures.board(community.place, APRIL)
    assert len(few) == len(many) <= 5
    burden = next(one for one in shown.shown if one.indicator.name == "house_burden")
    assert (burden.now.figure.part, burden.now.figure.whole) == (0, 13)
    alone = figures.board(community.place, APRIL, "-.house_burden").shown
    assert [[organ for organ, _ in one.organs] for one in alone] == [["committee"]]


def test_durations_added_up_in_the_database_give_the_same_median(community: Community) -> None:
    community.walk(community.file().matter, MONDAY)
    rollup.count_new(APRIL)
    every = next(one for one in figures.board(community.place, APRIL).shown if one.indicator.median)
    alone = figures.board(community.place, APRIL, every.key).shown[0]
    assert every.now.figure == alone.now.figure and every.now.figure.value is not None
    assert [organ for organ, _ in alone.organs] and not every.organs


def test_a_figure_before_the_charter_has_no_formula(community: Community, tmp_path: Path) -> None:
    shown = figures.board(community.place, APRIL).shown
    assert all(one.points[0].figure.value is None for one in shown)


def test_an_office_appeals_a_figure_and_another_answers_in_time(community: Community) -> None:
    works, street = community.organs["works"], community.organs["street"]
    row = figures.appeal(community.place, "-.house_settled", "2026-03", works, "停电不算我们", APRIL)
    assert row.due == datetime(2026, 4, 17, 23, 59, 59, tzinfo=CHINA) or row.due > APRIL
    with pytest.raises(Refused, match="own_appeal"):
        figures.answer(row.pk, [works], True, "对", APRIL)
    assert figures.answer(row.pk, [works, street], True, "数错了", APRIL).answered_by == street
    for key, label in (("-.no_such", "2026-03"), ("-.house_settled", "2026-13"), ("-.house_settled", "2027-01")):
        with pytest.raises(Refused, match="unknown"):
            figures.appeal(community.place, key, label, works, "x", APRIL)


def test_nobody_enters_a_figure_of_another_office(community: Community) -> None:
    typed = Typed(40, 50, "台账")
    with pytest.raises(Refused, match="not_your_figure"):
        figures.enter(community.who["works"], "lamp.trained", "2026-Q1", typed, APRIL)
