"""Organisations, the catalogue, free times, bookings, skills. Numbers of people only; nobody's name."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from gongzhi.api.schemas.common import Sent, Titled


class OrganisationOut(Schema):
    """A registered organisation or team. `members` is a number; `confirmed` the year it last said that it is active."""

    id: int
    name: str
    kind: Titled
    about: str
    members: int
    stage: str
    confirmed: int | None


class OrganisationPage(Schema):
    items: list[OrganisationOut]
    total: int
    page: int


class ServiceOut(Schema):
    """A line of the catalogue. With `bookable` it is a facility: open on `days` (1 Monday) from `opens` to `closes`."""

    id: int
    title: str
    kind: Titled
    provider: str
    spot: str
    hours: str
    who: str
    bookable: bool
    opens: str
    closes: str
    days: str


class Catalogue(Schema):
    """`order`: the category under which a line can be ordered (点单) by filing a matter; empty: not here."""

    items: list[ServiceOut]
    total: int
    page: int
    order: str


class FreeTime(Schema):
    start: datetime
    end: datetime


class FreeDay(Schema):
    day: date
    free: list[FreeTime]


class BookIn(Sent):
    """Whole half hours of one day, at most four hours, with their offset from UTC."""

    start: datetime
    end: datetime


class BookingOut(Schema):
    """One's own booking. `cancelled_at`: given back."""

    id: int
    service: int
    title: str
    start: datetime
    end: datetime
    cancelled_at: datetime | None


class SkillOut(Schema):
    """What somebody offers freely; who it is only the community knows."""

    id: int
    kind: Titled
    what: str
    times: str


class OwnSkillOut(SkillOut):
    """One's own offer: waiting, shown or declined, with the reason."""

    state: str
    reason: str


class SkillIn(Sent):
    """No names, phone numbers or doors: it is shown to everybody once staff have looked."""

    kind: str = Field(max_length=40)
    what: str = Field(min_length=1, max_length=60)
    times: str = Field("", max_length=60)
