"""Reads: the meetings of a matter or an organ, who came, what was resolved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet, Sum

from gongzhi.records.matters.models import Matter
from gongzhi.records.meetings.models import Meeting


def meetings_of(matter: Matter) -> QuerySet[Meeting]:
    """All meetings of a matter with attendance and resolutions, in three queries."""
    related = ("attendances", "resolutions__owner", "resolutions__text")
    return matter.meetings.select_related("organ").prefetch_related(*related).order_by("pk")


def meeting_of(matter: Matter, visit: str) -> Meeting | None:
    return matter.meetings.select_related("organ").filter(visit=visit).first()


def coming(organs: Iterable[int], now: datetime) -> QuerySet[Meeting]:
    """Meetings an organ holds from now on, the next first."""
    rows = Meeting.objects.filter(organ__in=list(organs), at__gte=now, status__in=("planned", "open"))
    return rows.select_related("matter", "organ").order_by("at")


def present(meeting: Meeting) -> dict[str, int]:
    """How many came for each part."""
    rows = meeting.attendances.filter(state="present").values("part").annotate(count=Sum("count"))
    return {row["part"]: row["count"] for row in rows}
