"""Reads: what hangs on a board, and what was said against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.notices.models import Notice

CLOSED = ("closed", "final")
AT_LEAST = timedelta(
    days=15
)  # how long public affairs hang (城市居民委员会组织法 35), here too for notices without an end


def hanging(places: Iterable[Place], now: datetime) -> QuerySet[Notice]:
    """Notices that hang now at these places, newest first, with the number of objections."""
    return _counted().filter(place__in=places, start__lte=now).exclude(_over(now))


def taken_down(places: Iterable[Place], now: datetime) -> QuerySet[Notice]:
    """Notices whose time is over, newest first."""
    return _counted().filter(place__in=places).filter(_over(now))


def _over(now: datetime) -> Q:
    """A notice without an end hangs as long as its matter is open, and fifteen days in any case."""
    settled = Q(until=None, matter__status__in=CLOSED, start__lt=now - AT_LEAST)
    return Q(until__lt=now) | settled


def notices_of(matter: Matter) -> QuerySet[Notice]:
    return _counted().filter(matter=matter).prefetch_related("objected")


def _counted() -> QuerySet[Notice]:
    rows = Notice.objects.select_related("place", "organ", "matter")
    return rows.annotate(objection_count=Count("objected")).order_by("-start", "-pk")
