"""Meetings as residents see them: when, where, about what, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.records.institutions.models import Place
from gongzhi.records.meetings.models import Meeting
from gongzhi.records.meetings.queries import meetings_of
from gongzhi.records.notices.queries import hanging
from gongzhi.web.looking import Looked
from gongzhi.words.terms import Terms

__all__ = ["Open", "meetings", "open_now"]

COMING = ("planned", "open")


def meetings(looked: Looked) -> list[dict[str, Any]]:
    """The meetings of a matter that have a time or were held, newest first."""
    terms, procedure = Terms(looked.charter), looked.charter.procedures[looked.case.procedure]
    rows = [row for row in meetings_of(looked.matter) if row.at or row.status == "held"]
    return [
        {
            "meeting": row,
            "title": terms.text(row.title),
            "coming": row.status in COMING,
            "outcome": terms.outcome(procedure.steps.get(row.visit.partition("#")[0]), row.outcome),
            "present": sum(one.count for one in row.attendances.all() if one.state == "present"),
        }
        for row in reversed(rows)
    ]


@dataclass(frozen=True, slots=True)
class Open:
    """Something one can take part in now: a notice that hangs until `at`, or a meeting at that time and place."""

    at: datetime
    subject: str
    title: str
    notice: int = 0
    number: str = ""
    where: str = ""
    objections: bool = False


def open_now(places: list[Place], community: Place, at: datetime, most: int) -> list[Open]:
    """What closes or meets soonest. Two queries."""
    closing = hanging(places, at).filter(until__isnull=False).order_by("until", "pk")[:most]
    found = [
        Open(row.until or at, row.matter.subject if row.matter else "", row.title, row.pk, objections=row.objections)
        for row in closing
    ]
    coming = Meeting.objects.filter(
        status__in=COMING, at__gte=at, matter__public=True, matter__place__path__startswith=community.path
    ).select_related("matter")
    found += [
        Open(row.at or at, row.matter.subject, row.title, number=row.matter.number, where=row.where)
        for row in coming.order_by("at", "pk")[:most]
    ]
    return sorted(found, key=lambda one: one.at)[:most]
