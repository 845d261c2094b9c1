"""Keyed numbers that find matters about the same thing."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from gongzhi.records.matters.models import Matter


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
