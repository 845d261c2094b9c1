"""Keys by which a program acts for a person. A key is as good as the sign-in it was made with, and no better."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import models
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


def make_token(person: Person, label: str, strong: bool, now: datetime) -> tuple[ApiToken, str]:
    """A new key. The second value is the key itself; it is shown once and never stored."""
    key = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        person=person, digest=_digest(key), label=label, strong=strong, created_at=now, expires_at=now + LIVES
    )
    return row, key


def find_token(key: str, now: datetime) -> ApiToken | None:
    """The living key with its person, or None."""
    living = ApiToken.objects.select_related("person").filter(expires_at__gt=now, revoked_at=None)
    row = living.filter(digest=_digest(key), person__is_active=True, person__erased_at=None).first()
    if row is not None and (row.last_seen is None or now - row.last_seen > SEEN_EVERY):
        ApiToken.objects.filter(pk=row.pk).update(last_seen=now)
    return row


def tokens_of(person: Person, now: datetime) -> list[ApiToken]:
    """The living keys of a person, newest first."""
    return list(person.api_tokens.filter(expires_at__gt=now, revoked_at=None).order_by("-pk"))


def revoke_token(person: Person, pk: int, now: datetime) -> bool:
    """Ends a key of this person. False when there is no such key."""
    return bool(ApiToken.objects.filter(Q(revoked_at=None), pk=pk, person=person).update(revoked_at=now))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
