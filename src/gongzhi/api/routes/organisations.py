"""Organisations of a place, its catalogue, free times of facilities, one's bookings, skills offered freely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, place_of
from gongzhi.api.problems import Problem
from gongzhi.api.schemas import organisations as out
from gongzhi.api.schemas.common import Titled
from gongzhi.core.calendar import in_china
from gongzhi.desk import organisations as desk
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for
from gongzhi.records.organisations import actions, queries, skills
from gongzhi.records.organisations.actions import NotPossible
from gongzhi.records.organisations.models import Booking, Organisation, Service, Skill
from gongzhi.web import clock
from gongzhi.web.texts import clean_line
from gongzhi.words.refusals_organisations import organisation_refusal
from gongzhi.words.terms import english

router = Router(tags=["organisations"])
Code = Annotated[str, Field(max_length=48)]
Id = Annotated[int, Field(ge=1, le=2**62)]
Kind = Annotated[str, Query(max_length=40, pattern="^[a-z0-9_-]*$")]
Looked = Annotated[str, Query(max_length=60)]
Page = Annotated[int, Query(ge=1, le=1000)]
Days = Annotated[int, Query(ge=1, le=31)]
PAGE = 50
STATUS = {"taken": 409, "too_many": 409, "too_many_skills": 409, "not_yours": 404}
Titles = Mapping[str, str]


@contextmanager
def spoken() -> Iterator[None]:
    """What is not possible in this room becomes a problem with its sentence."""
    try:
        yield
    except NotPossible as fault:
        raise Problem(STATUS.get(fault.code, 422), fault.code, organisation_refusal(fault.code)) from fault


def _titles(place: Place, of: str) -> Titles:
    found = desk.classes(charter_for(place, clock.now()), of)
    return {key: titles["en"] if english() else titles["title"] for key, titles in found.items()}


def _kind(key: str, titles: Titles) -> Titled:
    return Titled(key=key, title=titles.get(key, key))


@router.get(
    "/places/{code}/organisations",
    auth=access("public"),
    response=out.OrganisationPage,
    summary="Registered organisations",
)
def organisations(
    request: HttpRequest, code: Code, kind: Kind = "", stage: Kind = "", q: Looked = "", page: Page = 1
) -> out.OrganisationPage:
    """Of the place and what lies in it, by name; `stage` of incubation: none, seed, growing, grown."""
    place = place_of(code)
    rows = queries.organisations_in(place, "registered", kind, clean_line(q), stage)
    titles = _titles(place, "organisations")
    shown = [_organisation(row, titles) for row in rows[(page - 1) * PAGE : page * PAGE]]
    return out.OrganisationPage(items=shown, total=rows.count(), page=page)


def _organisation(row: Organisation, titles: Titles) -> out.OrganisationOut:
    return out.OrganisationOut(
        id=row.pk, name=row.name, kind=_kind(row.kind, titles), about=row.about, members=row.members, stage=row.stage,
        confirmed=row.confirmed,
    )  # fmt: skip


@router.get("/places/{code}/services", auth=access("public"), response=out.Catalogue, summary="Catalogue of services")
def services(request: HttpRequest, code: Code, kind: Kind = "", q: Looked = "", page: Page = 1) -> out.Catalogue:
    """What residents of the place can use, its own and that of the places around it, by title."""
    place = place_of(code)
    rows, titles = queries.services_of(place, kind, clean_line(q)), _titles(place, "services")
    shown = [_service(row, titles) for row in rows[(page - 1) * PAGE : page * PAGE]]
    order = desk.order_of(charter_for(place, clock.now()))
    return out.Catalogue(items=shown, total=rows.count(), page=page, order=order)


def _service(row: Service, titles: Titles) -> out.ServiceOut:
    names = ("title", "provider", "spot", "hours", "who", "bookable", "days")
    return out.ServiceOut(
        id=row.pk, kind=_kind(row.kind, titles), opens=_clock(row.opens), closes=_clock(row.closes),
        **{name: getattr(row, name) for name in names},
    )  # fmt: skip


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _facility(pk: int) -> Service:
    found = Service.objects.filter(pk=pk, active=True, bookable=True).first()
    if found is None:
        raise Problem(404, "not_found")
    return found


@router.get("/services/{pk}/free", auth=access("public"), response=list[out.FreeDay], summary="Free times")
def free(request: HttpRequest, pk: Id, start: date | None = None, days: Days = 14) -> list[out.FreeDay]:
    """When a facility is free on so many days from `start` (else today) on; nobody's bookings are told."""
    now = clock.now()
    first = start or in_china(now).date()
    if first.year > in_china(now).year + 1 or first.year < 2000:
        raise Problem(422, "too_far", organisation_refusal("too_far"))
    return [
        out.FreeDay(day=one.day, free=[out.FreeTime(start=begin, end=end) for begin, end in one.free])
        for one in queries.days_of(_facility(pk), first, days, now)
    ]


