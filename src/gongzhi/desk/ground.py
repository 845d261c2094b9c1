"""Grid units: taking a division into force, how large a unit should be, and the unit of a matter's point."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gongzhi.core import norms
from gongzhi.core.charter.spec import Charter
from gongzhi.core.ground.shapes import read_area
from gongzhi.core.ground.shift import Point
from gongzhi.core.ground.units import Fault, Size, Unit, check_units
from gongzhi.desk.draft import OnMap
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of, line_of
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols import ground_actions
from gongzhi.records.patrols.ground_queries import suffix, unit_of, units_at
from gongzhi.records.patrols.units import GridUnit, MatterPoint, Part

__all__ = ["HardFaults", "Standing", "community_of", "end_unit", "faults_of", "posts_missing", "put_on_map",
           "put_point", "size_at", "standing", "take_units", "units_of"]  # fmt: skip

# Norms of a charter, by name: facts people; units and levels; answers and stand_ins.
UNIT_NORM, SYSTEM_NORM, POSTS_NORM = "grid_unit", "grid_system", "grid_posts"


class HardFaults(ValueError):
    """A division in which a point would have two units; `faults` are all that were found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("hard_faults")
        self.faults = tuple(faults)


def size_at(place: Place, at: datetime) -> Size:
    """How large units should be: what the charter in force says, else 4,000 to 5,000 people (WG-01)."""
    version = charter_for(place, at)
    return size_of(charter_of(version)) if version else Size()


def size_of(charter: Charter) -> Size:
    """The sizes that the norms `grid_unit` and `grid_system` of a charter ask for."""
    size = Size()
    if norm := charter.norms.get(UNIT_NORM):
        least, most = norms.least(norm, {}, "people"), norms.greatest(norm, {}, "people")
        size = replace(size, least=least or 0, most=most or norms.LARGEST)
    if norm := charter.norms.get(SYSTEM_NORM):
        found = [(levels, norms.least(norm, {"levels": levels}, "units")) for levels in range(1, 10)]
        levels, units = next(((one, many) for one, many in found if many is not None), (None, None))
        size = replace(size, units=units, levels=levels)
    return size


def units_of(place: Place) -> list[Unit]:
    """The units in force, by their codes below the place."""
    return [replace(unit_of(row), code=suffix(place, row.place.code)) for row in units_at(place)]


def faults_of(place: Place, units: Sequence[Unit], at: datetime) -> list[Fault]:
    """What to look at in these units of a place, its own drawn area being the outer border where there is one."""
    outer = GridUnit.objects.filter(place=place, end=None).first()
    return check_units(units, size_at(place, at), read_area(json.loads(outer.geometry)) if outer else None)


def posts_missing(place: Place, at: datetime) -> list[Fault]:
    """Units in force for which nobody answers, and those with fewer stand-ins than the charter's norm asks for."""
    version = charter_for(place, at)
    norm = charter_of(version).norms.get(POSTS_NORM) if version else None
    wanted = (norms.least(norm, {"answers": 1}, "stand_ins") or 0) if norm else 0
    rows = list(units_at(place))
    nobody = [Fault("no_one", (suffix(place, row.place.code),)) for row in rows if row.organ_id is None]
    few = [row for row in rows if row.organ_id is not None and len(row.stand_ins.all()) < wanted]
    return nobody + [Fault("few_stand_ins", (suffix(place, row.place.code),), {"wanted": wanted}) for row in few]


def take_units(place: Place, units: Sequence[Unit], at: datetime, replace_all: bool = False) -> dict[str, int]:
    """Takes units into force beside those that stay. Raises `HardFaults`, and then nothing has changed."""
    fresh = {unit.code: unit for unit in units}
    staying = [] if replace_all else [unit for unit in units_of(place) if unit.code not in fresh]
    faults = faults_of(place, [*staying, *units], at)
    if any(fault.hard for fault in faults):
        raise HardFaults(faults)
    return ground_actions.put_units(place, units, at, replace_all)


def put_point(matter: Matter, community: Place, point: Point, thing: str, part: Part | None = None) -> MatterPoint:
    """Where the thing is that a matter is about: said by who files, read by the grid. Never where a person is."""
    return ground_actions.set_point(matter, community, point, thing, part)


def put_on_map(matter: Matter, where: OnMap) -> MatterPoint:
    """The same for a matter that is just being filed."""
    return put_point(matter, community_of(matter.place), where.point, where.thing or matter.subject, where.part)


def community_of(place: Place) -> Place:
    """The community that a place is or lies in; above communities the place itself. Units are divided in it."""
    return next((one for one in line_of(place) if one.level == "community"), place)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a matter's thing is, to which unit it fell and by which rule, and who answers for the unit now.

    `unit` None: outside all units, or the unit has ended; then the matter's own place answers as always.
    """

    point: MatterPoint
    unit: GridUnit | None


def standing(matter: Matter) -> Standing | None:
    """None for a matter without a point. At most three queries."""
    point = MatterPoint.objects.filter(matter=matter).select_related("unit", "part").first()
    if point is None:
        return None
    rows = GridUnit.objects.filter(place=point.unit_id, end=None).select_related("place", "organ")
    return Standing(point, rows.prefetch_related("stand_ins__organ").first() if point.unit_id else None)


def end_unit(unit: GridUnit, at: datetime) -> None:
    """The unit is in force no longer; matters that fell to it keep it."""
    unit.end = at
    unit.save(update_fields=["end"])
