"""Signing in to a meeting by oneself, with the code that hangs in the room."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.writing import writing
from gongzhi.records.crypto import blind_index
from gongzhi.records.meetings import actions
from gongzhi.records.meetings.models import Attendance, Meeting
from gongzhi.records.people.models import Person

BEFORE = timedelta(hours=2)  # doors open
AFTER = timedelta(hours=12)
DIGITS = 6


def code_of(meeting: Meeting) -> str:
    """The six digits shown in the room. They say that somebody is there, not who."""
    return f"{int(blind_index('meeting', str(meeting.pk))[:12], 16) % 10**DIGITS:0{DIGITS}}"


def check_door(meeting: Meeting, code: str, at: datetime) -> None:
    """Raises Refused: wrong code, wrong time."""
    if not hmac.compare_digest(code_of(meeting).encode(), code.encode()):
        raise Refused("code_wrong")
    if meeting.status not in ("planned", "open") or meeting.at is None:
        raise Refused("too_late")
    if not meeting.at - BEFORE <= at <= meeting.at + AFTER:
        raise Refused("too_early", until=meeting.at - BEFORE)


def sign_in(meeting: Meeting, part: str, person: Person, code: str, at: datetime) -> Attendance:
    """The person came, for one of the groups that were called. Raises Refused: wrong code, wrong time, not called."""
    check_door(meeting, code, at)
    if part not in meeting.called:
        raise Refused("part_unknown", part=part)
    with writing():
        return actions.sign_in(meeting, part, person, "qr", at)
