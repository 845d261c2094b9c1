"""组织、服务和场地: check applications, confirm each year, keep the catalogue, print the sheet for a door."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.desk import organisations as desk
from gongzhi.records.institutions.models import CharterVersion, Place
from gongzhi.records.institutions.queries import charter_for
from gongzhi.records.organisations import actions, queries
from gongzhi.records.organisations.actions import NotPossible
from gongzhi.records.organisations.models import STAGES, STATES, Service
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.organisations import stages, states
from gongzhi.words.refusals_organisations import organisation_refusal
from gongzhi.words.terms import english

__all__ = [
    "door_sheet", "keeper", "kinds", "organisation_change", "organisation_decide", "organisations", "service_add",
    "service_switch", "version_here",
]  # fmt: skip

PAGE = 30
LINES = ("title", "provider", "spot", "hours", "who")
TIME = re.compile(r"([01]?\d|2[0-4]):?(00|30)")
Errors = list[dict[str, str]]


def keeper(request: HttpRequest) -> Place:
    """The place whose register the reader keeps. Raises PermissionDenied."""
    here = desk_of(request)
    place = desk.keeps(here.person, here.at)
    if place is None:
        raise PermissionDenied("keeps no register")
    return place


def kinds(request: HttpRequest, of: str) -> dict[str, str]:
    """Class -> title in the reader's language, of the charter the reader works under."""
    found = desk.classes(version_here(request), of)
    return {key: titles["en"] if english() else titles["title"] for key, titles in found.items()}


def version_here(request: HttpRequest) -> CharterVersion | None:
    """The charter in force under which the reader works."""
    here = desk_of(request)
    seat = next((one.organ_instance for one in here.seats), None)
    return charter_for(seat.place, here.at, seat.charter) if seat else None


@requires("staff")
@never_cache
@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """Applications first; then the register and the catalogue of the reader's place."""
    return _page(request, [])


def _page(request: HttpRequest, errors: Errors) -> HttpResponse:
    here = desk_of(request)
    place, keeps = here.place, desk.keeps(here.person, here.at)
    asked, page = request.GET.get("state", ""), page_of(request)
    state, q = asked if asked in STATES else "applied", texts.clean_line(request.GET.get("q", ""))[:60]
    found = queries.organisations_in(keeps or place, state, q=q)
    services = Service.objects.filter(place__path__startswith=(keeps or place).path).order_by("title", "pk")[:200]
    return show(
        request, "organisations.html", 422 if errors else 200, rows=found[(page - 1) * PAGE : page * PAGE],
        keeps=keeps, state=state, q=q, page=page, pages=pages_of(found.count(), PAGE), total=found.count(),
        kinds=kinds(request, "organisations"), classes=kinds(request, "services"), services=services,
        fields=_fields(state, q), year=in_china(here.at).year, stages=stages(), key=new_key(), typed=request.POST,
        errors=errors, wrong={one["href"][1:]: one["text"] for one in errors},
        today=in_china(here.at).date(), done=_("办好了。") if request.GET.get("done") else "",
    )  # fmt: skip


def _fields(state: str, q: str) -> list[dict[str, Any]]:
    options = [{"value": v, "text": t} for v, t in states().items()]
    return [
        {"name": "q", "label": _("名称"), "value": q},
        {"name": "state", "label": _("状态"), "value": state, "options": options},
    ]


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('work_organisations')}?done=1&state={request.POST.get('back', 'applied')}")


@requires("staff")
@require_POST
def organisation_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Registered, or not and why."""
    here, place = desk_of(request), keeper(request)
    row = get_object_or_404(queries.organisations_in(place, ""), pk=pk)
    reason = texts.clean_line(request.POST.get("reason", ""))
    try:
        actions.decide(row.pk, here.person, request.POST.get("answer") == "yes", reason, here.at)
    except NotPossible as fault:
        return _page(request, [{"text": organisation_refusal(fault.code), "href": f"#reason-{pk}"}])
    return _back(request)


@requires("staff")
@require_POST
def organisation_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Its stage, this year's confirmation, or its end."""
    here, place = desk_of(request), keeper(request)
    row = get_object_or_404(queries.organisations_in(place, ""), pk=pk)
    changes: dict[str, dict[str, Any]] = {
        "confirm": {"confirmed": in_china(here.at).year},
        "end": {"state": "ended"},
        **{stage: {"stage": stage} for stage in STAGES},
    }
    try:
        actions.change(row.pk, changes.get(request.POST.get("change", ""), {"stage": row.stage}))
    except NotPossible as fault:
        return _page(request, [{"text": organisation_refusal(fault.code), "href": ""}])
    return _back(request)


@requires("staff")
@require_POST
def service_add(request: HttpRequest) -> HttpResponse:
    """A line of the catalogue; with opening times it can be booked."""
    place, typed = keeper(request), request.POST
    values = {name: texts.clean_line(typed.get(name, ""))[:80] for name in LINES}
    opens, closes = _minutes(typed.get("opens", "")), _minutes(typed.get("closes", ""))
    days = "".join(sorted({one for one in typed.getlist("days") if one in "1234567" and len(one) == 1}))
    bookable = typed.get("bookable") == "yes"
    errors = _service_faults(values, typed.get("kind", "") in kinds(request, "services"))
    if bookable and (opens is None or closes is None or opens >= closes or not days):
        errors.append({"text": _("请填开放时间，如09:00到17:00，并选星期几"), "href": "#opens"})
    if errors:
        return _page(request, errors)
    hours = {"opens": opens, "closes": closes, "days": days} if bookable else {}
    try:
        with transaction.atomic():
            Service.objects.create(place=place, kind=typed["kind"], bookable=bookable, **values, **hours)
    except IntegrityError:
        return _page(request, [{"text": _("目录里已经有这个名字"), "href": "#title"}])
    return _back(request)


def _service_faults(values: dict[str, str], known: bool) -> Errors:
    faults = {
        "title": "" if values["title"] else _("请填名称"),
        "provider": "" if values["provider"] else _("请填谁提供"),
        "kind": "" if known else _("请选一类"),
    }
    return [{"text": text, "href": f"#{name}"} for name, text in faults.items() if text]


def _minutes(text: str) -> int | None:
    found = TIME.fullmatch(text.strip().replace("：", ":"))
    return min(1440, int(found[1]) * 60 + int(found[2])) if found else None


@requires("staff")
@require_POST
def service_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the catalogue for now, or back in it; bookings stay."""
    rows = Service.objects.filter(place__path__startswith=keeper(request).path)
    row = get_object_or_404(rows, pk=pk)
    row.active = not row.active
    row.save(update_fields=["active"])
    return _back(request)


@requires("staff")
@never_cache
@require_GET
def door_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What hangs on the door: the day's times, nobody's name."""
    row = get_object_or_404(Service.objects.filter(place__path__startswith=keeper(request).path), pk=pk)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = in_china(desk_of(request).at).date()
    booked = queries.booked_on(row, datetime.combine(day, time(), CHINA))
    return show(request, "door_sheet.html", service=row, day=day, booked=booked)
