"""Grid units as they are in force, parts of the town, and the point of a thing that a matter is about.

A point is a thing's, never a person's: it has `thing` beside it, and `x`, `y` are degrees of WGS-84, east and north.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.matters.models import Matter

__all__ = ["GridUnit", "MatterPoint", "Part", "StandIn"]

STATES = ("in_use", "broken", "removed")
ON_EARTH = Q(x__gte=-180, x__lte=180, y__gte=-90, y__lte=90)
HAS_POINT = Q(x__isnull=False, y__isnull=False)  # a comparison with nothing is not false, so it is asked for
WHOLE_POINT = Q(x=None, y=None) | HAS_POINT & ON_EARTH


class GridUnit(models.Model):
    """The area of a place of level `grid` in one version, and the one seat that answers for it (WG-01, BT-17).

    `geometry` is GeoJSON; `people` a round number of usual residents, for the size check, of no person in particular.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="grid_units")
    version = models.PositiveIntegerField(default=1)
    geometry = models.TextField()
    people = models.PositiveIntegerField(null=True, blank=True)
    organ = models.ForeignKey(OrganInstance, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=60, blank=True)
    start = models.DateTimeField()
    end = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(end=None), name="grid_unit_one_in_force"),
            models.UniqueConstraint(fields=["place", "version"], name="grid_unit_version_once"),
            models.CheckConstraint(condition=Q(end=None) | Q(end__gte=F("start")), name="grid_unit_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.version}"


class StandIn(models.Model):
    """Who answers for a unit when its seat is away, in order."""

    unit = models.ForeignKey(GridUnit, on_delete=models.CASCADE, related_name="stand_ins")
    rank = models.PositiveSmallIntegerField()
    organ = models.ForeignKey(OrganInstance, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "rank"], name="stand_in_rank_once"),
            models.UniqueConstraint(fields=["unit", "organ", "seat"], name="stand_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.rank}"


class Part(models.Model):
    """A thing of the town that stands somewhere (部件). `kind`: four digits of the national list, class and kind."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=4)
    name = models.CharField(max_length=100)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="parts")
    owner = models.ForeignKey(OrganInstance, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    spot = models.CharField(max_length=200, blank=True)
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    state = models.CharField(max_length=8, default="in_use", choices=[(x, x) for x in STATES])
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=WHOLE_POINT, name="part_point_whole"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="part_state_known"),
        ]
        indexes = [models.Index(fields=["place", "kind", "code"], name="part_by_place")]

    def __str__(self) -> str:
        return self.code


class MatterPoint(models.Model):
    """Where the thing is that a matter is about. `unit`: the grid unit it fell to when it was set; `how`: by which rule
    (inside, border, near, outside)."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="point")
    thing = models.CharField(max_length=100)
    x = models.FloatField()
    y = models.FloatField()
    part = models.ForeignKey(Part, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=8, default="outside")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ON_EARTH, name="matter_point_on_earth"),
            models.CheckConstraint(condition=~Q(thing=""), name="matter_point_of_a_thing"),
        ]
        indexes = [models.Index(fields=["x", "y"], name="matter_point_by_x")]

    def __str__(self) -> str:
        return f"{self.matter_id}"
