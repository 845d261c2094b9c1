"""Signatures under an initiative: how many is public, whose they are sees only the organ that counts them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import PersonalData
from gongzhi.records.sealed import SealedText


class SignatureList(models.Model):
    """`needed` of `eligible` by the rule in force when it opened; `organ` alone reads the names (guardrail H16)."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="signature_lists")
    visit = models.CharField(max_length=90)
    organ = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    rule = models.CharField(max_length=60)
    law = models.CharField(max_length=200, blank=True)
    eligible = models.PositiveIntegerField(default=0)
    needed = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "visit"], name="signature_list_one_per_visit"),
            models.CheckConstraint(condition=Q(needed=0) | Q(eligible__gt=0), name="signature_list_of_somebody"),
        ]

    def __str__(self) -> str:
        return self.title


class Signature(PersonalData):
    """One person under one list, or one name on paper. Taken back is gone: nothing says who once signed."""

    signature_list = models.ForeignKey(SignatureList, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey("records.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    written = SealedText()
    written_index = models.CharField(max_length=64, blank=True, editable=False)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signature_list", "person"], name="signature_once"),
            models.UniqueConstraint(
                fields=["signature_list", "written_index"], condition=~Q(written_index=""), name="signature_paper_once"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, written_index="") | (Q(person=None) & ~Q(written_index="")),
                name="signature_screen_or_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"
