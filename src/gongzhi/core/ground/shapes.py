"""Areas as GeoJSON and in metres. Coordinates are degrees of WGS-84, east before north."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import cos, radians, sin, sqrt
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from gongzhi.core.ground.shift import Point

__all__ = ["BadShape", "area_of", "as_geojson", "in_metres", "read_area", "reason"]

SEMI_MAJOR, ECCENTRICITY = 6_378_137.0, 0.006_694_379_990_14  # WGS-84
MOST_CORNERS = 20_000
DIGITS = 7  # decimals kept: one centimetre


class BadShape(ValueError):
    """A geometry that is no area: `code` says why, `args` what was found.

    not_area, empty, not_numbers, out_of_range, too_many_corners, crossing.
    """

    def __init__(self, code: str, **found: Any) -> None:
        super().__init__(code)
        self.code, self.found = code, found


def read_area(geometry: Any, shift: Callable[[Point], Point] | None = None) -> MultiPolygon:
    """The area of a GeoJSON geometry, its points moved by `shift` first. Raises `BadShape`."""
    if not isinstance(geometry, Mapping) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise BadShape("not_area", kind=str(geometry.get("type")) if isinstance(geometry, Mapping) else "null")
    try:
        found = shape({"type": geometry["type"], "coordinates": geometry["coordinates"]})
    except (KeyError, TypeError, ValueError, IndexError, shapely.errors.ShapelyError):
        raise BadShape("not_numbers") from None
    found = shapely.force_2d(found)
    _check_numbers(found)
    if shift is not None:
        found = shapely.transform(found, _moved(shift))
    if not found.is_valid:
        raise BadShape("crossing", why=reason(found))
    return found if isinstance(found, MultiPolygon) else MultiPolygon([found])


def _check_numbers(found: BaseGeometry) -> None:
    if found.is_empty:
        raise BadShape("empty")
    corners = shapely.get_coordinates(found)
    if len(corners) > MOST_CORNERS:
        raise BadShape("too_many_corners", corners=len(corners))
    if not np.isfinite(corners).all():
        raise BadShape("not_numbers")
    if (np.abs(corners[:, 0]) > 180).any() or (np.abs(corners[:, 1]) > 90).any():
        raise BadShape("out_of_range")


def _moved(shift: Callable[[Point], Point]) -> Callable[[Any], Any]:
    return lambda corners: np.array([shift((float(x), float(y))) for x, y in corners])


def reason(found: BaseGeometry) -> str:
    """Why a drawn area is none, with the point where its line crosses itself."""
    return str(explain_validity(found))


def as_geojson(area: MultiPolygon) -> dict[str, Any]:
    """The area as GeoJSON, rounded to a centimetre; a single part as a Polygon."""
    rounded = shapely.transform(area, lambda corners: np.round(corners, DIGITS))
    single: Polygon | MultiPolygon = rounded.geoms[0] if len(rounded.geoms) == 1 else rounded
    return dict(mapping(single))


def in_metres(north: float) -> Callable[[BaseGeometry], BaseGeometry]:
    """Degrees to metres on the plane that touches the earth at this latitude: right to a tenth of a per cent
    within 20 km."""
    bent = 1 - ECCENTRICITY * sin(radians(north)) ** 2
    right = radians(1) * SEMI_MAJOR * cos(radians(north)) / sqrt(bent)
    up = radians(1) * SEMI_MAJOR * (1 - ECCENTRICITY) / (bent * sqrt(bent))
    return lambda found: shapely.transform(found, lambda corners: corners * np.array([right, up]))


def area_of(area: BaseGeometry) -> float:
    """Square metres."""
    return float(in_metres(area.centroid.y)(area).area) if not area.is_empty else 0.0
