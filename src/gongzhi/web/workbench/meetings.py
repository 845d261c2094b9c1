"""会议: which ones come, the meeting room with invitation and sign-in, and the hall screen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.attendance import code_of
from gongzhi.desk.draft import Draft, Invitation
from gongzhi.desk.step import take_step
from gongzhi.records.matters.models import Todo
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.meetings.models import Meeting
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.portal.receipts import qr
from gongzhi.web.workbench import floor
from gongzhi.web.workbench.found import choice_of
from gongzhi.web.workbench.gathering import Gathering, gathering_of
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.web.workbench.refusals import sentence

__all__ = ["attendance", "hall", "invite", "meeting", "meeting_room", "meetings"]

PAST = 20
Error = dict[str, str]


@requires("staff")
@never_cache
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings that the reader's organs hold or are called to: to invite, to come, and the latest held."""
    desk = desk_of(request)
    called = Todo.objects.filter(organ__in=desk.organs, role="part", part__startswith="attend.").values("matter_id")
    rows = Meeting.objects.filter(Q(organ__in=desk.organs) | Q(matter__in=called)).select_related("matter", "organ")
    waiting = rows.filter(status__in=("planned", "open"))
    return show(
        request, "meetings.html", unset=list(waiting.filter(at=None).order_by("-pk")),
        coming=list(waiting.exclude(at=None).order_by("at")),
        held=list(rows.filter(status="held").order_by("-held_at")[:PAST]),
    )  # fmt: skip


@requires("staff")
@never_cache
@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting room."""
    return _room(request, gathering_of(request, pk))


def _room(
    request: HttpRequest, here: Gathering, errors: list[Error] | None = None, typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    row = here.meeting
    found = here.found
    address = request.build_absolute_uri(f"{reverse('meeting_sign_in', args=[row.pk])}?code={code_of(row)}")
    minutes = found.matter.words.filter(name="minutes", act__visit=row.visit, erased_at=None).last()
    return show(
        request, "meeting.html", status, here=here, meeting=row, found=found, errors=errors or [],
        typed=typed or _invitation(row), key=new_key(), code=code_of(row), qr=qr(address), address=address,
        outcomes=[(one, reverse("work_act", args=[found.matter.number, "done", choice_of(one)]))
                  for one in found.actions if one.kind == "done"] if here.running else [],
        minutes=minutes if minutes and found.may_open(minutes) else None,
        resolutions=[(read_text(one.text), one.owner.title, one.due) for one in
                     row.resolutions.select_related("owner", "text").order_by("item") if found.may_open(one.text)],
        **floor.room_of(here), takes={one.part for one in found.actions if one.kind == "part"}, notice=_thanks(request),
    )  # fmt: skip


def _thanks(request: HttpRequest) -> dict[str, str] | None:
    said = {
        "invite": _("通知发出了，被请的单位都会收到。"),
        "attendance": _("到会记下了。"),
        "room": _("记下了。"),
    }.get(request.GET.get("done", ""))
    return {"title": said, "kind": "success"} if said else None


def _invitation(row: Meeting) -> dict[str, str]:
    at = in_china(row.at) if row.at else None
    return {
        "day": at.date().isoformat() if at else "",
        "time": f"{at:%H:%M}" if at else "",
        "where": row.where,
        "agenda": "\n".join(row.agenda),
    }


@requires("staff")
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """When, where, what about; those called are told."""
    here = gathering_of(request, pk)
    typed = {name: texts.clean_text(request.POST.get(name, "")) for name in ("day", "time", "where", "agenda")}
    asked, errors = _read(typed)
    if asked is None:
        return _room(request, here, errors, typed, 422)
    lead = next((one.actor for one in here.found.actions if one.kind == "done"), None)
    draft = Draft("note", state="invitation", visit=request.POST.get("visit", ""), invitation=asked,
                  organ=lead.organ if lead else "", seat=lead.seat if lead else "")  # fmt: skip
    try:
        take_step(here.found.matter.number, draft, here.found.person, here.found.at, _key(request))
    except Refused as refused:
        error = {"text": sentence(here.found, refused), "href": ""}
        return _room(request, here, [error], typed, 409 if refused.code in ("moved_on", "key_reused") else 422)
    return redirect(f"{reverse('meeting', args=[pk])}?done=invite")


def _read(typed: dict[str, str]) -> tuple[Invitation | None, list[Error]]:
    errors: list[Error] = []
    try:
        at = datetime.fromisoformat(f"{typed['day']}T{typed['time']}").replace(tzinfo=CHINA)
    except ValueError:
        errors.append({"text": _("请填哪天、几点，如2026-03-19、16:00"), "href": "#day", "name": "day"})
    where = texts.clean_line(typed["where"])
    if not where:
        errors.append({"text": _("请写在哪里开"), "href": "#where", "name": "where"})
    if errors:
        return None, errors
    items = [texts.clean_line(line) for line in typed["agenda"].split("\n") if line.strip()]
    return Invitation(at, where, agenda=tuple(items[:20])), []


@requires("staff")
@require_POST
def meeting_room(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is done in the room; the desk asks who leads it."""
    here = gathering_of(request, pk)
    faults = floor.do(request, here, _key(request))
    if faults:
        errors = [{"text": fault, "href": "#room"} for fault in faults]
        typed = {
            **_invitation(here.meeting),
            "roll": request.POST.get("roll", ""),
            "said": request.POST.get("said", ""),
        }
        return _room(request, gathering_of(request, pk), errors, typed, 422)
    return redirect(f"{reverse('meeting', args=[pk])}?done=room#room")


