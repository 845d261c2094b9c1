"""Reports of patrols: once however often they are sent, joined to what is known, and nobody's way is kept."""

from __future__ import annotations

import io
import json
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongzhi.desk.ground import take_units
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.institutions.queries import find_place
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.ground_actions import answer_for
from gongzhi.records.patrols.ground_queries import units_at
from gongzhi.records.patrols.models import Checkpoint, GridUnit, MatterPoint, Part, Report, StandIn
from gongzhi.records.patrols.reports import Stop, put_route
from gongzhi.records.people.models import Person
from gongzhi.web.clock import now
from tests.core.ground.test_units import EAST, NORTH, STEP, unit
from tests.support.patrolling import UNIT, patroller, set_up_grids
from tests.support.residents import photo
from tests.support.visitors import visitor

pytestmark = pytest.mark.django_db
MIDDLE = (EAST + 0.5 * STEP, NORTH + 0.5 * STEP)


@pytest.fixture
def phone() -> Client:
    set_up_grids()
    return visitor(patroller())


def on_the_ground() -> Place:
    """The community with its first unit drawn and a manhole cover in it."""
    here = find_place(UNIT.rpartition("-")[0])
    assert here is not None
    take_units(here, [unit("1", 0, 0)], now())
    values = {"x": MIDDLE[0], "y": MIDDLE[1], "changed_at": now()}
    Part.objects.create(code="MH-1", kind="0102", name="井盖", place=find_place(UNIT), **values)
    return here


def send(phone: Client, number: str = "", **more: object):  # type: ignore[no-untyped-def]
    at = now()
    form = {
        "number": number or str(uuid.uuid4()), "category": "utilities", "place": UNIT, "spot": "东口",
        "said": (at - timedelta(hours=3)).isoformat(), "phone_now": at.isoformat(), "same": "",
    }  # fmt: skip
    return phone.post("/patrol/reports", {**form, **more})


def test_the_same_report_three_times_is_one_matter(phone: Client) -> None:
    number, at = str(uuid.uuid4()), now().isoformat()
    answers = [send(phone, number, said=at, phone_now=at).json() for _ in range(3)]
    assert {answer["number"] for answer in answers} == {Matter.objects.get().number}
    assert {answer["state"] for answer in answers} == {"filed"} and Report.objects.count() == 1


def test_what_is_known_is_asked_about_and_then_joined_or_filed_by_itself(phone: Client) -> None:
    first = send(phone).json()
    number = str(uuid.uuid4())
    known = send(phone, number)
    assert known.status_code == 409 and known.json()["number"] == first["number"] and Report.objects.count() == 1
    picture = SimpleUploadedFile("a.jpg", photo())
    joined = send(phone, number, same="1", photo=picture).json()
    assert (joined["state"], joined["number"]) == ("joined", first["number"])
    assert Matter.objects.get().words.filter(name="photo.1").count() == 1
    assert send(phone, number, same="1").json()["state"] == "joined"  # sent again: still one
    assert send(phone, same="0").json()["number"] != first["number"]


def test_a_phone_with_a_wrong_clock_keeps_both_times_and_the_desk_counts_from_receipt(phone: Client) -> None:
    at, ahead = now(), timedelta(hours=2)
    told = send(phone, said=(at + ahead - timedelta(hours=1)).isoformat(), phone_now=(at + ahead).isoformat()).json()
    row = Report.objects.get()
    assert told["drift"] in (119, 120) and row.found_how == "corrected"
    assert abs(row.found_at - (row.received_at - timedelta(hours=1))) < timedelta(seconds=5)
    assert row.phone_said is not None and row.phone_said > row.received_at
    assert row.matter.filed_at == row.received_at


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"category": "nothing"}, "巡查清单"),
        ({"place": "110101999901-2"}, "不在您的网格"),
        ({"number": "x"}, "没有编号"),
        ({"photo": SimpleUploadedFile("a.jpg", b"no photo at all")}, "换一张JPG或PNG"),
        ({"photo": SimpleUploadedFile("a.jpg", b"\xff\xd8" + b"0" * (40 * 1024 * 1024))}, "20MB"),
    ],
)
def test_what_cannot_be_taken_says_what_to_do_and_stores_nothing(phone: Client, more: object, said: str) -> None:
    answer = send(phone, **more)  # type: ignore[arg-type]
    assert answer.status_code == 422 and said in answer.json()["said"]
    assert not Matter.objects.exists() and not Report.objects.exists()


def test_another_patrol_with_the_same_number_gets_a_report_of_its_own(phone: Client) -> None:
    number = str(uuid.uuid4())
    first = send(phone, number, spot="东口").json()
    second = send(visitor(patroller("other")), number, spot="西口").json()
    assert first["number"] != second["number"]


