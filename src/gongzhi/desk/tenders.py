"""Tenders: the terms of a call, bids sealed until their hour, the opening by two people. Called outside a matter's act.

What a step of a tender needs before it ends is in `room_facts.py`, the panel in `tender_panel.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from gongzhi.core.charter.spec import Step
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.moves import organ_of
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk.draft import Draft
from gongzhi.desk.permissions import actors
from gongzhi.desk.room_facts import earliest_hour
from gongzhi.desk.step import take_step
from gongzhi.desk.writing import writing
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.records.projects import tender_actions as actions
from gongzhi.records.projects import tender_queries as queries
from gongzhi.records.projects.tender_actions import NewBid, NewTarget
from gongzhi.records.projects.tenders import Bid, Tender

__all__ = [
    "BIDS_OPENED", "Terms", "enter_price", "hand_in", "open_bids", "set_terms", "step_at", "takes_bids",
    "withdraw",
]  # fmt: skip

BIDS_OPENED = "bids_opened"  # a note in the log, with one digest over all bids
TARGETS, LONGEST, TEXT = 20, 120, 4000


@dataclass(frozen=True, slots=True)
class Terms:
    """Of a call: until when bids are taken, what it may cost (0.01 yuan), where bids go, what has to be delivered."""

    closes_at: datetime
    estimate: int
    where: str
    targets: Sequence[NewTarget]


def step_at(matter: Matter) -> Step | None:
    """The step the matter is at; None when it has ended."""
    case = read_state(matter.state)
    return charter_by_digest(case.digest).procedures[case.procedure].steps.get(case.control.step)


def in_room(matter: Matter, *rooms: str) -> Step:
    """The step the matter is at, if it is one of these. Raises Refused `not_now`."""
    step = step_at(matter)
    if step is None or step.room not in rooms:
        raise Refused("not_now")
    return step


def tender_of(matter: Matter) -> Tender:
    """The call that runs, locked. Raises Refused `no_tender`."""
    found = queries.latest(matter)
    if found is None:
        raise Refused("no_tender")
    return actions.locked(found)


# --- the call ---


def set_terms(matter: Matter, terms: Terms, person: Person, at: datetime) -> Tender:
    """Terms of the call that is prepared.

    Raises Refused: `not_now`, `not_holder`, `hour_too_early`, `estimate_missing`, `targets_missing`, `where_missing`.
    """
    lead.check_leads(matter, person, at)
    in_room(matter, "call")
    _check(matter, terms, at)
    with writing():
        tender = tender_of(matter)
        tender.closes_at, tender.estimate, tender.where = terms.closes_at, terms.estimate, terms.where.strip()
        actions.save(tender, ("closes_at", "estimate", "where"))
        actions.put_targets(matter, terms.targets)
    return tender


def _check(matter: Matter, terms: Terms, at: datetime) -> None:
    if terms.closes_at < (first := earliest_hour(matter, at)):
        raise Refused("hour_too_early", earliest=first)
    if terms.estimate < 1:
        raise Refused("estimate_missing")
    if not terms.where.strip():
        raise Refused("where_missing")
    if not 1 <= len(terms.targets) <= TARGETS or any(not _whole(one) for one in terms.targets):
        raise Refused("targets_missing", most=TARGETS)


def _whole(target: NewTarget) -> bool:
    return bool(target.title.strip()) and len(target.title) <= LONGEST and bool(target.unit) and target.wanted >= 1


# --- bids ---


def takes_bids(tender: Tender, at: datetime) -> bool:
    """May a bid be handed in at this moment?"""
    return bool(tender.published_at and tender.closes_at and at <= tender.closes_at and tender.opened_at is None)


def hand_in(tender: Tender, new: NewBid, person: Person, at: datetime) -> Bid:
    """One sealed bid. An envelope is taken by who holds the step; anybody signed in hands in over the net.

    Raises Refused: `bid_late` (closes_at, at), `bids_not_taken`, `bid_empty`, `bid_twice`, `not_holder`.
    """
    if new.channel == "paper":
        lead.check_leads(tender.matter, person, at)
    if not new.bidder.strip() or (new.channel == "web" and (not new.offer.strip() or not new.price or new.price < 1)):
        raise Refused("bid_empty")
    try:
        with writing():
            own = actions.locked(tender)
            if own.closes_at and at > own.closes_at:
                raise Refused("bid_late", closes_at=own.closes_at, at=at)
            if not takes_bids(own, at):
                raise Refused("bids_not_taken")
            return actions.hand_in(own, new, person.digest, at)
    except IntegrityError as clash:
        raise Refused("bid_twice") from clash


def withdraw(bid: Bid, person: Person, at: datetime) -> None:
    """Until the hour whoever handed it in may take it back (招标投标法 29).

    Raises Refused `bid_not_yours`, `bid_late`.
    """
    if bid.by != person.digest:
        raise Refused("bid_not_yours")
    with writing():
        own = actions.locked(bid.tender)
        if not takes_bids(own, at):
            raise Refused("bid_late", closes_at=own.closes_at, at=at)
        bid.withdrawn_at = at
        actions.save(bid, ("withdrawn_at",))


# --- the opening ---


def open_bids(matter: Matter, person: Person, at: datetime) -> Tender:
    """Open the bids: the first person asks, a second one with a part in the step does it. Not a second too early.

    Raises Refused: `not_now`, `not_holder`, `open_early` (closes_at, at), `second_opener`, `opened_already`.
    """
    step = in_room(matter, "opening")
    organ = _opens(matter, step, person, at)
    with writing():
        tender = tender_of(matter)
        if tender.opened_at:
            raise Refused("opened_already")
        if tender.closes_at is None or at < tender.closes_at:
            raise Refused("open_early", closes_at=tender.closes_at, at=at)
        if tender.opened_by == person.digest:
            raise Refused("second_opener")
        if not tender.opened_by:
            tender.opened_by = person.digest
            actions.save(tender, ("opened_by",))
            return tender
        return _opened(tender, organ, person, at)


def _opened(tender: Tender, organ: str, person: Person, at: datetime) -> Tender:
    tender.opened_with, tender.opened_at = person.digest, at
    actions.save(tender, ("opened_with", "opened_at"))
    actions.unseal(tender)
    digests = "\n".join(tender.bids.order_by("number").values_list("digest", flat=True))
    note = Draft("note", state=BIDS_OPENED, ground=hashlib.sha256(digests.encode()).hexdigest(), organ=organ)
    take_step(tender.matter.number, note, person, at, None)
    return tender


def _opens(matter: Matter, step: Step, person: Person, at: datetime) -> str:
    """As which organ somebody may open: that of the holder, or one that is called to be there."""
    case = read_state(matter.state)
    may = {organ_of(case.control.holder), *(part.by.name for part in step.parts)}
    mine = actors(person, charter_by_digest(case.digest), case, at, None)
    found = next((one.organ for one in mine if one.organ in may), None)
    if found is None:
        raise Refused("not_holder", holder=case.control.holder)
    return found


def enter_price(bid: Bid, price: int, offer: str, person: Person, at: datetime) -> None:
    """What an opened envelope says, as it is read out. Raises Refused `not_now`, `not_holder`, `bid_empty`."""
    matter = bid.tender.matter
    lead.check_leads(matter, person, at)
    in_room(matter, "opening")
    if bid.tender.opened_at is None or bid.channel != "paper":
        raise Refused("not_now")
    if price < 1 or not offer.strip():
        raise Refused("bid_empty")
    with writing():
        bid.amount, bid.offer = price, offer.strip()[:TEXT]
        actions.save(bid, ("amount", "offer"))
