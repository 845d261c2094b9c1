"""Who read personal words: written at every page view, readable by the person concerned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from gongzhi.records.matters.models import AccessLog, Matter
from gongzhi.records.people.models import Person


def note_reading(reader: Person, role: str, reason: str, at: datetime, matter: Matter) -> AccessLog:
    """One page view of one matter's personal words. Reading one's own matter is not noted."""
    row = AccessLog(at=at, reader=reader.digest, role=role, reason=reason, matter=matter, subject_id=matter.filer_id)
    if matter.filer_id != reader.pk:
        row.save()
    return row


def note_export(reader: Person, role: str, reason: str, at: datetime, matters: Iterable[Matter]) -> int:
    """An export that holds personal words of many matters: one row for each of them."""
    rows = [
        AccessLog(at=at, reader=reader.digest, role=role, reason=reason, matter=one, subject_id=one.filer_id)
        for one in matters
        if one.filer_id != reader.pk
    ]
    return len(AccessLog.objects.bulk_create(rows))


def note_person_read(reader: Person, role: str, reason: str, at: datetime, subject: Person) -> None:
    """Somebody looked at a person's own data."""
    if reader.pk != subject.pk:
        AccessLog.objects.create(at=at, reader=reader.digest, role=role, reason=reason, subject=subject)


def readings_about(person: Person) -> QuerySet[AccessLog]:
    """Everybody who read this person's data or matters, the latest first: their right to know."""
    return AccessLog.objects.filter(Q(subject=person)).select_related("matter").order_by("-at", "-pk")


def readings_of(matter: Matter) -> QuerySet[AccessLog]:
    """Who looked at a matter (谁看过)."""
    return matter.reads.order_by("-at", "-pk")
