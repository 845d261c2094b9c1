"""Reports of patrols: once however often they are sent, joined to what is known, and nobody's way is kept."""

from __future__ import annotations

import io
import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.models import Checkpoint, Report
from gongzhi.web.clock import now
from tests.support.patrolling import UNIT, patroller, set_up_grids
from tests.support.residents import photo
from tests.support.visitors import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone() -> Client:
    set_up_grids()
    return visitor(patroller())


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
        ({"photo": SimpleUploadedFile("a.jpg", b"\xff\xd8" + b"0" * (20 * 1024 * 1024))}, "20MB"),
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


def test_no_column_says_who_patrolled_or_where_somebody_was() -> None:
    names = {field.name for model in (Report, Checkpoint) for field in model._meta.get_fields()}
    assert not names & {"person", "patroller", "by", "user", "x", "y", "login"}


def test_a_patrol_finds_no_personal_register(phone: Client) -> None:
    day = phone.get("/patrol/today.json").json()
    assert set(day) == {"owner", "now", "csrf", "tiles", "places", "route", "parts"}
    assert len(day["tiles"]) == 10 and day["places"][0]["code"] == UNIT
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
