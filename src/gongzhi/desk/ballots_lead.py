"""What those who hold a ballot's step do: draw up and freeze the roll, set the question, record proxies, open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from gongzhi.core.calendar import in_china
from gongzhi.core.decision import RuleVersion
from gongzhi.core.decision import scoring_papers as scoring
from gongzhi.core.decision import sharing_papers as papers
from gongzhi.core.procedure.acts import Actor
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import setting_of
from gongzhi.core.procedure.gate import is_holder
from gongzhi.desk.ballots import BALLOT_OPENED, ROLL_FROZEN, rule_of, terms_digest
from gongzhi.desk.draft import Draft, Taken
from gongzhi.desk.permissions import actors
from gongzhi.desk.review_ready import check_ready
from gongzhi.desk.step import take_step
from gongzhi.desk.writing import writing
from gongzhi.records.ballots import actions
from gongzhi.records.ballots.actions import NewEntry
from gongzhi.records.ballots.models import Ballot, Proxy, Roll, RollEntry, RollObjection
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person

FORMS = ("yes_no", *papers.FORMS, scoring.FORM)
ITEMS = 20
CELLS = 300  # projects by criteria
OPTIONS = 50


def leads(matter: Matter, person: Person, at: datetime) -> Actor | None:
    """As whom the person holds the step the matter is at; None: somebody else does."""
    case = read_state(matter.state)
    if case.control.status != "open":
        return None
    charter = charter_by_digest(case.digest)
    on = setting_of(charter, case)
    mine = actors(person, charter, case, at, None)
    return next((actor for actor in mine if is_holder(on, case.control, actor)), None)


def check_leads(matter: Matter, person: Person, at: datetime) -> Actor:
    """Raises Refused `not_holder`."""
    found = leads(matter, person, at)
    if found is None:
        raise Refused("not_holder", holder=read_state(matter.state).control.holder)
    return found


# --- the roll ---


def add_to_roll(roll: Roll, new: Sequence[NewEntry], person: Person, at: datetime) -> list[RollEntry]:
    """New lines. Raises Refused `roll_frozen`, `same_person`."""
    check_leads(roll.matter, person, at)
    try:
        with writing():
            _unfrozen(roll)
            return actions.add_entries(roll, new, "staff")
    except IntegrityError as clash:
        raise Refused("same_person") from clash


def correct(entry: RollEntry, new: NewEntry, person: Person, at: datetime) -> RollEntry:
    check_leads(entry.roll.matter, person, at)
    try:
        with writing():
            _unfrozen(entry.roll)
            return actions.correct_entry(entry, new)
    except IntegrityError as clash:
        raise Refused("same_person") from clash


def strike(entry: RollEntry, person: Person, at: datetime) -> None:
    """Take a line off a roll that is not frozen."""
    check_leads(entry.roll.matter, person, at)
    with writing():
        _unfrozen(entry.roll)
        entry.delete()


def show_roll(roll: Roll, person: Person, at: datetime) -> None:
    """From now on people can look whether they stand on it, and object."""
    check_leads(roll.matter, person, at)
    with writing():
        own = _unfrozen(roll)
        own.shown_at = own.shown_at or at
        own.save(update_fields=["shown_at"])


def object_to_roll(roll: Roll, what: str, person: Person | None, number: int | None, at: datetime) -> RollObjection:
    """Somebody is missing, stands there wrongly, or with a wrong area. `person` None: said at the counter."""
    with writing():
        own = _unfrozen(roll)
        if own.shown_at is None:
            raise Refused("roll_not_shown")
        return actions.object_to(own, what, person, number, at)


def answer_objection(objection: RollObjection, state: str, words: str, person: Person, at: datetime) -> None:
    check_leads(objection.roll.matter, person, at)
    with writing():
        _unfrozen(objection.roll)
        actions.answer(objection, state, words, at)


def _unfrozen(roll: Roll) -> Roll:
    own = actions.lock_roll(roll)
    if own.frozen_at is not None:
        raise Refused("roll_frozen", at=own.frozen_at)
    return own


def freeze(roll: Roll, person: Person, at: datetime, key: str | None = None) -> Taken:
    """Fix who may vote: an act of the matter with the digest of the roll. Raises Refused."""
    actor = check_leads(roll.matter, person, at)
    with writing():
        own = _unfrozen(roll)
        if not own.entries.exists():
            raise Refused("roll_empty")
        if own.objections.filter(state="open").exists():
            raise Refused("objections_open")
        draft = _note(ROLL_FROZEN, actions.roll_digest(own), roll.matter, actor)
        return take_step(roll.matter.number, draft, person, at, key)


def _note(state: str, digest: str, matter: Matter, actor: Actor) -> Draft:
    return Draft("note", state=state, ground=digest, visit=matter.visit, organ=actor.organ, seat=actor.seat)


# --- the question ---


def set_terms(
    ballot: Ballot, items: Sequence[Mapping[str, Any]], about: str, closes_at: datetime, person: Person, at: datetime,
    seats: int = 0,
) -> Ballot:  # fmt: skip
    """What is asked and until when. Raises Refused: `ballot_fixed`, `items_missing`, `closes_wrong`."""
    check_leads(ballot.matter, person, at)
    with writing():
        own = _planned(ballot)
        own.items, own.about, own.closes_at, own.seats = [_tidy(one) for one in items], about, closes_at, seats
        _check_terms(own, at)
        return actions.save(own, ("items", "about", "closes_at", "seats"))


def _tidy(item: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {"key": str(item["key"]), "title": str(item["title"]).strip()}
    kept["options"] = list(item.get("options", []))
    if item.get("money"):
        costs = {str(key): int(item["costs"][key]) for key, _title in kept["options"]}
        kept |= {"money": int(item["money"]), "costs": costs}
    return {**kept, "most": int(item["most"])} if item.get("most") else kept


def _check_terms(ballot: Ballot, at: datetime) -> None:
    most = CELLS if ballot.form == scoring.FORM else ITEMS
    if not ballot.items or len(ballot.items) > most or any(not one["title"] for one in ballot.items):
        raise Refused("items_missing")
    if ballot.form != "yes_no" and not all(2 <= len(one["options"]) <= OPTIONS for one in ballot.items):
        raise Refused("options_missing")
    if ballot.form in papers.OWN and not all(_priced(one) for one in ballot.items):
        raise Refused("costs_missing")
    if ballot.closes_at is None or ballot.closes_at <= at:
        raise Refused("closes_wrong", at=at)
    due = _due(ballot)
    if due is not None and ballot.closes_at > due:
        raise Refused("closes_too_late", due=due)


def _priced(item: Mapping[str, Any]) -> bool:
    return item.get("money", 0) > 0 and all(cost > 0 for cost in item.get("costs", {}).values())


def _due(ballot: Ballot) -> datetime | None:
    """Until when the step has to be over, counting included."""
    case = read_state(ballot.matter.state)
    clock = next((one for one in case.clocks if one.name == "step"), None)
    return clock.due if clock and case.visit == ballot.visit else None


def _planned(ballot: Ballot) -> Ballot:
    own = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if own.status != "planned":
        raise Refused("ballot_fixed")
    return own


def open_ballot(ballot: Ballot, person: Person, at: datetime, key: str | None = None) -> Taken:
    """Voting begins: an act with the digest of everything that is now fixed. Raises Refused."""
    actor = check_leads(ballot.matter, person, at)
    with writing():
        own = _planned(ballot)
        _check_terms(own, at)
        if own.roll.frozen_at is None:
            raise Refused("roll_not_frozen")
        if own.secrecy == "secret" and own.roll.area:
            raise Refused("area_needs_open")  # an area is as good as a name
        check_ready(own, _rule(own, at))
        draft = _note(BALLOT_OPENED, terms_digest(own), own.matter, actor)
        return take_step(own.matter.number, draft, person, at, key)


def _rule(ballot: Ballot, at: datetime) -> RuleVersion | None:
    case = read_state(ballot.matter.state)
    charter = charter_by_digest(case.digest)
    return rule_of(charter, charter.procedures[case.procedure].steps.get(case.control.step), at)


# --- proxies ---


def give_proxy(ballot: Ballot, principal: int, holder: int, person: Person, at: datetime) -> Proxy:
    """A written proxy, recorded before voting begins. `principal`, `holder`: numbers on the roll.

    Raises Refused: `no_proxies`, `proxy_itself`, `proxy_candidate`, `proxy_given`, `proxy_too_many`,
    `proxy_passed_on`, `ballot_fixed`.
    """
    check_leads(ballot.matter, person, at)
    with writing():
        own = _planned(ballot)
        gives, votes = _entries(own.roll, (principal, holder))
        _check_proxy(own, gives, votes)
        slot = own.given.filter(holder=votes).count() + 1
        if slot > own.proxies:
            raise Refused("proxy_too_many", n=own.proxies)
        return actions.give_proxy(own, gives, votes, slot, own.proxies, in_china(at).date(), person.digest)


def _check_proxy(ballot: Ballot, gives: RollEntry, votes: RollEntry) -> None:
    given = ballot.given
    reasons: Iterable[tuple[bool, str]] = (
        (ballot.proxies == 0, "no_proxies"),
        (gives.pk == votes.pk, "proxy_itself"),
        (votes.candidate, "proxy_candidate"),
        (given.filter(principal=gives).exists(), "proxy_given"),
        (given.filter(principal=votes).exists() or given.filter(holder=gives).exists(), "proxy_passed_on"),
    )
    for wrong, code in reasons:
        if wrong:
            raise Refused(code)


def withdraw_proxy(proxy: Proxy, person: Person, at: datetime) -> None:
    """Before voting begins, whoever gave it may take it back."""
    check_leads(proxy.ballot.matter, person, at)
    with writing():
        own = _planned(proxy.ballot)
        proxy.delete()
        for slot, one in enumerate(own.given.filter(holder=proxy.holder).order_by("slot"), 1):
            one.slot = slot
            one.save(update_fields=["slot"])


def _entries(roll: Roll, numbers: Sequence[int]) -> list[RollEntry]:
    found = {entry.number: entry for entry in roll.entries.filter(number__in=numbers)}
    for number in numbers:
        if number not in found:
            raise Refused("not_on_roll", number=number)
    return [found[number] for number in numbers]
