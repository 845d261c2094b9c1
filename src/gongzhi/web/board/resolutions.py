"""决议: what meetings about public matters decided, who carries it out, until when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.meetings.models import Meeting
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.page import community_of, show
from gongzhi.web.texts import hide_numbers
from gongzhi.words.terms import Terms

__all__ = ["resolutions"]

PAGE = 20


@requires("public")
@require_GET
def resolutions(request: HttpRequest) -> HttpResponse:
    """Meetings held about public matters, newest first."""
    community = community_of(request)
    held = Meeting.objects.filter(
        status="held", matter__public=True, matter__place__path__startswith=community.path
    ).order_by("-held_at", "-pk")
    total, page = held.count(), page_of(request)
    rows = held.select_related("organ", "matter__charter_version").prefetch_related(
        "resolutions__owner", "resolutions__text"
    )
    shown = [_told(meeting) for meeting in rows[(page - 1) * PAGE : page * PAGE]]
    return show(request, "board/resolutions.html", meetings=shown, page=page, pages=pages_of(total, PAGE), total=total)


def _told(meeting: Meeting) -> dict[str, Any]:
    charter = charter_by_digest(meeting.matter.charter_version.digest)
    terms, procedure = Terms(charter), charter.procedures[meeting.matter.procedure]
    step = procedure.steps.get(meeting.visit.partition("#")[0])
    return {
        "meeting": meeting,
        "title": terms.text(meeting.title),
        "outcome": terms.outcome(step, meeting.outcome),
        "resolutions": [
            {"text": hide_numbers(read_text(one.text)), "owner": one.owner.title, "due": one.due}
            for one in sorted(meeting.resolutions.all(), key=lambda one: one.item)
        ],
    }
