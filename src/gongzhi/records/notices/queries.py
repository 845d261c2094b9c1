"""Reads: what hangs on a board, and what was said against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.notices.models import Notice


def hanging(places: Iterable[Place], now: datetime) -> QuerySet[Notice]:
    """Notices that hang now at these places, newest first, with the number of objections."""
    return _counted().filter(place__in=places, start__lte=now).filter(Q(until=None) | Q(until__gte=now))


def taken_down(places: Iterable[Place], now: datetime) -> QuerySet[Notice]:
    """Notices whose time is over, newest first."""
    return _counted().filter(place__in=places, until__lt=now)


def notices_of(matter: Matter) -> QuerySet[Notice]:
    return _counted().filter(matter=matter).prefetch_related("objected")


def _counted() -> QuerySet[Notice]:
    rows = Notice.objects.select_related("place", "organ", "matter")
    return rows.annotate(objection_count=Count("objected")).order_by("-start", "-pk")
