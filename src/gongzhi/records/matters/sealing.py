"""Words on their way in and out: salted digest, seal, file on disk, reading, erasing."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from gongzhi.records.crypto import seal_bytes, unseal_bytes
from gongzhi.records.matters.models import Words
from gongzhi.records.people.models import Person

SALT = 16  # bytes
INLINE = 64 * 1024  # longer contents lie as files beside the database


@dataclass(frozen=True, slots=True)
class NewWords:
    """Words that come with an act. `purpose` and `legal_basis` are codes; `archive`: kept beyond the matter's end."""

    content: bytes
    kind: str = "text"
    media_type: str = "text/plain"
    purpose: str = "settle_matter"
    legal_basis: str = "PIPL 13(1)(3)"
    collected_from: str = ""
    retention_until: date | None = None
    subject: Person | None = None
    public: bool = False
    archive: bool = False
    pia_id: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Words made ready: their digest goes into the act, the row is stored after the act."""

    name: str
    digest: str
    row: Words


def text(words: str, **more: object) -> NewWords:
    """Plain text as words."""
    return NewWords(words.encode(), **more)  # type: ignore[arg-type]


def prepare(name: str, new: NewWords) -> Sealed:
    """Salt, digest and seal; a long content is written to its file now, before the transaction that names it."""
    salt = secrets.token_bytes(SALT)
    digest = hashlib.sha256(salt + new.content).hexdigest()
    row = Words(
        name=name,
        kind=new.kind,
        media_type=new.media_type,
        purpose=new.purpose,
        legal_basis=new.legal_basis,
        collected_from=new.collected_from,
        retention_until=new.retention_until,
        subject=new.subject,
        public=new.public,
        archive=new.archive,
        pia_id=new.pia_id,
        digest=digest,
        salt=salt,
        size=len(new.content),
    )
    sealed = seal_bytes(new.content, digest)
    if len(sealed) <= INLINE:
        row.ciphertext = sealed
    else:
        row.file = _write(digest, sealed)
    return Sealed(name, digest, row)


def read(words: Words) -> bytes | None:
    """The content, or None when it was erased. Raises `Unreadable` when it was changed since."""
    if words.erased_at is not None:
        return None
    sealed = path_of(words.file).read_bytes() if words.file else words.ciphertext or b""
    return unseal_bytes(sealed, words.digest)


def read_text(words: Words) -> str:
    """The text, or an empty one when it was erased."""
    content = read(words)
    return content.decode() if content is not None else ""


def is_intact(words: Words) -> bool:
    """Do the words still give the digest that the log holds? Erased words are not contradicted."""
    content = read(words)
    return content is None or hashlib.sha256(bytes(words.salt or b"") + content).hexdigest() == words.digest


def erase(words: Words, at: datetime, why: str, by: str) -> None:
    """Wipe ciphertext, salt and file; the digest and who erased it and why stay."""
    file = words.file
    words.ciphertext = words.salt = None
    words.file, words.size = "", 0
    words.erased_at, words.erased_why, words.erased_by = at, why, by
    words.save()
    if file:
        path_of(file).unlink(missing_ok=True)


def folder() -> Path:
    """Where sealed files lie."""
    return Path(settings.GONGZHI_HOME) / "files"


def path_of(name: str) -> Path:
    return folder() / name[:2] / name


def _write(digest: str, sealed: bytes) -> str:
    path = path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{secrets.token_hex(4)}")
    with beside.open("wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return digest
