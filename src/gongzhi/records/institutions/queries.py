"""Reads: where a place lies, which charter is in force there, which organ plays which part."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.law import load_law
from gongzhi.core.charter.load import load_charter
from gongzhi.core.charter.rules import all_rules
from gongzhi.core.charter.spec import Charter, Organ
from gongzhi.records.institutions.codes import paths_above
from gongzhi.records.institutions.models import CharterVersion, OrganInstance, Place
from gongzhi.records.institutions.nearby import nearby, place_named

LAW = "_law"


class UnknownCharter(LookupError):
    """No charter version of that digest is stored, or its stored text no longer gives that digest."""


def find_place(code_or_short: str) -> Place | None:
    """The place of a division code or a short name."""
    return place_named(code_or_short)


def places_in(place: Place) -> QuerySet[Place]:
    """The place and everything inside it."""
    return Place.objects.filter(path__startswith=place.path)


def lies_in(inner: Place, outer: Place) -> bool:
    """True when `inner` is `outer` or lies inside it."""
    return inner.path.startswith(outer.path)


def line_of(place: Place) -> list[Place]:
    """The place and what it lies in, nearest first."""
    return sorted(Place.objects.filter(path__in=paths_above(place.path)), key=lambda p: -len(p.path))


def charter_for(place: Place, at: datetime, name: str = "") -> CharterVersion | None:
    """The version in force at `at`, adopted by the nearest place upwards; `name` picks among several charters."""
    return nearby(place.path).adopted(at, name)


def nearest_cast(charter: Charter, place: Place, at: datetime | None = None) -> dict[str, str]:
    """Organ type -> id of its instance at the nearest place upwards (R3). Types without one are left out.

    So is a temporary organ whose last day (`expires`) is over at `at`: no new matter reaches it (SH-17).
    """
    found = nearby(place.path).cast(charter.name, at)
    return {organ: instance for organ, instance in found.items() if _exists(charter.organs.get(organ), at)}


def _exists(organ: Organ | None, at: datetime | None) -> bool:
    last = organ.expires if organ else None
    return organ is not None and (at is None or last is None or in_china(at).date() <= last)


def organs_of(ids: Mapping[str, str]) -> dict[str, OrganInstance]:
    """The instances of a cast, by organ type, in one query."""
    rows = OrganInstance.objects.in_bulk([int(pk) for pk in ids.values()])
    return {organ: rows[int(pk)] for organ, pk in ids.items() if int(pk) in rows}


def charter_of(version: CharterVersion) -> Charter:
    """The charter as the engine reads it. Raises `UnknownCharter`."""
    return charter_by_digest(version.digest)


@lru_cache(maxsize=64)
def charter_by_digest(digest: str) -> Charter:
    """A stored charter, read again from its stored text once per process. Raises `UnknownCharter`.

    Its decision rules are those of the law's folder of today, where there is one: they are dated, so later ones
    change no decision of the past, and a pinned charter still follows a law that comes into force afterwards.
    """
    version = CharterVersion.objects.filter(digest=digest).first()
    charter = read_source(version.name, version.source) if version else None
    if charter is None or charter.digest != digest:
        raise UnknownCharter(digest)
    law = Path(settings.GONGZHI_CHARTERS) / LAW
    return replace(charter, rules=all_rules(load_law(law).rules, charter.own_rules)) if law.is_dir() else charter


def read_source(name: str, source: Mapping[str, str]) -> Charter | None:
    """The charter of the files in `source` (path below the charters folder -> text)."""
    with tempfile.TemporaryDirectory(prefix="charter-") as folder:
        for path, text in source.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return load_charter(Path(folder, name), Path(folder, LAW)).charter
