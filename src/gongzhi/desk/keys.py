"""The same request sent twice: recognised by its key and content, answered with what came of it then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.draft import Draft, NewMatter, Taken
from gongzhi.records.crypto import blind_index
from gongzhi.records.matters.models import Act, Matter
from gongzhi.records.people.models import Person

TRIES = 5  # how often a matter's number is drawn again when it is taken
AHEAD = timedelta(minutes=5)  # how far a clock may run before ours


def scoped_key(acting: Person | None, key: str | None) -> str | None:
    """A key belongs to who sent it, so that nobody sees another's result by guessing it."""
    if not key:
        return None
    return hashlib.sha256(f"{acting.digest if acting else ''}\n{key}".encode()).hexdigest()


def request_digest(draft: Draft | NewMatter) -> str:
    """A keyed digest of everything sent: equal for a repeat, different for other content under the same key."""
    return blind_index("request", json.dumps(_plain(draft), sort_keys=True, default=str))


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return f"{type(value).__name__}:{value.pk}"
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def again(matter: Matter, done: Act, request: str) -> Taken | Refused:
    """The first result, or the refusal of other content under the same key."""
    if done.request != request:
        return Refused("key_reused", number=matter.number)
    return Taken(matter, done, None, repeated=True)


def answered(found: Taken | Refused) -> Taken:
    """Raises a refusal that was carried out of a transaction as a value, so that the transaction could end."""
    if isinstance(found, Refused):
        raise found
    return found


def check_time(at: datetime, now: datetime | None) -> None:
    """An act needs a time with its zone, and none that is still to come."""
    if at.tzinfo is None:
        raise ValueError("an act needs a time with its zone")
    if now is not None and at > now + AHEAD:
        raise Refused("in_future", at=at, now=now)
