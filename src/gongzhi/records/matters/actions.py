"""Writes: the matter's row, its log, its to-do rows. Only the desk calls these, inside its transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import Act as CoreAct
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.engine import Outcome
from gongzhi.core.procedure.store import act_to, canonical, case_from, case_to, effect_to, reason_to
from gongzhi.records.matters.chain import GENESIS, act_hash, sha256
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Act, Matter, Todo
from gongzhi.records.matters.sealing import Sealed
from gongzhi.records.matters.standing import Standing, Task, standing, tasks
from gongzhi.records.rows import insert


def payload_text(act: CoreAct, more: dict[str, Any]) -> str:
    """The canonical text of an act and of what came with it (`more`: calendar, digests of words, ...)."""
    return canonical({"act": act_to(act), **{name: value for name, value in more.items() if value}})


def outcome_text(outcome: Outcome, state: str) -> str:
    """The canonical text of what followed, with the digest of the state after it."""
    return canonical(
        {
            "effects": [effect_to(effect) for effect in outcome.effects],
            "because": [reason_to(reason) for reason in outcome.because],
            "state": sha256(state),
        }
    )


def state_text(case: Case) -> str:
    """The canonical text of a case."""
    return canonical(case_to(case))


def read_state(text: str) -> Case:
    """The case of a stored text."""
    return case_from(json.loads(text))


def open_matter(matter: Matter, charter: Charter, case: Case) -> Standing:
    """Fill a new matter's columns; it is stored by the first `append`."""
    place = standing(charter, case)
    _set(matter, place)
    matter.state = state_text(case)
    matter.filed_at = case.history.filed
    matter.seq, matter.head = 0, GENESIS
    return place


def append(
    matter: Matter, act: CoreAct, outcome: Outcome, more: dict[str, Any], recorded_at: datetime, key: str | None,
    request: str = "",
) -> Act:  # fmt: skip
    """Append one act to the log and store the matter as it stands afterwards (its columns are set already)."""
    payload = payload_text(act, more)
    result = outcome_text(outcome, matter.state)
    previous, seq = matter.head, matter.seq + 1
    row = Act(
        seq=seq,
        kind=act.kind,
        at=act.at,
        person=act.by.person,
        organ=act.by.organ,
        seat=act.by.seat,
        organ_instance_id=_instance(outcome.case, act.by.organ),
        visit=act.visit,
        key=key,
        request=request,
        payload=payload,
        outcome=result,
        prev_hash=previous,
        hash=act_hash(matter.number, seq, previous, recorded_at, payload, result),
        recorded_at=recorded_at,
    )
    matter.seq, matter.head = seq, row.hash
    if matter._state.adding:
        insert([matter])
    else:
        matter.save()
    row.matter = matter
    insert([row])
    return row


def move(matter: Matter, charter: Charter, case: Case) -> Standing:
    """Set the columns of a stored matter to a new case; `append` stores them."""
    place = standing(charter, case, matter)
    matter.closed_at = closed_at(place, case, matter.status, matter.closed_at)
    _set(matter, place)
    matter.state = state_text(case)
    return place


def closed_at(place: Standing, case: Case, status: str, before: datetime | None) -> datetime | None:
    """When the matter was closed: the time of the act or lapse that closed it; None while it is open."""
    if place.status in OPEN:
        return None
    return case.history.last if status in OPEN else before


def _set(matter: Matter, place: Standing) -> None:
    for name, value in place.columns().items():
        setattr(matter, name, value)


def _instance(case: Case, organ: str) -> int | None:
    found = case.cast.get(organ)
    return int(found) if found else None


def put_todos(matter: Matter, charter: Charter, case: Case, place: Standing, new: bool = False) -> None:
    """Bring the to-do rows in line; nothing is written when nothing changed."""
    wanted = set(tasks(charter, case, place))
    kept: set[Task] = set()
    if not new:
        stale = []
        for row in Todo.objects.filter(matter=matter):
            task = task_of(row)
            if task in wanted:
                kept.add(task)
            else:
                stale.append(row.pk)
        if stale:
            Todo.objects.filter(pk__in=stale).delete()
    insert([_todo(matter, task) for task in sorted(wanted - kept, key=lambda one: one.part)])


def task_of(row: Todo) -> Task:
    """A stored row as data, for comparing."""
    return Task(row.organ_id, row.role, row.part, row.seat, row.due, row.late)


def _todo(matter: Matter, task: Task) -> Todo:
    return Todo(matter=matter, **{name: getattr(task, name) for name in task.__slots__})


def store_words(matter: Matter, act: Act, sealed: Iterable[Sealed]) -> None:
    """Store the words of an act that the log names by their digests."""
    rows = [one.row for one in sealed]
    for row in rows:
        row.matter, row.act = matter, act
    insert(rows)
