"""What staff do with patrols and whistles: routes, reports, who was called and who came, a place marked when filing."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.institutions.queries import find_place
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.models import Checkpoint, MatterPoint
from gongzhi.records.people.models import Person
from gongzhi.web.clock import now
from tests.desk.test_patrols import MIDDLE, on_the_ground, send
from tests.support.patrolling import UNIT, patroller, set_up_grids
from tests.support.visitors import visitor

pytestmark = pytest.mark.django_db
WHERE = f"{MIDDLE[0]:.6f},{MIDDLE[1]:.6f}"


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.fixture
def clerk() -> Client:
    set_up_grids()
    on_the_ground()
    return visitor(patroller("clerk", "110101000000", "supervision_centre", "clerk"))


def write(clerk: Client, *lines: tuple[str, str, str, str], drop: list[str] | None = None, seen: str = "") -> Any:
    address = f"/work/routes?unit={UNIT}"
    seen = seen or said(clerk.get(address)).split('name="seen" value="')[1].split('"')[0]
    columns = {name: [line[n] for line in lines] for n, name in enumerate(("rank", "title", "part", "point"))}
    return clerk.post(address, {**columns, "drop": drop or [], "seen": seen})


def test_a_route_is_written_ordered_drawn_and_taken_back_to_the_phone(clerk: Client) -> None:
    lines = [("2", "东口路灯", "", WHERE), ("1", "", "MH-1", ""), ("", "没有位置的拐角", "", ""), ("", "", "", "")]
    assert write(clerk, *lines).status_code == 302
    assert list(Checkpoint.objects.values_list("rank", "title", "part__code", "x")) == [
        (1, "井盖", "MH-1", None), (2, "东口路灯", None, float(WHERE.split(",")[0])), (3, "没有位置的拐角", None, None),
    ]  # fmt: skip
    drawn = clerk.get(f"/work/routes/route.geojson?unit={UNIT}").json()["features"]
    assert [one["properties"].get("rank") for one in drawn] == [1, 2, None]  # the part's point counts; then the line
    page = said(clerk.get(f"/work/routes?unit={UNIT}"))
    assert "有1个点没有位置" in page and 'data-route="' in page
    day = visitor(patroller()).get("/patrol/today.json").json()
    assert [one["title"] for one in day["route"]] == ["井盖", "东口路灯", "没有位置的拐角"]
    write(clerk, *lines[:3], drop=["0", "2"])
    assert [one.title for one in Checkpoint.objects.all()] == ["井盖"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("x", "路灯", "", ""), "第1行：顺序要写数字"),
        (("1", "路灯", "NONE", ""), "部件库里没有编码"),
        (("1", "路灯", "", "东口"), "东经,北纬"),
        (("1", "", "", WHERE), "请写看什么"),
    ],
)
def test_a_route_that_cannot_be_taken_says_why_and_loses_nothing_typed(clerk: Client, line: Any, why: str) -> None:
    answer = write(clerk, line, ("2", "西口花坛", "", ""))
    assert answer.status_code == 422 and why in said(answer) and "西口花坛" in said(answer)
    assert not Checkpoint.objects.exists()


def test_two_who_change_a_route_at_once_do_not_undo_each_other(clerk: Client) -> None:
    before = said(clerk.get(f"/work/routes?unit={UNIT}")).split('name="seen" value="')[1].split('"')[0]
    assert write(clerk, ("1", "甲写的", "", "")).status_code == 302
    answer = write(clerk, ("1", "乙写的", "", ""), seen=before)
    assert answer.status_code == 422 and "别人刚改过" in said(answer) and "乙写的" in said(answer)
    assert Checkpoint.objects.get().title == "甲写的"


def test_who_patrols_a_unit_reads_its_route_and_does_not_write_it(clerk: Client) -> None:
    patrol = visitor(patroller())
    assert patrol.get("/work/routes").status_code == 200
    assert patrol.post(f"/work/routes?unit={UNIT}", {"title": "x"}).status_code == 403


def test_reports_are_found_by_unit_class_state_time_and_words(clerk: Client) -> None:
    phone = visitor(patroller())
    at, number = now(), str(uuid.uuid4())
    first = send(phone, spot="东口", said=(at - timedelta(hours=5)).isoformat()).json()["number"]
    send(phone, number, spot="东口", same="1")
    other = send(phone, spot="西口", category="greenery", part="MH-1").json()["number"]
    everything = said(clerk.get("/work/patrols"))
    assert first in everything and other in everything and "其中1件合并到已有的" in everything
    assert "300分钟后收到" in everything and "巡查员" not in everything.replace("巡查员走到", "")
    for query, found in (
        ("category=greenery", {other}), ("state=joined", {first}), ("q=MH-1", {other}), ("q=东口", {first}),
        ("days=1", {first, other}), (f"unit={UNIT}", {first, other}), ("unit=110101999901-2", set()),
        ("category=nonsense", {first, other}),
    ):  # fmt: skip
        page = said(clerk.get(f"/work/patrols?{query}"))
        assert {one for one in (first, other) if one in page} == found, query


def test_pages_of_patrols_ask_as_often_for_many_as_for_one(clerk: Client) -> None:
    def cost(address: str) -> int:
        clerk.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(address).status_code == 200
        return len(asked)

    addresses, phone = ["/work/patrols", f"/work/routes?unit={UNIT}"], visitor(patroller())
    send(phone, spot="一")
    write(clerk, ("1", "一", "", ""))
    before = [cost(one) for one in addresses]
    for spot in "二三四":
        send(phone, spot=spot)
    write(clerk, *[(str(n), f"点{n}", "MH-1", "") for n in range(1, 20)])
    assert [cost(one) for one in addresses] == before


# --- whistles ---


@pytest.fixture
def blown() -> Matter:
    """A whistle in Beijing's charter with three called, of whom one has come."""
    set_up_grids("beijing")
    at = now() - timedelta(minutes=10)
    street = called("street_office", "110114999000")
    committee = called("residents_committee", "110114999901", "director")
    place = find_place("110114999901")
    assert place is not None
    new = NewMatter(place, "enforcement", {"what": "占道"}, public=True, organ="residents_committee")
    matter = file_matter(new, committee, at, None).matter
    fields = {"lead": "urban_management", "has_second": True, "second": "market_bureau", "has_third": True,
              "third": "fire_brigade"}  # fmt: skip
    sheet = Draft("done", "blow#1", "blown", fields=fields, words={"whistle_sheet": "综合执法类"})
    take_step(matter.number, sheet, street, at, None)
    city = called("urban_management", "110114000000")
    take_step(matter.number, Draft("part", "muster#1", part="lead"), city, at + timedelta(minutes=4), None)
    return matter


