"""Writes. The desk calls them inside its transaction."""

from __future__ import annotations

from datetime import date

from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.plans.models import AdmittedTask, PlanLine


def tie(place: Place, plan: str, task: str, until: date, matter: Matter) -> PlanLine:
    """This matter carries out the task. Raises IntegrityError where another does so already."""
    return PlanLine.objects.create(place=place, plan=plan, task=task, year=until.year, until=until, matter=matter)


def hand_down(matter: Matter, admission: Matter, until: date) -> AdmittedTask:
    """The matter was filed under this admission."""
    return AdmittedTask.objects.create(matter=matter, admission=admission, until=until)
