"""What a step with a `room` needs before it ends, and the facts it takes from there: nobody types what it knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from gongzhi.core.charter.rooms import ROOMS
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.acts import Actor
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import setting_of
from gongzhi.core.procedure.gate import UNSIGNED, is_holder
from gongzhi.desk.calendars import current
from gongzhi.desk.carried import Carried
from gongzhi.desk.draft import Draft
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.projects import queries as projects
from gongzhi.records.projects import tender_actions as actions
from gongzhi.records.projects import tender_queries as queries
from gongzhi.records.projects.models import ProjectMember
from gongzhi.records.projects.tenders import Evaluator, Tender

__all__ = ["LEAST", "begin", "check_panel", "earliest_hour", "end", "group_facts", "known", "sits", "with_facts"]

LEAST = 5  # 招标投标法 37: five or more, odd, two thirds experts
MET = "met"

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ending:
    """A step about to end."""

    matter: Matter
    charter: Charter
    at: datetime
    outcome: str


def with_facts(matter: Matter, charter: Charter, case: Case, draft: Draft, actor: Actor, at: datetime) -> Draft:
    """The draft that ends a step, with the facts its room knows.

    Raises Refused: `facts_from_room` when somebody types other ones, and what the room still needs. A tender or group
    that nobody keeps here was kept elsewhere: its facts are typed.
    """
    step = charter.procedures[case.procedure].steps.get(case.control.step)
    if draft.kind != "done" or step is None or step.room is None or draft.outcome == UNSIGNED:
        return draft
    if not is_holder(setting_of(charter, case), case.control, actor):
        return draft  # the engine says whose step it is
    found = _READY[step.room](Ending(matter, charter, at, draft.outcome))
    known = {name: value for name, value in found.items() if name in step.asks}
    if other := [name for name in known if name in draft.fields and draft.fields[name] != known[name]]:
        raise Refused("facts_from_room", field=other[0], value=known[other[0]])
    return replace(draft, fields={**draft.fields, **known})


def known(matter: Matter, charter: Charter, case: Case, at: datetime) -> Facts:
    """What the room would fill in now, for a form; empty while it still needs something."""
    procedure = charter.procedures[case.procedure]
    step = procedure.steps.get(case.control.step)
    if step is None or step.room is None:
        return {}
    try:
        return _READY[step.room](Ending(matter, charter, at, ""))
    except Refused:
        return {}


# --- tenders ---


def earliest_hour(matter: Matter, at: datetime) -> datetime:
    """The first hour that leaves bidders their time, were the call published at `at` (招标投标法 24)."""
    case = read_state(matter.state)
    steps = charter_by_digest(case.digest).procedures[case.procedure].steps.values()
    span = next((step.span for step in steps if step.room == "bids"), None)
    return current()[0].add(at, span).at + timedelta.resolution if span else at  # the last day is theirs, whole


def _call(end: Ending) -> Facts:
    tender = queries.latest(end.matter)
    if tender is None:
        return {}
    if tender.closes_at is None or tender.estimate is None or not queries.targets_of(end.matter):
        raise Refused("terms_missing")
    if tender.closes_at < (first := earliest_hour(end.matter, end.at)):
        raise Refused("hour_too_early", earliest=first)
    return {}


def _opening(end: Ending) -> Facts:
    tender = queries.latest(end.matter)
    if tender is None:
        return {}
    if tender.opened_at is None:
        raise Refused("bids_not_opened", closes_at=tender.closes_at)
    bids = queries.open_bids(tender)
    if unread := [bid.number for bid in bids if bid.amount is None]:
        raise Refused("prices_missing", n=unread[0])
    return {"bids": len(bids)}


def sits(evaluator: Evaluator) -> bool:
    """Declared, and without an interest."""
    return evaluator.interest == "none"


def check_panel(tender: Tender) -> int:
    """How many judged.

    Raises Refused: `interest_undeclared`, `panel_small`, `panel_even`, `experts_few`, `marks_open`.
    """
    everybody = queries.evaluators_of(tender)
    if silent := [one.number for one in everybody if not one.interest]:
        raise Refused("interest_undeclared", n=silent[0])
    panel = [one for one in everybody if sits(one)]
    if len(panel) < LEAST:
        raise Refused("panel_small", n=len(panel), least=LEAST)
    if len(panel) % 2 == 0:
        raise Refused("panel_even", n=len(panel))
    if 3 * sum(one.expert for one in panel) < 2 * len(panel):
        raise Refused("experts_few", n=sum(one.expert for one in panel), of=len(panel))
    wanted = {bid.pk for bid in queries.open_bids(tender)}
    if behind := [one.number for one in panel if {mark.bid_id for mark in one.marks.all()} != wanted]:
        raise Refused("marks_open", n=behind[0])
    return len(panel)


def _panel(end: Ending) -> Facts:
    tender = queries.latest(end.matter)
    if tender is None or tender.opened_at is None:
        return {}
    return {"members": check_panel(tender), "interest": False}


def _delivery(end: Ending) -> Facts:
    if any(one.delivered is None for one in queries.targets_of(end.matter)):
        raise Refused("targets_open")
    return {}


def _results(end: Ending) -> Facts:
    targets = queries.targets_of(end.matter)
    if any(one.found is None for one in targets):
        raise Refused("targets_open")
    short = [one.title for one in targets if (one.found or 0) < one.wanted]
    if end.outcome == MET and short:
        raise Refused("targets_short", entries=short)
    return {}


# --- groups ---


def group_facts(matter: Matter, charter: Charter, at: datetime) -> Mapping[str, bool]:
    """What the list of members says; empty where nobody is on it. Raises Refused `roles_missing`."""
    members = projects.members_of(matter)
    if not members:
        return {}
    if {"leader", "treasurer"} - {one.role for one in members}:
        raise Refused("roles_missing")
    residents = sum(one.resident for one in members)
    return {"residents_lead": residents * 2 > len(members), "overlap": _overlap(members, charter, at)}


def _overlap(members: list[ProjectMember], charter: Charter, at: datetime) -> bool:
    """Does somebody of the group sit in an organ that supervises another?"""
    watch = {one.subject for one in charter.relations if one.verb == "supervises"}
    people = [one.person for one in members if one.person]
    return any(seat.organ_instance.organ in watch for person in people for seat in person.seats(at))


def _group(end: Ending) -> Facts:
    return group_facts(end.matter, end.charter, end.at)


def _contracts(end: Ending) -> Facts:
    if waiting := end.matter.project_members.filter(signed_on=None).count():
        raise Refused("duty_unsigned", n=waiting)
    return {}


def _nothing(end: Ending) -> Facts:
    return {}


_NEEDS: dict[str, Callable[[Ending], Facts]] = {
    "call": _call,
    "opening": _opening,
    "panel": _panel,
    "delivery": _delivery,
    "results": _results,
    "group": _group,
    "contracts": _contracts,
}
_READY = {room: _NEEDS.get(room, _nothing) for room in ROOMS}


# --- effects ---


def begin(carried: Carried, effect: core.Entered) -> None:
    """A call is prepared; a panel that meets again may judge again."""
    step = carried.procedure.steps.get(effect.step)
    if step is None:
        return
    if step.room == "call":
        actions.begin(carried.matter, effect.at)
    tender = queries.latest(carried.matter) if step.room == "panel" else None
    if tender is not None and tender.judged_at is not None:
        tender.judged_at = None
        actions.save(tender, ("judged_at",))


def end(carried: Carried, effect: core.Left) -> None:
    """A call is out from the moment its step ends; a judgement stands with its first bid, or the one proposed."""
    step = carried.procedure.steps.get(effect.step)
    tender = queries.latest(carried.matter) if step and step.room in ("call", "panel") and not effect.assumed else None
    if step is None or tender is None:
        return
    if step.room == "call" and tender.published_at is None:
        tender.published_at = effect.at
        actions.save(tender, ("published_at",))
    if step.room == "panel":
        _judged(tender, effect.at)


def _judged(tender: Tender, at: datetime) -> None:
    rows = queries.ranked(tender)
    if rows and tender.chosen is None:
        tender.chosen = rows[0].bid
    tender.judged_at = at
    actions.save(tender, ("chosen", "judged_at"))
