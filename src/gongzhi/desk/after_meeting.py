"""What follows from a meeting that has ended: its seal, tasks for its resolutions, questions that stayed open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.spec import Procedure, Step
from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.moves import organ_of
from gongzhi.desk import calendars
from gongzhi.desk.carried import Carried
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.records.matters.models import Matter
from gongzhi.records.meetings import queries
from gongzhi.records.meetings.models import Meeting, Resolution

__all__ = ["conclude"]


def conclude(carried: Carried, meeting: Meeting, effect: core.Left) -> None:
    """Called once, when the step of the meeting was left by somebody's act."""
    step = carried.step(effect.step)
    draft = carried.draft
    if isinstance(draft, Draft) and draft.facts:
        meeting.record, meeting.seal = draft.facts.get("record"), draft.facts.get("seal", "")
    if step.meeting and step.meeting.objections:
        calendar, _ = calendars.current()
        meeting.objections_until = calendar.add(effect.at, step.meeting.objections).at
    meeting.save(update_fields=["record", "seal", "objections_until"])
    _report(meeting)
    if step.meeting and step.meeting.tasks:
        _open_tasks(carried, meeting, step, carried.charter.procedures[step.meeting.tasks], effect)


def _report(meeting: Meeting) -> None:
    """Resolutions of earlier meetings whose task is over have been reported back to this one."""
    done = queries.open_resolutions(meeting.organ_id, meeting).filter(task__status__in=("closed", "final"))
    Resolution.objects.filter(pk__in=[row.pk for row in done]).update(reported_in=meeting)


def _open_tasks(carried: Carried, meeting: Meeting, step: Step, tasks: Procedure, effect: core.Left) -> None:
    drafted = carried.draft.resolutions if isinstance(carried.draft, Draft) else ()
    owners = {item: one.owner for item, one in enumerate(drafted, 1)}
    for row in meeting.resolutions.order_by("item"):
        if row.due is not None:
            subject = f"{meeting.matter.place.name}：{meeting.title}决议第{row.item}项"
            row.task = _open(carried, tasks, owners[row.item], row.due, subject, f"resolution{row.item}", effect)
            row.save(update_fields=["task"])
    left = meeting.voices.filter(kind="question", state="open")
    if step.meeting and step.meeting.answers and left.exists():
        calendar, _ = calendars.current()
        due = in_china(calendar.add(effect.at, step.meeting.answers).at).date()
        subject = f"{meeting.matter.place.name}：{meeting.title}未答的问题{left.count()}个"
        _open(carried, tasks, organ_of(carried.act.by.organ), due, subject, "questions", effect)
        left.update(state="followed")


def _open(
    carried: Carried, tasks: Procedure, owner: str, due: date, subject: str, key: str, effect: core.Left
) -> Matter:
    """One task matter: who carries it out, and the first day on which it would be late."""
    from gongzhi.desk.filing import file_child  # filing carries out effects, and this is one

    parent = carried.matter
    values: dict[str, Any] = {"organ": owner, "date": (due + timedelta(days=1)).isoformat()}
    new = NewMatter(
        place=parent.place, category=parent.category, procedure=tasks.name, charter=parent.charter_version,
        public=parent.public, subject=subject, channel="meeting",
        fields={one.name: values.pop(one.type) for one in tasks.fields.values() if one.given and one.type in values},
    )  # fmt: skip
    return file_child(new, parent, f"{carried.row.seq}:{key}", effect.at, carried.now).matter
