"""The calendar deadlines are counted with, and those of the past, so that an old act replays as it was."""

from __future__ import annotations

import hashlib
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongzhi.core.calendar import Calendar
from gongzhi.core.charter.law import load_law
from gongzhi.records.matters.models import CalendarVersion

HOLIDAYS = "holidays.yaml"
LOOK_AGAIN = 1.0  # seconds
_REMEMBERED: set[str] = set()


class UnknownCalendar(LookupError):
    """An act names a calendar that is not stored here."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The calendar as it was when its file was last looked at."""

    folder: Path
    until: float
    calendar: Calendar
    digest: str


_seen: _Seen | None = None


def current() -> tuple[Calendar, str]:
    """The calendar in force and its digest, which every act names; its file is looked at once a second at most."""
    global _seen
    seen, now = _seen, time.monotonic()
    if seen is None or now > seen.until or seen.folder != _folder():
        digest = _digest(_file(), _file().stat().st_mtime_ns)
        seen = _seen = _Seen(_folder(), now + LOOK_AGAIN, load_law(_folder()).calendar, digest)
    return seen.calendar, seen.digest


def _folder() -> Path:
    return Path(settings.GONGZHI_CHARTERS) / "_law"


def _file() -> Path:
    return _folder() / HOLIDAYS


@lru_cache(maxsize=8)
def _digest(path: Path, _: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def remember(digest: str, at: datetime) -> None:
    """Keep the text of the calendar in force, so that its acts can be replayed when the file has changed."""
    if digest in _REMEMBERED:
        return
    CalendarVersion.objects.get_or_create(
        digest=digest, defaults={"text": _file().read_text(encoding="utf-8"), "stored_at": at}
    )
    _REMEMBERED.add(digest)


def by_digest(digest: str) -> Calendar:
    """The calendar an act was counted with. Raises `UnknownCalendar`."""
    calendar, now = current()
    return calendar if digest == now else _stored(digest)


@lru_cache(maxsize=16)
def _stored(digest: str) -> Calendar:
    row = CalendarVersion.objects.filter(digest=digest).first()
    if row is None or hashlib.sha256(row.text.encode()).hexdigest() != digest:
        raise UnknownCalendar(digest)
    with tempfile.TemporaryDirectory(prefix="calendar-") as folder:
        (Path(folder) / HOLIDAYS).write_text(row.text, encoding="utf-8")
        return load_law(Path(folder)).calendar
