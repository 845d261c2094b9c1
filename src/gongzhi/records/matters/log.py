"""The log: one row for each act, chained by hashes, never changed and never deleted."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from gongzhi.records.matters.matter import Matter


class Act(models.Model):
    """One act. `payload` and `outcome` are canonical JSON texts: what is hashed is what is stored.

    `payload` is the core's `Act`; `outcome` holds the effects, the reasons and the digest of the state after it.
    `person` is a random digest, never a name. `key` is scoped to the person; `request` is a keyed digest of what
    was sent with it, so that the same key with other content is noticed. `recorded_at` is when the row was
    written, `at` when the act took place (paper and phone are entered later).
    Triggers in the database refuse UPDATE and DELETE.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="acts", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    person = models.CharField(max_length=64, blank=True)
    organ = models.CharField(max_length=60, blank=True)
    seat = models.CharField(max_length=60, blank=True)
    organ_instance = models.ForeignKey(
        "records.OrganInstance", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    visit = models.CharField(max_length=90, blank=True)
    key = models.CharField(max_length=64, null=True, blank=True)
    request = models.CharField(max_length=64, blank=True)
    payload = models.TextField()
    outcome = models.TextField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "seq"], name="act_one_at_a_time"),
            models.UniqueConstraint(fields=["matter", "key"], condition=Q(key__isnull=False), name="act_key_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(seq=1, key__isnull=False), name="act_filing_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.seq} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the log is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("the log is append-only")


class CalendarVersion(models.Model):
    """The text of a holiday table that acts were counted with; acts name it by its digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:8]