def _key(request: HttpRequest, more: str = "") -> str | None:
    key = request.POST.get("idempotency_key", "")[:64]
    return f"{key}{more}" if key else None


@requires("staff")
@require_POST
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """签到表: who came and who sent apologies, each recorded as an act of its own."""
    here = gathering_of(request, pk)
    errors: list[Error] = []
    for one in here.called:
        state = request.POST.get(f"state.{one.name}", "")
        if one.settled or state not in ("done", "refused"):
            continue
        if error := _record(request, here, one.name, state):
            errors.append({"text": f"{one.title}：{error}", "href": f"#state.{one.name}"})
    if errors:
        return _room(request, gathering_of(request, pk), errors, None, 422)
    return redirect(f"{reverse('meeting', args=[pk])}?done=attendance")


def _record(request: HttpRequest, here: Gathering, part: str, state: str) -> str:
    """Why one line could not be recorded; empty: it was."""
    found = here.found
    typed = request.POST.get(f"count.{part}", "").strip() or "1"
    action = next((one for one in found.actions if one.kind == "part" and one.part == part), None)
    if action is None:
        return sentence(found, Refused("not_holder", holder=part))
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 6):
        return _("请填整数，您填的是“%(v)s”") % {"v": typed}
    means = request.POST.get("means", "list")
    draft = Draft("part", visit=request.POST.get("visit", ""), part=part, state=state, count=int(typed),
                  channel=means if means in ("list", "paper") else "list", organ=action.actor.organ,
                  seat=action.actor.seat)  # fmt: skip
    try:
        take_step(found.matter.number, draft, found.person, found.at, _key(request, part))
    except Refused as refused:
        return sentence(found, refused)
    return ""


@requires("staff")
@never_cache
@require_GET
def hall(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen in the hall: what is on, how many are here, how to sign in. No names."""
    here = gathering_of(request, pk)
    address = request.build_absolute_uri(f"{reverse('meeting_sign_in', args=[pk])}?code={code_of(here.meeting)}")
    seats = [one for one in here.called if not one.group]
    row = here.meeting
    items = list(row.items.prefetch_related("turns", "recusals__member", "hand_counts", "votes").order_by("number"))
    current = next((one for one in items if one.number == row.current), None)
    context: dict[str, Any] = {
        "needed": sum(one.needed for one in here.called if one.group) + len(seats),
        "present": sum(one.here for one in here.called),
        "quorum": floor.quorum(here),
        "current": floor.item_view(here, current) if current else None,
        "items": items,
    }
    return show(
        request, "hall.html", section_nav=None, here=here, meeting=here.meeting, code=code_of(here.meeting),
        qr=qr(address), **context,
    )  # fmt: skip
