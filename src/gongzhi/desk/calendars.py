"""The calendar deadlines are counted with, and those of the past, so that an old act replays as it was."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongzhi.core.calendar import Calendar
from gongzhi.core.charter.law import load_law
from gongzhi.records.matters.models import CalendarVersion

HOLIDAYS = "holidays.yaml"
_REMEMBERED: set[str] = set()


class UnknownCalendar(LookupError):
    """An act names a calendar that is not stored here."""


def current() -> tuple[Calendar, str]:
    """The calendar in force and its digest, which every act names."""
    return load_law(_folder()).calendar, _digest(_file(), _file().stat().st_mtime_ns)


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
