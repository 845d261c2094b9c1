"""Bad input of every kind is refused with a sentence, and nothing of it is stored."""

from __future__ import annotations

import io
import threading
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from PIL import Image
from pytest_django.fixtures import Settings

from gongzhi.records.matters.models import Act, Matter
from tests.api.conftest import Answer, Caller, House
from tests.api.test_errors import check

pytestmark = pytest.mark.django_db


def filing(**more: Any) -> dict[str, Any]:
    return {"place": "fuqu", "category": "shared_facility", "what": "四号楼没有车棚"} | more


def photo(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, kind)
    return out.getvalue()


# --- text ---


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"what": ""}, "body.what", "string_too_short"),
        ({"what": "  \n\t "}, "body.what", "string_too_short"),
        ({"what": "车" * 20_000}, "body.what", "string_too_long"),
        ({"what": "车\u0000棚"}, "body.what", "control_characters"),
        ({"what": "车\u202e棚"}, "body.what", "control_characters"),
        ({"where": "楼\u0007下"}, "body.where", "control_characters"),
        ({"what": 7}, "body.what", "string_type"),
        ({"headcount": 0}, "body.headcount", "greater_than_equal"),
        ({"headcount": 2.5}, "body.headcount", "int_type"),
        ({"headcount": "20"}, "body.headcount", "int_type"),
        ({"public": "yes"}, "body.public", "bool_type"),
        ({"photos": ["../../etc/passwd"]}, "body.photos.0", "string_pattern_mismatch"),
        ({"at": "2026-03-16 08:30"}, "body.at", "timezone_aware"),
        ({"fields": {"x": {"deep": 1}}}, "body.fields.x", ""),
    ],
)
def test_a_wrong_text_or_type_is_named(house: House, more: dict[str, Any], field: str, code: str) -> None:
    found = check(house["chen"].post("/matters", filing(**more)), 422, "invalid")
    errors = {error["field"]: error["code"] for error in found["errors"]}
    assert any(name.startswith(field) and code in ("", errors[name]) for name in errors), errors
    assert not Matter.objects.exists()


def test_line_breaks_of_any_machine_and_rare_characters_are_kept(house: House) -> None:
    text = "第一行\r\n第二行 · 𠮷𡈽𫝀 👩\u200d🔧"
    house.file(what=text)
    from gongzhi.records.matters import sealing
    from gongzhi.records.matters.models import Words

    assert sealing.read_text(Words.objects.get(name="what")) == text.replace("\r\n", "\n")


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"text"', b"\xff\xfe", '{"a":' * 2000])
def test_a_body_that_is_no_object_is_refused(house: House, body: str | bytes) -> None:
    answer = house["chen"].post("/matters", body or "")
    check(answer, answer.status)
    assert answer.status in (400, 422) and not Matter.objects.exists()


def test_an_oversize_body_is_refused_before_it_is_read(house: House) -> None:
    found = check(house["chen"].post("/matters", filing(what="车" * 1_000_000)), 413, "too_large")
    assert found["args"]["mb"] == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"place": "nowhere"}, "unknown_place"),
        ({"place": "320106999999"}, "unknown_place"),
        ({"category": "flying"}, "unknown_category"),
        ({"procedure": "flying"}, "unknown_procedure"),
        ({"photos": ["0" * 32]}, "upload_unknown"),
        ({"fields": {"flying": True}}, "field_unknown"),
        ({"fields": {"needs_funds": 3}}, "field_value"),
    ],
)
def test_what_the_community_does_not_know_is_refused(house: House, more: dict[str, Any], code: str) -> None:
    check(house["chen"].post("/matters", filing(**more)), 422, code)
    assert not Matter.objects.exists()


@pytest.mark.parametrize("number", ["FUQU20260316-0000000", "x", "%00", "1' OR '1'='1", "../me", "车" * 60])
def test_a_number_that_is_none_is_not_found(house: House, number: str) -> None:
    for path in ("", "/acts", "/documents", "/meetings", "/notices", "/audit"):
        answer = house["director"].get(f"/matters/{number}{path}")
        check(answer, 404)


@pytest.mark.parametrize("after", ["x", "~", "2026-01-01T00:00:00+00:00~x", "9999~1", "2026-01-01~1"])
def test_a_broken_cursor_is_told(house: House, after: str) -> None:
    answer = house["chen"].get("/matters", scope="mine", after=after)
    assert answer.status in (200, 422)
    if answer.status == 422:
        check(answer, 422, "cursor_bad")


# --- files ---


def _bomb() -> bytes:
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    import zlib

    chunk = header[8:]
    return header + zlib.crc32(chunk[4:]).to_bytes(4, "big") + b"\x00\x00\x00\x00IDAT" + b"\x00" * 40


