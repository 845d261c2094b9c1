"""Two courses of events through the API: a consultation that feeds a decision, an initiative that reaches its tenth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.people.models import Person, SeatTerm
from gongzhi.records.people.tokens import make_token
from gongzhi.web import clock
from tests.api.conftest import Answer, Caller
from tests.support.consulting import MONDAY, SAID, Consulting, found_consulting


@pytest.fixture
def here(db: None, settings: object, tmp_path: Path) -> Consulting:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    settings.GONGZHI_STORY_CLOCK = True  # type: ignore[attr-defined]
    made = found_consulting()
    units = OrganInstance.objects.get(organ="stationed_units")
    SeatTerm.objects.create(person=made.who["street"], organ_instance=units, seat="", start=MONDAY)
    return made


def by(here: Consulting, who: str) -> Caller:
    """Somebody with a key; the clock of the server is that of the story."""
    clock.set_story_time(here.later())
    person: Person = here.resident(int(who[1:])) if who[1:].isdecimal() else here.who[who]
    if not hasattr(here, "keys"):
        here.keys = {}  # type: ignore[attr-defined]
    keys: dict[str, str] = here.keys  # type: ignore[attr-defined]
    if who not in keys:
        keys[who] = make_token(person, "test", bool(person.login), timezone.now())[1]
    return Caller(keys[who])


def act(here: Consulting, who: str, number: str, **body: Any) -> Answer:
    caller = by(here, who)
    visit = caller.get(f"/matters/{number}").json["visit"]
    return caller.post(f"/matters/{number}/acts", {"kind": "done", "visit": visit, **body})


def ok(answer: Answer) -> Any:
    assert answer.status < 300, answer.json
    return answer.json


def filed(here: Consulting, procedure: str, category: str) -> str:
    body = {
        "place": here.place.code,
        "category": category,
        "procedure": procedure,
        "what": "停车怎么收费",
        "public": True,
    }
    return str(ok(by(here, "r0").post("/matters", body))["number"])


def test_a_consultation_feeds_a_decision(here: Consulting) -> None:
    number = filed(here, "decision", "decision")
    ok(act(here, "director", number, outcome="registered", documents={"proposal": "停车收费"}))
    ok(act(here, "secretary", number, outcome="studied", documents={"opinion": "同意征求意见"}))
    pk = ok(by(here, "chair").get("/consultations/mine"))[0]["id"]
    assert by(here, "r1").get(f"/consultations/{pk}").status == 404
    assert by(here, "chair").post(f"/consultations/{pk}/opening", {"title": "停车"}).code == "nothing_to_ask"
    ok(by(here, "chair").post(f"/consultations/{pk}/statements", {"statements": list(SAID)}))
    ok(by(here, "chair").post(f"/consultations/{pk}/opening", {"title": "停车怎么收费"}))
    assert [one["id"] for one in ok(Caller().get(f"/places/{here.place.code}/consultations"))] == [pk]

    statements = ok(by(here, "r1").get(f"/consultations/{pk}"))["statements"]
    vote = {"statement": statements[0]["id"], "answer": "agree"}
    assert Caller().post(f"/consultations/{pk}/votes", vote).status == 401
    assert by(here, "director").post(f"/consultations/{pk}/votes", vote).status == 403
    ok(by(here, "r1").post(f"/consultations/{pk}/votes", vote))
    twice = by(here, "r1").post(f"/consultations/{pk}/votes", vote)
    assert (twice.status, twice.code) == (409, "voted_already") and "每人每条一次" in twice.json["detail"]
    assert ok(by(here, "r1").get(f"/consultations/{pk}"))["statements"][0]["answer"] == "agree"
    assert ok(by(here, "r2").get(f"/consultations/{pk}"))["statements"][0]["answer"] is None

    said = ok(by(here, "r2").post(f"/consultations/{pk}/contributions", {"kind": "comment", "text": "夜里别收费"}))
    rejected = {"ground": "not_about_this", "reason": "说的是别处"}
    ok(by(here, "chair").post(f"/contributions/{said['id']}/moderation", rejected))
    shown = ok(Caller().get(f"/consultations/{pk}"))
    assert shown["withheld"][0]["reason"] == "说的是别处" and "夜里别收费" not in str(shown)
    assert ok(by(here, "r2").post(f"/contributions/{said['id']}/appeal", {"why": "就是这里"}))["appeal_due"]
    ok(by(here, "street").post(f"/contributions/{said['id']}/appeal/answer", {"upheld": True, "answer": "是这里"}))
    assert ok(Caller().get(f"/consultations/{pk}"))["comments"][0]["text"] == "夜里别收费"
    assert ok(Caller().get(f"/consultations/{pk}/map"))["people"] is None

    ok(act(here, "chair", number, kind="part", part="attend.residents", count=12))
    ok(act(here, "street", number, kind="part", part="attend.stationed_units", organ="stationed_units"))
    over = {"outcome": "heard", "fields": {"delegated": False}, "documents": {"adopted_or_not": "夜里不收"}}
    early = act(here, "chair", number, **over)
    assert early.code == "points_unanswered" and "意见采纳表" in early.json["detail"]
    points = [{"text": "夜里别收费", "decision": "adopted", "reason": "夜里车位空着"}]
    ok(by(here, "chair").post(f"/consultations/{pk}/replies", {"replies": points}))
    ok(act(here, "chair", number, **over))
    shown = ok(Caller().get(f"/consultations/{pk}"))
    assert shown["status"] == "closed" and shown["replies"] == points
    assert by(here, "r3").post(f"/consultations/{pk}/votes", vote).code == "consultation_closed"


def test_an_initiative_reaches_its_threshold(here: Consulting) -> None:
    number = filed(here, "initiative", "initiative")
    ok(act(here, "director", number, outcome="registered", documents={"proposal": "开居民会议"}))
    pk = ok(by(here, "director").get("/initiatives/mine"))[0]["id"]
    assert by(here, "r1").post(f"/initiatives/{pk}/signature").status == 404
    assert ok(by(here, "director").post(f"/initiatives/{pk}/opening", {"eligible": 41}))["needed"] == 5
    for who in ("r1", "r2", "r3", "r4"):
        ok(by(here, who).post(f"/initiatives/{pk}/signature"))
    assert by(here, "r4").post(f"/initiatives/{pk}/signature").code == "signed_already"
    assert ok(by(here, "r4").delete(f"/initiatives/{pk}/signature"))["count"] == 3
    ok(by(here, "r4").post(f"/initiatives/{pk}/signature"))
    seen = ok(Caller().get(f"/places/{here.place.code}/initiatives"))[0]
    assert (seen["count"], seen["needed"], seen["reached_at"]) == (4, 5, None)
    assert ok(by(here, "r5").post(f"/initiatives/{pk}/signature"))["reached_at"]
    assert act(here, "director", number, counts={"eligible": 41, "yes": 9}).code == "signatures_differ"
    ok(by(here, "director").post(f"/initiatives/{pk}/count", {}))
    assert ok(by(here, "r0").get(f"/matters/{number}"))["step"] == "call"
    assert by(here, "r6").post(f"/initiatives/{pk}/signature").code == "list_closed"
    assert not any(person.display_name in str(seen) for person in Person.objects.exclude(login=None)[:3])
