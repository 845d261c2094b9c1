"""Meetings: of a matter, and those a member of staff has to hold or attend. Inviting, signing in and resolving are
acts (`note` with state `invitation`, `part`, `done`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from gongzhi.api import shape
from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, find_matter
from gongzhi.api.problems import Problem
from gongzhi.api.routes.matters import Number
from gongzhi.api.schemas.common import Sent, Titled
from gongzhi.api.schemas.rooms import AttendanceOut, MeetingOut, ResolutionOut
from gongzhi.api.typed import Name
from gongzhi.core.procedure.acts import FILER, RESIDENT
from gongzhi.core.procedure.moves import organ_of
from gongzhi.desk import attendance
from gongzhi.desk.permissions import actors, worklist_organs
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters import sealing
from gongzhi.records.meetings import queries
from gongzhi.records.meetings.models import Meeting
from gongzhi.web import clock
from gongzhi.words.terms import ATTEND, Terms

router = Router(tags=["meetings"])


@router.get("/meetings", auth=access("staff"), response=list[MeetingOut], summary="Coming meetings")
def coming(request: HttpRequest) -> list[MeetingOut]:
    """Meetings that the caller's organs hold from now on, the next first."""
    now = clock.now()
    own = worklist_organs(caller(request).signed_in, now)
    rows = queries.coming(own, now).select_related("matter__charter_version")[:100]
    return [_out(row, full=True, own=own) for row in rows]


@router.get("/matters/{number}/meetings", auth=access("matter:read"), response=list[MeetingOut], summary="Meetings")
def index(request: HttpRequest, number: Number) -> list[MeetingOut]:
    """The meetings of a matter: when, where, about what, how many came, what was resolved."""
    found = find_matter(request, number)
    own = worklist_organs(found.person, found.now) if found.person else []
    return [_out(row, full=found.level == "full", own=own) for row in queries.meetings_of(found.matter)]


class PresenceIn(Sent):
    """`part`: as which called group; `code`: the six digits shown in the room."""

    part: Annotated[Name, Field(min_length=1)]
    code: Annotated[str, Field(max_length=20)]


@router.post("/meetings/{meeting}/attendance", auth=access("signed_in"), response={204: None}, summary="Sign in")
def sign_in(request: HttpRequest, meeting: Annotated[int, Field(ge=1, le=2**62)], body: PresenceIn) -> Status[None]:
    """A resident who is in the room signs in for a called group. A seat signs in by the act `part` instead.
    Signing in twice counts once."""
    row = Meeting.objects.select_related("matter").filter(pk=meeting).first()
    if row is None:
        raise Problem(404, "not_found")
    found = find_matter(request, row.matter.number)
    person = caller(request).signed_in
    mine = {actor.organ for actor in actors(person, found.charter, found.case, found.now, row.matter.filer_id)}
    if not mine & {FILER, RESIDENT} or organ_of(body.part.removeprefix(ATTEND)) in found.charter.organs:
        raise Problem(403, "not_called")
    if body.code != attendance.code_of(row):
        raise Problem(422, "room_code_wrong")
    attendance.sign_in(row, body.part, person, body.code, found.now)
    return Status(204, None)


def _out(row: Meeting, full: bool, own: Sequence[int]) -> MeetingOut:
    charter = charter_by_digest(row.matter.charter_version.digest)
    terms, step = Terms(charter), charter.procedures[row.matter.procedure].steps.get(row.visit.partition("#")[0])

    def title(part: str) -> str:
        return terms.part(step, part) if step else part

    return MeetingOut(
        id=row.pk,
        code=attendance.code_of(row) if row.organ_id in own else "",
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
