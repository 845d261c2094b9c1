"""Which matters a reader finds on the map, and how exactly. The public sees public matters in a cell of some 100 m."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import places_in
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.queries import involving

__all__ = ["SHOWS", "narrowed", "of_public", "of_staff"]

SHOWS = ("open", "late", "closed", "all")


def of_public(place: Place) -> QuerySet[Matter]:
    """Matters of a place that were made public."""
    return Matter.objects.filter(place__path__startswith=place.path, public=True)


def of_staff(place: Place, organs: Iterable[int]) -> QuerySet[Matter]:
    """Matters of a place that those who work for these organs may know of."""
    return involving(organs, places_in(place))


def narrowed(rows: QuerySet[Matter], show: str, category: str, at: datetime) -> QuerySet[Matter]:
    """Open, late, closed or all matters (open where nothing known is asked for), of one category or of all."""
    is_open = Q(status__in=OPEN)
    by_show = {"late": is_open & (Q(late=True) | Q(due__lt=at)), "closed": ~is_open, "all": Q()}
    rows = rows.filter(by_show.get(show, is_open))
    return rows.filter(category=category) if category else rows