def called(organ: str, place: str, seat: str = "") -> Person:
    return patroller(organ, place, organ, seat, "beijing")


def test_staff_see_who_came_who_is_on_the_way_and_who_may_not_leave(blown: Matter) -> None:
    market = visitor(called("market_bureau", "110114000000"))
    page = said(market.get("/work/whistles"))
    assert blown.number in page and "4分钟到" in page and page.count("在路上") >= 2
    assert "到了1个，叫了3个" in page and "叫了您单位" in page
    street = visitor(Person.objects.get(login="street_office"))
    assert "叫了您单位" not in said(street.get("/work/whistles"))
    assert blown.number not in said(market.get("/work/whistles?show=late"))
    assert blown.number in said(market.get(f"/work/whistles?q={blown.number}&show=all"))
    assert blown.number not in said(market.get("/work/whistles?show=closed"))


def test_who_is_late_is_named_and_reported_and_the_lead_stays(blown: Matter) -> None:
    street = Person.objects.get(login="street_office")
    at = now() + timedelta(minutes=40)
    note = Draft("done", "muster#1", "incomplete", words={"report_sheet": "两家没到"})
    take_step(blown.number, note, street, at, None, at)
    page = said(visitor(street).get("/work/whistles?show=late"))
    assert page.count("30分钟没到") == 2 and "没办完不能走：区城市管理部门" in page
    assert blown.number in said(visitor().get("/board/whistles"))


def test_whistles_ask_as_often_for_many_as_for_one(blown: Matter) -> None:
    client, committee = (
        visitor(Person.objects.get(login="street_office")),
        Person.objects.get(login="residents_committee"),
    )
    client.get("/work/whistles")
    with CaptureQueriesContext(connection) as one:
        client.get("/work/whistles")
    for _ in range(3):
        new = NewMatter(blown.place, "emergency", {"what": "漏水"}, public=True, organ="residents_committee")
        file_matter(new, committee, now(), None)
    with CaptureQueriesContext(connection) as many:
        client.get("/work/whistles")
    assert len(many) == len(one)


# --- filing at a desk ---


def test_a_place_marked_at_the_desk_finds_unit_and_who_answers(clerk: Client) -> None:
    form = {
        "channel": "phone", "name": "李", "contact": "", "means": "phone", "witness": "王", "consent": "同意", "spot": "东口",
        "what": "井盖坏了，晚上有人绊倒", "place": UNIT, "category": "utilities", "headcount": "1", "seen_by": "course",
    }  # fmt: skip
    assert clerk.post("/work/file", {**form, "point": "nowhere"}).status_code == 302
    assert "在网格内" not in said(clerk.get("/work/file/check"))
    assert clerk.post("/work/file", {**form, "point": WHERE}).status_code == 302
    page = said(clerk.get("/work/file/check"))
    assert "网格1 · 在网格内" in page
    key = page.split('name="idempotency_key" value="')[1].split('"')[0]
    assert clerk.post("/work/file/check", {"idempotency_key": key}).status_code == 302
    point = MatterPoint.objects.get()
    assert (point.thing, point.unit and point.unit.code) == ("东口", UNIT)
