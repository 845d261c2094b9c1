"""Notices on the public board. Objecting and answering are acts (`object`, `answer_objection`)."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from gongzhi.api import shape
from gongzhi.api.auth import access
from gongzhi.api.lookups import find_matter, place_of
from gongzhi.api.problems import Problem
from gongzhi.api.routes.matters import Number
from gongzhi.api.schemas.rooms import NoticeOut, NoticeShown, ObjectionOut
from gongzhi.records.institutions.queries import line_of, places_in
from gongzhi.records.notices import queries
from gongzhi.records.notices.models import Notice
from gongzhi.web import clock

router = Router(tags=["notices"])


@router.get("/places/{code}/notices", auth=access("public"), response=list[NoticeOut], summary="Notices of a place")
def index(
    request: HttpRequest,
    code: Annotated[str, Field(max_length=48)],
    past: Annotated[bool, Query(description="those that were taken down")] = False,
    size: Annotated[int, Query(ge=1, le=200)] = 100,
) -> list[NoticeOut]:
    """What hangs on the boards of a place, of those inside it and of those it lies in; the newest first."""
    place, now = place_of(code), clock.now()
    places = places_in(place) | type(place).objects.filter(pk__in=[row.pk for row in line_of(place)])
    rows = (queries.taken_down if past else queries.hanging)(places, now)
    return [NoticeOut(**_columns(row)) for row in rows[:size]]


@router.get("/notices/{notice}", auth=access("public"), response=NoticeShown, summary="Show a notice")
def show(request: HttpRequest, notice: Annotated[int, Field(ge=1, le=2**62)]) -> NoticeShown:
    """A notice with the state of every objection; who objected and in which words stays with the office."""
    row = Notice.objects.select_related("place", "organ", "matter").filter(pk=notice).first()
    if row is None:
        raise Problem(404, "not_found")
    return _shown(row)


@router.get("/matters/{number}/notices", auth=access("matter:read"), response=list[NoticeShown], summary="Notices")
def of_matter(request: HttpRequest, number: Number) -> list[NoticeShown]:
    """The notices of a matter, the newest first."""
    found = find_matter(request, number)
    return [_shown(row) for row in queries.notices_of(found.matter)]


def _shown(row: Notice) -> NoticeShown:
    objected = [ObjectionOut.from_orm(one) for one in row.objected.order_by("pk")]
    return NoticeShown(**_columns(row) | {"objections": len(objected)}, objected=objected)


def _columns(row: Notice) -> dict[str, Any]:
    return {
        "id": row.pk,
        "matter": row.matter.number if row.matter else None,
        "visit": row.visit,
        "place": shape.place(row.place),
        "organ": shape.organ(row.organ),
        "title": row.title,
        "body": row.body,
        "start": row.start,
        "until": row.until,
        "takes_objections": row.objections,
        "objections": getattr(row, "objection_count", 0),
    }
