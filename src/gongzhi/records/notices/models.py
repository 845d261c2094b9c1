"""A notice hangs on the board of a place for a time; people may object to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.matters.models import Matter, Words


class Notice(models.Model):
    """`body` is public text; `documents` lists the public papers by name. `until` None: as long as it is true."""

    matter = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    visit = models.CharField(max_length=90, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="notices", db_index=False)
    organ = models.ForeignKey(OrganInstance, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    body = models.TextField()
    documents = models.JSONField(default=list)
    start = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    objections = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "visit"], condition=Q(matter__isnull=False), name="notice_one_per_visit"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("start")), name="notice_ends_after_start"),
        ]
        indexes = [models.Index(F("place"), F("start").desc(), F("id").desc(), name="notice_by_place")]

    def __str__(self) -> str:
        return self.title


class Objection(models.Model):
    """What somebody says against a notice. `key` is its name in the case; the words are erasable."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objected")
    key = models.CharField(max_length=60)
    person = models.ForeignKey("records.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.ForeignKey(Words, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Words, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="open")
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "key"], name="objection_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.key} {self.state}"
