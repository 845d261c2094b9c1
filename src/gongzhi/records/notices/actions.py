"""Writes: hung, objected to, answered. The desk calls these inside its transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.notices.models import Notice, Objection
from gongzhi.records.people.models import Person


def hang(**values: Any) -> Notice:
    """Hang a notice: the columns of `Notice`. A visit has one; hanging it again changes nothing."""
    notice, _ = Notice.objects.get_or_create(matter=values.pop("matter"), visit=values.pop("visit"), defaults=values)
    return notice


def correct(matter: Matter, visit: str, document: str, body: str) -> None:
    """Show the corrected text of a notice that consists of this document."""
    notice = Notice.objects.filter(matter=matter, visit=visit).first()
    if notice and notice.documents == [document]:
        notice.body = body
        notice.save(update_fields=["body"])


def object_to(
    matter: Matter, visit: str, key: str, person: Person | None, words: Words | None, at: datetime
) -> Objection | None:
    """Keep an objection. None when nothing hangs for this visit."""
    notice = Notice.objects.filter(matter=matter, visit=visit).first()
    if notice is None:
        return None
    return Objection.objects.create(notice=notice, key=key, person=person, words=words, made_at=at)


def answer(matter: Matter, visit: str, key: str, state: str, words: Words | None, at: datetime) -> Objection | None:
    """Keep what was answered, or that nobody did (`raised`, then `upheld`)."""
    found = Objection.objects.filter(notice__matter=matter, notice__visit=visit, key=key).first()
    if found is None:
        return None
    found.state, found.answer = state, words or found.answer
    found.answered_at = at if state in ("upheld", "rejected") else None
    found.save()
    return found
