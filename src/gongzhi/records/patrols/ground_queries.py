"""Reads of what is on the ground: units in force, where a point belongs, parts and points within a frame."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db.models import QuerySet

from gongzhi.core.ground.shapes import read_area
from gongzhi.core.ground.shift import Point
from gongzhi.core.ground.units import NEAR, Located, Unit, locate
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.units import GridUnit, MatterPoint, Part

__all__ = ["CELL", "Frame", "coarse", "coarse_of", "locate_at", "parts_in", "points_in", "suffix", "unit_of",
           "units_at"]  # fmt: skip

Frame = tuple[float, float, float, float]  # west, south, east, north in degrees
CELL = 0.001  # degrees: some 95 m by 111 m; what the public sees of a matter's point


def units_at(place: Place) -> QuerySet[GridUnit]:
    """Units in force in a place and everything in it."""
    rows = GridUnit.objects.filter(end=None, place__path__startswith=place.path)
    return rows.select_related("place", "organ").prefetch_related("stand_ins__organ").order_by("place__code")


def suffix(place: Place, code: str) -> str:
    """The code of a unit below its community: `3-2` of `320106005001-3-2`."""
    return code.removeprefix(f"{place.code}-")


def unit_of(row: GridUnit) -> Unit:
    """A unit as the core sees it, by its whole code."""
    return Unit(row.place.code, row.place.name, read_area(json.loads(row.geometry)), row.people)


def locate_at(place: Place, point: Point, near: float = NEAR) -> Located:
    """The unit of the place a point belongs to, by the rule of the core."""
    return locate(map(unit_of, units_at(place)), point, near)


def coarse(x: float, y: float) -> Point:
    """The middle of the cell a point lies in: near enough to find a street, too far to find a door."""
    return _middle(x), _middle(y)


def _middle(value: float) -> float:
    return round((value // CELL + 0.5) * CELL, 6)


def parts_in(place: Place, frame: Frame | None = None) -> QuerySet[Part]:
    """Parts of a place and everything in it that are not removed; those within a frame only have a point."""
    rows = Part.objects.filter(place__path__startswith=place.path).exclude(state="removed")
    if frame:
        rows = rows.filter(**_within(frame))
    return rows.select_related("place", "owner").order_by("code")


def points_in(matters: QuerySet[Matter], frame: Frame | None = None) -> QuerySet[MatterPoint]:
    """Points of these matters, newest first. Who may see the matters is decided by who calls."""
    rows = MatterPoint.objects.filter(matter__in=matters.order_by().values("pk"))
    if frame:
        rows = rows.filter(**_within(frame))
    related = ("matter__place", "matter__answers", "matter__charter_version", "unit", "part")
    return rows.select_related(*related).order_by("-matter__filed_at", "-pk")


def _within(frame: Frame) -> dict[str, float]:
    west, south, east, north = frame
    return {"x__gte": west, "x__lte": east, "y__gte": south, "y__lte": north}


def coarse_of(matters: Iterable[int]) -> dict[int, Point]:
    """What everybody may know of the points of these matters (by their keys), in one query."""
    rows = MatterPoint.objects.filter(matter__in=list(matters)).values_list("matter_id", "x", "y")
    return {pk: coarse(x, y) for pk, x, y in rows}
