"""场地和技能: a facility week by week, booking for somebody at the counter; offers of residents to look at."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.desk.organisations import keeps
from gongzhi.records.matters.access import note_person_read
from gongzhi.records.organisations import actions, queries, skills
from gongzhi.records.organisations.actions import Guest, NotPossible
from gongzhi.records.organisations.models import Service
from gongzhi.records.organisations.queries import Day
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.page import Errors
from gongzhi.web.workbench.organisations import keeper, kinds
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.refusals_organisations import organisation_refusal

__all__ = ["booking_cancel", "facility", "skill_look", "skill_offers"]

WEEK = 7
PAGE = 30
DONE = {"booked": lambda: _("约好了。"), "cancelled": lambda: _("取消了，时间让出来了。")}


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def facility(request: HttpRequest, pk: int) -> HttpResponse:
    """A week of a facility. POST: book for somebody who came to the counter or called."""
    found, errors = _facility(request, pk), []
    if request.method == "POST":
        desk, typed = desk_of(request), request.POST
        guest = Guest(texts.clean_line(typed.get("name", ""))[:40], texts.clean_line(typed.get("contact", ""))[:60])
        try:
            start = datetime.fromisoformat(f"{typed.get('day', '')}T{typed.get('start', '')}").replace(tzinfo=CHINA)
            long = int(typed.get("long", "2")) if typed.get("long", "2").isdecimal() else 2
            actions.book_for(found, desk.person, guest, start, start + actions.HALF * min(long, 100), desk.at)
            return redirect(f"{reverse('work_facility', args=[pk])}?week={start.date().isoformat()}&done=booked")
        except NotPossible as fault:
            errors = [{"text": organisation_refusal(fault.code), "href": _field(fault.code)}]
        except ValueError:
            errors = [{"text": _("请填哪天、几点，如2026-03-17和09:00"), "href": "#day"}]
    return _week(request, found, errors)


def _facility(request: HttpRequest, pk: int) -> Service:
    """404 also for who keeps no register: whose booking it is, is nobody else's business."""
    place = keeps(desk_of(request).person, desk_of(request).at)
    rows = Service.objects.filter(bookable=True)
    return get_object_or_404(rows.filter(place__path__startswith=place.path) if place else rows.none(), pk=pk)


def _field(code: str) -> str:
    return "#name" if code == "no_name" else "#start"


def _week(request: HttpRequest, found: Service, errors: Errors) -> HttpResponse:
    desk = desk_of(request)
    today = in_china(desk.at).date()
    first = _monday(request.POST.get("day", "") or request.GET.get("week", ""), today)
    days = queries.days_of(found, first, WEEK, desk.at)
    _note(request, days)
    done = DONE.get(request.GET.get("done", ""))
    return show(
        request, "facility.html", 422 if errors else 200, service=found, days=days, errors=errors, typed=request.POST,
        wrong={one["href"][1:]: one["text"] for one in errors}, key=new_key(), today=today, at=desk.at,
        in_china=in_china, earlier=first - timedelta(days=WEEK), later=first + timedelta(days=WEEK),
        done=done() if done else "",
        hours=[time(n // 60, n % 60).strftime("%H:%M") for n in range(found.opens, found.closes - 29, 30)],
    )  # fmt: skip


def _monday(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
        return day - timedelta(days=day.weekday())
    except (ValueError, OverflowError):
        return today - timedelta(days=today.weekday())


def _note(request: HttpRequest, days: list[Day]) -> None:
    """Whoever booked with an account is told that staff looked at who it was."""
    desk = desk_of(request)
    seen = {row.person.pk: row.person for day in days for row in day.booked if row.person}
    role = desk.seats[0].organ_instance.title if desk.seats else ""
    for person in seen.values():
        note_person_read(desk.person, role, "booking", desk.at, person)


@requires("staff")
@require_POST
def booking_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever asked at the counter; again is no fault."""
    back = request.POST.get("service", "")
    try:
        actions.cancel_at(pk, keeper(request), desk_of(request).at)
    except NotPossible:
        return redirect("work_organisations")
    if not back.isdecimal():
        return redirect("work_organisations")
    week = request.POST.get("week", "")[:10]
    return redirect(f"{reverse('work_facility', args=[int(back)])}?week={week}&done=cancelled")


@requires("staff")
@never_cache
@require_GET
def skill_offers(request: HttpRequest) -> HttpResponse:
    """What residents offer and nobody has looked at, the oldest first; then what is shown."""
    return _offers(request, [])


def _offers(request: HttpRequest, errors: Errors) -> HttpResponse:
    desk, page = desk_of(request), page_of(request)
    place = keeps(desk.person, desk.at)
    shown, waiting = skills.shown_in(place or desk.place), skills.waiting_in(place)[:PAGE] if place else []
    return show(
        request, "skills.html", 422 if errors else 200, waiting=waiting, keeps=place, errors=errors,
        wrong={one["href"][1:]: one["text"] for one in errors}, rows=shown[(page - 1) * PAGE : page * PAGE],
        total=shown.count(), page=page, pages=pages_of(shown.count(), PAGE), kinds=kinds(request, "services"),
        key=new_key(), done=_("办好了。") if request.GET.get("done") else "",
    )  # fmt: skip


@requires("staff")
@require_POST
def skill_look(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown, or not and why: no names, phone numbers, trade or what the law forbids."""
    desk, reason = desk_of(request), texts.clean_line(request.POST.get("reason", ""))[:200]
    try:
        skills.look(pk, keeper(request), desk.person, request.POST.get("answer") == "yes", reason, desk.at)
    except NotPossible as fault:
        return _offers(request, [{"text": organisation_refusal(fault.code), "href": f"#reason-{pk}"}])
    return redirect(f"{reverse('work_skills')}?done=1")
