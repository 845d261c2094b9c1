"""Rows and views as the API's schemas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from gongzhi.api.lookups import Found
from gongzhi.api.schemas import matters as out
from gongzhi.api.schemas.common import OrganOut, PlaceOut, Titled
from gongzhi.desk import calendars
from gongzhi.desk.draft import Taken
from gongzhi.desk.permissions import actors
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.matters import actions as records
from gongzhi.records.matters.chain import receipt_code
from gongzhi.records.matters.models import Act, Matter, Todo
from gongzhi.words.actions import Action, actions_of
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms
from gongzhi.words.view import entry_of, view_of


def place(row: Place) -> PlaceOut:
    return PlaceOut(code=row.code, name=row.name, level=row.level, short=row.short)


def organ(row: OrganInstance | None) -> OrganOut | None:
    return OrganOut(key=row.organ, title=row.title, instance=row.pk) if row else None


def titled(pairs: Iterable[tuple[str, str]]) -> list[Titled]:
    return [Titled(key=key, title=title) for key, title in pairs]


def taken(done: Taken) -> out.Taken:
    return out.Taken(
        number=done.matter.number,
        seq=done.act.seq,
        hash=done.act.hash,
        receipt=receipt_code(done.act.hash),
        repeated=done.repeated,
        visit=done.matter.visit,
        status=done.matter.status,
    )


def listed(matter: Matter, todo: Todo | None = None) -> out.ListedMatter:
    return out.ListedMatter(**_columns(matter, todo))


def _columns(matter: Matter, todo: Todo | None = None) -> dict[str, Any]:
    return {
        "number": matter.number,
        "subject": matter.subject,
        "place": place(matter.place),
        "category": matter.category,
        "procedure": matter.procedure,
        "status": matter.status,
        "step": matter.step,
        "visit": matter.visit,
        "answers": organ(matter.answers),
        "holder": matter.holder,
        "end": matter.end,
        "due": matter.due,
        "late": matter.late,
        "headcount": matter.headcount,
        "public": matter.public,
        "filed_at": matter.filed_at,
        "closed_at": matter.closed_at,
        "role": todo.role if todo else "",
        "part": todo.part if todo else "",
        "part_due": todo.due if todo else None,
    }


def matter(found: Found) -> out.MatterOut:
    """The whole matter, as it stands now for this caller."""
    case, control, charter = found.case, found.case.control, found.charter
    view = view_of(charter, case, calendars.current()[0], found.now)
    columns = _columns(settled(found))
    mine = actors(found.person, charter, case, found.now, found.matter.filer_id) if found.person else []
    return out.MatterOut(
        **columns,
        level=found.level,
        state=view.state,
        phase=control.phase,
        step_title=view.step,
        procedure_title=view.procedure,
        category_title=view.category,
        holder_title=view.holder,
        end_title=view.end,
        next=view.next,
        power=view.power,
        breach=control.breach,
        raised=control.raised,
        passes=view.passes,
        offered=view.offered,
        paused=control.paused,
        deadline=_deadline(view.deadline) if view.deadline else None,
        deadlines=[_deadline(one) for one in view.deadlines],
        waiting=list(view.waiting),
        parts=[out.PartOut(key=key, title=title, state=state) for key, title, state in view.parts],
        facts=[out.FactOut(title=title, value=value) for title, value in view.facts],
        actions=[_action(one) for one in actions_of(charter, case, mine)],
        flow=out.FlowOut(
            stops=[out.Stop.from_orm(stop) for stop in view.flow.stops],
            ways=[out.Way.from_orm(way) for way in view.flow.ways],
        ),
        head=found.matter.head,
    )


def settled(found: Found) -> Matter:
    """The row with the columns of the case as it stands now; nothing is stored."""
    row = found.matter
    if records.read_state(row.state) != found.case:
        records.move(row, found.charter, found.case)
        row.answers = OrganInstance.objects.filter(pk=row.answers_id).first() if row.answers_id else None
    return row


def _deadline(derived: Any) -> out.DeadlineOut:
    return out.DeadlineOut(
        name=derived.name, title=derived.title, due=derived.due, provisional=derived.provisional,
        lines=list(derived.lines),
    )  # fmt: skip


def _action(action: Action) -> out.ActionOut:
    return out.ActionOut(
        kind=action.kind,
        outcome=action.outcome,
        part=action.part,
        organ=action.actor.organ,
        seat=action.actor.seat,
        label=action.label,
        leads_to=action.leads_to,
        blocked=action.blocked,
        documents=titled(action.documents),
        fields=[out.TypedField(key=key, title=title, type=kind) for key, title, kind in action.fields],
        targets=titled(action.targets),
        grounds=titled(action.grounds),
        at_least=action.at_least,
    )


def act(found: Found, row: Act) -> out.ActOut:
    """One act of the log. Whoever may see only the public view is not told which person's digest acted."""
    entry = entry_of(Speaker(Terms(found.charter), found.procedure), row)
    outcome: Mapping[str, Any] = json.loads(row.outcome)
    return out.ActOut(
        seq=row.seq,
        kind=row.kind,
        at=row.at,
        recorded_at=row.recorded_at,
        who=entry.who,
        organ=row.organ,
        seat=row.seat,
        visit=row.visit,
        machine=entry.machine,
        lines=list(entry.lines),
        why=list(entry.why),
        documents=titled(entry.documents),
        effects=outcome.get("effects", []),
        because=outcome.get("because", []),
        hash=row.hash,
        prev_hash=row.prev_hash,
    )
