"""Questions of a survey, the sheets filled in on the screen or on paper, and their answers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.people.models import PersonalData
from gongzhi.records.sealed import SealedText

QUESTIONS = ("choice", "scale", "number", "text")


class SurveyQuestion(models.Model):
    """`options`: of a choice. `low` and `high`: of a scale or number, both counted in."""

    consultation = models.ForeignKey("records.Consultation", on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=[(x, x) for x in QUESTIONS])
    text = models.CharField(max_length=300)
    options = models.JSONField(default=list)
    low = models.IntegerField(default=0)
    high = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="survey_question_number"),
            models.CheckConstraint(
                condition=Q(kind__in=("choice", "text")) | Q(high__gt=F("low")), name="survey_scale_goes_up"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class SurveySheet(models.Model):
    """One sheet. On the screen `voter` is a keyed digest; on paper `paper` is the number printed on the sheet."""

    consultation = models.ForeignKey("records.Consultation", on_delete=models.PROTECT, related_name="sheets")
    voter = models.CharField(max_length=64, blank=True)
    paper = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "voter"], condition=~Q(voter=""), name="survey_once"),
            models.UniqueConstraint(fields=["consultation", "paper"], condition=~Q(paper=""), name="survey_paper_once"),
            models.CheckConstraint(
                condition=(Q(voter="") & ~Q(paper="")) | (~Q(voter="") & Q(paper="")), name="survey_screen_or_paper"
            ),
        ]

    def __str__(self) -> str:
        return self.paper or f"sheet {self.pk}"


class SurveyAnswer(PersonalData):
    """One answer: `value` of a choice (its place from 0), scale or number; `text` sealed for an open question."""

    sheet = models.ForeignKey(SurveySheet, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, related_name="answers")
    value = models.IntegerField(null=True, blank=True)
    text = SealedText()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "question"], name="survey_answer_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.question_id}"
