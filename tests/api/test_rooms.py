"""Sign-in, meetings, notices, messages, receipts, digests and open data, each over the API."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django
from django.utils import timezone

from gongzhi.desk.worker import run_once
from gongzhi.records.matters.digests import make_digest
from gongzhi.records.people.signin import generator
from tests.api.conftest import Answer, Caller, House
from tests.api.test_errors import check

pytestmark = pytest.mark.django_db


def act(house: House, who: str, number: str, kind: str, **more: Any) -> Answer:
    """The act has to go through."""
    visit = house[who].get(f"/matters/{number}").json["visit"]
    answer = house[who].post(f"/matters/{number}/acts", {"kind": kind, "visit": visit} | more)
    assert answer.status == 201, answer.json
    return answer


def to_the_council(house: House, number: str) -> None:
    """The shared facility up to the meeting of the council."""
    paper = {"documents": {"minutes": "商定"}}
    act(house, "director", number, "done", outcome="registered", documents={"receipt": "收到"})
    act(house, "secretary", number, "done", outcome="call_party_council", **paper)
    act(house, "council", number, "part", part="attend.party_members_council", count=16)
    act(house, "secretary", number, "done", outcome="notice_and_council", **paper)
    act(house, "director", number, "done", outcome="posted", documents={"notice_text": "开会"})


# --- sign-in ---


def test_a_resident_signs_in_by_one_code_and_is_registered(house: House, nobody: Caller) -> None:
    assert nobody.post("/sign-in-codes", {"contact": "new@example.org"}, key=None).status == 202
    outbox = Path(django.GONGZHI_HOME) / "outbox" / "codes.jsonl"
    code = json.loads(outbox.read_text().splitlines()[-1])["code"]
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    check(nobody.post("/keys", {"contact": "new@example.org", "code": wrong}, key=None), 401, "code_wrong")
    made = nobody.post("/keys", {"contact": "new@example.org", "code": code, "place": "fuqu"}, key=None)
    assert made.status == 201 and made.json["key"].startswith("gz_")
    assert Caller(made.json["key"]).get("/me").json["home"]["short"] == "fuqu"
    again = nobody.post("/keys", {"contact": "new@example.org", "code": code}, key=None)
    check(again, 401, "code_expired")


def test_staff_sign_in_by_password_and_generator(house: House, nobody: Caller) -> None:
    person = house.people["director"]
    person.set_password("a-long-password-77")
    person.save()
    step = int(timezone.now().timestamp())
    code = generator(person.second_factor.secret).generate(step).decode()
    for bad in ({"password": "x", "code": code}, {"password": "a-long-password-77", "code": "000000"}):
        check(nobody.post("/keys", {"login": "director"} | bad, key=None), 401, "password_wrong")
    check(nobody.post("/keys", {"login": "nobody", "password": "x", "code": code}, key=None), 401, "password_wrong")
    made = nobody.post("/keys", {"login": "director", "password": "a-long-password-77", "code": code}, key=None)
    assert made.status == 201, made.json
    me = Caller(made.json["key"]).get("/me").json
    assert [(seat["organ"], seat["seat"]) for seat in me["seats"]] == [("residents_committee", "director")]
    used = nobody.post("/keys", {"login": "director", "password": "a-long-password-77", "code": code}, key=None)
    check(used, 401, "password_wrong")


def test_the_key_itself_is_not_stored(house: House) -> None:
    from gongzhi.records.people.tokens import ApiToken

    key = house["chen"].key
    assert not ApiToken.objects.filter(digest__contains=key).exists() and len(ApiToken.objects.get().digest) == 64


def test_one_changes_one_s_own_data_and_takes_it_along(house: House) -> None:
    chen = house["chen"]
    changed = chen.patch("/me", {"display_name": "陈老师", "language": "en", "home": "fuqu"}).json
    assert (changed["display_name"], changed["language"], changed["home"]["short"]) == ("陈老师", "en", "fuqu")
    check(chen.patch("/me", {"home": "nowhere"}), 422, "unknown_place")
    check(chen.patch("/me", {"login": "root"}), 422, "invalid")
    house.file(what="只有我看得到")
    assert "只有我看得到" in json.dumps(chen.get("/me/data").json, ensure_ascii=False)


def test_an_account_is_erased_only_when_nothing_waits_for_it(house: House) -> None:
    number = house.file().json["number"]
    found = check(house["chen"].delete("/me"), 409, "matters_open")
    assert found["args"]["numbers"] == [number] and number in found["detail"]
    check(house["director"].delete("/me"), 409, "holds_seat")
    zhao = house["zhao"]
    assert zhao.delete("/me").status == 204
    check(zhao.get("/me"), 401, "key_unknown")


# --- meetings ---


def test_a_meeting_is_called_attended_and_resolves(house: House) -> None:
    number = house.file(public=True).json["number"]
    to_the_council(house, number)
    now = timezone.now()
    invitation = {"at": (now + timedelta(hours=1)).isoformat(), "where": "社区议事室", "agenda": ["在哪里建", "谁来管"]}
    act(house, "director", number, "note", state="invitation", invitation=invitation)
    (meeting,) = [one for one in house["director"].get("/meetings").json if one["matter"] == number]
    assert (
        meeting["where"] == "社区议事室" and meeting["agenda"] == ["在哪里建", "谁来管"] and len(meeting["code"]) == 6
    )
    assert house["chen"].get(f"/matters/{number}/meetings").json[-1]["code"] == ""

    way = f"/meetings/{meeting['id']}/attendance"
    sign = {"part": "attend.residents", "code": meeting["code"]}
    assert house["zhao"].post(way, sign, key=None).status == 204
    assert house["zhao"].post(way, sign, key=None).status == 204
    check(house["zhao"].post(way, sign | {"code": "000000"}, key=None), 422, "room_code_wrong")
    check(house["zhao"].post(way, sign | {"part": "attend.urban_section.chief"}, key=None), 403, "not_called")

    act(house, "director", number, "part", part="attend.residents", count=20)
    for who, part in (("secretary", "party_branch.secretary"), ("station", "service_station.head")):
        act(house, who, number, "part", part=f"attend.{part}")
    act(house, "urban", number, "part", part="attend.urban_section.chief")
    facts = dict.fromkeys(("needs_planning", "needs_funds", "outside_remit"), True)
    resolved = [{"text": "原处重建两座", "owner": "residents_committee", "due": "2027-03-01"}]
    papers = {"minutes": "到会24人", "proposed_solution": "重建"}
    act(house, "director", number, "done", outcome="proposal", fields=facts, documents=papers, resolutions=resolved)
    held = house["chen"].get(f"/matters/{number}/meetings").json[-1]
    assert held["status"] == "held" and held["resolutions"][0]["text"] == "原处重建两座"
    present = {one["part"]: one["count"] for one in held["present"]}
    assert present["attend.residents"] == 20
    public = Caller().get(f"/matters/{number}/meetings").json[-1]
    assert public["resolutions"][0]["text"] == ""


# --- notices ---


def test_a_notice_hangs_and_takes_objections(house: House) -> None:
    number = house.file(public=True).json["number"]
    to_the_council(house, number)
    hanging = Caller().get("/places/fuqu/notices").json
    assert [notice["matter"] for notice in hanging] == [number] and hanging[0]["body"] == "开会"
    shown = Caller().get(f"/notices/{hanging[0]['id']}").json
    assert shown["objected"] == [] and shown["takes_objections"] is False


# --- messages ---


def test_who_has_to_act_is_told_and_marks_it_read(house: House) -> None:
    number = house.file().json["number"]
    run_once(timezone.now())
    told = house["director"].get("/me/messages", unread="true").json["items"]
    (message,) = [one for one in told if one["matter"] == number]
    assert message["text"]
    assert house["director"].post(f"/me/messages/{message['id']}/read", key=None).status == 204
    unread = house["director"].get("/me/messages", unread="true").json["items"]
    assert message["id"] not in {one["id"] for one in unread}
    check(house["chen"].post(f"/me/messages/{message['id']}/read", key=None), 404)


# --- proofs ---


def test_a_receipt_proves_its_entry_to_anybody(house: House, nobody: Caller) -> None:
    filed = house.file().json
    assert nobody.get(f"/receipts/{filed['number']}", code=filed["receipt"]).json["verdict"] == "consistent"
    wrong = "0000 " * 4 + "0000"
    assert nobody.get(f"/receipts/{filed['number']}", code=wrong).json["verdict"] == "inconsistent"
    assert nobody.get("/receipts/FUQU20260316-0000000", code=filed["receipt"]).json["verdict"] == "unknown"


def test_digests_are_published_and_the_audit_is_for_staff(house: House, nobody: Caller) -> None:
    filed = house.file().json
    make_digest(date(2099, 1, 1), timezone.now())
    (row,) = nobody.get("/digests").json
    heads = nobody.get(f"/digests/{row['day']}").json["heads"]
    assert heads == [[filed["number"], 1, filed["hash"]]]
    report = house["auditor"].get("/audit").json
    assert report == {"matters": 1, "acts": 1, "broken": []}
    check(house["chen"].get("/audit"), 403, "staff_only")
    assert house["chen"].get(f"/matters/{filed['number']}/audit").json["broken"] == []


def test_whole_audits_are_rationed(house: House) -> None:
    answers = [house["auditor"].get("/audit") for _ in range(7)]
    assert [answer.status for answer in answers] == [200] * 6 + [429]


# --- the charter and open data ---


def test_the_charter_in_force_is_shown_with_every_step(house: House, nobody: Caller) -> None:
    charter = nobody.get("/places/fuqu/charter").json
    assert {"shared_facility", "fire_lane"} <= {one["key"] for one in charter["procedures"]}
    steps = {step["key"]: step for step in nobody.get("/places/fuqu/procedures/shared_facility").json["steps"]}
    assert steps["submit"]["beyond"] == "on_site" and steps["council"]["outcomes"]
    text = nobody.get(f"/charters/{charter['digest']}").json
    assert "fuqu/charter.yaml" in text["files"]
    english = Caller(language="en").get("/places/fuqu/charter").json
    assert english["title"] != charter["title"]


def test_open_data_holds_only_public_matters_and_no_formulas(house: House, nobody: Caller) -> None:
    house.file()
    number = house.file(public=True).json["number"]
    board = nobody.get("/places/fuqu/board").json
    assert (board["received"], board["open"], board["late"]) == (2, 2, 0)
    rows = list(csv.DictReader(io.StringIO(nobody.get("/places/fuqu/open-data.csv").body.decode("utf-8-sig"))))
    assert [row["number"] for row in rows] == [number]

    from gongzhi.api.routes.board import _harmless

    assert [_harmless(cell) for cell in ("=1+1", "@x", "-1", "车棚")] == ["'=1+1", "'@x", "'-1", "车棚"]


def test_places_are_found_by_code_short_name_and_name(house: House, nobody: Caller) -> None:
    fuqu = nobody.get("/places/fuqu").json
    assert fuqu["name"] == "福建路社区" and fuqu["lies_in"][-1]["level"] == "province"
    assert nobody.get("/places", name="福建路").json[0]["code"] == fuqu["code"]
    inside = nobody.get("/places", inside="fuqu").json
    assert {one["level"] for one in inside} == {"estate"}
    assert nobody.get("/places", inside="fuqu", size=1, after=inside[0]["code"]).json == inside[1:2]
    assert "residents_committee" in {one["key"] for one in nobody.get("/places/fuqu/organs").json}
