"""What the outside can hold on to: the daily digest of all heads, and who read personal words."""

from __future__ import annotations

from typing import Any

from django.db import models

from gongzhi.records.matters.matter import Matter


class DailyDigest(models.Model):
    """The heads of all matters with acts up to `last_act`, chained to the digest before.

    `heads` is canonical JSON: [[number, seq, hash], ...] in order of number. `root` is the hash of the whole
    page, which is published as a file and on the board; a log whose tail or matter is missing no longer fits it.
    """

    day = models.DateField(unique=True)
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    matters = models.PositiveIntegerField()
    acts = models.PositiveIntegerField()
    last_act = models.PositiveBigIntegerField()
    last_access = models.PositiveBigIntegerField(default=0)
    access_count = models.PositiveIntegerField(default=0)
    access_root = models.CharField(max_length=64)
    heads = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day} {self.root[:8]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a published digest does not change")
        super().save(*args, **kwargs)


class AccessLog(models.Model):
    """Somebody saw personal words: one row for each page view of one matter or person.

    `role` is the organ and seat read for; `reason` a code. Triggers refuse UPDATE and DELETE.
    """

    at = models.DateTimeField()
    reader = models.CharField(max_length=64)
    role = models.CharField(max_length=130)
    reason = models.CharField(max_length=60)
    matter = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="reads")
    subject = models.ForeignKey("records.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="reads")

    def __str__(self) -> str:
        return f"{self.at} {self.role}"
