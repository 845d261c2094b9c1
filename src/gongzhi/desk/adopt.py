"""A place adopts a charter: its text is stored for good, its organs come to exist at the places of their level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from gongzhi.core.charter.findings import Finding, has_errors
from gongzhi.core.charter.load import Loaded, load_charter
from gongzhi.core.charter.spec import Charter
from gongzhi.core.check import check_loaded
from gongzhi.core.check.migration import compare
from gongzhi.desk.funds_plan import open_books
from gongzhi.records.institutions.actions import found_organ, put_in_force, store_charter
from gongzhi.records.institutions.models import Adoption, OrganInstance, Place
from gongzhi.records.institutions.queries import LAW, charter_of, line_of, places_in

CHARTER_FILES = ("charter.yaml", "titles.en.yaml", "registers.yaml", "procedures/*.yaml", "parts/*.yaml")
LAW_FILES = ("*.yaml", "parts/*.yaml")


_sound: set[str] = set()  # digests proved in this process: the proof takes a second, the answer never changes


class CannotAdopt(Exception):
    """The charter has errors, or the place has no place of a level that an organ needs."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__("the charter has errors")
        self.findings = tuple(findings)


@transaction.atomic
def adopt(
    folder: Path, place: Place, at: datetime, by: str, titles: Mapping[str, str] | None = None
) -> tuple[Adoption, list[OrganInstance]]:
    """Put the charter in `folder` in force at the place from `at` on. Doing it again changes nothing.

    `titles` names organs that are not called as their type is. `by` is a person's digest or `system`.
    Raises `CannotAdopt` with every finding when the charter has errors.
    """
    loaded = load_charter(folder, folder.parent / LAW)
    charter = _proved(loaded)
    _check_following(loaded, charter, place)
    version = store_charter(charter, source_of(folder), at)
    adoption = put_in_force(version, place, at, by)
    organs = found_organs(charter, place, titles or {})
    open_books(charter, place, organs, at)
    return adoption, organs


def _proved(loaded: Loaded) -> Charter:
    """The charter, once everything about it is proved: nobody has to live under one that is not."""
    if loaded.charter is None:
        raise CannotAdopt(loaded.findings)
    if loaded.charter.digest not in _sound:
        report = check_loaded(loaded)
        if not report.passed:
            raise CannotAdopt(report.findings)
        _sound.add(loaded.charter.digest)
    return loaded.charter


def _check_following(loaded: Loaded, charter: Charter, place: Place) -> None:
    """What the version in force here runs has a place in the new one, if its procedures say they take it over (R37)."""
    before = Adoption.objects.filter(place=place, charter=charter.name, end=None).first()
    if before is None or before.charter_version.digest == charter.digest:
        return
    found = compare(charter_of(before.charter_version), charter, loaded.lines)
    if has_errors(found):
        raise CannotAdopt(found)


def previous(place: Place, name: str) -> Adoption | None:
    """The adoption before the one in force, of another version: what rolling back would adopt again."""
    rows = Adoption.objects.filter(place=place, charter=name).select_related("charter_version")
    rows = rows.order_by("-start", "-pk")
    now = rows.filter(end=None).first()
    return rows.exclude(charter_version=now.charter_version_id).first() if now else None


class NothingBefore(Exception):
    """There is no earlier version here to adopt again."""


@transaction.atomic
def roll_back(place: Place, name: str, at: datetime, by: str) -> Adoption:
    """Adopt the version before again, from `at` on. Running matters stay on theirs. Raises `NothingBefore`."""
    before = previous(place, name)
    if before is None:
        raise NothingBefore(name)
    adoption = put_in_force(before.charter_version, place, at, by)
    organs = found_organs(charter_of(before.charter_version), place, {})
    open_books(charter_of(before.charter_version), place, organs, at)
    return adoption


def found_organs(charter: Charter, place: Place, titles: Mapping[str, str]) -> list[OrganInstance]:
    """Every organ of the charter at the place's own line upwards and at all places inside it, by level."""
    levels = {declared.at for declared in charter.organs.values()}
    places = {one.level: [one] for one in line_of(place) if one.level in levels}
    for inner in places_in(place).filter(level__in=levels - places.keys()):
        places.setdefault(inner.level, []).append(inner)
    return [
        found_organ(charter, name, one, titles.get(name, ""))
        for name, declared in charter.organs.items()
        for one in places.get(declared.at, [])
    ]


def source_of(folder: Path) -> dict[str, str]:
    """The files that make up a charter and the law beside it: path below the charters folder -> text."""
    source = dict(_texts(folder, CHARTER_FILES, folder.parent))
    source.update(_texts(folder.parent / LAW, LAW_FILES, folder.parent))
    return source


def _texts(folder: Path, patterns: Iterable[str], root: Path) -> Iterable[tuple[str, str]]:
    for pattern in patterns:
        for file in sorted(folder.glob(pattern)):
            yield file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")