@router.get("/bookings/mine", auth=access("signed_in"), response=list[out.BookingOut], summary="My bookings")
def mine(request: HttpRequest) -> list[out.BookingOut]:
    """The caller's bookings to come."""
    return [_booking(row) for row in queries.bookings_of(caller(request).signed_in, clock.now())]


def _booking(row: Booking) -> out.BookingOut:
    return out.BookingOut(
        id=row.pk, service=row.service_id, title=row.service.title, start=in_china(row.start), end=in_china(row.end),
        cancelled_at=row.cancelled_at,
    )  # fmt: skip


@router.post(
    "/services/{pk}/bookings", auth=access("signed_in"), response={201: out.BookingOut}, summary="Book a facility"
)
def book(request: HttpRequest, pk: Id, body: out.BookIn) -> Status[out.BookingOut]:
    """For the caller; sent twice it is one booking. Two people at once: one is told that it is taken."""
    if not all(one.tzinfo and 2000 < one.year < 2200 for one in (body.start, body.end)):
        raise Problem(422, "not_half_hours", organisation_refusal("not_half_hours"))
    with spoken():
        row = actions.book(_facility(pk), caller(request).signed_in, body.start, body.end, clock.now())
    return Status(201, _booking(row))


@router.delete("/bookings/{pk}", auth=access("signed_in"), response={204: None}, summary="Give a booking back")
def cancel(request: HttpRequest, pk: Id) -> Status[None]:
    """The caller's own, before it is over; its time is free again."""
    with spoken():
        actions.cancel(pk, caller(request).signed_in, clock.now())
    return Status(204, None)


@router.get("/places/{code}/skills", auth=access("public"), response=list[out.SkillOut], summary="Skills offered")
def offered(request: HttpRequest, code: Code, kind: Kind = "", page: Page = 1) -> list[out.SkillOut]:
    """What residents offer freely, the newest first, without a name; ask the community to ask them."""
    place = place_of(code)
    titles, rows = _titles(place, "services"), skills.shown_in(place, kind)
    return [out.SkillOut(**_skill(row, titles)) for row in rows[(page - 1) * PAGE : page * PAGE]]


@router.get("/places/{code}/skills/mine", auth=access("signed_in"), response=list[out.OwnSkillOut], summary="My offers")
def my_offers(request: HttpRequest, code: Code) -> list[out.OwnSkillOut]:
    """The caller's own offers, with what staff said of them."""
    titles = _titles(place_of(code), "services")
    return [_own(row, titles) for row in skills.offered_by(caller(request).signed_in)]


def _skill(row: Skill, titles: Titles) -> dict[str, Any]:
    return {"id": row.pk, "kind": _kind(row.kind, titles), "what": row.what, "times": row.times}


def _own(row: Skill, titles: Titles) -> out.OwnSkillOut:
    return out.OwnSkillOut(**_skill(row, titles), state=row.state, reason=row.reason)


@router.post(
    "/places/{code}/skills", auth=access("signed_in"), response={201: out.OwnSkillOut}, summary="Offer a skill"
)
def offer(request: HttpRequest, code: Code, body: out.SkillIn) -> Status[out.OwnSkillOut]:
    """Shown once staff have looked; five offers at most."""
    place = place_of(code)
    titles = _titles(place, "services")
    if body.kind not in titles:
        raise Problem(422, "kind_unknown", organisation_refusal("kind_unknown"))
    with spoken():
        row = skills.offer(place, caller(request).signed_in, clock.now(), kind=body.kind, what=body.what.strip(),
                           times=body.times.strip())  # fmt: skip
    return Status(201, _own(row, titles))


@router.delete("/skills/{pk}", auth=access("signed_in"), response={204: None}, summary="Withdraw an offer")
def withdraw(request: HttpRequest, pk: Id) -> Status[None]:
    """The caller's own is gone at once; again is no fault."""
    skills.withdraw(pk, caller(request).signed_in)
    return Status(204, None)
