"""Voting: one roll for screen, phone, helper and paper. Who voted is marked once; what, is not beside it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from gongzhi.core.calendar import in_china
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.recount import valid
from gongzhi.desk.ballots_lead import check_leads
from gongzhi.desk.writing import writing
from gongzhi.records.ballots import actions, queries, tally
from gongzhi.records.ballots.models import Ballot, Mark, RollEntry
from gongzhi.records.people.actions import record_consent
from gongzhi.records.people.models import HelperConsent, Person

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT = 16  # signs of 30: nobody guesses one


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody before a ballot: their line of the roll, how they voted, for whom they hold proxies."""

    entry: RollEntry | None
    mark: Mark | None = None
    gave_proxy: bool = False
    entrusted: tuple[tuple[RollEntry, Mark | None], ...] = ()


def standing(ballot: Ballot, person: Person) -> Standing:
    """Where the person stands; four queries at most."""
    entry = queries.entry_of(ballot.roll, person)
    if entry is None:
        return Standing(None)
    own = queries.mark_of(ballot, entry)
    for_whom = queries.entrusted_to(ballot, entry)
    marks = {mark.entry_id: mark for mark in ballot.marks.filter(entry__in=for_whom)} if for_whom else {}
    gave = ballot.given.filter(principal=entry).exists()
    return Standing(entry, own, gave, tuple((one, marks.get(one.pk)) for one in for_whom))


def cast(ballot: Ballot, person: Person, choice: Sequence[str], at: datetime, principal: int | None = None) -> str:
    """The person votes on a screen, or for somebody who gave them a written proxy (`principal`: number on the roll).

    Returns the receipt's code: it proves that, never what. Raises Refused: `not_on_roll`, `voted_already`,
    `ballot_closed`, `ballot_not_opened`, `not_online`, `proxy_gone`, `no_proxy`, `choice_wrong`.
    """
    own = queries.entry_of(ballot.roll, person)
    if own is None:
        raise Refused("not_on_roll")
    entry = own if principal in (None, own.number) else _principal(ballot, own, int(principal or 0))
    if entry == own and ballot.proxies and ballot.given.filter(principal=own).exists():
        raise Refused("proxy_gone")
    cast_by = None if entry == own else own
    return _vote(ballot, entry, "screen", choice, at, cast_by)


def _principal(ballot: Ballot, holder: RollEntry, number: int) -> RollEntry:
    found = next((one for one in queries.entrusted_to(ballot, holder) if one.number == number), None)
    if found is None:
        raise Refused("no_proxy", number=number)
    return found


def cast_for(
    ballot: Ballot, number: int, choice: Sequence[str], staff: Person, at: datetime, means: str, consent: str,
    witness: str,
) -> str:  # fmt: skip
    """Staff enter what a voter says, at the counter (`helper`) or on the phone, with consent and a witness.

    Raises Refused as `cast` does, and `not_holder`, `consent_missing`, `helper_votes` (for oneself: use the own page).
    """
    check_leads(ballot.matter, staff, at)
    entry = _entry(ballot, number)
    own = queries.entry_of(ballot.roll, staff)
    if own is not None and own.pk == entry.pk:
        raise Refused("helper_votes")
    if not consent.strip() or not witness.strip():
        raise Refused("consent_missing")
    how = "phone" if means == "phone" else "spoken"

    def agreed() -> HelperConsent:
        return record_consent(staff, ballot.matter.place, None, entry.name, consent, how, witness, at)

    return _vote(ballot, entry, means, choice, at, None, agreed)


def _vote(
    ballot: Ballot, entry: RollEntry, means: str, choice: Sequence[str], at: datetime,
    cast_by: RollEntry | None = None, agreed: Callable[[], HelperConsent] | None = None,
) -> str:  # fmt: skip
    code = new_code()
    try:
        with writing():
            now = queries.while_open(ballot.pk)
            _check_open(now, means, at)
            if not valid(now.items, now.form, list(choice)):
                raise Refused("choice_wrong")
            consent = agreed() if agreed else None
            digest, day = actions.receipt_digest(code), in_china(at).date()
            row = actions.mark(now, entry, means, day, digest, cast_by, consent)
            if now.secrecy == "secret":
                tally.add(now, tuple(choice))
            else:
                actions.choose_openly(row, tuple(choice))
    except IntegrityError as clash:
        raise _voted_already(ballot, entry) from clash
    return code


def _check_open(ballot: Ballot, means: str, at: datetime) -> None:
    if ballot.status == "planned" or (ballot.opens_at and at < ballot.opens_at):
        raise Refused("ballot_not_opened")
    if ballot.status != "open" or ballot.closes_at is None or at >= ballot.closes_at:
        raise Refused("ballot_closed", at=ballot.closes_at)
    if means not in ballot.means:
        raise Refused("not_online", means=list(ballot.means))


def _voted_already(ballot: Ballot, entry: RollEntry) -> Refused:
    found = queries.mark_of(ballot, entry)
    return _already(found) if found is not None else Refused("try_again")


def _already(found: Mark) -> Refused:
    return Refused("voted_already", day=found.day.isoformat(), means=found.means, proxy=found.cast_by_id is not None)


def _entry(ballot: Ballot, number: int) -> RollEntry:
    found = ballot.roll.entries.filter(number=number).first()
    if found is None:
        raise Refused("not_on_roll", number=number)
    return found


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT))


def hand_in(ballot: Ballot, numbers: Iterable[int], staff: Person, at: datetime) -> list[tuple[int, Refused]]:
    """These came with a paper: marked as having voted, before the ballot closes. Returns what was refused.

    Raises Refused when the ballot takes no paper now.
    """
    check_leads(ballot.matter, staff, at)
    wanted = list(dict.fromkeys(numbers))
    with writing():
        now = queries.while_open(ballot.pk)
        _check_open(now, "paper", at)
        entries = {entry.number: entry for entry in now.roll.entries.filter(number__in=wanted)}
        held_by = dict(now.given.values_list("principal_id", "holder_id"))
        marks = {one.pk: _paper_mark(now, one, held_by.get(one.pk), at) for one in entries.values()}
        there = actions.mark_all(now, list(marks.values()))
    refused = [(number, Refused("not_on_roll", number=number)) for number in wanted if number not in entries]
    before = [one for one in entries.values() if there[one.pk].receipt != marks[one.pk].receipt]
    return refused + [(one.number, _already(there[one.pk])) for one in before]


def _paper_mark(ballot: Ballot, entry: RollEntry, cast_by: int | None, at: datetime) -> Mark:
    receipt = actions.receipt_digest(new_code())
    return Mark(ballot=ballot, entry=entry, means="paper", day=in_china(at).date(), receipt=receipt, cast_by_id=cast_by)


def check_receipt(ballot: Ballot, code: str) -> bool:
    """Is the vote of this receipt in the count? Says nothing of what it was."""
    plain = "".join(sign for sign in code.upper() if sign in ALPHABET)
    return Mark.objects.filter(ballot=ballot, receipt=actions.receipt_digest(plain)).exists()
