"""Matters that go together (R34, R35): what is true of the other one goes into the act; who follows is told later.

The other matter is locked with this one, in the order of their numbers, so that it cannot end unseen meanwhile.
Whoever follows or waits is brought along by the worker (`following.py`), so that no step waits for two thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import answers, tick
from gongzhi.desk import calendars
from gongzhi.desk.carried import Carried
from gongzhi.desk.draft import Draft
from gongzhi.desk.reading import may_read
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters import actions, queries
from gongzhi.records.matters.models import Matter, Message
from gongzhi.records.matters.numbers import tidy
from gongzhi.records.matters.standing import standing
from gongzhi.records.people.models import Person

TOGETHER = "together"  # code of the message that brings along who follows or waits
NAMES_ANOTHER = ("merge", "join", "lead")
GOING = ("open", "ruling")


def locked(number: str, draft: Draft) -> Matter | None:
    """The matter, locked; with it the other one that the draft names, always in the same order."""
    names = {number, tidy(draft.to) or draft.to} if draft.kind in NAMES_ANOTHER else {number}
    found = {name: queries.locked(name) for name in sorted(names)}
    return found[number]


def with_leader(
    draft: Draft, matter: Matter, charter: Charter, case: Case, acting: Person | None, at: datetime
) -> Draft:
    """The draft with what is true of the matter it names. Raises Refused where the two cannot go together."""
    if draft.kind not in NAMES_ANOTHER:
        return draft
    other = queries.by_number(tidy(draft.to) or draft.to)
    if other is None:
        raise Refused("unknown_matter", number=draft.to)
    leader = settled(other, at)
    if acting is not None:
        _check(draft, matter, charter, case, other, leader, acting, at)
    if draft.kind == "join":
        return replace(draft, to=other.number)
    return replace(draft, to=other.number, fields=facts(other, leader))


def settled(matter: Matter, at: datetime) -> Case:
    """The matter as it stands at a time; nothing is stored."""
    case = actions.read_state(matter.state)
    calendar, _digest = calendars.current()
    return tick(charter_by_digest(case.digest), case, at, calendar).case


def facts(leader: Matter, case: Case) -> dict[str, str]:
    """Who answers for the leader, and until when: the deadline people see."""
    place = standing(charter_by_digest(case.digest), case, leader)
    organ = answers(charter_by_digest(case.digest), case)
    due = place.due or case.history.last
    return {"answers": organ, "instance": str(place.answers_id or ""), "due": due.isoformat()}


def _check(
    draft: Draft,
    matter: Matter,
    charter: Charter,
    case: Case,
    other: Matter,
    leader: Case,
    acting: Person,
    at: datetime,
) -> None:
    if other.pk == matter.pk:
        raise Refused("same_matter")
    if may_read(acting, charter_by_digest(leader.digest), leader, at, None) == "none":
        raise Refused("unknown_matter", number=draft.to)
    if leader.control.status == "following":
        raise Refused("leader_follows", number=other.number, leader=leader.control.leader)
    if leader.control.status not in GOING:
        raise Refused("leader_closed", number=other.number)
    if leader.charter != case.charter or not share_a_line(matter, other):
        raise Refused("other_line", organ=answers(charter_by_digest(leader.digest), leader))
    wanted = charter.procedures[case.procedure].steps[case.control.step].for_matter
    if draft.kind == "join" and wanted and leader.procedure != wanted:
        raise Refused("other_procedure", procedure=wanted)


def share_a_line(one: Matter, other: Matter) -> bool:
    """Do the two places lie in one community, or one of them above the other? Then the same organs answer (R35)."""
    first, second = (matter.place.path.partition("-")[0] for matter in (one, other))
    return first.startswith(second) or second.startswith(first)


def queue(carried: Carried) -> list[Message]:
    """One message to ourselves when a matter that others follow or wait for has moved or ended."""
    if carried.before is None or not _moved(carried):
        return []
    if not queries.going_with(carried.matter.number).exists():
        return []
    return [bring_along(carried.matter, carried.now)]


def bring_along(leader: Matter, now: datetime, args: Mapping[str, Any] | None = None) -> Message:
    return Message(
        matter=leader, channel="internal", code=TOGETHER, args=dict(args or {}), next_try=now, created_at=now
    )  # fmt: skip


def _moved(carried: Carried) -> bool:
    """Did what followers share change: who answers, the deadline, the end, or whom the leader follows itself?"""
    before, after = carried.before, carried.case
    if before is None or before.digest != after.digest or before.clocks != after.clocks:
        return True
    return before.control != after.control and answers(carried.charter, before) != answers(carried.charter, after)
