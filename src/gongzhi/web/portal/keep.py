"""What somebody has written and not handed in yet. Sealed, on the server, for 24 hours; the page needs no script.

The words lie sealed in the session; photos lie sealed in GONGZHI_HOME/drafts, so that sessions stay small.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import shutil
import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gongzhi.records.crypto import Unreadable, seal, seal_bytes, unseal, unseal_bytes

__all__ = ["LIVES", "Kept", "add_photo", "drop_photo", "forget", "load", "photo_content", "save", "start"]

NAME = "say"
BOUND = "draft"
LIVES = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Kept:
    """A matter in the making. `key` makes the filing happen once; `photos`: (id, name, media type)."""

    key: str
    at: str
    what: str = ""
    keep_location: bool = False
    photos: tuple[tuple[str, str, str], ...] = ()
    place: str = ""
    spot: str = ""
    point: str = ""
    linked: str = ""
    category: str = ""
    chosen: bool = False
    contact: str = ""
    people: str = "1"
    seen_by: str = ""

    @property
    def headcount(self) -> int:
        """How many people it is for; 0 when what was typed is no number."""
        plain = unicodedata.normalize("NFKC", self.people)
        return int(plain) if plain.isascii() and plain.isdecimal() else 0

    def with_(self, **changes: Any) -> Kept:
        return replace(self, **changes)


def start(now: datetime) -> Kept:
    """An empty draft with a key of its own."""
    return Kept(key=secrets.token_hex(16), at=now.isoformat())


def load(request: HttpRequest, now: datetime) -> Kept | None:
    """The draft of this visitor; None when there is none or its day is over."""
    sealed = request.session.get(NAME)
    if not sealed:
        return None
    try:
        values = json.loads(unseal(base64.b64decode(sealed), BOUND))
        kept = Kept(**{**values, "photos": tuple(tuple(p) for p in values["photos"])})
    except (Unreadable, ValueError, TypeError, KeyError):  # another key, or a draft of an older version
        return None
    if datetime.fromisoformat(kept.at) + LIVES < now:
        forget(request, kept)
        return None
    return kept


def save(request: HttpRequest, kept: Kept) -> Kept:
    text = json.dumps(asdict(kept), ensure_ascii=False)
    request.session[NAME] = base64.b64encode(seal(text, BOUND)).decode()
    return kept


def forget(request: HttpRequest, kept: Kept | None) -> None:
    """Nothing of the draft is left."""
    request.session.pop(NAME, None)
    if kept:
        shutil.rmtree(_folder(kept.key), ignore_errors=True)


def add_photo(kept: Kept, name: str, content: bytes, media_type: str, now: datetime) -> Kept:
    """Keep a cleaned photo with the draft; photos of drafts nobody came back to are swept out."""
    _sweep(now)
    photo = hashlib.sha256(content).hexdigest()[:16]
    if photo in {one for one, _, _ in kept.photos}:  # chosen again after Back
        return kept
    folder = _folder(kept.key)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / photo).write_bytes(seal_bytes(content, f"{BOUND}/{photo}"))
    return kept.with_(photos=(*kept.photos, (photo, name[:80], media_type)))


def drop_photo(kept: Kept, photo: str) -> Kept:
    if photo in {one for one, _, _ in kept.photos}:
        (_folder(kept.key) / photo).unlink(missing_ok=True)
    return kept.with_(photos=tuple(one for one in kept.photos if one[0] != photo))


def photo_content(kept: Kept, photo: str) -> bytes | None:
    """The photo of this draft; None when it has no such photo."""
    path = _folder(kept.key) / photo
    if photo not in {one for one, _, _ in kept.photos} or not path.exists():
        return None
    return unseal_bytes(path.read_bytes(), f"{BOUND}/{photo}")


def _root() -> Path:
    return Path(settings.GONGZHI_HOME) / "drafts"


def _folder(key: str) -> Path:
    return _root() / key


def _sweep(now: datetime) -> None:
    if not _root().exists():
        return
    for folder in _root().iterdir():
        if datetime.fromtimestamp(folder.stat().st_mtime, tz=now.tzinfo) + LIVES < now:
            shutil.rmtree(folder, ignore_errors=True)
