"""Reads: the meetings of a matter or an organ, who came, what was resolved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from gongzhi.records.matters.models import Matter
from gongzhi.records.meetings.models import AgendaItem, Meeting, MeetingMember, Resolution


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


def there(meeting: Meeting) -> int:
    """How many members are in the room now."""
    return meeting.members.filter(state="present").count()


def numbers_of(meeting: Meeting, item: AgendaItem) -> dict[str, int]:
    """Roll, people in the room who may vote on an item, and those who may not."""
    out = item.recusals.count()
    away = item.recusals.exclude(member__state="present").count()
    return {"eligible": meeting.eligible, "present": there(meeting) - (out - away), "recused": out}


def open_resolutions(organ_id: int, before: Meeting | None = None) -> QuerySet[Resolution]:
    """What an organ resolved at earlier meetings and what has not been reported to it yet, the oldest first."""
    rows = Resolution.objects.filter(meeting__organ=organ_id, reported_in=None, task__isnull=False)
    rows = rows.exclude(meeting=before) if before else rows
    return rows.select_related("meeting", "owner", "task", "text").order_by("meeting__held_at", "item")


def public_meetings(path: str) -> QuerySet[Meeting]:
    """Meetings that have a time, about public matters of a community (the path of its place)."""
    rows = Meeting.objects.filter(matter__public=True, matter__place__path__startswith=path, at__isnull=False)
    return rows.select_related("matter", "organ")


def roll(meeting: Meeting) -> list[MeetingMember]:
    """The members in their order, with their accounts."""
    return list(meeting.members.select_related("person").order_by("number"))


def by_state(meeting: Meeting) -> dict[str, int]:
    """How many members are present, left, sent apologies, stayed away; and by which means they signed in."""
    states = meeting.members.values("state").annotate(count=Count("pk")).order_by("state")
    means = meeting.members.exclude(means="").values("means").annotate(count=Count("pk")).order_by("means")
    found = {row["state"]: row["count"] for row in states}
    return found | {f"by_{row['means']}": row["count"] for row in means}


def by_part(meeting: Meeting) -> list[tuple[str, str, int]]:
    """Called groups and seats: part, state, how many."""
    rows = meeting.attendances.values("part", "state").annotate(count=Sum("count")).order_by("part", "state")
    return [(row["part"], row["state"], row["count"]) for row in rows]


def questions(meeting: Meeting) -> dict[str, int]:
    """How many questions came in which way, and how many have an answer."""
    rows = meeting.voices.filter(kind="question")
    found = {row["source"]: row["count"] for row in rows.values("source").annotate(count=Count("pk"))}
    return {**found, "answered": rows.filter(state="answered").count()}
