"""What lies on the ground of a demo, from `ground.yaml` of a charter: grid units with their posts, parts, points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from gongzhi.core.ground.shapes import read_area
from gongzhi.core.ground.units import Unit
from gongzhi.desk.ground import put_point, take_units
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.ground_actions import answer_for, put_parts
from gongzhi.records.patrols.ground_queries import suffix, units_at

__all__ = ["FILE", "fill_ground"]

FILE = "ground.yaml"


def fill_ground(folder: Path, place: Place, now: datetime) -> None:
    """Take the units, parts and points of a demo into force. Doing it again changes nothing."""
    file = folder / FILE
    if not file.exists():
        return
    told: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    organs = _organs(place)
    take_units(place, [_unit(one) for one in told["units"]], now)
    _answer(place, told["units"], organs)
    put_parts([_part(row, place, organs) for row in told["parts"]], now)
    for category, thing, x, y in told["points"]:
        _point(place, category, thing, (x, y))


def _unit(one: Mapping[str, Any]) -> Unit:
    ring = [*one["corners"], one["corners"][0]]
    return Unit(one["code"], one["name"], read_area({"type": "Polygon", "coordinates": [ring]}), one["people"])


def _organs(place: Place) -> dict[str, OrganInstance]:
    """Offices of the place and of what it lies in, by their type; the nearest wins."""
    rows = OrganInstance.objects.filter(dissolved_at=None).select_related("place")
    here = [row for row in rows if place.path.startswith(row.place.path)]
    return {row.organ: row for row in sorted(here, key=lambda row: len(row.place.path))}


def _answer(place: Place, told: Iterable[Mapping[str, Any]], organs: Mapping[str, OrganInstance]) -> None:
    posts = {
        one["code"]: [_post(one["answers"], organs), *(_post(x, organs) for x in one["stand_ins"])] for one in told
    }
    for row in units_at(place):
        if row.organ_id is None and (found := posts.get(suffix(place, row.place.code))):
            answer_for(row, *found[0], found[1:])


def _post(name: str, organs: Mapping[str, OrganInstance]) -> tuple[OrganInstance, str]:
    organ, _dot, seat = name.partition(".")
    return organs[organ], seat


def _part(row: list[Any], place: Place, organs: Mapping[str, OrganInstance]) -> dict[str, Any]:
    code, kind, name, spot, x, y, owner = row
    return {"code": code, "kind": kind, "name": name, "place": place, "owner": organs.get(owner), "spot": spot,
            "x": x, "y": y, "state": "in_use"}  # fmt: skip


def _point(place: Place, category: str, thing: str, at: tuple[float, float]) -> None:
    """The newest open public matter of the category gets the point, unless it or another has it already."""
    rows = Matter.objects.filter(place__path__startswith=place.path, category=category, public=True, status__in=OPEN)
    if rows.filter(point__thing=thing).exists():
        return
    matter = rows.filter(point=None).order_by("-filed_at", "-pk").first()
    if matter is not None:
        put_point(matter, place, at, thing)
