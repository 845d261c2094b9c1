"""Writes: accounts, seats, consents, erasure. `now` is always an argument."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gongzhi.core.charter.spec import Seat
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.people.contacts import Contact
from gongzhi.records.people.models import HelperConsent, Person, SeatTerm

ACCOUNT = {"purpose": "account", "legal_basis": "PIPL 13(1)(1)"}
POST = {"purpose": "post", "legal_basis": "PIPL 13(1)(3)"}
ASSISTED = {"purpose": "assisted_filing", "legal_basis": "PIPL 13(1)(1)"}


class SeatTaken(Exception):
    """All chairs of the seat are held, or the person holds it already."""


def register_resident(contact: Contact, home: Place | None, now: datetime, language: str = "zh-hans") -> Person:
    """The account of a contact that was just proved by a code; made if there is none yet."""
    known = Person.objects.by_contact_index(contact.index)
    if known:
        return known
    person = Person(joined_at=now, home=home, language=language, collected_from="self", **ACCOUNT)
    setattr(person, contact.kind, contact.value)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # somebody registered the same contact at the same moment
        return Person.objects.by_contact_index(contact.index) or person
    return person


def create_staff(login: str, display_name: str, password: str | None, now: datetime) -> Person:
    """An account for somebody who holds a post; it can do nothing before its second factor is set up.

    `password` None: it cannot be signed in to until it gets one.
    """
    person = Person(login=login, display_name=display_name, joined_at=now, collected_from="employer", **POST)
    person.set_password(password)
    person.save()
    return person


def take_seat(
    person: Person, organ: OrganInstance, seat: Seat | None, now: datetime, due: date | None = None
) -> SeatTerm:
    """The person holds the seat from `now` (None: works in the organ without a post). Raises `SeatTaken`."""
    name = seat.name if seat else ""
    held = SeatTerm.objects.filter(organ_instance=organ, seat=name, end=None)
    slot = _free_slot(set(held.values_list("slot", flat=True)), seat) if seat else None
    try:
        with transaction.atomic():
            return SeatTerm.objects.create(
                person=person,
                organ_instance=organ,
                seat=name,
                slot=slot,
                basis=(seat.basis or "") if seat else "",
                start=now,
                due=due,
            )
    except IntegrityError as clash:
        raise SeatTaken(f"{organ.organ}.{name}") from clash


def _free_slot(taken: set[int | None], seat: Seat) -> int:
    free = next((slot for slot in range(1, seat.count + 1) if slot not in taken), None)
    if free is None:
        raise SeatTaken(seat.name)
    return free


def leave_seat(term: SeatTerm, now: datetime) -> None:
    """The person holds the seat no more; what was done in it stays."""
    term.end = now
    term.save(update_fields=["end"])


def record_consent(
    helper: Person,
    place: Place,
    resident: Person | None,
    name: str,
    text: str,
    means: str,
    witness: str,
    now: datetime,
) -> HelperConsent:
    """A resident agreed, before a witness, that the helper files for them."""
    return HelperConsent.objects.create(
        helper=helper,
        resident=resident,
        resident_name=name,
        place=place,
        text_digest=hashlib.sha256(text.encode()).hexdigest(),
        means=means,
        witness=witness,
        at=now,
        collected_from="helper",
        **ASSISTED,
    )


@transaction.atomic
def erase_account(person: Person, now: datetime) -> None:
    """Everything that says who it was is gone; the digest stays, so that the log still replays."""
    person.display_name = person.phone = person.mail = ""
    person.login = None
    person.home = None
    person.is_active = False
    person.erased_at = now
    person.set_unusable_password()
    person.save()
    HelperConsent.objects.filter(resident=person).update(resident_name="", witness="")
    person.seat_terms.filter(end=None).update(end=now)
