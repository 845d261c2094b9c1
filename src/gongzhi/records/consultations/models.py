"""A consultation beside a visit of a matter: what was said, who agreed (as a keyed digest), what was adopted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.consultations.signatures import Signature, SignatureList
from gongzhi.records.consultations.surveys import SurveyAnswer, SurveyQuestion, SurveySheet
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import PersonalData
from gongzhi.records.sealed import SealedText

__all__ = [
    "Consultation", "Contribution", "MainPoint", "Signature", "SignatureList", "Stance", "SurveyAnswer",
    "SurveyQuestion", "SurveySheet",
]  # fmt: skip

STATUS = ("planned", "open", "closed")
KINDS = ("statement", "comment")
STATES = ("waiting", "shown", "rejected", "appealed", "confirmed")
GROUNDS = ("names_person", "insult", "not_about_this", "said_already", "advertising", "unlawful")
DECISIONS = ("adopted", "partly", "not_adopted")


class Consultation(models.Model):
    """`intro` is public text. `appeals` is another organ than `organ`: it hears who was not shown.

    `adds`: residents may add statements. `until` is the day it closes by itself; it closes with its step in any case.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="consultations")
    visit = models.CharField(max_length=90)
    organ = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+")
    appeals = models.ForeignKey(OrganInstance, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    intro = models.TextField(blank=True)
    adds = models.BooleanField(default=True)
    status = models.CharField(max_length=8, default="planned", choices=[(x, x) for x in STATUS])
    opened_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "visit"], name="consultation_one_per_visit"),
            models.CheckConstraint(
                condition=Q(appeals=None) | ~Q(appeals=F("organ")), name="consultation_appeals_elsewhere"
            ),
        ]
        indexes = [models.Index(fields=["status", "id"], name="consultation_by_status")]

    def __str__(self) -> str:
        return self.title


class Contribution(PersonalData):
    """A statement to vote on, or an open comment. What is rejected shows its ground and reason, never its words."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=9, choices=[(x, x) for x in KINDS])
    number = models.PositiveIntegerField()
    text = SealedText()
    author = models.ForeignKey("records.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    seeded = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    state = models.CharField(max_length=9, default="waiting", choices=[(x, x) for x in STATES])
    ground = models.CharField(max_length=20, blank=True, choices=[(x, x) for x in GROUNDS])
    reason = models.CharField(max_length=300, blank=True)
    moderated_at = models.DateTimeField(null=True, blank=True)
    appeal = SealedText()
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal_due = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "kind", "number"], name="contribution_number"),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "shown")) | (~Q(ground="") & ~Q(reason="")),
                name="contribution_rejected_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="appealed") | Q(appeal_due__isnull=False), name="contribution_appeal_has_clock"
            ),
        ]
        indexes = [models.Index(fields=["consultation", "kind", "state"], name="contribution_by_state")]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.kind} {self.number} {self.state}"


class Stance(models.Model):
    """One vote on one statement. `voter` is a digest keyed for this consultation; there is no time and no person."""

    statement = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="stances")
    voter = models.CharField(max_length=64)
    answer = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "voter"], name="stance_once"),
            models.CheckConstraint(condition=Q(answer__in=(-1, 0, 1)), name="stance_agree_disagree_pass"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.answer}"


class MainPoint(models.Model):
    """意见采纳表: a main point of what was said, and whether it was adopted, with the reason. Public text."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    decision = models.CharField(max_length=12, blank=True, choices=[(x, x) for x in DECISIONS])
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="main_point_number"),
            models.CheckConstraint(condition=Q(decision="") | ~Q(reason=""), name="main_point_says_why"),
        ]

    def __str__(self) -> str:
        return self.text
