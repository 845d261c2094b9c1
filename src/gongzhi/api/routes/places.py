"""Places, and the charter in force there."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from gongzhi.api import shape
from gongzhi.api.auth import access
from gongzhi.api.lookups import place_of
from gongzhi.api.schemas.common import OrganOut, PlaceOut
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.institutions.queries import line_of

router = Router(tags=["places"])
Code = Annotated[str, Field(max_length=48)]


class PlaceShown(PlaceOut):
    """A place with what it lies in, nearest first."""

    lies_in: list[PlaceOut]


@router.get("/places", auth=access("public"), response=list[PlaceOut], summary="Find places")
def index(
    request: HttpRequest,
    inside: Annotated[str, Query(max_length=48, description="code or short name of what it lies in")] = "",
    name: Annotated[str, Query(max_length=60, description="part of the name")] = "",
    after: Annotated[str, Query(max_length=48, description="the last code of the page before")] = "",
    size: Annotated[int, Query(ge=1, le=200)] = 100,
) -> list[PlaceOut]:
    """The places directly inside another (the provinces where none is named), or all of a name; by code."""
    rows = Place.objects.filter(code__gt=after.replace("\0", ""))
    if inside:
        rows = rows.filter(parent=place_of(inside))
    elif not name:
        rows = rows.filter(parent=None)
    if name:
        rows = rows.filter(name__contains=name.replace("\0", ""))
    return [shape.place(row) for row in rows.order_by("code")[:size]]


@router.get("/places/{code}", auth=access("public"), response=PlaceShown, summary="Show a place")
def show(request: HttpRequest, code: Code) -> PlaceShown:
    """A place by division code or short name."""
    found = place_of(code)
    line = [shape.place(row) for row in line_of(found) if row.pk != found.pk]
    return PlaceShown(**shape.place(found).dict(), lies_in=line)


@router.get("/places/{code}/organs", auth=access("public"), response=list[OrganOut], summary="Organs of a place")
def organs(request: HttpRequest, code: Code) -> list[OrganOut]:
    """The organs that exist at this very place."""
    rows = OrganInstance.objects.filter(place=place_of(code), dissolved_at=None).order_by("pk")
    return [found for row in rows if (found := shape.organ(row))]
