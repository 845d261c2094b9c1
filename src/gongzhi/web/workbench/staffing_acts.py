"""Appointing, ending a term, and a new sign-in for a colleague: forms that lose nothing and say what to do."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.core.charter.spec import Charter, Seat
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import staffing as desk
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.people.actions import create_staff
from gongzhi.records.people.appointing import NewTerm
from gongzhi.records.people.models import Person, SeatTerm
from gongzhi.records.people.posts import SignInReset
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.workbench.page import Desk, desk_of, new_key, show
from gongzhi.words.refusals_staffing import staffing_refusal
from gongzhi.words.terms import Terms

__all__ = ["staff_appoint", "staff_confirm", "staff_end", "staff_reset"]

Errors = list[dict[str, str]]
FIELDS = {
    "no_document": "document", "no_composition": "composition", "term_backwards": "due", "too_long": "due",
    "appoint_self": "login", "seat_taken": "start",
}  # fmt: skip
Opened = tuple[OrganInstance, Charter, Seat | None, desk.Right]


class _Wrong(ValueError):
    """What was typed cannot be read; `field` is where."""

    def __init__(self, text: str, field: str) -> None:
        super().__init__(text)
        self.field = field


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def staff_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody with or without an account takes the seat named in the address (`seat`)."""
    here = desk_of(request)
    rights = desk.rights_of(here.person, here.at)
    opened = _open(rights, pk, request.GET.get("seat", ""))
    if request.method == "GET":
        return _appoint_form(request, here, opened, [])
    try:
        with transaction.atomic():
            desk.appoint(rights, _new_term(request, here, opened), here.at)
    except _Wrong as wrong:
        return _appoint_form(request, here, opened, [{"text": str(wrong), "href": f"#{wrong.field}"}])
    except Refused as refused:
        return _appoint_form(request, here, opened, _said(refused))
    return redirect(f"{reverse('work_staff')}?show=mine&done=appointed")


def _said(refused: Refused) -> Errors:
    href = f"#{FIELDS[refused.code]}" if refused.code in FIELDS else ""
    return [{"text": staffing_refusal(refused.code, refused.args_map), "href": href}]


def _open(rights: desk.Rights, pk: int, name: str) -> Opened:
    organ = get_object_or_404(OrganInstance.objects.select_related("place"), pk=pk, dissolved_at=None)
    charter, seat = rights.charter(organ), desk.seat_of(rights, organ, name)
    right = rights.over(organ, seat)
    if charter is None or right is None or (name and seat is None):
        raise Http404("not for the reader to decide")
    return organ, charter, seat, right


def _appoint_form(request: HttpRequest, here: Desk, opened: Opened, errors: Errors) -> HttpResponse:
    organ, charter, seat, right = opened
    today = in_china(here.at).date()
    size = desk.size_of(charter, organ) if right.records else 0
    return show(
        request, "staff_appoint.html", 422 if errors else 200, organ=organ, seat=seat, right=right, errors=errors,
        wrong={one["href"][1:]: one["text"] for one in errors}, typed=request.POST, key=new_key(), today=today,
        title=Terms(charter).text(seat.title) if seat else _("没有职务的工作人员"), size=size, low=desk.COMMITTEE[0],
        high=desk.COMMITTEE[1], due=desk.default_due(seat, today),
    )  # fmt: skip


def _new_term(request: HttpRequest, here: Desk, opened: Opened) -> NewTerm:
    organ, _charter, seat, _right = opened
    typed = request.POST
    start = _day(typed.get("start", ""), "start") or in_china(here.at).date()
    due = _day(typed.get("due", ""), "due")
    stands_in = bool(seat) and typed.get("way") == "stand_in"
    if stands_in and due is None:
        raise _Wrong(_("请填代理到哪一天"), "due")
    today = in_china(here.at).date()
    return NewTerm(
        person=_person(request, here), organ=organ, seat=seat, start=here.at if start == today else _midnight(start),
        document=texts.clean_line(typed.get("document", ""))[:100], due=due,
        composition=True if typed.get("composition") == "yes" else None,
        end=_midnight(due) if stands_in and due else None,
    )  # fmt: skip


