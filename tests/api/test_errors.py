"""One form of error everywhere: RFC 9457, with a sentence in the reader's language."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from gongzhi.api.describe import needs
from gongzhi.api.site import api
from tests.api.conftest import Answer, Caller, House

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[\u4e00-\u9fff]")
FILL = {
    "number": "FUQU20260316-0000000", "code": "nowhere", "name": "nothing", "digest": "0" * 64, "document": "1",
    "day": "2001-01-01",
}  # fmt: skip
KEYS = {"type", "title", "status", "detail", "code", "args", "instance", "errors"}


def check(answer: Answer, status: int, code: str = "", *, english: bool = False) -> dict[str, Any]:
    """The answer is a problem of this status, in our form and the right language."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = answer.json
    assert set(found) == KEYS and found["status"] == answer.status == status, found
    assert code in ("", found["code"])
    assert bool(HAN.search(found["detail"])) is not english, found["detail"]
    assert answer.headers["Content-Language"] == ("en" if english else "zh-Hans")
    return found


def test_every_operation_answers_nobody_and_nonsense_in_one_form(house: House) -> None:
    """Without a key, about things that do not exist: never a page, never a bare text, never a fault."""
    for method, path in sorted(where for where in needs(api) if "/story/" not in where[1]):
        address = re.sub(r"\{(\w+)\}", lambda found: FILL.get(found[1], "999"), path)
        for who in (Caller(), house["chen"], Caller(key="gz_wrong")):
            headers = who._headers() | {"Idempotency-Key": "k" * 8}
            sent = who.client.generic(method, address, "{", content_type="application/json", headers=headers)
            answer = Caller._answer(sent)
            assert answer.status < 500, (method, path)
            if answer.status >= 400:
                check(answer, answer.status)


def test_what_django_itself_refuses_has_the_same_form(nobody: Caller) -> None:
    check(nobody.get("/no-such-thing"), 404, "not_found")
    check(Caller._answer(nobody.client.put("/api/v1/status")), 405, "method_not_allowed")
    check(Caller(language="en").get("/no-such-thing"), 404, "not_found", english=True)


def test_a_fault_of_ours_is_a_sentence_without_its_trace(
    house: House, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret path")

    monkeypatch.setattr("gongzhi.api.routes.board.on_duty", broken)
    answer = Caller().get("/status")
    check(answer, 500, "server_fault")
    assert b"secret" not in answer.body


def test_nobody_is_asked_to_sign_in(nobody: Caller) -> None:
    answer = nobody.post("/matters", {})
    check(answer, 401, "sign_in_first")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    check(Caller("gz_nonsense").get("/me"), 401, "key_unknown")
    check(Caller("gz_nonsense").get("/status"), 401, "key_unknown")


def test_a_revoked_key_opens_nothing(house: House) -> None:
    chen = house["chen"]
    (key,) = chen.get("/keys").json
    assert chen.delete(f"/keys/{key['id']}").status == 204
    check(chen.get("/me"), 401, "key_unknown")


def test_nobody_ends_another_s_key(house: House) -> None:
    (key,) = house["chen"].get("/keys").json
    check(house["zhao"].delete(f"/keys/{key['id']}"), 404)
    assert len(house["chen"].get("/keys").json) >= 1


def test_a_page_s_session_needs_its_token(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.people["chen"])
    body = json.dumps({"place": "fuqu", "category": "shared_facility", "what": "车棚"})
    sent = client.post("/api/v1/matters", body, content_type="application/json", headers={"Idempotency-Key": "k" * 8})
    check(Caller._answer(sent), 403, "csrf")
    assert client.get("/api/v1/me").status_code == 200


def test_staff_without_second_factor_can_do_nothing(house: House) -> None:
    from django.utils import timezone

    from gongzhi.records.people.tokens import make_token

    weak = make_token(house.people["director"], "weak", False, timezone.now())[1]
    check(Caller(weak).get("/matters", scope="worklist"), 403, "second_factor")
    client = Client()
    client.force_login(house.people["director"])
    check(Caller._answer(client.get("/api/v1/me")), 403, "second_factor")


def test_a_resident_s_worklist_is_empty_and_staff_pages_are_closed(house: House) -> None:
    assert house["chen"].get("/matters", scope="worklist").json["items"] == []
    check(house["chen"].get("/meetings"), 403, "staff_only")


def test_every_field_that_is_wrong_is_named_with_a_sentence(house: House) -> None:
    body = {"place": "fuqu", "what": "", "headcount": "many", "channel": "pigeon", "catgory": "x"}
    found = check(house["chen"].post("/matters", body), 422, "invalid")
    named = {error["field"]: error for error in found["errors"]}
    assert set(named) == {"body.what", "body.category", "body.headcount", "body.channel", "body.catgory"}
    assert all(HAN.search(error["detail"]) for error in named.values())


def test_the_sentence_follows_the_language(house: House) -> None:
    english = Caller(house["chen"].key, "en-GB,en;q=0.9")
    found = check(english.post("/matters", {"place": "fuqu"}), 422, "invalid", english=True)
    assert not any(HAN.search(error["detail"]) for error in found["errors"])


def test_a_refusal_of_the_charter_uses_the_charter_s_words(house: House) -> None:
    number = house.file().json["number"]
    visit = house["chen"].get(f"/matters/{number}").json["visit"]
    body = {"kind": "done", "visit": visit, "outcome": "registered"}
    found = check(house["chen"].post(f"/matters/{number}/acts", body), 403, "not_holder")
    assert "居委会" in found["detail"]
    check(house["director"].post(f"/matters/{number}/acts", body), 422, "documents_missing")


def test_too_many_tries_are_told_how_long_to_wait(house: House, nobody: Caller) -> None:
    first = nobody.post("/sign-in-codes", {"contact": "somebody@example.org"}, key=None)
    assert first.status == 202
    answer = nobody.post("/sign-in-codes", {"contact": "somebody@example.org"}, key=None)
    check(answer, 429, "too_often_tried")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
