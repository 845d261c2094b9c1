"""Counted and entered numbers. Nothing here is about a person, and nothing can be (guardrails H4 to H12)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.matters.models import Matter


class Tally(models.Model):
    """How often `name` was counted. `organ` is the organ type that answered then; `kind` of core.indicator.KINDS;
    `hours` only with a duration. Every row follows from the log: `gongzhi indicators rebuild` makes them anew."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    charter = models.SlugField(max_length=60, db_index=False)
    organ = models.CharField(max_length=60, blank=True)
    procedure = models.CharField(max_length=80)
    month = models.DateField()
    name = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    hours = models.PositiveIntegerField(default=0)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "month", "name", "charter", "organ", "procedure", "kind", "hours"],
                name="tally_once",
            ),
            models.CheckConstraint(condition=Q(n__gt=0), name="tally_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.month:%Y-%m} {self.name} {self.n}"


class Counted(models.Model):
    """Up to which act a matter is in the tallies. Not bound to it, so that what a forger took away is still missed."""

    matter = models.OneToOneField(
        Matter, on_delete=models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    seq = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.seq}"


class CountedUpTo(models.Model):
    """The newest act the worker has looked at: one row."""

    act = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="counted_up_to_one_row")]

    def __str__(self) -> str:
        return str(self.act)


class EnteredFigure(models.Model):
    """Totals an office typed in and signed for one period. A correction is a new row; the old one stays, `replaced`.

    `formula` is the digest of the formula in force when it was entered; `by` a random digest of who signed, `seat`
    the post. `late`: entered after its time.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    charter = models.CharField(max_length=60)
    indicator = models.CharField(max_length=60)
    formula = models.CharField(max_length=64)
    first = models.DateField()
    last = models.DateField()
    part = models.PositiveIntegerField()
    whole = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200)
    organ = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    late = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gt=F("first")), name="entered_period_goes_on"),
            models.CheckConstraint(condition=Q(whole=None) | Q(part__lte=F("whole")), name="entered_part_of_whole"),
            models.CheckConstraint(condition=~Q(source=""), name="entered_with_source"),
            models.CheckConstraint(condition=Q(corrects=None) | ~Q(why=""), name="entered_correction_says_why"),
        ]
        indexes = [models.Index(fields=["place", "charter", "indicator", "-first"], name="entered_by_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.first}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("an entered figure stays; a correction is a new one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("an entered figure stays")


class EnteredMonth(models.Model):
    """The figure that counts for one month: unique, so that periods cannot overlap, whoever writes."""

    figure = models.ForeignKey(EnteredFigure, on_delete=models.PROTECT, related_name="months")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    charter = models.CharField(max_length=60)
    indicator = models.CharField(max_length=60)
    month = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "charter", "indicator", "month"], name="entered_month_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.month:%Y-%m}"


class FigureAppeal(models.Model):
    """An office says that a figure about it is wrong; who answers for the figure owes an answer by `due`."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    charter = models.CharField(max_length=60)
    indicator = models.CharField(max_length=60)
    first = models.DateField()
    organ = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    due = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(OrganInstance, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "charter", "indicator", "first", "organ"], condition=Q(answered_at=None),
                name="appeal_of_figure_one_open",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="appeal_of_figure_says_why"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | (~Q(answer="") & ~Q(upheld=None) & ~Q(answered_by=F("organ"))),
                name="appeal_of_figure_answered_by_another",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.indicator} {self.first}"
