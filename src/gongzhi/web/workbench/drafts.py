"""What staff have written and not handed in: sealed on disk for three days, so that nothing typed is lost.

One file for each person, matter and form. Files that were handed in with it lie beside it, sealed as well.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from gongzhi.records.crypto import Unreadable, seal_bytes, unseal_bytes
from gongzhi.records.people.models import Person

__all__ = ["Draft", "File", "drop", "keep_file", "load", "of_matter", "read_file", "save"]

LIVES = timedelta(days=3)
FORM = "form"


@dataclass(frozen=True, slots=True)
class File:
    """A checked file that waits with its draft. `box`: the field it was put in."""

    id: str
    box: str
    name: str
    media_type: str
    kind: str


@dataclass(frozen=True, slots=True)
class Draft:
    """`form` names what is filled in, `visit` the visit it was written for; `key` makes handing in happen once."""

    number: str
    form: str
    visit: str
    key: str
    at: str
    label: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    files: tuple[File, ...] = ()

    def without(self, file: str) -> Draft:
        return replace(self, files=tuple(one for one in self.files if one.id != file))

    def files_of(self, box: str) -> list[File]:
        return [one for one in self.files if one.box == box]


def save(person: Person, draft: Draft) -> Draft:
    folder = _folder(person, draft.number, draft.form)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(draft), ensure_ascii=False).encode()
    beside = folder / f"{FORM}.{secrets.token_hex(4)}"
    beside.write_bytes(seal_bytes(text, _bound(person, FORM)))
    beside.replace(folder / FORM)
    return draft


def load(person: Person, number: str, form: str, now: datetime) -> Draft | None:
    """The draft of a form; None when there is none or its time is over."""
    return _read(person, _folder(person, number, form), now)


def of_matter(person: Person, number: str, now: datetime) -> list[Draft]:
    """All drafts of a person on one matter, the latest first."""
    root = _root(person, number)
    found = [draft for folder in _folders(root) if (draft := _read(person, folder, now))]
    return sorted(found, key=lambda draft: draft.at, reverse=True)


def drop(person: Person, number: str, form: str) -> None:
    """Handed in, or not wanted any more."""
    shutil.rmtree(_folder(person, number, form), ignore_errors=True)


def keep_file(person: Person, draft: Draft, box: str, name: str, content: bytes, media_type: str, kind: str) -> Draft:
    """The draft with one more file."""
    file = File(secrets.token_hex(8), box, name, media_type, kind)
    folder = _folder(person, draft.number, draft.form)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file.id).write_bytes(seal_bytes(content, _bound(person, file.id)))
    return replace(draft, files=(*draft.files, file))


def read_file(person: Person, draft: Draft, file: File) -> bytes:
    return unseal_bytes((_folder(person, draft.number, draft.form) / file.id).read_bytes(), _bound(person, file.id))


def _read(person: Person, folder: Path, now: datetime) -> Draft | None:
    path = folder / FORM
    if not path.exists():
        return None
    try:
        values = json.loads(unseal_bytes(path.read_bytes(), _bound(person, FORM)))
    except (Unreadable, ValueError):
        return None
    draft = Draft(**{**values, "files": tuple(File(**one) for one in values["files"])})
    if datetime.fromisoformat(draft.at) + LIVES < now:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return draft


def _folders(root: Path) -> Iterator[Path]:
    return root.iterdir() if root.exists() else iter(())


def _root(person: Person, number: str) -> Path:
    return Path(settings.GONGZHI_HOME) / "work-drafts" / person.digest / _safe(number)


def _folder(person: Person, number: str, form: str) -> Path:
    return _root(person, number) / _safe(form)


def _safe(text: str) -> str:
    """Any text as the name of a folder."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _bound(person: Person, name: str) -> str:
    return f"work-draft/{person.digest}/{name}"
