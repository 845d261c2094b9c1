"""Two at once get one room; who applied does not decide; a cancelled hour is free again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from gongzhi.core.calendar import CHINA
from gongzhi.records.organisations import actions, queries
from gongzhi.records.organisations.actions import NotPossible
from gongzhi.records.organisations.models import Booking, HalfHour, Organisation, Service
from tests.records.test_people_together import together
from tests.support.community import Community

NOW = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)  # a Monday
TEN = datetime(2026, 3, 17, 10, 0, tzinfo=CHINA)
HOUR = timedelta(hours=1)


def room(community: Community, **more: object) -> Service:
    values = {"title": "多功能厅", "kind": "public", "provider": "第三小学", "bookable": True, **more}
    return Service.objects.create(place=community.place, **values)


def refused(code: str, deed: object, *args: object, **named: object) -> None:
    with pytest.raises(NotPossible) as caught:
        deed(*args, **named)  # type: ignore[operator]
    assert caught.value.code == code


def test_a_booking_keeps_its_time_and_gives_it_back(community: Community) -> None:
    hall, resident, neighbour = room(community), community.who["resident"], community.who["neighbour"]
    mine = actions.book(hall, resident, TEN, TEN + HOUR, NOW)
    refused("taken", actions.book, hall, neighbour, TEN + HOUR / 2, TEN + 2 * HOUR, NOW)
    actions.book(hall, neighbour, TEN + HOUR, TEN + 2 * HOUR, NOW)  # touching is not overlapping
    free = dict(queries.half_hours(hall, TEN))
    assert (free[TEN], free[TEN + 2 * HOUR]) == (False, True)
    refused("not_yours", actions.cancel, mine.pk, neighbour, NOW)
    actions.cancel(mine.pk, resident, NOW)
    assert dict(queries.half_hours(hall, TEN))[TEN]
    assert [one.person for one in queries.booked_on(hall, TEN)] == [neighbour]


def test_times_that_cannot_be_booked(community: Community) -> None:
    hall, person = room(community), community.who["resident"]
    saturday = TEN + timedelta(days=4)
    for code, start, end in [
        ("closed", TEN - 2 * HOUR, TEN), ("closed", saturday, saturday + HOUR), ("past", TEN - 7 * 24 * HOUR, TEN - 167 * HOUR),
        ("not_half_hours", TEN, TEN + HOUR / 3), ("not_half_hours", TEN, TEN), ("too_long", TEN, TEN + 5 * HOUR),
        ("too_far", TEN + 70 * 24 * HOUR, TEN + 70 * 24 * HOUR + HOUR),
    ]:  # fmt: skip
        refused(code, actions.book, hall, person, start, end, NOW)
    for n in range(actions.AT_ONCE):
        actions.book(hall, person, TEN + n * HOUR, TEN + (n + 1) * HOUR, NOW)
    refused("too_many", actions.book, hall, person, TEN + 5 * HOUR, TEN + 6 * HOUR, NOW)


def test_two_at_once_get_one_room(committed: Community) -> None:
    """Without the constraint on half hours both are written."""
    hall, people = room(committed), [committed.who[one] for one in ("resident", "neighbour", "third")]
    found = together([lambda person=person: actions.book(hall, person, TEN, TEN + HOUR, NOW) for person in people])
    assert sorted(type(one).__name__ for one in found) == ["Booking", "NotPossible", "NotPossible"]
    assert (Booking.objects.count(), HalfHour.objects.count()) == (1, 2)


def test_the_database_gives_a_half_hour_once(community: Community) -> None:
    hall = room(community)
    booking = actions.book(hall, community.who["resident"], TEN, TEN + HOUR, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        HalfHour.objects.create(service=hall, booking=booking, start=TEN)


def test_who_applied_does_not_decide(community: Community) -> None:
    applicant, member = community.who["resident"], community.who["member"]
    said = {"name": "摄影小组", "kind": "activity", "members": 12, "contact": "13812345678"}
    group = actions.apply(community.place, applicant, NOW, **said)
    refused("name_taken", actions.apply, community.place, member, NOW, **said)
    refused("own_application", actions.decide, group.pk, applicant, True, "", NOW)
    refused("no_reason", actions.decide, group.pk, member, False, "", NOW)
    refused("not_registered", actions.change, group.pk, {"stage": "seed"})
    actions.decide(group.pk, member, True, "", NOW)
    refused("decided_already", actions.decide, group.pk, member, False, "晚了", NOW)
    found = queries.organisations_in(community.place, q="摄影").get()
    assert (found.state, found.confirmed) == ("registered", 2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=group.pk).update(decided_by=applicant)
    actions.forget(applicant)
    assert Organisation.objects.get(pk=group.pk).contact == ""


def test_the_opening_rate_counts_facilities(community: Community) -> None:
    room(community)
    room(community, title="操场", active=False)
    room(community, title="理发", bookable=False)
    assert queries.opening_rate(community.place) == (1, 2)
