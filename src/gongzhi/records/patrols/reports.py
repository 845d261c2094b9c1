"""What patrols report, and the checkpoints of a unit's route.

Nothing here says who reported or where anybody was: a report points at its matter, whose log names the filer, and
`key` is a digest of filer and the phone's own number, so that nobody's reports can be listed (guardrails H4, H14).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q, QuerySet

from gongzhi.core.patrol import Found
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.units import WHOLE_POINT, Part

__all__ = ["Checkpoint", "Report", "Stop", "earlier", "keep_report", "put_route", "report_of", "reports_in", "route_of"]

STATES = ("filed", "joined")


class Checkpoint(models.Model):
    """A thing or a corner to look at on the way through a unit, in order. Its point is written at the office."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="checkpoints")
    rank = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    part = models.ForeignKey(Part, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["place", "rank"]
        constraints = [
            models.CheckConstraint(condition=WHOLE_POINT, name="checkpoint_point_whole"),
            models.UniqueConstraint(fields=["place", "rank"], name="checkpoint_rank_once"),
            models.CheckConstraint(condition=~Q(title=""), name="checkpoint_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Report(models.Model):
    """One report as it came from a phone, once for each `key`: what the phone said, receipt, and what follows."""

    key = models.CharField(max_length=64, unique=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="patrol_reports")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=60)
    part = models.ForeignKey(Part, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    spot = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=[(one, one) for one in STATES])
    phone_said = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    found_at = models.DateTimeField()
    found_how = models.CharField(max_length=10)
    drift = models.IntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=STATES), name="report_state_known")]
        indexes = [models.Index(fields=["place", "category", "-received_at"], name="report_by_place")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.category} {self.received_at}"


def report_of(key: str) -> Report | None:
    """What became of a report that was sent before."""
    return Report.objects.filter(key=key).select_related("matter", "place").first()


def earlier(place: Place, category: str, part: Part | None, spot: str) -> Report | None:
    """The newest report of the same thing whose matter is still open: the same part, else the same class and spot."""
    rows = Report.objects.filter(matter__status__in=OPEN, place=place, category=category)
    rows = rows.filter(part=part) if part else rows.filter(part=None, spot=spot)
    return rows.select_related("matter", "place").order_by("-received_at").first()


def keep_report(
    key: str, matter: int, place: Place, category: str, part: Part | None, spot: str, state: str,
    said: datetime | None, received: datetime, found: Found,
) -> Report:  # fmt: skip
    """The report, or the one that came under this key before."""
    values = {
        "matter_id": matter, "place": place, "category": category, "part": part, "spot": spot, "state": state,
        "phone_said": said, "received_at": received, "found_at": found.at, "found_how": found.how,
        "drift": found.drift,
    }  # fmt: skip
    row, _ = Report.objects.get_or_create(key=key, defaults=values)
    return row


def reports_in(place: Place) -> QuerySet[Report]:
    """Reports of a place and everything in it, newest first."""
    rows = Report.objects.filter(place__path__startswith=place.path)
    return rows.select_related("matter__answers", "place", "part").order_by("-received_at", "-pk")


def route_of(places: list[Place]) -> QuerySet[Checkpoint]:
    """The checkpoints of these units, in order."""
    return Checkpoint.objects.filter(place__in=places).select_related("place", "part").order_by("place__code", "rank")


@dataclass(frozen=True, slots=True)
class Stop:
    """A checkpoint to be written. `point`: east before north."""

    title: str
    point: tuple[float, float] | None = None
    part: Part | None = None


@transaction.atomic
def put_route(place: Place, stops: Sequence[Stop]) -> None:
    """The route of a unit is these checkpoints in this order and no others."""
    Checkpoint.objects.filter(place=place).delete()
    Checkpoint.objects.bulk_create(
        Checkpoint(place=place, rank=rank, title=one.title[:100], part=one.part,
                   x=one.point[0] if one.point else None, y=one.point[1] if one.point else None)
        for rank, one in enumerate(stops, 1)
    )  # fmt: skip
