"""Which matter carries out which task of a plan, and under which admission work was handed down."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter

__all__ = ["AdmittedTask", "PlanLine"]


class PlanLine(models.Model):
    """One task of a plan in one year at one place. `plan` and `task` are keys of the charter in force there."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    plan = models.CharField(max_length=60)
    task = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    until = models.DateField()
    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="plan_line")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "plan", "task", "year"], name="plan_task_once")]

    def __str__(self) -> str:
        return f"{self.plan}.{self.task} {self.year}"


class AdmittedTask(models.Model):
    """Work handed down, with the admission it rests on; `until` is the last day of that admission."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="admitted")
    admission = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="handed_down")
    until = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(matter=F("admission")), name="admitted_by_another")]

    def __str__(self) -> str:
        return f"{self.matter_id} under {self.admission_id}"
