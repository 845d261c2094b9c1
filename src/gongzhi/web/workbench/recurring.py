"""定期要做的事 for staff: what is due and missing, and counting a meeting held for another reason as done."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.calendar import in_china
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import meeting_room
from gongzhi.desk.recurring_calendar import Due, turns
from gongzhi.records.meetings.models import Meeting
from gongzhi.web.access import requires
from gongzhi.web.board.recurring import due_view
from gongzhi.web.workbench.found import find
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.web.workbench.refusals import sentence

__all__ = ["fulfil", "recurring_due"]


@requires("staff")
@never_cache
@require_GET
def recurring_due(request: HttpRequest) -> HttpResponse:
    """What comes back at the place; where the reader's organ answers, meetings of the period that can be counted."""
    return _page(request)


def _page(request: HttpRequest, error: str = "") -> HttpResponse:
    desk = desk_of(request)
    rows = turns(desk.place, desk.at)
    held = list(Meeting.objects.filter(organ__in=desk.organs, status="held").order_by("-held_at")[:100])
    return show(
        request, "recurring.html", 422 if error else 200, key=new_key(),
        errors=[{"text": error, "href": ""}] if error else [],
        rows=[{**due_view(one), "meetings": _in_period(one, held, desk.organs)} for one in rows],
        done=request.GET.get("done", ""),
    )  # fmt: skip


def _in_period(one: Due, held: list[Meeting], organs: Any) -> list[Meeting]:
    if one.matter is None or one.state in ("done", "linked") or one.matter.answers_id not in organs:
        return []
    first, last = one.period.first, one.period.last
    return [row for row in held if row.held_at and first <= in_china(row.held_at).date() <= last]


@requires("staff")
@require_POST
def fulfil(request: HttpRequest, number: str) -> HttpResponse:
    """The desk asks who answers and whether the day fits."""
    found = find(request, number)
    pk = request.POST.get("meeting", "")
    meeting = Meeting.objects.filter(pk=int(pk)).first() if pk.isascii() and pk.isdecimal() and len(pk) < 18 else None
    if meeting is None:
        return _page(request, _("请选一次会议"))
    find(request, meeting.matter.number)  # 404 for a meeting that is not for the reader's organs
    if meeting.organ_id not in desk_of(request).organs:
        raise Http404("not a meeting of the reader's organs")
    key = request.POST.get("idempotency_key", "")[:64] or None
    try:
        meeting_room.fulfil(found.matter, meeting, found.person, found.at, key)
    except Refused as refused:
        return _page(request, sentence(found, refused))
    return redirect(f"{reverse('work_recurring')}?done=1")
