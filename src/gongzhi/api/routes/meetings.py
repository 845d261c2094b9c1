"""Meetings: of a matter, and those a member of staff has to hold or attend. Inviting, signing in and resolving are
acts (`note` with state `invitation`, `part`, `done`)."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from gongzhi.api import shape
from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, find_matter
from gongzhi.api.problems import Problem
from gongzhi.api.routes.matters import Number
from gongzhi.api.schemas.common import Titled
from gongzhi.api.schemas.rooms import AttendanceOut, MeetingOut, ResolutionOut
from gongzhi.desk.permissions import worklist_organs
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters import sealing
from gongzhi.records.meetings import queries
from gongzhi.records.meetings.models import Meeting
from gongzhi.web import clock
from gongzhi.words.terms import Terms

router = Router(tags=["meetings"])


@router.get("/meetings", auth=access("staff"), response=list[MeetingOut], summary="Coming meetings")
def coming(request: HttpRequest) -> list[MeetingOut]:
    """Meetings that the caller's organs hold from now on, the next first."""
    now = clock.now()
    rows = queries.coming(worklist_organs(caller(request).signed_in, now), now)[:100]
    return [_out(row, full=True) for row in rows.select_related("matter__charter_version")]


@router.get("/matters/{number}/meetings", auth=access("matter:read"), response=list[MeetingOut], summary="Meetings")
def index(request: HttpRequest, number: Number) -> list[MeetingOut]:
    """The meetings of a matter: when, where, about what, how many came, what was resolved."""
    found = find_matter(request, number)
    if found.level == "none":
        raise Problem(404, "unknown_matter", number=number)
    return [_out(row, full=found.level == "full") for row in queries.meetings_of(found.matter)]


def _out(row: Meeting, full: bool) -> MeetingOut:
    charter = charter_by_digest(row.matter.charter_version.digest)
    terms, step = Terms(charter), charter.procedures[row.matter.procedure].steps.get(row.visit.partition("#")[0])

    def title(part: str) -> str:
        return terms.part(step, part) if step else part

    return MeetingOut(
        matter=row.matter.number,
        visit=row.visit,
        organ=shape.organ(row.organ),
        title=terms.text(row.title),
        at=row.at,
        where=row.where,
        agenda=list(row.agenda),
        called=[Titled(key=part, title=title(part)) for part in row.called],
        status=row.status,
        outcome=row.outcome,
        invited_at=row.invited_at,
        held_at=row.held_at,
        present=[AttendanceOut(part=k, title=title(k), count=n) for k, n in queries.present(row).items()],
        resolutions=[
            ResolutionOut(item=one.item, text=sealing.read_text(one.text) if full else "",
                          owner=shape.organ(one.owner), due=one.due)
            for one in row.resolutions.all()
        ],
    )  # fmt: skip
