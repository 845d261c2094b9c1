"""A team is registered, a room is booked and given back, in the browser's way."""

from __future__ import annotations

from django.urls import reverse

from gongzhi.records.organisations.models import Booking, Organisation, Service
from tests.support.visitors import visitor
from tests.web.bench import Bench, text_of


def test_a_team_applies_and_is_checked_by_staff(bench: Bench) -> None:
    resident, director = visitor(bench.resident()), bench.client("director")
    typed = {"name": "读书会", "kind": "culture", "members": "十二"}
    kind = typed["kind"] = (
        resident.get(reverse("group_apply")).content.decode().split('<option value="')[2].split('"')[0]
    )
    again = resident.post(reverse("group_apply"), typed)
    assert again.status_code == 422 and 'value="读书会"' in again.content.decode()
    assert resident.post(reverse("group_apply"), {**typed, "members": "12"}).status_code == 302
    row = Organisation.objects.get(name="读书会", kind=kind)
    assert "读书会" not in text_of(resident.get(reverse("groups")))
    decide = reverse("work_organisation_decide", args=[row.pk])
    assert director.post(decide, {"answer": "no"}).status_code == 422
    assert bench.client("council").post(decide, {"answer": "yes"}).status_code == 403  # keeps no register
    assert director.post(decide, {"answer": "yes"}).status_code == 302
    assert "读书会" in text_of(resident.get(reverse("groups") + "?q=读书"))
    change = reverse("work_organisation_change", args=[row.pk])
    assert director.post(change, {"change": "growing"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.stage) == ("registered", "growing")


def test_a_room_is_booked_and_given_back(bench: Bench) -> None:
    director, first, second = bench.client("director"), visitor(bench.resident()), visitor(bench.resident(1))
    page = director.get(reverse("work_organisations"))
    assert page.status_code == 200
    typed = {"title": "多功能厅", "provider": "第三小学", "kind": "public", "bookable": "yes", "opens": "18:00",
             "closes": "9:00", "days": ["1", "2"]}  # fmt: skip
    assert director.post(reverse("work_service_add"), typed).status_code == 422
    assert director.post(reverse("work_service_add"), {**typed, "opens": "9:00", "closes": "18:00"}).status_code == 302
    hall = Service.objects.get()
    book = reverse("service_book", args=[hall.pk])
    when = {"day": "2026-03-17", "start": "10:00", "long": "4"}
    assert first.post(book, when).status_code == 302
    taken = second.post(book, {**when, "start": "11:30"})
    assert taken.status_code == 422 and "刚被别人约了" in text_of(taken)
    assert second.post(book, {**when, "start": "12:00"}).status_code == 302
    assert "10:00" in text_of(director.get(reverse("work_door_sheet", args=[hall.pk]) + "?day=2026-03-17"))
    mine = Booking.objects.earliest("start")
    second.post(reverse("booking_cancel", args=[mine.pk]))
    assert Booking.objects.get(pk=mine.pk).cancelled_at is None
    first.post(reverse("booking_cancel", args=[mine.pk]))
    assert second.post(book, {**when, "start": "10:30", "long": "1"}).status_code == 302
    assert visitor().get(reverse("services")).status_code == 200
    assert visitor().post(book, when).status_code == 302  # asked to sign in
