"""Tenders and project groups for programs: the same rules, and nothing of a bid before the hour."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from gongzhi.records.people.models import Person
from gongzhi.records.people.tokens import make_token
from gongzhi.web import clock
from tests.api.conftest import Caller
from tests.api.test_errors import check
from tests.support.grouping import AT, set_up_group
from tests.support.tendering import HOUR, OUT, set_up_tender


@pytest.fixture
def story(db: None, settings: Any, tmp_path: Path) -> None:
    settings.GONGZHI_HOME = tmp_path
    settings.GONGZHI_STORY_CLOCK = True


def caller(person: Person) -> Caller:
    return Caller(make_token(person, "test", True, timezone.now())[1])


def test_a_bid_over_the_api_is_sealed_and_a_second_late_refused(story: None) -> None:
    bidding = set_up_tender()
    bidding.published()
    clock.set_story_time(OUT)
    at, bidder = f"/matters/{bidding.matter.number}/tender", caller(bidding.who["provider"])
    made = bidder.post(f"{at}/bids", {"bidder": "和睦社", "price": "5,200", "offer": "方案"})
    assert made.status == 201 and made.json["number"] == 1 and len(made.json["digest"]) == 64
    check(bidder.post(f"{at}/bids", {"bidder": "和睦社", "price": "5", "offer": "方案"}), 409, "bid_twice")
    check(bidder.post(f"{at}/bids", {"bidder": "别家", "price": "五", "offer": "方案"}), 409, "bid_empty")
    check(caller(bidding.who["judge"]).delete(f"{at}/bids/1"), 409, "bid_not_yours")
    shown = Caller().get(at).json
    assert shown["bids"] == [] and "和睦社" not in str(shown) and len(shown["targets"]) == 2
    check(Caller().post(f"{at}/bids", {"bidder": "谁", "price": "5", "offer": "方案"}), 401)
    assert bidder.delete(f"{at}/bids/1").status == 204
    clock.set_story_time(HOUR + timedelta(seconds=1))
    late = check(bidder.post(f"{at}/bids", {"bidder": "和睦社", "price": "5", "offer": "方案"}), 409, "bid_late")
    assert "09:30:01" in late["detail"]


def test_a_member_signs_and_the_group_is_told_in_numbers(story: None) -> None:
    grouping = set_up_group()
    clock.set_story_time(AT)
    at, director = f"/matters/{grouping.matter.number}/project", caller(grouping.who["director"])
    leader = {"name": "张居民", "contact": "13600000001", "role": "leader", "resident": True, "duties": "统筹"}
    treasurer = {**leader, "name": "钱会计", "contact": "", "role": "treasurer"}
    check(caller(grouping.who["leader"]).post(f"{at}/members", leader), 403, "not_holder")
    assert director.post(f"{at}/members", leader).status == 201
    other = director.post(f"{at}/members", treasurer).json["id"]
    grouping.named()
    assert caller(grouping.resident).post(f"{at}/signature").json["signed_by"] == "phone"
    check(caller(grouping.who["worker"]).post(f"{at}/signature"), 409, "duty_not_yours")
    assert director.post(f"{at}/papers", {"member": other, "day": "2026-04-07"}).json["signed_by"] == "paper"
    told = Caller().get(at).json
    assert (told["members"], told["residents"], told["signed"]) == (2, 2, 2) and "张居民" not in str(told)
    stone = {"title": "布置", "begins": "2026-04-07", "due": "2026-04-20"}
    assert director.post(f"{at}/milestones", stone).status == 201
    assert director.post(f"{at}/done", {"number": 1, "day": "2026-04-07"}).json["done_on"] == "2026-04-07"
    card = {"stage": "carrying_out", "day": "2026-04-07", "people": 8, "done": "布置好了"}
    assert director.post(f"{at}/cards", card).status == 201 and Caller().get(at).json["cards"][0]["people"] == 8
