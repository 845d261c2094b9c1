"""Writes: applying, deciding, confirming, ending; listing services; booking and cancelling. `now` is an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from gongzhi.core.calendar import in_china
from gongzhi.records.institutions.models import Place
from gongzhi.records.organisations.models import Booking, HalfHour, Organisation, Service, Skill
from gongzhi.records.people.models import Person

HALF = timedelta(minutes=30)
LONGEST = timedelta(hours=4)
AHEAD = timedelta(days=60)
AT_ONCE = 4  # bookings to come of one person, so that others get a turn
BY_ONESELF = {"purpose": "booking", "legal_basis": "PIPL 13(1)(1)", "collected_from": "self"}
AT_COUNTER = {**BY_ONESELF, "collected_from": "counter"}


@dataclass(frozen=True, slots=True)
class Guest:
    """For whom staff book: as they call themselves, and how to tell them when the room is not free after all."""

    name: str
    contact: str = ""


class NotPossible(ValueError):
    """`code` says why; nothing was changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def apply(place: Place, by: Person | None, now: datetime, **said: Any) -> Organisation:
    """An organisation says of itself what it is. Raises NotPossible `name_taken`."""
    try:
        with transaction.atomic():
            return Organisation.objects.create(place=place, applied_by=by, applied_at=now, **said)
    except IntegrityError as clash:
        raise NotPossible("name_taken") from clash


def decide(pk: int, by: Person, registered: bool, reason: str, now: datetime) -> None:
    """Registered or refused, by somebody other than who applied. Raises NotPossible."""
    if not registered and not reason:
        raise NotPossible("no_reason")
    waiting = Organisation.objects.filter(pk=pk, state="applied")
    if waiting.filter(applied_by=by).exists():
        raise NotPossible("own_application")
    year = in_china(now).year if registered else None
    done = waiting.update(
        state="registered" if registered else "refused", reason=reason, decided_by=by, decided_at=now, confirmed=year
    )
    if not done:
        raise NotPossible("decided_already")


def change(pk: int, values: Mapping[str, Any]) -> None:
    """Stage, members or yearly confirmation of a registered one, or its end, which takes away how to reach it.

    Raises NotPossible `not_registered`.
    """
    if values.get("state") == "ended":
        values = {**values, "applied_by": None, "contact": ""}
    if not Organisation.objects.filter(pk=pk, state="registered").update(**values):
        raise NotPossible("not_registered")


@transaction.atomic
def book(service: Service, person: Person, start: datetime, end: datetime, now: datetime) -> Booking:
    """Raises NotPossible: closed, not_half_hours, too_long, past, too_far, too_many, taken. Sent twice it is once."""
    _check(service, start, end, now)
    Person.objects.select_for_update().get(pk=person.pk)
    mine = Booking.objects.filter(service=service, person=person, start=start, end=end, cancelled_at=None).first()
    if mine is not None:
        return mine
    if Booking.objects.filter(person=person, cancelled_at=None, end__gt=now).count() >= AT_ONCE:
        raise NotPossible("too_many")
    return _take(Booking(service=service, person=person, start=start, end=end, made_at=now, **BY_ONESELF))


@transaction.atomic
def book_for(service: Service, staff: Person, who: Guest, start: datetime, end: datetime, now: datetime) -> Booking:
    """At the counter or by phone. Raises NotPossible as `book` does, and no_name."""
    if not who.name:
        raise NotPossible("no_name")
    _check(service, start, end, now)
    row = Booking(service=service, made_by=staff, name=who.name, contact=who.contact, start=start, end=end,
                  made_at=now, **AT_COUNTER)  # fmt: skip
    return _take(row)


def _take(booking: Booking) -> Booking:
    """Its half hours are given out with it, or nothing is."""
    count = int((booking.end - booking.start) / HALF)
    starts = [booking.start + HALF * n for n in range(count)]
    try:
        with transaction.atomic():
            booking.save()
            HalfHour.objects.bulk_create(
                [HalfHour(service=booking.service, booking=booking, start=start) for start in starts]
            )
    except IntegrityError as clash:
        raise NotPossible("taken") from clash
    return booking


def _check(service: Service, start: datetime, end: datetime, now: datetime) -> None:
    local, last = in_china(start), in_china(end)
    first, until = local.hour * 60 + local.minute, last.hour * 60 + last.minute
    open_then = service.opens <= first and until <= service.closes and local.date() == last.date()
    wrong = {
        "not_half_hours": first % 30 or until % 30 or local.second or last.second or end <= start,
        "closed": not (service.active and service.bookable and open_then and str(local.isoweekday()) in service.days),
        "too_long": end - start > LONGEST,
        "past": start < now,
        "too_far": start > now + AHEAD,
    }
    code = next((code for code, found in wrong.items() if found), "")
    if code:
        raise NotPossible(code)


def cancel(pk: int, person: Person, now: datetime) -> None:
    """The half hours are free again. Raises NotPossible `not_yours`, also for what is over."""
    _give_back(Booking.objects.filter(pk=pk, person=person), now)


def cancel_at(pk: int, place: Place, now: datetime) -> None:
    """Staff of the place give a booking back, for whoever asked at the counter. Raises NotPossible `not_yours`."""
    _give_back(Booking.objects.filter(pk=pk, service__place__path__startswith=place.path), now)


@transaction.atomic
def _give_back(rows: QuerySet[Booking], now: datetime) -> None:
    row = rows.filter(cancelled_at=None, end__gt=now).select_for_update(of=("self",)).first()
    if row is None:
        raise NotPossible("not_yours")
    row.cancelled_at = now
    row.save(update_fields=["cancelled_at"])
    HalfHour.objects.filter(booking=row).delete()


def forget(person: Person) -> None:
    """Bookings and skills go with the person; an organisation stays without who applied and how to reach them."""
    Booking.objects.filter(person=person).delete()
    Skill.objects.filter(person=person).delete()
    Organisation.objects.filter(applied_by=person).update(applied_by=None, contact="")
