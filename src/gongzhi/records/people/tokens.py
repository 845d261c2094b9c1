"""Keys by which a program acts for a person. A key is as good as the sign-in it was made with, and no better."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models
from django.db.models import Q

from gongzhi.records.people.models import Person

LIVES = timedelta(days=30)
SEEN_EVERY = timedelta(hours=1)  # `last_seen` is for noticing a forgotten key, not for following a person
PREFIX = "gz_"


class ApiToken(models.Model):
    """Only the digest of a key is kept: whoever reads the table cannot use it.

    `strong`: the sign-in had a second factor. Times are of the real clock, also where stories move another.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60)
    strong = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_seen = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"key {self.pk}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A living key that somebody showed: its id, its person, and whether its sign-in had a second factor."""

    pk: int
    person: Person
    strong: bool


def make_token(person: Person, label: str, strong: bool, now: datetime) -> tuple[ApiToken, str]:
    """A new key. The second value is the key itself; it is shown once and never stored."""
    key = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        person=person, digest=_digest(key), label=label, strong=strong, created_at=now, expires_at=now + LIVES
    )
    return row, key


# Composed here, because every request of a program asks it: composing it took longer than the answer.
LIVING = """
SELECT person.*, token.id AS token_id, token.strong AS token_strong,
       (token.last_seen IS NULL OR token.last_seen < %s) AS token_unseen
FROM records_apitoken token JOIN records_person person ON person.id = token.person_id
WHERE token.digest = %s AND token.expires_at > %s AND token.revoked_at IS NULL
  AND person.is_active AND person.erased_at IS NULL
"""


def find_token(key: str, now: datetime) -> Shown | None:
    """Whose living key this is, or None."""
    at = connection.ops.adapt_datetimefield_value
    found = Person.objects.raw(LIVING, [at(now - SEEN_EVERY), _digest(key), at(now)])
    person: Any = next(iter(found), None)
    if person is None:
        return None
    if person.token_unseen:
        ApiToken.objects.filter(pk=person.token_id).update(last_seen=now)
    return Shown(person.token_id, person, bool(person.token_strong))


def tokens_of(person: Person, now: datetime) -> list[ApiToken]:
    """The living keys of a person, newest first."""
    return list(person.api_tokens.filter(expires_at__gt=now, revoked_at=None).order_by("-pk"))


def revoke_token(person: Person, pk: int, now: datetime) -> bool:
    """Ends a key of this person. False when there is no such key."""
    return bool(ApiToken.objects.filter(Q(revoked_at=None), pk=pk, person=person).update(revoked_at=now))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
