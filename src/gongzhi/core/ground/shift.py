"""Coordinates of the Chinese map services turned into WGS-84.

GCJ-02 (Amap, Tencent) and BD-09 (Baidu) are shifted by up to some 700 m. The shift is a known function without an
inverse in closed form, so the way back is found by steps until it moves less than a millimetre.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import atan2, cos, hypot, pi, sin, sqrt

__all__ = [
    "CRS",
    "Point",
    "UnknownCrs",
    "bd09_to_wgs84",
    "gcj02_to_wgs84",
    "to_wgs84",
    "wgs84_to_bd09",
    "wgs84_to_gcj02",
]

Point = tuple[float, float]  # degrees east, degrees north
SEMI_MAJOR = 6_378_245.0  # metres; the ellipsoid of Krasovsky, which the shift is defined on
ECCENTRICITY = 0.006_693_421_622_965_943
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
BAIDU = pi * 3000 / 180
STEPS = 12
SMALL = 1e-9  # degrees: a tenth of a millimetre


class UnknownCrs(ValueError):
    """No reference system of that name is known here; the argument is the name."""


def wgs84_to_gcj02(point: Point) -> Point:
    """The shifted point; outside China nothing is shifted."""
    east, north = point
    if not (WEST <= east <= EAST and SOUTH <= north <= NORTH):
        return point
    x, y = east - 105, north - 35
    radians = north / 180 * pi
    magic = 1 - ECCENTRICITY * sin(radians) ** 2
    up = _north(x, y) * 180 / (SEMI_MAJOR * (1 - ECCENTRICITY) / (magic * sqrt(magic)) * pi)
    right = _east(x, y) * 180 / (SEMI_MAJOR / sqrt(magic) * cos(radians) * pi)
    return east + right, north + up


def _waves(value: float, first: float, second: float) -> float:
    return (
        20 * sin(value * pi) + 40 * sin(value * pi / 3) + first * sin(value * pi / 12) + second * sin(value * pi / 30)
    )


def _both(x: float) -> float:
    return (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3


def _north(x: float, y: float) -> float:
    plain = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    return plain + _both(x) + _waves(y, 160, 320) * 2 / 3


def _east(x: float, y: float) -> float:
    plain = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    return plain + _both(x) + _waves(x, 150, 300) * 2 / 3


def wgs84_to_bd09(point: Point) -> Point:
    """Baidu's own shift on top of GCJ-02."""
    x, y = wgs84_to_gcj02(point)
    far = hypot(x, y) + 0.00002 * sin(y * BAIDU)
    turned = atan2(y, x) + 0.000003 * cos(x * BAIDU)
    return far * cos(turned) + 0.0065, far * sin(turned) + 0.006


def gcj02_to_wgs84(point: Point) -> Point:
    """The point that GCJ-02 shifts to this one, to a tenth of a millimetre."""
    return _back(point, wgs84_to_gcj02)


def bd09_to_wgs84(point: Point) -> Point:
    """The point that BD-09 shifts to this one, to a tenth of a millimetre."""
    return _back(point, wgs84_to_bd09)


def _back(point: Point, shift: Callable[[Point], Point]) -> Point:
    east, north = point
    for _ in range(STEPS):
        there = shift((east, north))
        right, up = point[0] - there[0], point[1] - there[1]
        east, north = east + right, north + up
        if abs(right) < SMALL and abs(up) < SMALL:
            break
    return east, north


def _same(point: Point) -> Point:
    return point


# CGCS2000 differs from WGS-84 by centimetres, which no grid unit is drawn to.
CRS: Mapping[str, Callable[[Point], Point]] = {
    "wgs84": _same, "cgcs2000": _same, "gcj02": gcj02_to_wgs84, "bd09": bd09_to_wgs84,
}  # fmt: skip


def to_wgs84(point: Point, crs: str) -> Point:
    """A point of a declared reference system. Raises `UnknownCrs`."""
    name = crs.lower().replace("-", "").replace("_", "")
    if name not in CRS:
        raise UnknownCrs(crs)
    return CRS[name](point)