def _docx(name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("a.jpg", b"", 422, "file_empty"),
        ("a.png", photo("JPEG"), 422, "file_renamed"),
        ("a.pdf", photo("PNG"), 422, "file_renamed"),
        ("a.jpg", b"MZ\x90\x00 program", 422, "file_type"),
        ("a.svg", b"<svg onload='alert(1)'/>", 422, "file_renamed"),
        ("a.png", photo("PNG")[:70], 422, "file_broken"),
        ("a.png", _bomb(), 422, "file_bombs"),
        ("a.docx", b"PK\x03\x04broken", 422, "file_broken"),
        ("a.docx", _docx("word/vbaProject.bin"), 422, "file_type"),
        ("a.zip", _docx("other.txt"), 422, "file_type"),
    ],
)
def test_a_file_is_judged_by_its_content(house: House, name: str, content: bytes, status: int, code: str) -> None:
    check(house["chen"].upload(name, content), status, code)


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.jpg", photo(), "image/jpeg"),
        ("a.PNG", photo("PNG"), "image/png"),
        ("a.webp", photo("WEBP"), "image/webp"),
        ("图", photo("PNG"), "image/png"),
        ("a.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("a.txt", "会议纪要".encode(), "text/plain"),
        ("a.docx", _docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_known_files_are_taken_for_what_they_are(house: House, name: str, content: bytes, media: str) -> None:
    sent = house["chen"].upload(name, content)
    assert sent.status == 201 and sent.json["media_type"] == media, sent.json


def test_a_file_over_the_limit_is_too_large(house: House) -> None:
    check(house["chen"].upload("a.jpg", photo() + b"\0" * (20 * 1024 * 1024)), 413, "too_large")
    check(house["chen"].upload("a.jpg", b"\0" * (26 * 1024 * 1024)), 413, "too_large")


def test_a_waiting_file_is_its_sender_s_alone_and_gone_after_a_day(house: House, settings: Settings) -> None:
    import os

    upload = house["chen"].upload("a.jpg", photo()).json["id"]
    check(house["zhao"].post("/matters", filing(photos=[upload])), 422, "upload_unknown")
    (path,) = Path(settings.GONGZHI_HOME).glob("uploads/*/*")
    yesterday = (timezone.now() - timedelta(hours=25)).timestamp()
    os.utime(path, (yesterday, yesterday))
    house["chen"].upload("b.jpg", photo())
    check(house["chen"].post("/matters", filing(photos=[upload])), 422, "upload_unknown")


# --- again, at once, out of turn, back in time ---


def test_a_filing_and_an_act_need_a_key_of_their_own(house: House) -> None:
    check(house["chen"].post("/matters", filing(), key=None), 422, "key_missing")
    check(house["chen"].post("/matters", filing(), key="k"), 422, "key_missing")
    check(house["chen"].post("/matters", filing(), key="a b c d e f"), 422, "key_missing")


def test_a_double_click_files_once(house: House) -> None:
    chen = house["chen"]
    first, second = (chen.post("/matters", filing(), key="double-click") for _ in range(2))
    assert (first.status, second.status) == (201, 200)
    assert first.json | {"repeated": True} == second.json
    assert Matter.objects.count() == 1
    check(chen.post("/matters", filing(what="别的事"), key="double-click"), 409, "key_reused")
    assert house["zhao"].post("/matters", filing(), key="double-click").status == 201


def test_a_repeated_filing_with_consent_is_one_filing(house: House) -> None:
    consent = {"name": "刘奶奶", "means": "spoken", "witness": "王芳", "text": "同意代我登记"}
    body = filing(organ="residents_committee", channel="helper", consent=consent)
    first, second = (house["member"].post("/matters", body, key="helped-once") for _ in range(2))
    assert (first.status, second.status) == (201, 200), (first.json, second.json)
    check(house["member"].post("/matters", filing(organ="residents_committee", channel="helper")), 422)


def test_two_people_at_one_step_one_wins_and_the_other_sees_why(house: House) -> None:
    number = house.file().json["number"]
    visit = house["director"].get(f"/matters/{number}").json["visit"]
    body = {"kind": "done", "visit": visit, "outcome": "registered", "documents": {"receipt": "收到"}}
    assert house["director"].post(f"/matters/{number}/acts", body).status == 201
    found = check(house["member"].post(f"/matters/{number}/acts", body), 409, "moved_on")
    assert found["args"]["organ"] == "residents_committee" and found["args"]["at"]


def test_an_act_out_of_turn_is_refused(house: House) -> None:
    number = house.file().json["number"]
    visit = house["chen"].get(f"/matters/{number}").json["visit"]
    for kind, code in (("accept", "not_offered"), ("assign", ""), ("resume", "not_paused"), ("flying", "invalid")):
        answer = house["director"].post(f"/matters/{number}/acts", {"kind": kind, "visit": visit, "to": "x"})
        check(answer, answer.status, code)
        assert answer.status in (403, 409, 422)
    assert Act.objects.count() == 1


def test_an_act_before_the_latest_or_in_the_future_is_refused(house: House) -> None:
    number = house.file().json["number"]
    now = timezone.now()
    for shift, status, code in ((timedelta(days=-1), 409, "clock_back"), (timedelta(days=1), 422, "in_future")):
        body = {
            "kind": "done", "visit": "intake#1", "outcome": "registered", "documents": {"receipt": "收到"},
            "at": (now + shift).isoformat(),
        }  # fmt: skip
        check(house["director"].post(f"/matters/{number}/acts", body), status, code)


def test_an_act_on_a_matter_one_may_not_see_is_not_found(house: House) -> None:
    number = house.file().json["number"]
    body = {"kind": "note", "visit": "intake#1", "state": "remark", "documents": {"remark": "我也想看"}}
    check(house["zhao"].post(f"/matters/{number}/acts", body), 404, "unknown_matter")


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_file_one_matter(committed_house: House) -> None:
    chen = committed_house["chen"]
    answers: list[Answer] = []

    def click() -> None:
        answers.append(Caller(chen.key).post("/matters", filing(), key="twenty-clicks"))
        connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted({answer.status for answer in answers}) == [200, 201]
    assert sum(answer.status == 201 for answer in answers) == 1
    assert len({answer.json["number"] for answer in answers}) == Matter.objects.count() == 1
