"""Reads: the lines of a plan, the register of admissions, figures asked for by department and month."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from gongzhi.core.calendar import CHINA
from gongzhi.records.institutions.codes import paths_above
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Act, Matter
from gongzhi.records.plans.models import PlanLine

ENDED = ("closed", "final")


def lines_of(place: Place, year: int | None = None) -> QuerySet[PlanLine]:
    """Tasks under way at a place, with their matters and who answers. One query."""
    rows = PlanLine.objects.filter(place=place).select_related("matter__answers")
    return rows.filter(year=year) if year else rows


def years_of(place: Place) -> list[int]:
    """The years in which a plan was started here, the latest first."""
    rows = PlanLine.objects.filter(place=place).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


def admitted(place: Place, procedure: str, end: str) -> QuerySet[Matter]:
    """Admissions given for this place or one around it, the latest first."""
    around = paths_above(place.path)
    rows = Matter.objects.filter(procedure=procedure, end=end, status__in=ENDED, place__path__in=around)
    return rows.annotate(used=Count("handed_down")).order_by("-closed_at", "-pk")


def sender_of(matter: Matter) -> int | None:
    """The organ instance that filed a matter."""
    return Act.objects.filter(matter=matter, seq=1).values_list("organ_instance_id", flat=True).first()


def senders_of(matters: Iterable[int]) -> dict[int, int | None]:
    """The organ instance that filed each matter. One query."""
    return dict(Act.objects.filter(matter__in=list(matters), seq=1).values_list("matter_id", "organ_instance_id"))


def asked(place: Place, procedures: Collection[str], since: datetime) -> list[Mapping[str, object]]:
    """How many matters of these procedures each organ filed in each month, the latest month first."""
    rows = Act.objects.filter(
        seq=1, matter__procedure__in=list(procedures), matter__place__path__startswith=place.path, at__gte=since
    )
    month = TruncMonth("at", tzinfo=CHINA)
    return list(
        rows.annotate(month=month).values("month", "organ_instance__title").annotate(many=Count("pk"))
        .order_by("-month", "organ_instance__title")
    )  # fmt: skip
