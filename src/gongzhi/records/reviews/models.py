"""A rating at one visit of a step: who rated, as keyed digests; what was rated, as sealed tables of strokes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import PersonalData
from gongzhi.records.sealed import SealedText

__all__ = ["ReviewMark", "ReviewRound", "ReviewSheet", "ReviewWord"]

STATUS = ("open", "revealed", "withheld")
APPEAL = ("open", "upheld", "set_aside")


class ReviewRound(models.Model):
    """`about`: the organ or seat under review, as the charter writes it; empty where both sides review each other.

    `grade` and `mean` (hundredths of a point) are set when it is revealed; a round with too few raters has none.
    `appeal`: whether who was rated asked for another look, and what came of it; a rating set aside counts nowhere.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="reviews")
    visit = models.CharField(max_length=90)
    organ = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=8, default="open", choices=[(x, x) for x in STATUS])
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    grade = models.CharField(max_length=40, blank=True)
    mean = models.PositiveIntegerField(null=True, blank=True)
    appeal = models.CharField(max_length=9, blank=True, choices=[(x, x) for x in APPEAL])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "visit"], name="review_one_per_visit"),
            models.CheckConstraint(condition=Q(status="revealed") | Q(grade=""), name="review_grade_when_revealed"),
            models.CheckConstraint(condition=Q(status="revealed") | Q(appeal=""), name="review_appeal_when_revealed"),
        ]
        indexes = [models.Index(fields=["status", "id"], name="review_by_status")]

    def __str__(self) -> str:
        return self.title


class ReviewMark(models.Model):
    """This person rated in this round, for this group. `rater` is a digest keyed for the round; never a grade."""

    review = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="marks")
    rater = models.CharField(max_length=64)
    group = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "rater"], name="review_rated_once")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.group}"


class ReviewSheet(models.Model):
    """How often each grade was given by a group, sealed; a rating adds one stroke and seals the table anew."""

    review = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="sheets")
    group = models.CharField(max_length=60)
    sealed = SealedText()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "group"], name="review_sheet_once")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.group}"


class ReviewWord(PersonalData):
    """What a rater wrote beside the grade; no author, no time, shown only with the result."""

    review = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="words")
    group = models.CharField(max_length=60)
    text = SealedText()

    def __str__(self) -> str:
        return f"{self.review_id} {self.group}"
