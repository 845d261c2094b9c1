"""Files sent before the act they belong to. Sealed, for their sender only, for 24 hours.

Sending the file first means that a refused act never makes anybody send twenty megabytes again.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from gongzhi.api.problems import Problem
from gongzhi.records.crypto import Unreadable, seal_bytes, unseal_bytes
from gongzhi.records.people.models import Person
from gongzhi.web.files import CheckedFile

LIVES = timedelta(hours=24)
MOST = 60  # files of one person that wait at the same time


@dataclass(frozen=True, slots=True)
class Waiting:
    """A checked file that waits for its act."""

    id: str
    media_type: str
    kind: str
    content: bytes


def keep(person: Person, file: CheckedFile, now: datetime) -> str:
    """Store the file; the id by which an act of the same person names it. Raises Problem 429."""
    sweep(now)
    folder = _folder(person)
    folder.mkdir(parents=True, exist_ok=True)
    if sum(1 for _ in folder.iterdir()) >= MOST:
        raise Problem(429, "too_often_tried", seconds=3600)
    name = secrets.token_hex(16)
    head = json.dumps([file.media_type, file.kind]).encode()
    (folder / name).write_bytes(seal_bytes(head + b"\n" + file.content, _bound(person, name)))
    return name


def find(person: Person | None, name: str) -> Waiting:
    """The waiting file. Raises Problem 422 when this person has none of that id. It stays until its day is over,
    so that the same request may be sent again."""
    path = _folder(person) / name if person else None
    if person is None or path is None or not path.exists():
        raise Problem(422, "upload_unknown", upload=name)
    try:
        head, _, content = unseal_bytes(path.read_bytes(), _bound(person, name)).partition(b"\n")
    except Unreadable as fault:
        raise Problem(422, "upload_unknown", upload=name) from fault
    media_type, kind = json.loads(head)
    return Waiting(name, media_type, kind, content)


def sweep(now: datetime) -> int:
    """Removes files whose day is over. Returns how many."""
    swept = 0
    for path in _root().glob("*/*"):
        if datetime.fromtimestamp(path.stat().st_mtime, tz=now.tzinfo) + LIVES < now:
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _root() -> Path:
    return Path(settings.GONGZHI_HOME) / "uploads"


def _folder(person: Person) -> Path:
    return _root() / person.digest


def _bound(person: Person, name: str) -> str:
    return f"upload/{person.digest}/{name}"
