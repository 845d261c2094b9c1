"""The register of organisations and the catalogue out of and into rows of a workbook, with faults by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongzhi.core.calendar import in_china
from gongzhi.records.institutions.models import Place
from gongzhi.records.organisations.models import STAGES, Organisation, Service
from gongzhi.records.people.models import Person

__all__ = ["MOST", "ORGANISATIONS", "SERVICES", "Checked", "Sheet", "check_rows", "put_rows", "row_of"]

MOST = 5_000  # rows of one workbook
YES, NO = ("是", "yes", "1", "true"), ("否", "no", "0", "false", "")
TIME = re.compile(r"([01]?\d|2[0-4])[:：](00|30)(:00)?")
Classes = Mapping[str, Mapping[str, str]]
Read = Callable[[str, Classes], Any]  # None: it cannot be read


def _line(least: int, most: int) -> Read:
    return lambda said, _classes: said if least <= len(said) <= most else None


def _class(said: str, classes: Classes) -> str | None:
    titles = {one: key for key, titles in classes.items() for one in (key, titles["title"], titles["en"])}
    return titles.get(said)


def _count(said: str, _classes: Classes) -> int | None:
    return int(said or 0) if not said or (said.isascii() and said.isdecimal() and len(said) < 7) else None


def _year(said: str, _classes: Classes) -> int | str | None:
    return "" if not said else int(said) if re.fullmatch(r"(19|20)\d\d", said) else None


def _stage(said: str, _classes: Classes) -> str | None:
    said = said or "none"
    return said if said in STAGES else None


def _yes(said: str, _classes: Classes) -> bool | None:
    return True if said.lower() in YES else False if said.lower() in NO else None


def _minutes(usual: int) -> Read:
    def read(said: str, _classes: Classes) -> int | None:
        found = TIME.fullmatch(said)
        return usual if not said else min(1440, int(found[1]) * 60 + int(found[2])) if found else None

    return read


def _days(said: str, _classes: Classes) -> str | None:
    return "".join(sorted(set(said or "12345"))) if set(said) <= set("1234567") else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A register: its columns in order, each with how a cell is read. The first column is the name, once in a file."""

    model: type[Organisation] | type[Service]
    columns: Mapping[str, Read]

    @property
    def key(self) -> str:
        """The column that tells rows apart."""
        return next(iter(self.columns))


ORGANISATIONS = Sheet(
    Organisation,
    {"name": _line(2, 80), "kind": _class, "about": _line(0, 200), "members": _count, "stage": _stage,
     "confirmed": _year, "contact": _line(0, 120)},
)  # fmt: skip
SERVICES = Sheet(
    Service,
    {"title": _line(1, 80), "kind": _class, "provider": _line(1, 80), "spot": _line(0, 120), "hours": _line(0, 120),
     "who": _line(0, 120), "bookable": _yes, "opens": _minutes(540), "closes": _minutes(1020), "days": _days,
     "active": _yes},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """Rows that can be taken, and what is wrong with others: (number of the row, column or code, what was found)."""

    rows: tuple[dict[str, Any], ...]
    faults: tuple[tuple[int, str, str], ...]


def check_rows(sheet: Sheet, rows: Iterable[Sequence[Any]], classes: Classes) -> Checked:
    """Rows in the order of the columns, the heading left out; numbers are those the person sees, from 2.

    Codes beside the names of columns: twice, closes_first, too_many.
    """
    taken: dict[str, dict[str, Any]] = {}
    faults: list[tuple[int, str, str]] = []
    for number, row in enumerate(rows, 2):
        cells = [_text(cell) for cell in (*row, *[""] * len(sheet.columns))[: len(sheet.columns)]]
        if not any(cells):
            continue
        if len(taken) >= MOST:
            return Checked((), (*faults, (number, "too_many", str(MOST))))
        said = dict(zip(sheet.columns, cells, strict=True))
        values = {name: read(said[name], classes) for name, read in sheet.columns.items()}
        code = _wrong(values, taken, sheet.key)
        if code:
            faults.append((number, code, said.get(code, said[sheet.key])))
        else:
            taken[values[sheet.key]] = values
    return Checked(tuple(taken.values()), tuple(faults))


def _wrong(values: Mapping[str, Any], taken: Mapping[str, Any], key: str) -> str:
    unread = next((name for name, value in values.items() if value is None), "")
    if unread:
        return unread
    if values[key] in taken:
        return "twice"
    return "closes_first" if values.get("bookable") and values["opens"] >= values["closes"] else ""


def _text(cell: Any) -> str:
    if hasattr(cell, "strftime") and not hasattr(cell, "year"):
        return str(cell.strftime("%H:%M"))
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return " ".join(str(cell if cell is not None else "").split()).removeprefix("'")


@transaction.atomic
def put_rows(sheet: Sheet, checked: Checked, place: Place, by: Person, now: datetime) -> int:
    """Takes all rows: known names are changed, new ones added. An organisation so added was checked by who sends it."""
    for values in checked.rows:
        known = {"place": place, sheet.key: values[sheet.key]}
        if sheet.model is Service:
            Service.objects.update_or_create(**known, defaults=values)
            continue
        rest = {**values, "confirmed": values["confirmed"] or None}
        new = {**rest, "state": "registered", "applied_at": now, "decided_at": now, "decided_by": by,
               "confirmed": rest["confirmed"] or in_china(now).year}  # fmt: skip
        Organisation.objects.update_or_create(**known, state="registered", defaults=rest, create_defaults=new)
    return len(checked.rows)


def row_of(sheet: Sheet, row: Organisation | Service, classes: Classes) -> list[Any]:
    """A row as it can be imported again: classes by their title, times of day as 09:00, yes and no as 是 and 否."""
    return [_cell(name, getattr(row, name), classes) for name in sheet.columns]


def _cell(name: str, value: Any, classes: Classes) -> Any:
    if name == "kind":
        return classes[value]["title"] if value in classes else value
    if name in ("opens", "closes"):
        return f"{value // 60:02}:{value % 60:02}"
    if isinstance(value, bool):
        return YES[0] if value else NO[0]
    return "" if value is None else value
