"""Votes for programs: the same one roll, the same refusals, as problems with a sentence."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from gongzhi.records.people.models import Person
from gongzhi.records.people.tokens import make_token
from gongzhi.web import clock
from tests.support.community import MONDAY, found_community
from tests.support.voting import CLOSES, Polls, contact, set_up_polls

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def polls(db: None, settings: object, tmp_path: Path) -> Polls:
    settings.GONGZHI_HOME, settings.GONGZHI_STORY_CLOCK = tmp_path, True  # type: ignore[attr-defined]
    made = set_up_polls(found_community())
    clock.set_story_time(LATER)
    return made


def call(who: Person | None, method: str, path: str, **body: object) -> HttpResponse:
    from django.utils import timezone

    head = {"Idempotency-Key": "k" * 12}
    if who is not None:
        head["Authorization"] = f"Bearer {make_token(who, 'test', True, timezone.now())[1]}"
    sent = json.dumps(body) if method == "POST" else None
    return Client().generic(method, f"/api/v1{path}", sent or "", content_type="application/json", headers=head)


def test_a_vote_over_the_api_from_roll_to_count(polls: Polls) -> None:
    ballot, staff = polls.begin(), polls.director
    wrong = call(staff, "POST", f"/ballots/{ballot.pk}/roll",
                 entries=[{"name": "甲", "contact": contact(1)}, {"name": "", "contact": contact(1)}])  # fmt: skip
    assert wrong.status_code == 422 and [one["field"] for one in wrong.json()["errors"]] == ["body.entries.1"] * 2
    entries = [{"name": f"住户{n}", "contact": contact(n)} for n in range(1, 5)]
    assert call(staff, "POST", f"/ballots/{ballot.pk}/roll", entries=entries).json()["entries"] == 4
    assert call(polls.voter(1), "POST", f"/ballots/{ballot.pk}/roll/freeze").status_code == 403
    frozen = call(staff, "POST", f"/ballots/{ballot.pk}/roll/freeze")
    assert frozen.status_code == 200 and len(frozen.json()["digest"]) == 64
    terms = {"items": [{"key": "i1", "title": "同意吗"}], "closes_at": CLOSES.isoformat()}
    assert call(staff, "POST", f"/ballots/{ballot.pk}/open", **terms).json()["phase"] == "open"
    assert [one["id"] for one in call(polls.voter(1), "GET", "/ballots").json()] == [ballot.pk]
    cast = call(polls.voter(1), "POST", f"/ballots/{ballot.pk}/votes", marks=["yes"])
    assert cast.status_code == 201
    assert call(None, "GET", f"/ballots/{ballot.pk}/receipts/{cast.json()['receipt']}").json() == {"counted_in": True}
    twice = call(polls.voter(1), "POST", f"/ballots/{ballot.pk}/votes", marks=["no"])
    assert (twice.status_code, twice.json()["code"]) == (409, "voted_already") and "3月16日" in twice.json()["detail"]
    assert call(polls.voter(9), "POST", f"/ballots/{ballot.pk}/votes", marks=["no"]).status_code == 403
    assert call(polls.voter(2), "POST", f"/ballots/{ballot.pk}/votes", marks=["perhaps"]).status_code == 422
    assert call(staff, "POST", f"/ballots/{ballot.pk}/papers/handed-in", numbers=[2, 1]).json()[0]["number"] == 1
    for who in (staff, polls.member):
        paper = {"sheet": 1, "marks": ["yes"]}
        assert call(who, "POST", f"/ballots/{ballot.pk}/papers", papers=[paper]).json() == []
    assert call(polls.voter(1), "GET", f"/ballots/{ballot.pk}/me").json()["voted"] is True
    assert call(None, "GET", f"/ballots/{ballot.pk}/count").json()["code"] == "ballot_not_counted"
    late = CLOSES + timedelta(minutes=1)
    clock.set_story_time(late)
    assert call(polls.voter(3), "POST", f"/ballots/{ballot.pk}/votes", marks=["no"]).json()["code"] == "ballot_closed"
    typed = call(staff, "POST", f"/matters/{ballot.matter.number}/acts", kind="done", visit=ballot.visit,
                 counts={"eligible": 4, "present": 4, "yes": 4})  # fmt: skip
    assert typed.json()["code"] == "counts_from_ballot" and "不能手填" in typed.json()["detail"]
    done = call(staff, "POST", f"/matters/{ballot.matter.number}/acts", kind="done", visit=ballot.visit)
    assert done.status_code in (200, 201), done.content.decode()
    file = call(None, "GET", f"/ballots/{ballot.pk}/count").json()
    assert file["verdict"][0]["outcome"] == "no_quorum" and file["verdict"][0]["counts"]["present"] == 2
