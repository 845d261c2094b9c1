"""A meeting of one visit of a step, who came and how they signed in, and what was resolved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.matters.models import Matter, Words

MEANS = ("qr", "list", "paper")


class Meeting(models.Model):
    """`called` lists the parts that have to come; `agenda` the items in order; both JSON."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="meetings")
    visit = models.CharField(max_length=90)
    organ = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    at = models.DateTimeField(null=True, blank=True)
    where = models.CharField(max_length=200, blank=True)
    agenda = models.JSONField(default=list)
    called = models.JSONField(default=list)
    status = models.CharField(
        max_length=10, default="planned", choices=[(x, x) for x in ("planned", "open", "held", "cancelled")]
    )
    outcome = models.CharField(max_length=80, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "visit"], name="meeting_one_per_visit")]
        indexes = [models.Index(fields=["organ", "at"], name="meeting_by_organ")]

    def __str__(self) -> str:
        return f"{self.title} {self.visit}"


class Attendance(models.Model):
    """Somebody came: a person with an account, or a number of people of a called group. Faces and IDs never."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    part = models.CharField(max_length=120)
    person = models.ForeignKey("records.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    means = models.CharField(max_length=10, choices=[(x, x) for x in MEANS])
    count = models.PositiveIntegerField(default=1)
    state = models.CharField(
        max_length=10, default="present", choices=[(x, x) for x in ("present", "apologies", "proxy")]
    )
    at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "part", "person"], condition=Q(person__isnull=False), name="attendance_once"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="attendance_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.count}"


class Resolution(models.Model):
    """What was decided: its words, who carries it out, until when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resolutions")
    item = models.PositiveSmallIntegerField()
    text = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "item"], name="resolution_one_per_item")]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.item}"
