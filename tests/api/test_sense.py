"""Answers and hot spots over the API."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongzhi.records.institutions.models import Place
from gongzhi.records.knowledge.models import Answer
from gongzhi.records.people.models import Person
from tests.api.conftest import Caller, House

pytestmark = pytest.mark.django_db


def test_everybody_finds_published_answers_and_no_drafts(house: House, nobody: Caller) -> None:
    by, now = Person.objects.earliest("pk"), timezone.now()
    more = {"place": Place.objects.get(short="fuqu"), "written_at": now, "written_by": by}
    Answer.objects.create(question="走廊堆了东西找谁？", text="找物业。", state="published", published_at=now,
                          published_by=by, **more)  # fmt: skip
    Answer.objects.create(question="走廊堆了东西怎么罚？", text="还没想好。", **more)
    found = nobody.get("/places/fuqu/answers", q="我家走廊被人堆东西").json["items"]
    assert [one["text"] for one in found] == ["找物业。"]
    assert nobody.get("/places/fuqu/answers", q="😀").json["items"] == []
    assert len(nobody.get("/places/fuqu/answers").json["items"]) == 1


def test_hot_spots_are_for_staff(house: House, nobody: Caller) -> None:
    assert nobody.get("/places/fuqu/hotspots").status == 401


def test_a_hot_spot_tells_its_matters_and_growth(house: House) -> None:
    for who in ("chen", "zhao"):
        house.file(who, public=True)
    (spot,) = house["director"].get("/places/fuqu/hotspots").json["items"]
    assert len(spot["numbers"]) == 2 and sum(week["matters"] for week in spot["growth"]) == 2
