"""Writes: planned, invited, attended, held, resolved. The desk calls these inside its transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.meetings import queries, room
from gongzhi.records.meetings.models import Attendance, Meeting, Resolution
from gongzhi.records.people.models import Person

REPORT = "上次会议决议的办理情况"  # minutes are papers of the community, in its language


def plan(matter: Matter, visit: str, organ_id: int, title: str, called: Sequence[str]) -> Meeting:
    """The meeting of a visit; a visit has one."""
    meeting, _ = Meeting.objects.get_or_create(
        matter=matter, visit=visit, defaults={"organ_id": organ_id, "title": title, "called": list(called)}
    )
    return meeting


def invite(
    matter: Matter, visit: str, at: datetime, where: str, agenda: Sequence[str], invited_at: datetime
) -> Meeting | None:
    """Set when, where and what about. None when the visit is no meeting or it is over."""
    meeting = Meeting.objects.filter(matter=matter, visit=visit, status__in=("planned", "open")).first()
    if meeting is None:
        return None
    meeting.at, meeting.where, meeting.agenda, meeting.invited_at = at, where, list(agenda), invited_at
    meeting.save()
    return meeting


def set_agenda(meeting: Meeting, titles: Sequence[str]) -> None:
    """The items of an invitation; where earlier resolutions wait to be reported on, that comes first."""
    reports = [REPORT] if queries.open_resolutions(meeting.organ_id, meeting).exists() else []
    room.set_items(meeting, reports, "report")
    room.set_items(meeting, titles)


def sign_in(meeting: Meeting, part: str, person: Person, means: str, at: datetime) -> Attendance:
    """One person came. Signing in twice is one attendance."""
    row, _ = Attendance.objects.get_or_create(
        meeting=meeting, part=part, person=person, defaults={"means": means, "at": at}
    )
    return row


def record(
    matter: Matter, visit: str, part: str, means: str, count: int, state: str, at: datetime, recorded_by: str
) -> Attendance | None:
    """Somebody wrote down how many came for a part; those who signed in themselves are counted already."""
    meeting = Meeting.objects.filter(matter=matter, visit=visit).first()
    if meeting is None:
        return None
    signed = Attendance.objects.filter(meeting=meeting, part=part, state="present", person__isnull=False).count()
    if state == "present" and signed >= count:
        return None
    return Attendance.objects.create(
        meeting=meeting, part=part, means=means, count=max(count - signed, 1), state=state, at=at,
        recorded_by=recorded_by,
    )  # fmt: skip


def close(matter: Matter, visit: str, outcome: str, at: datetime, unheld: bool) -> Meeting | None:
    """The meeting is over; `unheld`: time ran out without it."""
    meeting = Meeting.objects.filter(matter=matter, visit=visit).first()
    if meeting is None:
        return None
    meeting.status, meeting.outcome = "cancelled" if unheld else "held", outcome
    meeting.held_at = None if unheld else at
    meeting.save()
    return meeting


def resolve(meeting: Meeting, item: int, text: Words, owner_id: int, due: date | None) -> Resolution:
    """A resolution with who carries it out."""
    return Resolution.objects.create(meeting=meeting, item=item, text=text, owner_id=owner_id, due=due)
