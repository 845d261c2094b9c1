"""Writes of what is on the ground."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gongzhi.core.ground.shapes import as_geojson
from gongzhi.core.ground.shift import Point
from gongzhi.core.ground.units import Unit
from gongzhi.records.institutions.actions import add_place
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.ground_queries import locate_at, units_at
from gongzhi.records.patrols.units import GridUnit, MatterPoint, Part, StandIn

__all__ = ["answer_for", "put_parts", "put_units", "set_point"]


@transaction.atomic
def put_units(place: Place, units: Sequence[Unit], at: datetime, replace: bool = False) -> dict[str, int]:
    """These units are in force in the place from `at` on; a changed one gets a new version.

    With `replace`, units that are not among them end. Returns how many were added, changed, same and ended.
    """
    known = {row.place.code: row for row in units_at(place).select_for_update(of=("self",))}
    counts = {"added": 0, "changed": 0, "same": 0, "ended": 0}
    for unit in sorted(units, key=lambda one: (one.code.count("-"), one.code)):
        counts[_put_unit(place, unit, known.get(f"{place.code}-{unit.code}"), at)] += 1
    if replace:
        wanted = {f"{place.code}-{unit.code}" for unit in units}
        gone = [row.pk for code, row in known.items() if code not in wanted]
        counts["ended"] = GridUnit.objects.filter(pk__in=gone).update(end=at)
    return counts


def _put_unit(place: Place, unit: Unit, row: GridUnit | None, at: datetime) -> str:
    geometry = json.dumps(as_geojson(unit.area), separators=(",", ":"))
    code = f"{place.code}-{unit.code}"
    if row and (row.geometry, row.people, row.place.name) == (geometry, unit.people, unit.name):
        return "same"
    above = Place.objects.filter(code=code.rpartition("-")[0]).first() or place
    there = add_place(code, unit.name, "grid", above)
    if row is None:
        _begin(there, geometry, unit.people, at)
        return "added"
    GridUnit.objects.filter(pk=row.pk).update(end=at)
    fresh = _begin(there, geometry, unit.people, at)
    answer_for(fresh, row.organ, row.seat, [(one.organ, one.seat) for one in row.stand_ins.all()])
    return "changed"


def _begin(place: Place, geometry: str, people: int | None, at: datetime) -> GridUnit:
    last = GridUnit.objects.filter(place=place).order_by("-version").values_list("version", flat=True).first() or 0
    return GridUnit.objects.create(place=place, version=last + 1, geometry=geometry, people=people, start=at)


@transaction.atomic
def answer_for(
    unit: GridUnit, organ: OrganInstance | None, seat: str, stand_ins: Iterable[tuple[OrganInstance, str]] = ()
) -> None:
    """The one seat that answers for a unit, and who stands in, in order. Each stands there once."""
    unit.organ, unit.seat = organ, seat
    unit.save(update_fields=["organ", "seat"])
    unit.stand_ins.all().delete()
    main = (organ.pk if organ else None, seat)
    others = {(one.pk, name): (one, name) for one, name in stand_ins if (one.pk, name) != main}
    StandIn.objects.bulk_create(
        StandIn(unit=unit, rank=rank, organ=one, seat=name) for rank, (one, name) in enumerate(others.values(), 1)
    )


def set_point(matter: Matter, community: Place, point: Point, thing: str, part: Part | None = None) -> MatterPoint:
    """Where the thing is that the matter is about, and the unit it falls to. Setting it again moves the thing."""
    found = locate_at(community, point)
    unit = Place.objects.filter(code=found.code).first() if found.code else None
    values = {"x": point[0], "y": point[1], "thing": thing[:100], "part": part, "unit": unit, "how": found.how}
    row, _ = MatterPoint.objects.update_or_create(matter=matter, defaults=values)
    return row


@transaction.atomic
def put_parts(rows: Iterable[dict[str, Any]], at: datetime) -> dict[str, int]:
    """Parts by code: made, brought up to date, or the same. Values are fields of `Part`."""
    counts = {"added": 0, "changed": 0, "same": 0}
    wanted = {row["code"]: row for row in rows}
    known = {row.code: row for row in Part.objects.filter(code__in=wanted).select_for_update()}
    for code, values in wanted.items():
        counts[_put_part(known.get(code), values, at)] += 1
    return counts


def _put_part(row: Part | None, values: dict[str, Any], at: datetime) -> str:
    if row is None:
        Part.objects.create(**values, changed_at=at)
        return "added"
    if all(getattr(row, name) == value for name, value in values.items()):
        return "same"
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_at = at
    row.save()
    return "changed"
