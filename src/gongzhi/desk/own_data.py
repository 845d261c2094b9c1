"""Everything stored about one person in all rooms, to take along (the right to a copy)."""

from __future__ import annotations

from typing import Any

from gongzhi.records.consultations.models import Contribution, Signature
from gongzhi.records.crypto import Unreadable
from gongzhi.records.matters.access import readings_about
from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.people.models import Person
from gongzhi.records.people.queries import about

MOST = 5_000  # rows of one kind in a file


def own_data(person: Person) -> dict[str, Any]:
    """Account, matters, every word said or handed in, and who read them. Files are named, not contained."""
    matters = Matter.objects.filter(filer=person).order_by("filed_at")[:MOST]
    words = Words.objects.filter(subject=person).select_related("matter").order_by("pk")[:MOST]
    written = Contribution.objects.filter(author=person).order_by("pk")[:MOST]
    signed = Signature.objects.filter(person=person).select_related("signature_list").order_by("pk")[:MOST]
    return {
        "account": about(person),
        "matters": [_matter(one) for one in matters],
        "words": [_words(one) for one in words],
        "contributions": [_contribution(one) for one in written],
        "signatures": [{"title": one.signature_list.title, "at": one.signed_at.isoformat()} for one in signed],
        "read_by": [
            {"at": row.at.isoformat(), "role": row.role, "reason": row.reason} for row in readings_about(person)[:MOST]
        ],
    }


def _matter(matter: Matter) -> dict[str, Any]:
    return {
        "number": matter.number,
        "subject": matter.subject,
        "filed_at": matter.filed_at.isoformat(),
        "status": matter.status,
        "closed_at": matter.closed_at.isoformat() if matter.closed_at else None,
    }


def _contribution(row: Contribution) -> dict[str, Any]:
    return {"text": row.text, "kind": row.kind, "state": row.state, "added_at": row.added_at.isoformat()}


def _words(words: Words) -> dict[str, Any]:
    return {
        "matter": words.matter.number,
        "name": words.name,
        "text": _text(words),
        "media_type": words.media_type,
        "purpose": words.purpose,
        "legal_basis": words.legal_basis,
        "retention_until": words.retention_until.isoformat() if words.retention_until else None,
        "erased_at": words.erased_at.isoformat() if words.erased_at else None,
    }


def _text(words: Words) -> str | None:
    if words.erased_at or words.file or not words.media_type.startswith(("text/", "application/json")):
        return None
    try:
        return read_text(words)
    except Unreadable:
        return None
