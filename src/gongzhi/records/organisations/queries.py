"""Reads: the register, the catalogue, what is free."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from gongzhi.core.calendar import in_china
from gongzhi.records.institutions.models import Place
from gongzhi.records.organisations.models import Booking, HalfHour, Organisation, Service
from gongzhi.records.people.models import Person

HALF = timedelta(minutes=30)


def organisations_in(place: Place, state: str = "registered", kind: str = "", q: str = "") -> QuerySet[Organisation]:
    """Of the place and what lies in it, by name; `state` empty: all."""
    rows = Organisation.objects.filter(place__path__startswith=place.path).select_related("place")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
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
