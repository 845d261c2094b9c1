"""How many matters came, were settled and are late, each as a number one can count again in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from gongzhi.core.calendar import in_china
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter

__all__ = ["DONE", "LATE", "RECEIVED", "Month", "month_of", "shown_by"]

RECEIVED, DONE, LATE = "received", "done", "late"


@dataclass(frozen=True, slots=True)
class Month:
    """Numbers of one calendar month of a community and everything in it; `late` and `open` as of now."""

    start: datetime
    end: datetime
    received: int
    done: int
    late: int
    open: int


def month_around(at: datetime) -> tuple[datetime, datetime]:
    """First moment of the local month of `at`, and of the next one."""
    start = in_china(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return start, (start + timedelta(days=32)).replace(day=1)


def shown_by(name: str, at: datetime) -> Q:
    """The condition behind each number, so that a list shows exactly what was counted."""
    start, end = month_around(at)
    conditions = {
        RECEIVED: Q(filed_at__gte=start, filed_at__lt=end),
        DONE: Q(closed_at__gte=start, closed_at__lt=end) & ~Q(status__in=OPEN),
        LATE: Q(status__in=OPEN) & (Q(late=True) | Q(due__lt=at)),
        "open": Q(status__in=OPEN),
    }
    return conditions.get(name, Q())


def month_of(community: Place, at: datetime) -> Month:
    """The numbers of the present month, in one query."""
    start, end = month_around(at)
    here = Matter.objects.filter(place__path__startswith=community.path)
    counted = here.aggregate(
        **{name: Count("pk", filter=shown_by(name, at)) for name in (RECEIVED, DONE, LATE, "open")}
    )
    return Month(start, end, counted[RECEIVED], counted[DONE], counted[LATE], counted["open"])
