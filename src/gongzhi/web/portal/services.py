"""服务和场地: the catalogue, booking a room, one's bookings; the register of organisations and applying to it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.desk import organisations as desk
from gongzhi.records.institutions.queries import charter_for
from gongzhi.records.organisations import actions, queries
from gongzhi.records.organisations.actions import NotPossible
from gongzhi.records.organisations.models import Service
from gongzhi.web import texts
from gongzhi.web.access import reader, requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, new_key, show, signed_in
from gongzhi.words.refusals_organisations import organisation_refusal
from gongzhi.words.terms import english

__all__ = ["apply", "book", "cancel", "groups", "kinds", "order_here", "service", "services"]

PAGE = 20
FIELDS = ("name", "kind", "about", "members", "contact")


def kinds(request: HttpRequest, of: str) -> dict[str, str]:
    """Class -> title in the reader's language, of the charter in force here."""
    version = charter_for(community_of(request), now())
    found = desk.classes(version, of)
    return {key: titles["en"] if english() else titles["title"] for key, titles in found.items()}


def order_here(request: HttpRequest) -> str:
    """The category an order is filed under by the charter in force here; empty where it has none."""
    return desk.order_of(charter_for(community_of(request), now()))


def _asked(request: HttpRequest, titles: dict[str, str]) -> tuple[str, str, list[dict[str, Any]]]:
    kind, q = request.GET.get("kind", ""), texts.clean_line(request.GET.get("q", ""))[:60]
    kind = kind if kind in titles else ""
    options = [{"value": "", "text": _("全部")}, *({"value": k, "text": t} for k, t in titles.items())]
    fields: list[dict[str, Any]] = [
        {"name": "q", "label": _("找一找"), "value": q},
        {"name": "kind", "label": _("按类别"), "value": kind, "options": options},
    ]
    return kind, q, fields


@requires("public")
@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """The catalogue; who is signed in sees their bookings above it."""
    titles, person = kinds(request, "services"), reader(request)
    kind, q, fields = _asked(request, titles)
    found, page = queries.services_of(community_of(request), kind, q), page_of(request)
    opened, listed = queries.opening_rate(community_of(request))
    return show(
        request, "portal/services.html", rows=found[(page - 1) * PAGE : page * PAGE], titles=titles, fields=fields,
        mine=queries.bookings_of(person, now()) if person else [], page=page, pages=pages_of(found.count(), PAGE),
        query=urlencode({"kind": kind, "q": q}), key=new_key(), opened=opened, listed=listed, done=_done(request),
        order=order_here(request),
    )  # fmt: skip


def _done(request: HttpRequest) -> str:
    said = {"booked": _("约好了。来不了请取消，让别人用；没来也不记、不罚。"), "cancelled": _("取消了，时间让出来了。"),
            "applied": _("申请收到了。核对以后会公布在名录里。")}  # fmt: skip
    return said.get(request.GET.get("done", ""), "")


@requires("public")
@never_cache
@require_GET
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """One service; a facility with the half hours of a day."""
    return _service(request, _find(request, pk), [])


def _find(request: HttpRequest, pk: int) -> Service:
    return get_object_or_404(queries.services_of(community_of(request)), pk=pk)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return in_china(now()).date()


def _service(request: HttpRequest, found: Service, errors: list[dict[str, str]]) -> HttpResponse:
    day = _day(request.POST.get("day", "") or request.GET.get("day", ""))
    at = datetime.combine(day, time(), CHINA)
    today = in_china(now()).date()
    week = queries.days_of(found, today, 14, now()) if found.bookable else []
    hours = [(one, free and one >= now()) for one, free in queries.half_hours(found, at)] if found.bookable else []
    return show(
        request, "portal/service.html", 422 if errors else 200, service=found, errors=errors, hours=hours, day=day,
        week=week, typed=request.POST, key=new_key(), order=order_here(request),
        title=kinds(request, "services").get(found.kind, ""),
    )  # fmt: skip


@requires("signed_in")
@require_POST
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """From `start` for so many half hours of the day shown."""
    found, typed = _find(request, pk), request.POST
    try:
        start = datetime.combine(_day(typed.get("day", "")), time.fromisoformat(typed.get("start", "")), CHINA)
        long = int(typed.get("long", "2")) if typed.get("long", "2").isdecimal() else 2
        actions.book(found, signed_in(request), start, start + actions.HALF * min(long, 100), now())
    except NotPossible as fault:
        return _service(request, found, [{"text": organisation_refusal(fault.code), "href": "#start"}])
    except ValueError:
        return _service(request, found, [{"text": _("请选几点开始"), "href": "#start"}])
    return redirect(f"{reverse('services')}?done=booked")


@requires("signed_in")
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own booking; again is no fault."""
    try:
        actions.cancel(pk, signed_in(request), now())
    except NotPossible:
        return redirect("services")
    return redirect(f"{reverse('services')}?done=cancelled")


@requires("public")
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """The register: registered organisations and teams, without any contact."""
    titles = kinds(request, "organisations")
    kind, q, fields = _asked(request, titles)
    found, page = queries.organisations_in(community_of(request), "registered", kind, q), page_of(request)
    return show(
        request, "portal/groups.html", rows=found[(page - 1) * PAGE : page * PAGE], titles=titles, fields=fields,
        total=found.count(), page=page, pages=pages_of(found.count(), PAGE), done=_done(request),
        query=urlencode({"kind": kind, "q": q}),
    )  # fmt: skip


@requires("signed_in")
@never_cache
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """An organisation or team says of itself what it is; only numbers of people, no names."""
    titles, typed = kinds(request, "organisations"), request.POST
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        said, errors = _application(request, titles)
        try:
            if not errors:
                actions.apply(community_of(request), signed_in(request), now(), **said)
                return redirect(f"{reverse('groups')}?done=applied")
        except NotPossible as fault:
            errors = [{"text": organisation_refusal(fault.code), "href": "#name"}]
    wrong = {one["href"][1:]: one["text"] for one in errors}
    return show(request, "portal/group_apply.html", 422 if errors else 200, titles=titles, typed=typed,
                errors=errors, wrong=wrong, key=new_key())  # fmt: skip


def _application(request: HttpRequest, titles: dict[str, str]) -> tuple[dict[str, Any], list[dict[str, str]]]:
    typed = {name: texts.clean_line(request.POST.get(name, "")) for name in FIELDS}
    count = typed["members"]
    faults = {
        "name": "" if 2 <= len(typed["name"]) <= 80 else _("请填名称，2到80个字"),
        "kind": "" if typed["kind"] in titles else _("请选一类"),
        "members": "" if count.isascii() and count.isdecimal() and len(count) < 7 else _("请填人数，如12"),
    }
    errors = [{"text": text, "href": f"#{name}"} for name, text in faults.items() if text]
    return {**typed, "members": 0 if errors else int(count)}, errors
