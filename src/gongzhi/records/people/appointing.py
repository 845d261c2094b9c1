"""Writes: appointing to a seat, ending a term, standing in, resetting a sign-in. `now` is always an argument."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from gongzhi.core.charter.spec import Seat
from gongzhi.records.crypto import blind_index
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.people.actions import SeatTaken
from gongzhi.records.people.models import Person, SeatTerm, SecondFactor
from gongzhi.records.people.posts import STAND_IN, Appointment, SignInReset
from gongzhi.records.people.tokens import ApiToken

ASKED_LIVES = timedelta(days=3)
CODE_LIVES = timedelta(minutes=30)
TRIES = 5
DIGITS = 8


@dataclass(frozen=True, slots=True)
class NewTerm:
    """What a paper says about a new term. `end` ends it by itself; only standing in has one."""

    person: Person
    organ: OrganInstance
    seat: Seat | None
    start: datetime
    document: str
    due: date | None = None
    composition: bool | None = None
    end: datetime | None = None


@transaction.atomic
def appoint(new: NewTerm, by: Person, now: datetime) -> SeatTerm:
    """The person holds the seat from `start`. Raises `SeatTaken` when all chairs are held then."""
    organ = OrganInstance.objects.select_for_update().get(pk=new.organ.pk)
    name = new.seat.name if new.seat else ""
    running = Q(end=None) | Q(end__gt=new.start)
    before_end = Q(start__lt=new.end) if new.end else Q()
    held = list(SeatTerm.objects.filter(running & before_end, organ_instance=organ, seat=name))
    if any(term.person_id == new.person.pk or (new.end and term.basis == STAND_IN) for term in held):
        raise SeatTaken(name)
    term = SeatTerm.objects.create(
        person=new.person, organ_instance=organ, seat=name, slot=_slot(new, held), start=new.start, due=new.due,
        end=new.end, basis=STAND_IN if new.end else (new.seat.basis or "") if new.seat else "",
    )  # fmt: skip
    Appointment.objects.create(term=term, by=by, at=now, document=new.document, composition=new.composition)
    return term


def _slot(new: NewTerm, held: list[SeatTerm]) -> int | None:
    if new.seat is None:
        return None
    if new.end:
        return 1
    taken = {term.slot for term in held if term.basis != STAND_IN}
    free = next((slot for slot in range(1, new.seat.count + 1) if slot not in taken), None)
    if free is None:
        raise SeatTaken(new.seat.name)
    return free


@transaction.atomic
def end_term(term: SeatTerm, by: Person, document: str, at: datetime, now: datetime) -> None:
    """The term ends at `at`; on what it rests is kept. A term that ran before this table existed gets its row."""
    term.end = at
    term.save(update_fields=["end"])
    paper, _ = Appointment.objects.get_or_create(term=term, defaults={"by": by, "at": now, "document": document})
    paper.ended_by, paper.ended_document = by, document
    paper.save(update_fields=["ended_by", "ended_document"])


def ask_reset(person: Person, by: Person, now: datetime) -> SignInReset:
    """One open request for each person; asking again gives it back."""
    found = open_resets(now).filter(person=person).first()
    return found or SignInReset.objects.create(person=person, asked_by=by, asked_at=now, expires_at=now + ASKED_LIVES)


def open_resets(now: datetime) -> QuerySet[SignInReset]:
    """Requests that somebody else still has to confirm."""
    return SignInReset.objects.filter(confirmed_at=None, used_at=None, expires_at__gt=now)


def confirm_reset(reset: SignInReset, by: Person, now: datetime) -> str:
    """The code to be handed over in person; shown once and never stored. Empty: somebody else was faster."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    done = open_resets(now).filter(pk=reset.pk).update(
        confirmed_by=by, confirmed_at=now, expires_at=now + CODE_LIVES, code_hash=_hash(reset.salt, code)
    )  # fmt: skip
    return code if done else ""


@transaction.atomic
def use_reset(login: str, code: str, password: str, now: datetime) -> bool:
    """Sets the password and takes the code generator away: sign-in sets up a new one. False: the code is not right.

    Every session and every key of a program ends with it.
    """
    alive = SignInReset.objects.filter(
        person__login=login, person__is_active=True, used_at=None, expires_at__gt=now, confirmed_at__isnull=False
    )
    reset = alive.select_related("person").order_by("-pk").first()
    if reset is None or not alive.filter(pk=reset.pk, attempts__lt=TRIES).update(attempts=F("attempts") + 1):
        return False
    if not hmac.compare_digest(reset.code_hash, _hash(reset.salt, code)):
        return False
    if not alive.filter(pk=reset.pk).update(used_at=now):
        return False
    person = reset.person
    person.set_password(password)
    person.save(update_fields=["password"])
    SecondFactor.objects.filter(person=person).delete()
    ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    return True


def _hash(salt: str, code: str) -> str:
    return blind_index("reset", f"{salt}{code}")
