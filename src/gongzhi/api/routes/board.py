"""Open data of the public board: numbers and public matters of a place, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from importlib.metadata import version
from typing import Annotated

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongzhi.api.auth import access
from gongzhi.api.lookups import place_of
from gongzhi.api.schemas.common import PlaceOut
from gongzhi.api.shape import place as place_out
from gongzhi.desk.watch import on_duty
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import places_in
from gongzhi.records.matters import queries
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter
from gongzhi.web import clock

router = Router(tags=["board"])
Code = Annotated[str, Field(max_length=48)]
VERSION = version("gongzhi")
ROWS = 10_000  # of one file
COLUMNS = ("number", "subject", "category", "status", "step", "answers", "due", "late", "filed_at", "closed_at", "end")


class LateOrgan(Schema):
    organ: str
    late: int


class BoardOut(Schema):
    """What a community did, in numbers. Every number counts all matters; only public ones are named elsewhere."""

    place: PlaceOut
    at: datetime
    received: int
    open: int
    closed: int
    late: int
    late_by_organ: list[LateOrgan]


class StatusOut(Schema):
    """`worker`: a worker is on duty, so clocks run and messages go out."""

    version: str
    now: datetime
    story: bool
    worker: bool


@router.get("/status", auth=access("public"), response=StatusOut, summary="Is it running")
def status(request: HttpRequest) -> StatusOut:
    """The program's version and time, and whether a worker is on duty."""
    return StatusOut(version=VERSION, now=clock.now(), story=clock.story_clock(), worker=on_duty())


@router.get("/places/{code}/board", auth=access("public"), response=BoardOut, summary="Board in numbers")
def board(request: HttpRequest, code: Code) -> BoardOut:
    """Received, open, closed and late, and which organs are late."""
    place = place_of(code)
    places = places_in(place)
    is_open = Q(status__in=OPEN)
    counted = Matter.objects.filter(place__in=places).aggregate(
        received=Count("pk"),
        open=Count("pk", filter=is_open),
        closed=Count("pk", filter=~is_open),
        late=Count("pk", filter=is_open & Q(late=True)),
    )
    late = [LateOrgan(organ=row["answers__title"], late=row["late"]) for row in queries.late_by_organ(places)]  # type: ignore[index]
    return BoardOut(place=place_out(place), at=clock.now(), late_by_organ=late, **counted)


@router.get(
    "/places/{code}/open-data.csv", auth=access("public"), summary="Public matters as CSV",
    openapi_extra={"responses": {200: {"description": "CSV", "content": {"text/csv": {"schema": {"type": "string"}}}}}},
)  # fmt: skip
def table(request: HttpRequest, code: Code) -> HttpResponse:
    """The public matters of a place, newest first, without anybody's words; opens in a spreadsheet."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(COLUMNS)
    for row in _public(place_of(code)):
        out.writerow([_harmless(_cell(row, name)) for name in COLUMNS])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="matters.csv"'
    return response


def _public(place: Place) -> list[Matter]:
    rows = Matter.objects.filter(place__in=places_in(place), public=True).select_related("answers")
    return list(rows.order_by("-filed_at", "-pk")[:ROWS])


def _cell(row: Matter, name: str) -> str:
    if name == "answers":
        return row.answers.title if row.answers else ""
    value = getattr(row, name)
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def _harmless(cell: str) -> str:
    """A spreadsheet must not take a cell for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
