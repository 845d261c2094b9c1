"""The room of a meeting over the API: opened, voted, decided; what is refused says why and names the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongzhi.desk import meeting_room as rooms
from gongzhi.records.people.tokens import make_token
from gongzhi.web import clock
from tests.api.conftest import Caller
from tests.support.assembly import MEETS, MONDAY, found_assembly

pytestmark = pytest.mark.django_db


def test_a_meeting_runs_over_the_api(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.GONGZHI_HOME = tmp_path
    settings.GONGZHI_STORY_CLOCK = True
    clock.set_story_time(MEETS)
    assembly = found_assembly()
    meeting = assembly.invite(assembly.to_meeting())
    rooms.set_roll(meeting, assembly.who["director"], assembly.lines(), MONDAY)
    callers = {
        who: Caller(make_token(assembly.who[who], "test", True, timezone.now())[1])
        for who in ("director", "rep1", "resident")
    }
    chair, rep = callers["director"], callers["rep1"]
    path = f"/meetings/{meeting.pk}/room"
    assert chair.post(path, {"do": "sign_in", "numbers": list(range(1, 41))}).status == 204
    twice = chair.post(path, {"do": "sign_in", "numbers": [1], "means": "paper"})
    assert (twice.status, twice.code) == (409, "signed_in_already") and "1号" in twice.json["detail"]
    assert callers["resident"].post(path, {"do": "open"}).status == 403
    assert chair.post(path, {"do": "open"}).status == 204
    assert chair.post(path, {"do": "open"}).code == "meeting_opened"
    chair.post(path, {"do": "speak", "item": 1, "who": "committee.director"})
    assert chair.post(path, {"do": "begin_vote", "item": 1, "way": "phones"}).status == 204
    assert rep.post(path, {"do": "vote", "item": 1, "choice": "yes"}).status == 204
    assert rep.post(path, {"do": "vote", "item": 1, "choice": "no"}).code == "item_voted_already"
    assert rep.post(path, {"do": "vote", "item": 1, "choice": "perhaps"}).status == 422
    assert chair.post(path, {"do": "decide", "item": 1}).status == 204
    room = Caller().get(path).json
    assert (room["eligible"], room["present"], room["items"][0]["outcome"]) == (60, 40, "failed")
    assert room["items"][0]["votes"] == {"yes": 1, "no": 0, "abstain": 0}
    asked = callers["resident"].post(f"/meetings/{meeting.pk}/questions", {"text": "多少钱？"})
    assert asked.status == 204 and meeting.voices.get().kind == "question"
