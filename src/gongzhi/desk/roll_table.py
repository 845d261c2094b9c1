"""A roll as people bring it: a workbook or CSV, one line for each vote. Every wrong cell is named, none guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from gongzhi.records.ballots.actions import NewEntry
from gongzhi.records.people.contacts import BadContact, parse_contact

__all__ = ["COLUMNS", "Fault", "Unreadable", "read_roll", "rows_of_file", "typed_entry"]

# Column as it stands in the file -> what it is. English headings are understood as well.
COLUMNS = {
    "姓名": "name", "房号": "unit", "类别": "kind", "面积": "area", "手机或邮箱": "contact", "候选人": "candidate",
    "name": "name", "unit": "unit", "kind": "kind", "area": "area", "contact": "contact", "candidate": "candidate",
}  # fmt: skip
KINDS = {"": "", "人": "person", "居民": "person", "户": "household", "业主": "owner",
         "person": "person", "household": "household", "owner": "owner"}  # fmt: skip
YES = {"是", "yes", "1", "1.0", "true", "√"}
AREA = re.compile(r"\d{1,7}(\.\d{1,2})?")
LONGEST = 100  # characters of a name or a unit
MOST = 20_000  # lines of a roll
LARGEST = 5 * 1024 * 1024  # bytes
ZIP = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"


class Unreadable(ValueError):
    """The file is no table; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell. `row` as a spreadsheet counts, the heading being the first."""

    row: int
    column: str
    value: str
    code: str


def rows_of_file(content: bytes) -> list[list[str]]:
    """The first sheet of a workbook, or the lines of a CSV in UTF-8 or GB 18030. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable("too_large")
    if content[:4] in (ZIP, OLD):
        return _workbook(content)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), strict=True))
        except UnicodeDecodeError:
            continue
        except csv.Error as fault:
            raise Unreadable("no_table") from fault
    raise Unreadable("no_table")


def _workbook(content: bytes) -> list[list[str]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, ValueError, KeyError, OSError, IndexError) as fault:
        raise Unreadable("no_table") from fault


def _cell(value: Any) -> str:
    """A phone number that a spreadsheet took for a number is one again."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def read_roll(
    rows: Iterable[list[str]], kind: str, taken: Iterable[str | None] = ()
) -> tuple[list[tuple[int, NewEntry]], list[Fault]]:
    """Entries with their row, and everything that is wrong. `kind` where a line says none; `taken`: contacts (blind
    indexes) that stand on the roll already. Raises Unreadable when there is no heading or no line."""
    lines = [list(row) for row in rows]
    head = next((n for n, row in enumerate(lines) if any(cell.strip() for cell in row)), None)
    if head is None:
        raise Unreadable("empty")
    columns = {n: COLUMNS[cell.strip()] for n, cell in enumerate(lines[head]) if cell.strip() in COLUMNS}
    if "name" not in columns.values():
        raise Unreadable("no_heading")
    seen: dict[str, int] = {index: 0 for index in taken if index}
    entries: list[tuple[int, NewEntry]] = []
    faults: list[Fault] = []
    for number, row in enumerate(lines[head + 1 :], head + 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: row[n].strip() if n < len(row) else "" for n, name in columns.items()}
        entry, wrong = typed_entry(cells, kind, seen, number)
        faults += wrong
        if entry is not None:
            entries.append((number, entry))
    if not entries and not faults:
        raise Unreadable("empty")
    if len(entries) > MOST:
        raise Unreadable("too_large")
    return entries, faults


def typed_entry(
    cells: Mapping[str, str], kind: str, seen: dict[str, int], row: int = 0
) -> tuple[NewEntry | None, list[Fault]]:
    """One line of cells (name, unit, kind, area, contact, candidate); `seen` remembers contacts by their row."""
    faults: list[Fault] = []
    name, unit = cells.get("name", ""), cells.get("unit", "")
    for column, text in (("姓名", name), ("房号", unit)):
        if len(text) > LONGEST:
            faults.append(Fault(row, column, text[:20], "too_long"))
    if not name:
        faults.append(Fault(row, "姓名", "", "missing"))
    said = KINDS.get(cells.get("kind", "").lower())
    if said is None:
        faults.append(Fault(row, "类别", cells["kind"], "kind"))
    own = said or kind
    area = _area(cells.get("area", ""), own, row, faults)
    index = _contact(cells.get("contact", ""), row, seen, faults)
    if faults:
        return None, faults
    candidate = cells.get("candidate", "").lower() in YES
    return NewEntry(name, unit, own, area, index, candidate), []


def _area(text: str, kind: str, row: int, faults: list[Fault]) -> int | None:
    """Square metres with at most two decimals, as whole units of 0.01 m2."""
    if not text:
        if kind == "owner":
            faults.append(Fault(row, "面积", "", "missing"))
        return None
    if not AREA.fullmatch(text) or Decimal(text) == 0:
        faults.append(Fault(row, "面积", text[:20], "area"))
        return None
    return int(Decimal(text) * 100)


def _contact(text: str, row: int, seen: dict[str, int], faults: list[Fault]) -> str | None:
    if not text:
        return None
    try:
        index = parse_contact(text).index
    except BadContact:
        faults.append(Fault(row, "手机或邮箱", text[:20], "contact"))
        return None
    if index in seen:
        faults.append(Fault(row, "手机或邮箱", text[:20], f"same:{seen[index]}"))
        return None
    seen[index] = row
    return index
