"""A place, and what is in force around it: adoptions and organs of the places it lies in, remembered for a moment.

Every filing asks for it, and it changes a few times a year. A process forgets it at once when it changes something
itself (`forget`), and within `KEPT` seconds when another process did.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gongzhi.records.institutions.codes import paths_above
from gongzhi.records.institutions.models import Adoption, CharterVersion, OrganInstance, Place

KEPT = 2.0  # seconds
MOST = 4096  # places remembered


@dataclass(frozen=True, slots=True)
class Nearby:
    """The rows as they are now, farthest first; whoever asks picks those of the time in question."""

    adoptions: tuple[Adoption, ...]
    organs: tuple[OrganInstance, ...]

    def adopted(self, at: datetime, name: str = "") -> CharterVersion | None:
        """The version in force at `at`, adopted by the nearest place."""
        fits = [
            row
            for row in self.adoptions
            if row.start <= at and (row.end is None or row.end > at) and name in ("", row.charter)
        ]
        return fits[-1].charter_version if fits else None

    def since(self, version: CharterVersion, at: datetime) -> datetime | None:
        """When the nearest place put this version in force that is so at `at`."""
        rows = [row for row in self.adoptions if row.charter_version_id == version.pk and row.start <= at]
        return rows[-1].start if rows else None

    def cast(self, charter: str, at: datetime | None) -> dict[str, str]:
        """Organ type -> id of the nearest instance that exists (at `at`)."""
        return {
            row.organ: str(row.pk)
            for row in self.organs
            if row.charter == charter and (row.dissolved_at is None or (at is not None and row.dissolved_at > at))
        }


_remembered: dict[str, tuple[float, Nearby]] = {}
_places: dict[str, tuple[float, Place]] = {}


def nearby(path: str) -> Nearby:
    """What is in force around the place of this path. Two queries, or none."""
    now = time.monotonic()
    found = _remembered.get(path)
    if found is not None and found[0] > now:
        return found[1]
    fresh = _read(path)
    if len(_remembered) >= MOST:
        forget()
    _remembered[path] = (now + KEPT, fresh)
    return fresh


def place_named(code_or_short: str) -> Place | None:
    """The place of a division code or a short name. A name that nothing has is asked for each time."""
    now = time.monotonic()
    found = _places.get(code_or_short)
    if found is not None and found[0] > now:
        return found[1]
    place = Place.objects.filter(Q(code=code_or_short) | Q(short=code_or_short)).first()
    if len(_places) >= MOST:
        forget()
    if place is not None:
        _places[code_or_short] = (now + KEPT, place)
    return place


def forget() -> None:
    """Something of this kind was changed in this process."""
    _remembered.clear()
    _places.clear()


def _read(path: str) -> Nearby:
    above = paths_above(path)
    adoptions = Adoption.objects.filter(place__path__in=above).select_related("place", "charter_version")
    organs = OrganInstance.objects.filter(place__path__in=above).select_related("place")
    return Nearby(
        tuple(sorted(adoptions.defer("charter_version__source"), key=lambda r: (len(r.place.path), r.start, r.pk))),
        tuple(sorted(organs, key=lambda r: (len(r.place.path), r.pk))),
    )
