"""Grid units: in which one a point lies, and what is wrong with a whole division.

The rule for a point: inside a unit it belongs to that unit, the innermost where units lie in units. On a border
shared by several (within `BORDER` metres) it belongs to the one with the smallest code. Outside all units the
nearest within `near` metres takes it; farther away nobody does, and it goes to coordination, not away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shapely import STRtree
from shapely.geometry import MultiPolygon
from shapely.geometry import Point as Spot

from gongzhi.core.ground.shapes import area_of, in_metres
from gongzhi.core.ground.shift import Point

__all__ = ["BORDER", "NEAR", "Fault", "Located", "Size", "Unit", "check_units", "levels_of", "locate"]

NEAR = 50.0  # metres
BORDER = 0.5  # metres
SLIVER = 25.0  # square metres: lines drawn twice by hand never meet exactly
SMALLEST, LARGEST = 500.0, 20_000_000.0  # square metres


@dataclass(frozen=True, slots=True)
class Unit:
    """One grid unit. `people` is the number of usual residents, a number about a place; None: not known."""

    code: str
    name: str
    area: MultiPolygon
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """Where a point belongs. how: inside, border, near (outside all), outside (`code` empty: to coordination).

    `among`: the codes that shared the border. `metres`: how far away the nearest unit is, 0 inside.
    """

    code: str
    how: str
    metres: float = 0.0
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Size:
    """How many people a unit should have. WG-01: 4,000 to 5,000 usual residents; `units`, `levels`: DC-01."""

    least: int = 4000
    most: int = 5000
    units: int | None = None
    levels: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to look at. `code`: overlap, sticks_out, too_few, too_many, no_people, too_small, too_large,
    count, levels. `hard` ones would send a point to two units, so a division with them is not taken into force."""

    code: str
    units: tuple[str, ...] = ()
    found: Mapping[str, Any] = field(default_factory=dict)
    hard: bool = False


def locate(units: Iterable[Unit], point: Point, near: float = NEAR) -> Located:
    """The unit a point belongs to, by the rule above."""
    metres, spot = in_metres(point[1]), Spot(point)
    here = metres(spot)
    far = sorted((float(metres(unit.area).distance(here)), unit.code, unit) for unit in units)
    if not far:
        return Located("", "outside")
    inside = [(unit, metres(unit.area)) for distance, _, unit in far if distance == 0]
    if inside:
        return _inside([(unit, float(flat.boundary.distance(here))) for unit, flat in inside], far)
    distance, code, _ = far[0]
    if distance <= BORDER:
        return _shared([code for off, code, _ in far if off <= BORDER])
    return Located(code, "near", distance) if distance <= near else Located("", "outside", distance)


def _inside(found: list[tuple[Unit, float]], far: Sequence[tuple[float, str, Unit]]) -> Located:
    deepest = max(unit.code.count("-") for unit, _ in found)
    fits = [(unit.code, edge) for unit, edge in found if unit.code.count("-") == deepest]
    beside = {code for off, code, _ in far if 0 < off <= BORDER and code.count("-") == deepest}
    codes = sorted({code for code, _ in fits} | (beside if min(edge for _, edge in fits) <= BORDER else set()))
    return _shared(codes) if len(codes) > 1 else Located(codes[0], "inside")


def _shared(codes: Iterable[str]) -> Located:
    among = tuple(sorted(codes))
    return Located(among[0], "border", 0.0, among if len(among) > 1 else ())


def check_units(units: Sequence[Unit], size: Size, outer: MultiPolygon | None = None) -> list[Fault]:
    """Everything to look at in a division, hard faults first."""
    found = [*_overlaps(units), *_sticking_out(units, outer), *_areas(units), *_people(units, size)]
    found += _whole(units, size)
    return sorted(found, key=lambda fault: (not fault.hard, fault.code, fault.units))


def _parent(code: str, codes: set[str]) -> str:
    above = code.rpartition("-")[0]
    return above if above in codes else ""


def levels_of(units: Sequence[Unit]) -> int:
    """How many levels of units lie in each other."""
    return len({unit.code.count("-") for unit in units})


def _overlaps(units: Sequence[Unit]) -> list[Fault]:
    """Pairs that share more than a sliver, but for a unit and the ones in it."""
    tree = STRtree([unit.area for unit in units])
    pairs = {
        (a, b)
        for a, unit in enumerate(units)
        for b in map(int, tree.query(unit.area, predicate="intersects"))
        if a < b and not _nested(unit.code, units[b].code)
    }
    found = []
    for a, b in sorted(pairs):
        shared = area_of(units[a].area.intersection(units[b].area))
        if shared > SLIVER:
            both = tuple(sorted((units[a].code, units[b].code)))
            found.append(Fault("overlap", both, {"area": round(shared)}, hard=True))
    return found


def _nested(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


def _sticking_out(units: Sequence[Unit], outer: MultiPolygon | None) -> list[Fault]:
    """Units that leave the one they lie in, or the whole place."""
    by_code = {unit.code: unit for unit in units}
    found = []
    for unit in units:
        above = by_code.get(_parent(unit.code, set(by_code)))
        within = above.area if above else outer
        outside = area_of(unit.area.difference(within)) if within is not None else 0.0
        if outside > SLIVER:
            names = (unit.code, above.code) if above else (unit.code,)
            found.append(Fault("sticks_out", names, {"area": round(outside)}, hard=above is not None))
    return found


def _areas(units: Sequence[Unit]) -> list[Fault]:
    sizes = [(unit.code, area_of(unit.area)) for unit in units]
    small = [Fault("too_small", (code,), {"area": round(area)}) for code, area in sizes if area < SMALLEST]
    return small + [Fault("too_large", (code,), {"area": round(area)}) for code, area in sizes if area > LARGEST]


def _people(units: Sequence[Unit], size: Size) -> list[Fault]:
    """Only innermost units are measured: the others hold what lies in them."""
    outer = {_parent(unit.code, {one.code for one in units}) for unit in units}
    found = []
    for unit in units:
        if unit.code in outer:
            continue
        if unit.people is None:
            found.append(Fault("no_people", (unit.code,)))
        elif unit.people < size.least:
            found.append(Fault("too_few", (unit.code,), {"people": unit.people, "least": size.least}))
        elif unit.people > size.most:
            found.append(Fault("too_many", (unit.code,), {"people": unit.people, "most": size.most}))
    return found


def _whole(units: Sequence[Unit], size: Size) -> list[Fault]:
    found = []
    if size.units is not None and len(units) != size.units:
        found.append(Fault("count", (), {"units": len(units), "wanted": size.units}))
    if size.levels is not None and levels_of(units) != size.levels:
        found.append(Fault("levels", (), {"levels": levels_of(units), "wanted": size.levels}))
    return found
