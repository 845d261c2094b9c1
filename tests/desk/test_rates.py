"""The three rates by month and office: sums are divided, and where a charter is silent the house formulas stand in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.core.calendar import CHINA
from gongzhi.desk.rates import rates
from gongzhi.records.figures.models import Tally
from gongzhi.records.institutions.models import Place
from gongzhi.web.clock import now
from tests.support.patrolling import set_up_grids
from tests.support.residents import set_up

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, tzinfo=CHINA)


def tally(place: Place, charter: str, month: int, organ: str, **counts: int) -> None:
    for name, n in counts.items():
        Tally.objects.create(place=place, charter=charter, month=date(2026, month, 1), procedure="hotline",
                             organ=organ, name=name, kind="plain", hours=0, n=n)  # fmt: skip


def test_the_charters_own_formulas_by_month_and_office() -> None:
    set_up_grids("beijing")
    here = Place.objects.get(short="jiesu")
    tally(here, "beijing", 2, "street_office", closed=10, in_time=9, confirmed=8, content=6)
    tally(here, "beijing", 3, "street_office", closed=30, in_time=15, confirmed=2, content=2)
    tally(here, "beijing", 3, "market_bureau", closed=10, in_time=10, confirmed=10, content=4)
    found = {one.name: one for one in rates(here, AT, 3).rows}
    assert [(one.charter.name if one.charter else "", one.key) for one in found.values()] == [
        ("beijing", f"beijing.{name}") for name in ("response", "solution", "satisfaction")
    ]
    response = found["response"]
    assert [(period.label, figure.part, figure.whole) for period, figure in response.months] == [
        ("2026-02", 9, 10), ("2026-03", 25, 40), ("2026-04", 0, 0),
    ]  # fmt: skip
    assert (response.span.part, response.span.whole) == (34, 50)  # not the mean of 90 % and 62.5 %
    assert {by: (one.part, one.whole) for by, one in response.organs} == {
        "market_bureau": (10, 10), "street_office": (24, 40),
    }  # fmt: skip
    alone = {one.name: one for one in rates(here, AT, 3, "market_bureau").rows}
    assert (alone["satisfaction"].span.part, alone["satisfaction"].span.whole) == (4, 10)
    few = {one.name: one for one in rates(here, AT, 3, "street_office").rows}["satisfaction"]
    assert [figure.why for _period, figure in few.months][1] == "few_raters"  # two answers are shown to nobody


def test_the_page_filters_in_the_address_and_asks_as_often_for_many(tmp_path: Path) -> None:
    set_up(tmp_path)
    here, month = Place.objects.get(short="fuqu"), now().date().replace(day=1)

    def count(organ: str, n: int) -> None:
        for name in ("answered", "answered_in_time", "closed", "solved"):
            Tally.objects.create(place=here, charter="fuqu", month=month, procedure="general_appeal", organ=organ,
                                 name=name, kind="plain", hours=0, n=n)  # fmt: skip

    def cost(query: str = "") -> int:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(f"/board/rates{query}").status_code == 200
        return len(asked)

    count("service_station", 7)
    cost()
    before = cost()
    count("residents_committee", 3)
    assert cost() == before == cost("?organ=service_station&months=3")
    page = Client().get("/board/rates?organ=service_station&months=3").content.decode()
    assert "7 ÷ 7" in page and "10 ÷ 10" not in page and "解决率" in page
    assert "10 ÷ 10" in Client().get("/board/rates?organ=nonsense&months=99").content.decode()
