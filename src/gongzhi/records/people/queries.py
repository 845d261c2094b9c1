"""Reads: who holds which seat, and what is stored about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongzhi.records.people.models import HelperConsent, Person, SeatTerm, held_at


def holders(organ_instance: int, seat: str, at: datetime) -> list[Person]:
    """The persons who hold a seat at a time; `seat` empty: everybody of the organ."""
    terms = SeatTerm.objects.filter(held_at(at), organ_instance=organ_instance).select_related("person")
    chosen = terms.filter(seat=seat) if seat else terms
    return [term.person for term in chosen.order_by("pk")]


def about(person: Person) -> dict[str, Any]:
    """Everything this room stores about a person, for the person to see and take along."""
    return {
        "digest": person.digest,
        "login": person.login,
        "name": person.display_name,
        "phone": person.phone,
        "mail": person.mail,
        "community": person.home.code if person.home else None,
        "language": person.language,
        "text_size": person.text_size,
        "contrast": person.contrast,
        "joined_at": person.joined_at.isoformat(),
        "purpose": person.purpose,
        "legal_basis": person.legal_basis,
        "collected_from": person.collected_from,
        "retention_until": person.retention_until.isoformat() if person.retention_until else None,
        "seats": [_seat(term) for term in person.seat_terms.select_related("organ_instance").order_by("start")],
        "consents": [_consent(row) for row in HelperConsent.objects.filter(resident=person).order_by("at")],
    }


def _seat(term: SeatTerm) -> dict[str, Any]:
    return {
        "organ": term.organ_instance.title,
        "seat": term.seat,
        "start": term.start.isoformat(),
        "end": term.end.isoformat() if term.end else None,
    }


def _consent(row: HelperConsent) -> dict[str, Any]:
    return {
        "at": row.at.isoformat(),
        "means": row.means,
        "witness": row.witness,
        "text_digest": row.text_digest,
    }
