"""Organisations, the catalogue, free times, bookings and skills over the API."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.records.institutions.models import Place
from gongzhi.records.organisations import skills
from gongzhi.records.organisations.models import Booking, Organisation, Service, Skill
from tests.api.conftest import Caller, House
from tests.api.test_errors import check

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def hall(house: House) -> Service:
    place = Place.objects.get(short="fuqu")
    return Service.objects.create(
        place=place, title="多功能厅", kind="public", provider="第三小学", bookable=True, days="1234567"
    )


def ten() -> datetime:
    tomorrow = in_china(timezone.now()).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(10), CHINA)


def test_registers_are_read_by_everybody_and_name_nobody(house: House, nobody: Caller, hall: Service) -> None:
    place, now = hall.place, timezone.now()
    for name, kind, state in (("读书会", "culture", "registered"), ("合唱队", "culture", "applied")):
        Organisation.objects.create(
            place=place, name=name, kind=kind, members=12, contact="13812345678", state=state, applied_at=now
        )
    page = nobody.get("/places/fuqu/organisations", q="读书").json
    assert [(one["name"], one["members"]) for one in page["items"]] == [("读书会", 12)] and page["total"] == 1
    assert "13812345678" not in str(page)
    assert nobody.get("/places/fuqu/organisations", stage="seed").json["items"] == []
    catalogue = nobody.get("/places/fuqu/services").json
    assert (catalogue["items"][0]["opens"], catalogue["order"]) == ("09:00", "")
    offer = skills.offer(place, house.people["chen"], now, kind="public", what="修自行车")
    assert nobody.get("/places/fuqu/skills").json == []
    Skill.objects.filter(pk=offer.pk).update(state="shown")
    assert [one["what"] for one in nobody.get("/places/fuqu/skills").json] == ["修自行车"]


def test_a_room_is_booked_once_and_given_back(house: House, nobody: Caller, hall: Service) -> None:
    chen, path = house["chen"], f"/services/{hall.pk}/bookings"
    sent = {"start": ten().isoformat(), "end": (ten() + HOUR).isoformat()}
    assert nobody.post(path, sent).status == 401
    made = chen.post(path, sent)
    assert made.status == 201 and chen.post(path, sent).json["id"] == made.json["id"], "sent twice it is once"
    check(house["director"].post(path, sent), 409, "taken")
    check(chen.post(path, {**sent, "start": "0001-01-01T00:00:00+14:00"}), 422, "not_half_hours")
    day = nobody.get(f"/services/{hall.pk}/free", start=ten().date().isoformat(), days=1).json[0]
    assert [one["start"][11:16] for one in day["free"]] == ["09:00", "11:00"]
    assert [one["id"] for one in chen.get("/bookings/mine").json] == [made.json["id"]]
    assert house["director"].delete(f"/bookings/{made.json['id']}").status == 404
    assert chen.delete(f"/bookings/{made.json['id']}").status == 204
    assert Booking.objects.get().cancelled_at is not None
    assert house["director"].post(path, sent).status == 201


def test_one_offers_and_withdraws(house: House, hall: Service) -> None:
    chen = house["chen"]
    check(chen.post("/places/fuqu/skills", {"kind": "nothing", "what": "修自行车"}), 422, "kind_unknown")
    made = chen.post("/places/fuqu/skills", {"kind": "public", "what": "修自行车"})
    assert (made.status, made.json["state"]) == (201, "waiting")
    house["director"].delete(f"/skills/{made.json['id']}")
    assert len(chen.get("/places/fuqu/skills/mine").json) == 1
    assert chen.delete(f"/skills/{made.json['id']}").status == 204 and not Skill.objects.exists()
