"""The map as GeoJSON: grid units, parts, and matters by the same rules of visibility as lists of them."""

from __future__ import annotations

import json
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, place_of
from gongzhi.api.problems import Problem
from gongzhi.desk.mapping import narrowed, of_public, of_staff
from gongzhi.desk.reading import worklist_organs
from gongzhi.records.institutions.queries import charter_of
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.ground_queries import Frame, coarse, locate_at, parts_in, points_in, units_at
from gongzhi.records.patrols.units import GridUnit, MatterPoint, Part
from gongzhi.web import clock
from gongzhi.words.ground import how_said
from gongzhi.words.terms import Terms

router = Router(tags=["map"])
Code = Annotated[str, Field(max_length=48)]
Box = Annotated[str, Query(max_length=100, description="frame: west,south,east,north in degrees of WGS-84")]
Limit = Annotated[int, Query(ge=1, le=2000)]
Show = Annotated[str, Query(max_length=10, description="open, late, closed or all")]
Category = Annotated[str, Query(max_length=80)]
East = Annotated[float, Query(ge=-180, le=180)]
North = Annotated[float, Query(ge=-90, le=90)]


class Feature(Schema):
    """One thing with its form and what is said of it."""

    type: str = "Feature"
    geometry: dict[str, Any]
    properties: dict[str, Any]


class Features(Schema):
    """GeoJSON. `more`: there are others in the frame beyond `limit`."""

    type: str = "FeatureCollection"
    features: list[Feature]
    more: bool = False


class Belongs(Schema):
    """The grid unit of a point. `code` empty: it goes to coordination. `how`: inside, border, near, outside."""

    code: str
    name: str
    how: str
    detail: str


@router.get(
    "/places/{code}/map/units", url_name="map_units", auth=access("public"), response=Features, summary="Grid units"
)
def units(request: HttpRequest, code: Code) -> Features:
    """The grid units in force in a place, with who answers for each as an office."""
    return Features(features=[_unit(row) for row in units_at(place_of(code))])


@router.get(
    "/places/{code}/map/matters",
    url_name="map_matters",
    auth=access("public"),
    response=Features,
    summary="Public matters on the map",
)
def matters(
    request: HttpRequest, code: Code, bbox: Box = "", limit: Limit = 500, show: Show = "open", category: Category = ""
) -> Features:
    """Public matters whose thing has a point, newest first. The point is the middle of a cell of some 100 m."""
    rows = narrowed(of_public(place_of(code)), show, category, clock.now())
    return _matters(rows, _frame(bbox), limit, exact=False)


@router.get(
    "/places/{code}/map/work",
    url_name="map_work",
    auth=access("staff"),
    response=Features,
    summary="Own matters on the map",
)
def work(
    request: HttpRequest, code: Code, bbox: Box = "", limit: Limit = 500, show: Show = "open", category: Category = ""
) -> Features:
    """The matters that the caller's organs may know of, each thing where it is."""
    organs = worklist_organs(caller(request).signed_in, clock.now())
    rows = narrowed(of_staff(place_of(code), organs), show, category, clock.now())
    return _matters(rows, _frame(bbox), limit, exact=True)


@router.get(
    "/places/{code}/map/parts",
    url_name="map_parts",
    auth=access("public"),
    response=Features,
    summary="Parts of the town",
)
def parts(
    request: HttpRequest, code: Code, bbox: Box = "", limit: Limit = 500,
    kind: Annotated[str, Query(max_length=4, description="two digits of a class, or four of a kind")] = "",
) -> Features:  # fmt: skip
    """Parts with a point, by code."""
    rows = parts_in(place_of(code), _frame(bbox)).exclude(x=None).filter(kind__startswith=kind)
    found = list(rows[: limit + 1])
    return Features(features=[_part(row) for row in found[:limit]], more=len(found) > limit)


@router.get(
    "/places/{code}/map/locate",
    url_name="map_locate",
    auth=access("public"),
    response=Belongs,
    summary="Grid unit of a point",
)
def belongs(request: HttpRequest, code: Code, x: East, y: North) -> Belongs:
    """To which unit a thing at this point belongs, and by which rule. Nothing of the question is kept."""
    place = place_of(code)
    found = locate_at(place, (x, y))
    names = {row.place.code: row.place.name for row in units_at(place)} if found.code else {}
    return Belongs(code=found.code, name=names.get(found.code, ""), how=found.how, detail=how_said(found.how))


def _frame(bbox: str) -> Frame | None:
    if not bbox:
        return None
    try:
        west, south, east, north = (float(part) for part in bbox.split(","))
    except ValueError:
        raise Problem(422, "invalid") from None
    if not (-360 <= west <= east <= 360 and -90 <= south <= north <= 90):
        raise Problem(422, "invalid")
    return west, south, east, north


def _unit(row: GridUnit) -> Feature:
    said = {"code": row.place.code, "name": row.place.name, "people": row.people, "version": row.version}
    who = row.organ.title if row.organ else ""
    return Feature(geometry=json.loads(row.geometry), properties={**said, "answers": who})


def _point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


def _part(row: Part) -> Feature:
    said = {"code": row.code, "kind": row.kind, "name": row.name, "spot": row.spot, "state": row.state}
    who = row.owner.title if row.owner else ""
    return Feature(geometry=_point(row.x or 0, row.y or 0), properties={**said, "owner": who})


def _matters(rows: QuerySet[Matter], frame: Frame | None, limit: int, exact: bool) -> Features:
    """A coarse point is asked for by its exact one, so a frame smaller than a cell would tell more: it grows."""
    found = list(points_in(rows, frame if exact or frame is None else _grown(frame))[: limit + 1])
    charters = {row.matter.charter_version_id: row.matter.charter_version for row in found}
    terms = {pk: Terms(charter_of(version)) for pk, version in charters.items()}
    features = [_matter(row, terms[row.matter.charter_version_id], exact) for row in found[:limit]]
    return Features(features=features, more=len(found) > limit)


def _grown(frame: Frame) -> Frame:
    """The frame out to the edges of whole cells."""
    (west, south), (east, north) = coarse(frame[0], frame[1]), coarse(frame[2], frame[3])
    return west - 0.0005, south - 0.0005, east + 0.0004999, north + 0.0004999


def _matter(row: MatterPoint, terms: Terms, exact: bool) -> Feature:
    matter = row.matter
    is_open = matter.status in OPEN
    said = {
        "number": matter.number,
        "subject": matter.subject,
        "category": terms.category(matter.category),
        "state": ("late" if matter.late else "open") if is_open else "closed",
        "unit": row.unit.name if row.unit else "",
        "filed_at": matter.filed_at.isoformat(),
    }
    if exact:
        said |= {"thing": row.thing, "how": row.how}
    return Feature(geometry=_point(*((row.x, row.y) if exact else coarse(row.x, row.y))), properties=said)
