"""The table of parts and events in force here, and the parts register out of and into rows of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from ruamel.yaml import YAML

from gongzhi.core.ground.shift import CRS
from gongzhi.core.ground.things import Things, read_things
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.institutions.queries import places_in
from gongzhi.records.patrols.ground_actions import put_parts
from gongzhi.records.patrols.units import STATES, Part

__all__ = ["COLUMNS", "Checked", "check_rows", "put_checked", "row_of_part", "things"]

FILE = "things.yaml"
COLUMNS = ("code", "kind", "name", "place", "owner", "spot", "x", "y", "state")
MOST = 20_000  # rows of one workbook


def things() -> Things:
    """The codes of parts and events, as the law's folder has them. Raises OSError, BadThings."""
    file = Path(settings.GONGZHI_CHARTERS) / "_law" / FILE
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(file: Path, _: int) -> Things:
    return read_things(YAML(typ="safe").load(file.read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class Checked:
    """Rows that can be taken, and what is wrong with the others: (number of the row, code, what was found)."""

    rows: tuple[dict[str, Any], ...]
    faults: tuple[tuple[int, str, str], ...]


def check_rows(place: Place, rows: Iterable[Sequence[Any]], crs: str = "wgs84") -> Checked:
    """Rows of a workbook in the order of COLUMNS, the heading left out. Numbers are those the person sees, from 2.

    Codes of faults: code, twice, elsewhere, kind, name, place, owner, point, state, too_many.
    """
    known = _Known(place)
    taken: dict[str, dict[str, Any]] = {}
    faults: list[tuple[int, str, str]] = []
    for number, row in enumerate(rows, 2):
        cells = [_text(cell) for cell in (*row, *[""] * len(COLUMNS))[: len(COLUMNS)]]
        if not any(cells):
            continue
        if len(taken) >= MOST:
            faults.append((number, "too_many", str(MOST)))
            break
        values, fault = known.read(dict(zip(COLUMNS, cells, strict=True)), crs)
        fault = ("twice", values["code"]) if not fault and values["code"] in taken else fault
        if fault:
            faults.append((number, *fault))
        else:
            taken[values["code"]] = values
    return Checked(tuple(taken.values()), tuple(faults))


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell == int(cell) and abs(cell) < 10**12:
        return str(int(cell))
    return str(cell if cell is not None else "").strip().removeprefix("'")


class _Known:
    """What a row may name: kinds, places here, offices here, and codes that other places have taken."""

    def __init__(self, place: Place) -> None:
        rows = list(places_in(place))
        self.place = place
        self.places = {row.name: row for row in rows} | {row.code: row for row in rows}
        self.kinds = things().parts
        self.titles = {kind.title: code for code, kind in self.kinds.items()}
        above = OrganInstance.objects.filter(dissolved_at=None).select_related("place")
        near = [row for row in above if place.path.startswith(row.place.path) or row.place_id in {r.pk for r in rows}]
        self.organs = {row.title: row for row in near}
        self.elsewhere = set(Part.objects.exclude(place__in=rows).values_list("code", flat=True))

    def read(self, cells: dict[str, str], crs: str) -> tuple[dict[str, Any], tuple[str, str] | None]:
        kind = self.titles.get(cells["kind"], cells["kind"].zfill(4))
        place = self.places.get(cells["place"]) if cells["place"] else self.place
        point, state = _point(cells["x"], cells["y"], crs), cells["state"] or "in_use"
        tests = {
            "code": 0 < len(cells["code"]) <= 40,
            "elsewhere": cells["code"] not in self.elsewhere,
            "kind": kind in self.kinds,
            "name": len(cells["name"]) <= 100,
            "place": place is not None,
            "owner": not cells["owner"] or cells["owner"] in self.organs,
            "point": point is not None,
            "state": state in STATES,
        }
        wrong = next((name for name, good in tests.items() if not good), "")
        if wrong:
            column = {"point": "x", "elsewhere": "code"}.get(wrong, wrong)
            return {"code": cells["code"]}, (wrong, cells[column])
        x, y = point or (None, None)
        return {
            "code": cells["code"], "kind": kind, "name": cells["name"] or self.kinds[kind].title, "place": place,
            "owner": self.organs.get(cells["owner"]), "spot": cells["spot"][:200], "x": x, "y": y, "state": state,
        }, None  # fmt: skip


def _point(x: str, y: str, crs: str) -> tuple[float | None, float | None] | None:
    """Degrees; two empty cells are no point; None: no point can be read from them."""
    if not x and not y:
        return None, None
    try:
        east, north = CRS[crs]((float(x), float(y)))
    except (ValueError, KeyError):
        return None
    good = -180 <= east <= 180 and -90 <= north <= 90
    return (round(east, 7), round(north, 7)) if good else None


def put_checked(checked: Checked, at: datetime) -> dict[str, int]:
    """Takes the rows of a check into the register."""
    return put_parts(checked.rows, at)


def row_of_part(part: Part) -> list[Any]:
    """A part as a row that can be imported again."""
    owner = part.owner.title if part.owner else ""
    return [part.code, part.kind, part.name, part.place.code, owner, part.spot, part.x, part.y, part.state]
