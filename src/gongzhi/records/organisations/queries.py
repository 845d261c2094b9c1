"""Reads: the register, the catalogue, what is free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.records.institutions.models import Place
from gongzhi.records.organisations.models import Booking, HalfHour, Organisation, Service
from gongzhi.records.people.models import Person

HALF = timedelta(minutes=30)


def organisations_in(
    place: Place, state: str = "registered", kind: str = "", q: str = "", stage: str = ""
) -> QuerySet[Organisation]:
    """Of the place and what lies in it, by name; `state` empty: all."""
    rows = Organisation.objects.filter(place__path__startswith=place.path).select_related("place")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(stage=stage) if stage else rows
    return (rows.filter(Q(name__icontains=q) | Q(about__icontains=q)) if q else rows).order_by("name", "pk")


def services_of(place: Place, kind: str = "", q: str = "") -> QuerySet[Service]:
    """What residents of the place can use: its own and that of the places around it."""
    around = [place.path[:n] for n in range(1, len(place.path) + 1)]
    rows = Service.objects.filter(place__path__in=around, active=True)
    rows = rows.filter(kind=kind) if kind else rows
    return (rows.filter(Q(title__icontains=q) | Q(provider__icontains=q)) if q else rows).order_by("title", "pk")


def half_hours(service: Service, day: datetime) -> list[tuple[datetime, bool]]:
    """Each half hour of that day's opening time, and whether it is free."""
    midnight = in_china(day).replace(hour=0, minute=0, second=0, microsecond=0)
    if str(midnight.isoweekday()) not in service.days:
        return []
    starts = [midnight + timedelta(minutes=m) for m in range(service.opens, service.closes - 29, 30)]
    taken = set(HalfHour.objects.filter(service=service, start__in=starts).values_list("start", flat=True))
    return [(start, start not in taken) for start in starts]


def bookings_of(person: Person, now: datetime) -> QuerySet[Booking]:
    """What somebody has booked and is still to come."""
    rows = Booking.objects.filter(person=person, cancelled_at=None, end__gt=now)
    return rows.select_related("service").order_by("start")


def booked_on(service: Service, day: datetime) -> list[Booking]:
    """The day's bookings for the sheet on the door, without anybody's name."""
    midnight = in_china(day).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = service.bookings.filter(cancelled_at=None, start__gte=midnight, start__lt=midnight + timedelta(days=1))
    return list(rows.order_by("start"))


def opening_rate(place: Place) -> tuple[int, int]:
    """Facilities open to residents, and all that are listed, of the place and what lies in it."""
    rows = Service.objects.filter(place__path__startswith=place.path, bookable=True)
    return rows.filter(active=True).count(), rows.count()


@dataclass(frozen=True, slots=True)
class Sums:
    """How many registered organisations there are and how many people they say they have; only numbers."""

    organisations: int
    members: int


def sums_by(place: Place, field: str) -> dict[str, Sums]:
    """Registered organisations of the place by `kind` or `stage`."""
    rows = organisations_in(place).order_by().values(field).annotate(n=Count("pk"), people=Sum("members"))
    return {row[field]: Sums(row["n"], row["people"] or 0) for row in rows}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a facility: when it is free, and what is booked (with the people who may be told when plans change)."""

    day: date
    free: list[tuple[datetime, datetime]]
    booked: list[Booking]


def days_of(service: Service, first: date, count: int, now: datetime) -> list[Day]:
    """Days from `first` on, in one query. Times before `now` are not free."""
    begin = datetime.combine(first, time(), CHINA)
    rows = service.bookings.filter(cancelled_at=None, start__gte=begin, start__lt=begin + timedelta(days=count))
    booked: dict[date, list[Booking]] = {}
    for row in rows.select_related("person", "made_by").order_by("start"):
        booked.setdefault(in_china(row.start).date(), []).append(row)
    days = [first + timedelta(days=n) for n in range(count)]
    return [Day(day, list(_free(service, day, booked.get(day, []), now)), booked.get(day, [])) for day in days]


def _free(service: Service, day: date, booked: list[Booking], now: datetime) -> Iterator[tuple[datetime, datetime]]:
    if not service.active or str(day.isoweekday()) not in service.days:
        return
    midnight = datetime.combine(day, time(), CHINA)
    at = max(midnight + timedelta(minutes=service.opens), _next_half(now))
    closes = midnight + timedelta(minutes=service.closes)
    for row in booked:
        if at < min(row.start, closes):
            yield in_china(at), in_china(row.start)
        at = max(at, row.end)
    if at < closes:
        yield in_china(at), closes


def _next_half(now: datetime) -> datetime:
    local = in_china(now)
    begun = local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)
    return begun if begun == local else begun + HALF
