"""A matter as it stands now. The log of acts is the truth; every column here can be rebuilt from it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions.models import CharterVersion, OrganInstance, Place

OPEN = ("open", "ruling", "following")


class Matter(models.Model):
    """One thing that has to be settled.

    `state` is the core's `Case` as canonical JSON. `due` is the deadline people see, `wake` the next moment at
    which any clock runs out. `answers` copies the one answerable organ (of a closed matter, the last); `holder` is
    who has to act: an organ type, `organ.seat`, `filer` or `parties`. `late`: raised or in breach. `subject` is
    public-safe. `goes_with`: number of the matter it follows, came to its end with, or waits for.
    """

    number = models.CharField(max_length=40, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="matters", db_index=False)
    charter_version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    procedure = models.CharField(max_length=80)
    category = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    public = models.BooleanField(default=False)
    channel = models.CharField(max_length=20)
    headcount = models.PositiveIntegerField(default=1)
    filer = models.ForeignKey(
        "records.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="matters", db_index=False
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    parent_key = models.CharField(max_length=120, blank=True)
    goes_with = models.CharField(max_length=40, blank=True, default="")

    state = models.TextField()
    status = models.CharField(max_length=10)
    step = models.CharField(max_length=80, blank=True)
    visit = models.CharField(max_length=90, blank=True)
    holder = models.CharField(max_length=120, blank=True)
    end = models.CharField(max_length=80, blank=True)
    answers = models.ForeignKey(
        OrganInstance, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    due = models.DateTimeField(null=True, blank=True)
    wake = models.DateTimeField(null=True, blank=True)
    late = models.BooleanField(default=False)
    seq = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    filed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "parent_key"], condition=Q(parent__isnull=False), name="matter_child_once"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=OPEN) | Q(answers__isnull=False, wake__isnull=False),
                name="matter_open_has_owner_and_clock",
            ),
            models.CheckConstraint(
                condition=~Q(status="following") | ~Q(goes_with="") & ~Q(goes_with=F("number")),
                name="matter_follows_another",
            ),
            models.CheckConstraint(condition=Q(headcount__gte=1), name="matter_headcount_positive"),
        ]
        indexes = [
            models.Index(fields=["goes_with", "filed_at", "id"], condition=~Q(goes_with=""), name="matter_goes_with"),
            models.Index(fields=["wake"], condition=Q(wake__isnull=False), name="matter_wake"),
            models.Index(fields=["answers", "due", "id"], condition=Q(status__in=OPEN), name="matter_open_by_organ"),
            models.Index(fields=["place", "due", "id"], condition=Q(status__in=OPEN), name="matter_open_by_place"),
            models.Index(F("place"), F("filed_at").desc(), F("id").desc(), name="matter_by_place"),
            models.Index(F("filer"), F("filed_at").desc(), name="matter_by_filer", condition=Q(filer__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class Todo(models.Model):
    """An open matter waits for this organ: it holds the step, answers for it, or owes a part.

    `role` is `holds`, `answers` (somebody else holds) or `part`; `part` names the part. Rebuilt at every step.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="todos", db_index=False)
    organ = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=10)
    part = models.CharField(max_length=120, blank=True)
    seat = models.CharField(max_length=60, blank=True)
    due = models.DateTimeField()
    late = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "organ", "role", "part"], name="todo_once"),
        ]
        indexes = [models.Index(fields=["organ", "due", "id"], name="todo_by_organ")]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.role} {self.matter_id}"
