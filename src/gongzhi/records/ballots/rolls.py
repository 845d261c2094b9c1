"""Who may vote: a list that is drawn up, shown, objected to, corrected, and then frozen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongzhi.records.crypto import random_digest
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import PersonalData
from gongzhi.records.sealed import SealedText

KINDS = ("person", "household", "owner")
ROLL = {"purpose": "voting_roll", "legal_basis": "PIPL 13(1)(3)"}


class Roll(models.Model):
    """The roll of one group in one matter; several ballots of the matter may rest on it.

    `shown_at`: since then entries can be objected to. From `frozen_at` on a trigger refuses every change; `rule` is
    the version of the decision rule in force on that day, `digest` goes into the log of the matter.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="rolls")
    of = models.CharField(max_length=60)
    shown_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    rule = models.JSONField(default=dict)
    size = models.PositiveIntegerField(default=0)
    area = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "of"], name="roll_one_per_group"),
            models.CheckConstraint(
                condition=Q(frozen_at=None) | Q(digest__gt="", size__gte=1), name="roll_frozen_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.matter_id}"


class RollEntry(PersonalData):
    """One vote: a person, a household or an owner. `area` in 0.01 m2; one owner is one entry with all their area.

    `contact_index` finds the account of who may cast it; None: on paper or with a helper only. `digest` is
    sha256(salt + name + unit): it stays when the words are erased, and nobody can then say whose it was.
    """

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="entries", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(x, x) for x in KINDS])
    name = SealedText()
    unit = SealedText()
    salt = models.CharField(max_length=64, default=random_digest)
    digest = models.CharField(max_length=64)
    contact_index = models.CharField(max_length=64, null=True, blank=True, db_index=True)
    area = models.BigIntegerField(null=True, blank=True)
    candidate = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roll", "number"], name="entry_number_once"),
            models.UniqueConstraint(
                fields=["roll", "contact_index"], condition=Q(contact_index__isnull=False), name="entry_one_per_person"
            ),
            models.CheckConstraint(condition=Q(area=None) | Q(area__gte=1), name="entry_area_positive"),
            models.CheckConstraint(condition=~Q(kind="owner") | Q(area__isnull=False), name="entry_owner_has_area"),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id}.{self.number}"


class RollObjection(PersonalData):
    """Somebody says the roll is wrong; it is answered before the roll is frozen."""

    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="objections")
    number = models.PositiveIntegerField(null=True, blank=True)
    person = models.ForeignKey("records.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    what = SealedText()
    answer = SealedText()
    state = models.CharField(max_length=10, default="open", choices=[(x, x) for x in ("open", "upheld", "rejected")])
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.roll_id} {self.state}"
