"""The allow-list of grid matters, its last days, what a case costs and what neighbours settle themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongzhi.core.charter.institution import Duty
from gongzhi.core.charter.spec import Charter
from gongzhi.desk.draft import Draft
from gongzhi.desk.grid_list import grid_list, on_list, state_on
from gongzhi.desk.ground import posts_missing, take_units
from gongzhi.desk.patrols import patrolled
from gongzhi.desk.step import take_step
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.institutions.queries import charter_for, charter_of, find_place
from gongzhi.records.patrols.ground_actions import answer_for
from gongzhi.records.patrols.ground_queries import units_at
from gongzhi.web.clock import now
from tests.core.ground.test_units import unit
from tests.desk.test_patrols import send
from tests.support.patrolling import UNIT, patroller, set_up_grids
from tests.support.visitors import visitor

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def here() -> Place:
    set_up_grids()
    place = find_place(UNIT.rpartition("-")[0])
    assert place is not None
    return place


def charter_here(place: Place) -> Charter:
    version = charter_for(place, now())
    assert version is not None
    return charter_of(version)


def test_a_line_of_the_list_ends_on_its_last_day() -> None:
    line = Duty("a", "district", "b", law="某条", from_=date(2026, 1, 1), until=DAY)
    states = [state_on(line, DAY + timedelta(days=days)) for days in (-200, -60, -59, 0, 1)]
    assert states == ["expired", "valid", "soon", "soon", "expired"]
    assert state_on(None, DAY) == state_on(Duty("a", "district", "b"), DAY) == "open_ended"


def test_patrols_report_what_is_on_the_list_and_nothing_else(here: Place) -> None:
    charter = charter_here(here)
    in_force = {one.name for one, _organ in patrolled(charter, ["patrol"], now())}
    assert len(in_force) == 9 and "other_things" not in in_force  # it names no legal ground
    assert on_list(charter, date(2027, 1, 1)) == set()
    later = now().replace(year=2027, month=1, day=2)
    assert patrolled(charter, ["patrol"], later) == []
    assert send(visitor(patroller()), category="other_things").status_code == 422


def test_cost_per_case_and_what_neighbours_settle_are_counted_once_a_case(here: Place) -> None:
    phone, clerk = visitor(patroller()), patroller("clerk", "110101000000", "supervision_centre", "clerk")
    numbers = [send(phone, spot=spot).json()["number"] for spot in ("一", "二", "三")]
    for number, own in zip(numbers[:2], (True, False), strict=True):
        fields = {"in_list": True, "self_governed": own}
        draft = Draft("done", "collect#1", "real", fields=fields, words={"finding_sheet": "看过"})
        take_step(number, draft, clerk, now(), None)
    with CaptureQueriesContext(connection) as asked:
        found = grid_list(charter_here(here), here, now())
    assert len([one for one in asked if "records_matter" in one["sql"]]) == 1
    assert (found.total.filed, found.total.asked, found.total.own) == (3, 2, 1)
    assert found.total.own_share is not None and float(found.total.own_share) == 0.5
    assert found.total.per_case is None  # nobody has said a cost yet, which is not nothing
    page = visitor().get("/board/grid").content.decode()
    assert "50%" in page and "城市道路管理条例第23条" in page and "不在清单内，巡查不上报" in page


def test_every_unit_needs_one_post_that_answers_and_a_stand_in(here: Place) -> None:
    take_units(here, [unit("1", 0, 0), unit("2", 1, 0)], now())
    assert [(one.code, one.units) for one in posts_missing(here, now())] == [("no_one", ("1",)), ("no_one", ("2",))]
    centre = OrganInstance.objects.get(organ="supervision_centre", place__code="110101000000")
    first, second = units_at(here)
    answer_for(first, centre, "clerk")
    answer_for(second, centre, "clerk", [(centre, "checker")])
    assert [(one.code, one.units) for one in posts_missing(here, now())] == [("few_stand_ins", ("1",))]
