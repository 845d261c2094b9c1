"""Who judges bids, and by what: declared interests, an odd panel, marks; later what was delivered and found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk.room_facts import sits
from gongzhi.desk.tenders import in_room, tender_of
from gongzhi.desk.writing import writing
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.contacts import BadContact, parse_contact
from gongzhi.records.people.models import Person
from gongzhi.records.projects import tender_actions as actions
from gongzhi.records.projects import tender_queries as queries
from gongzhi.records.projects.tenders import MOST, Bid, Evaluator, Tender

__all__ = ["add_evaluator", "choose", "declare", "delivered", "found", "give_marks"]

PEOPLE = 30


def add_evaluator(matter: Matter, name: str, contact: str, expert: bool, person: Person, at: datetime) -> Evaluator:
    """Raises Refused: `not_now`, `not_holder`, `name_missing`, `evaluator_twice`, `panel_full`."""
    lead.check_leads(matter, person, at)
    in_room(matter, "panel")
    if not name.strip():
        raise Refused("name_missing")
    try:
        with writing():
            tender = tender_of(matter)
            if tender.evaluators.count() >= PEOPLE:
                raise Refused("panel_full", most=PEOPLE)
            return actions.add_evaluator(tender, name, _written(contact), expert)
    except IntegrityError as clash:
        raise Refused("evaluator_twice") from clash


def _written(contact: str) -> str:
    """The one form of a contact; as typed where it is none, so that a landline still tells people apart."""
    try:
        found = parse_contact(contact) if contact.strip() else None
    except BadContact:
        return contact.strip()
    return found.value if found else ""


def declare(evaluator: Evaluator, interest: str, person: Person, at: datetime) -> None:
    """What somebody of the panel says about interests. Who has one is out, and marks given go.

    Raises Refused: `not_now`, `not_holder`, `interest_unknown`, `interest_stays`.
    """
    lead.check_leads(evaluator.tender.matter, person, at)
    in_room(evaluator.tender.matter, "panel")
    if interest not in ("none", "has"):
        raise Refused("interest_unknown")
    with writing():
        actions.locked(evaluator.tender)
        if evaluator.interest == "has" and interest == "none":
            raise Refused("interest_stays")
        evaluator.interest, evaluator.declared_at = interest, at
        actions.save(evaluator, ("interest", "declared_at"))
        if interest == "has":
            evaluator.marks.all().delete()


def give_marks(evaluator: Evaluator, marks: Mapping[int, int], person: Person, at: datetime) -> None:
    """`marks`: by the number of the bid, 0 to 100.

    Raises Refused: `not_now`, `not_holder`, `evaluator_interest`, `interest_undeclared`, `marks_wrong`.
    """
    lead.check_leads(evaluator.tender.matter, person, at)
    in_room(evaluator.tender.matter, "panel")
    if evaluator.interest == "has":
        raise Refused("evaluator_interest", n=evaluator.number)
    if not sits(evaluator):
        raise Refused("interest_undeclared", n=evaluator.number)
    with writing():
        tender = actions.locked(evaluator.tender)
        bids = {bid.number: bid.pk for bid in queries.open_bids(tender)}
        if set(marks) != set(bids) or any(not 0 <= mark <= MOST for mark in marks.values()):
            raise Refused("marks_wrong", most=MOST)
        actions.put_marks(evaluator, {bids[number]: mark for number, mark in marks.items()})


def choose(bid: Bid, why: str, person: Person, at: datetime) -> Tender:
    """Propose a bid that is not first, with a public reason. Raises Refused `not_now`, `not_holder`, `why_missing`."""
    matter = bid.tender.matter
    lead.check_leads(matter, person, at)
    in_room(matter, "panel")
    with writing():
        tender = tender_of(matter)
        rows = queries.ranked(tender)
        if not rows:
            raise Refused("marks_open", n=1)
        first = [row.bid.pk for row in rows if row.place == 1]
        if (bid.pk not in first or len(first) > 1) and not why.strip():
            raise Refused("why_missing")
        tender.chosen, tender.why = bid, why.strip()
        actions.save(tender, ("chosen", "why"))
    return tender


# --- afterwards ---


def delivered(matter: Matter, numbers: Mapping[int, int], person: Person, at: datetime) -> None:
    """What the provider says was delivered, by the number of the target. Raises Refused `not_now`, `numbers_wrong`."""
    _count(matter, "delivery", "delivered", numbers, person, at)


def found(matter: Matter, numbers: Mapping[int, int], person: Person, at: datetime) -> None:
    """What others found, by the number of the target. Raises Refused `not_now`, `numbers_wrong`."""
    _count(matter, "results", "found", numbers, person, at)


def _count(matter: Matter, room: str, name: str, numbers: Mapping[int, int], person: Person, at: datetime) -> None:
    lead.check_leads(matter, person, at)
    in_room(matter, room)
    targets = {one.number: one for one in queries.targets_of(matter)}
    if not numbers or set(numbers) - set(targets) or any(n < 0 for n in numbers.values()):
        raise Refused("numbers_wrong")
    with writing():
        for number, many in numbers.items():
            setattr(targets[number], name, many)
            actions.save(targets[number], (name,))
