"""Keyed numbers that find matters about the same thing; answers that grew from finished matters."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person

STATES = ("draft", "published", "retired")
USES = ("answer", "reply")


class Likeness(models.Model):
    """One of the numbers of a matter (`core.routing.similar`), made with the installation's key: no word can be read
    from it. `line` is the path of the community; `of` is how many numbers the matter has."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    line = models.CharField(max_length=48)
    number = models.BigIntegerField()
    of = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(F("line"), F("number"), F("matter").desc(), name="likeness_newest")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.number}"


class Answer(models.Model):
    """What people ask and what is true of it (`answer`), or a beginning for replies that staff write (`reply`).

    Never a resident's words: whoever publishes has read it, and the desk refuses what gives somebody away. `source` is
    the matter it grew from; `helped` counts calls it settled at once, of nobody in particular. Only what is published
    is shown; `version` rises with every change, so that two people do not overwrite one another.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    use = models.CharField(max_length=6, choices=[(x, x) for x in USES], default="answer")
    question = models.CharField(max_length=120)
    text = models.TextField(max_length=3000)
    category = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=9, choices=[(x, x) for x in STATES], default="draft")
    source = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    helped = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False, published_by__isnull=False),
                name="answer_published_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(question="") & ~Q(text=""), name="answer_says_something"),
        ]
        indexes = [models.Index(fields=["place", "state", "use"], name="answer_shown_here")]

    def __str__(self) -> str:
        return self.question
