"""Skills offered freely, a facility's week, booking at the counter: in the browser's way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongzhi.records.matters.models import AccessLog
from gongzhi.records.organisations import actions, skills
from gongzhi.records.organisations.models import Booking, Service, Skill
from tests.support.demo import staff
from tests.support.visitors import visitor
from tests.web.bench import Bench, text_of


@pytest.fixture
def hall(bench: Bench) -> Service:
    return Service.objects.create(
        place=bench.place, title="多功能厅", kind="public", provider="第三小学", bookable=True, days="1234567"
    )


def test_a_skill_is_offered_looked_at_shown_without_a_name_and_withdrawn(bench: Bench) -> None:
    resident, director, offer = visitor(bench.resident()), bench.client("director"), reverse("skill_offer")
    again = resident.post(offer, {"what": "", "kind": "nothing", "times": "周六"})
    assert again.status_code == 422 and 'value="周六"' in again.content.decode()
    assert resident.post(offer, {"what": "修自行车", "kind": "public", "times": "周六"}).status_code == 302
    row = Skill.objects.get()
    assert "修自行车" not in text_of(visitor().get(reverse("skills"))), "nobody has looked at it yet"
    look = reverse("work_skill_look", args=[row.pk])
    assert bench.client("council").post(look, {"answer": "yes"}).status_code == 403
    assert "修自行车" not in text_of(bench.client("council").get(reverse("work_skills"))), "only who keeps the register"
    assert director.post(look, {"answer": "no"}).status_code == 422
    assert director.post(look, {"answer": "yes"}).status_code == 302
    page = text_of(visitor().get(reverse("skills") + "?kind=public"))
    assert "修自行车" in page and bench.resident().display_name not in page
    visitor(bench.resident(1)).post(reverse("skill_withdraw", args=[row.pk]))
    assert Skill.objects.exists(), "only one's own"
    resident.post(reverse("skill_withdraw", args=[row.pk]))
    assert not Skill.objects.exists()


def test_staff_book_at_the_counter_and_give_back(bench: Bench, hall: Service) -> None:
    director, week = bench.client("director"), reverse("work_facility", args=[hall.pk])
    typed = {"name": "孙奶奶", "contact": "025-1", "day": "2026-03-17", "start": "10:00", "long": "2"}
    assert director.post(week, {**typed, "name": ""}).status_code == 422
    assert director.post(week, {**typed, "day": "明天"}).status_code == 422
    assert director.post(week, typed).status_code == 302
    taken = visitor(bench.resident()).post(reverse("service_book", args=[hall.pk]), typed)
    assert taken.status_code == 422 and "刚被别人约了" in text_of(taken)
    page = text_of(director.get(week + "?week=2026-03-17"))
    assert "孙奶奶" in page and "09:00–10:00" in page and "11:00–17:00" in page
    assert "孙奶奶" not in text_of(visitor().get(reverse("service", args=[hall.pk])))
    assert bench.client("council").get(week).status_code == 404
    row = Booking.objects.get()
    assert (row.person, row.made_by.login, row.collected_from) == (None, "director", "counter")
    director.post(reverse("work_booking_cancel", args=[row.pk]), {"service": hall.pk, "week": "2026-03-17"})
    assert Booking.objects.get().cancelled_at is not None
    assert director.post(week, typed).status_code == 302


def test_who_booked_is_told_that_staff_looked(bench: Bench, hall: Service) -> None:
    resident, tomorrow = bench.resident(), bench.at + timedelta(days=1)
    actions.book(hall, resident, tomorrow + timedelta(minutes=30), tomorrow + timedelta(minutes=90), bench.at)
    bench.client("director").get(reverse("work_facility", args=[hall.pk]))
    assert AccessLog.objects.get(subject=resident).reason == "booking"


def test_a_week_asks_as_often_for_many_bookings_as_for_one(bench: Bench, hall: Service) -> None:
    director, week = bench.client("director"), reverse("work_facility", args=[hall.pk])
    counts = []
    for hour in (1, 3, 5):
        start = bench.at + timedelta(days=1, minutes=30)
        guest = actions.Guest("王")
        start += timedelta(hours=hour)
        actions.book_for(hall, staff("director"), guest, start, start + actions.HALF, bench.at)
        with CaptureQueriesContext(connection) as caught:
            director.get(week)
        counts.append(len(caught))
    assert counts[1] == counts[2]


def test_one_person_offers_five_at_most(bench: Bench) -> None:
    person = bench.resident()
    for n in range(skills.AT_MOST):
        skills.offer(bench.place, person, bench.at, kind="public", what=f"第{n}样")
    answer = visitor(person).post(reverse("skill_offer"), {"what": "又一样", "kind": "public"})
    assert answer.status_code == 422 and "撤回一项" in text_of(answer)