def test_nothing_on_the_ground_names_a_person_except_as_the_one_who_filed(phone: Client) -> None:
    room = [model for model in apps.get_models() if model.__module__.startswith("gongzhi.records.patrols.")]
    assert {Report, Checkpoint, GridUnit, MatterPoint, Part, StandIn} == set(room)
    leads_to = {field.related_model for model in room for field in model._meta.get_fields() if field.is_relation}
    assert leads_to <= {*room, Place, OrganInstance, Matter}  # the matter alone knows who filed it
    columns = {field.name for model in room for field in model._meta.concrete_fields}
    assert not columns & {"person", "patroller", "by", "user", "login", "name_of", "phone", "latitude"}
    assert not {"x", "y"} & {field.name for field in Report._meta.concrete_fields}  # where a patrol was is nobody's

    here = on_the_ground()
    assert send(phone, spot="东口", part="MH-1").status_code == 200
    answer_for(units_at(here)[0], OrganInstance.objects.get(organ="patrol", place__code=UNIT), "patroller")
    rows = [str(row) for model in room for row in model.objects.values()]
    who = Person.objects.get(login="patrol")
    assert len(rows) >= 4
    assert not [row for row in rows for word in (who.display_name, who.digest) if word in row]


def test_a_report_at_a_part_or_a_checkpoint_has_its_point_unit_and_who_answers(phone: Client) -> None:
    here, clerk = on_the_ground(), visitor(patroller("clerk", "110101000000", "supervision_centre", "clerk"))
    unit = units_at(here)[0]
    answer_for(unit, OrganInstance.objects.get(organ="patrol", place__code=UNIT), "patroller")
    put_route(unit.place, [Stop("东口路灯", MIDDLE), Stop("没有标点的拐角")])
    with_point, without = Checkpoint.objects.order_by("rank")
    asked = [{"part": "MH-1", "spot": "东口"}, {"stop": str(with_point.pk), "spot": with_point.title},
             {"stop": str(without.pk), "spot": without.title}, {"stop": "999999", "spot": "路线换了"}]  # fmt: skip
    numbers = [send(phone, **one).json()["number"] for one in asked]
    found = {row.matter.number: row for row in MatterPoint.objects.select_related("unit", "part", "matter")}
    assert set(found) == set(numbers[:2])
    assert [(found[n].thing, found[n].unit, found[n].how) for n in numbers[:2]] == [
        ("东口", unit.place, "inside"), ("东口路灯", unit.place, "inside"),
    ]  # fmt: skip
    page = clerk.get(f"/work/matters/{numbers[0]}").content.decode()
    assert "在哪个网格" in page and "MH-1" in page and "巡查员" in page  # the post that answers, not who holds it
    assert "在哪个网格" not in clerk.get(f"/work/matters/{numbers[2]}").content.decode()


def test_a_part_of_another_community_gives_no_point(phone: Client) -> None:
    elsewhere = Place.objects.create(code="320106005099", path="32/0106/005/099", level="community", name="别处")
    Part.objects.create(code="FAR", kind="0102", name="井盖", place=elsewhere, x=1, y=1, changed_at=now())
    assert send(phone, part="FAR").status_code == 200 and not MatterPoint.objects.exists()


def test_a_patrol_finds_no_personal_register(phone: Client) -> None:
    day = phone.get("/patrol/today.json").json()
    assert set(day) == {"owner", "now", "csrf", "tiles", "places", "route", "parts"}
    assert len(day["tiles"]) == 9 and day["places"][0]["code"] == UNIT
    shown = json.dumps(day, ensure_ascii=False)
    assert "巡查员" not in shown and "@" not in shown
    page = phone.get("/patrol/").content.decode()
    assert "巡查员" not in page  # kept on the phone for whoever signs in next


def test_only_posts_that_file_findings_have_tiles() -> None:
    set_up_grids()
    clerk = visitor(patroller("clerk", "110101000000", "supervision_centre", "clerk"))
    assert clerk.get("/patrol/today.json").json()["tiles"] == []
    assert visitor().post("/patrol/reports").status_code in (302, 403)


def test_the_worker_may_serve_its_scope_and_nothing_else() -> None:
    answer = visitor().get("/patrol/sw.js")
    assert answer["Service-Worker-Allowed"] == "/patrol/" and "unsafe" not in answer["Content-Security-Policy"]
    assert io.BytesIO(answer.content).readline().startswith(b"const BUILD=")
    about = visitor().get("/patrol/manifest.webmanifest").json()
    assert about["scope"] == about["start_url"] == "/patrol/" and about["display"] == "standalone"