def _person(request: HttpRequest, here: Desk) -> Person:
    """Who has an account by login; else, with a name, a new one that cannot be signed in to yet."""
    login = texts.clean_line(request.POST.get("login", ""))[:60]
    name = texts.clean_line(request.POST.get("name", ""))[:60]
    if not login:
        raise _Wrong(_("请填用户名"), "login")
    known = Person.objects.filter(login=login, erased_at=None).first()
    if known is not None:
        return known
    if not name:
        raise _Wrong(_("没有这个用户名。新来的人，请把姓名也填上"), "name")
    try:
        with transaction.atomic():
            return create_staff(login, name, None, here.at)
    except IntegrityError as taken:
        raise _Wrong(_("这个用户名刚被用了，请换一个"), "login") from taken


def _day(text: str, field: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as fault:
        raise _Wrong(_("请写成2026-03-16这样的日期"), field) from fault


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def staff_end(request: HttpRequest, pk: int) -> HttpResponse:
    """A term ends today or on a later day; what was done in it stays."""
    here = desk_of(request)
    term = get_object_or_404(SeatTerm.objects.select_related("organ_instance__place", "person"), pk=pk)
    rights = desk.rights_of(here.person, here.at)
    opened = _open(rights, term.organ_instance_id, term.seat)
    if request.method == "GET":
        return _end_form(request, here, term, opened, [])
    try:
        day = _day(request.POST.get("end", ""), "end") or in_china(here.at).date()
        at = here.at if day <= in_china(here.at).date() else _midnight(day)
        desk.end_term(rights, term, texts.clean_line(request.POST.get("document", ""))[:100], at, here.at)
    except _Wrong as wrong:
        return _end_form(request, here, term, opened, [{"text": str(wrong), "href": f"#{wrong.field}"}])
    except Refused as refused:
        return _end_form(request, here, term, opened, _said(refused))
    return redirect(f"{reverse('work_staff')}?show=mine&done=ended")


def _end_form(request: HttpRequest, here: Desk, term: SeatTerm, opened: Opened, errors: Errors) -> HttpResponse:
    organ, charter, seat, _right = opened
    return show(
        request, "staff_end.html", 422 if errors else 200, term=term, organ=organ, errors=errors, key=new_key(),
        title=Terms(charter).text(seat.title) if seat else _("没有职务的工作人员"), typed=request.POST,
        wrong={one["href"][1:]: one["text"] for one in errors}, today=in_china(here.at).date(),
    )  # fmt: skip


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def staff_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """重设登录, first person: I saw them. Asked again it says the same."""
    here = desk_of(request)
    term = get_object_or_404(SeatTerm.objects.select_related("organ_instance__place", "person"), pk=pk)
    rights = desk.rights_of(here.person, here.at)
    _open(rights, term.organ_instance_id, term.seat)
    context: dict[str, Any] = {"term": term, "key": new_key(), "errors": []}
    if request.method == "GET":
        return show(request, "staff_reset.html", **context)
    if request.POST.get("seen") != "yes":
        context["errors"] = [{"text": _("请先当面核对本人，再勾选"), "href": "#seen"}]
        return show(request, "staff_reset.html", 422, **context)
    try:
        desk.ask_reset(rights, term.person, here.at)
    except Refused as refused:
        context["errors"] = _said(refused)
        return show(request, "staff_reset.html", 422, **context)
    return redirect(f"{reverse('work_staff')}?show=mine&done=asked")


@requires("staff")
@never_cache
@require_POST
def staff_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """重设登录, second person: the code, shown once, to be handed over in person."""
    here = desk_of(request)
    reset = get_object_or_404(SignInReset.objects.select_related("person", "asked_by"), pk=pk)
    try:
        code = desk.confirm_reset(desk.rights_of(here.person, here.at), reset, here.at)
    except Refused as refused:
        return show(request, "staff_code.html", 422, reset=reset, code="", errors=_said(refused))
    return show(request, "staff_code.html", reset=reset, code=code, errors=[])
