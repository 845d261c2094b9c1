"""Meetings and notices: what the desk keeps in their rooms when a step begins, ends or is published."""

from __future__ import annotations

from collections.abc import Iterable

from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.acts import FILER, RESIDENT
from gongzhi.core.procedure.case import get
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import setting_of
from gongzhi.core.procedure.gate import check_holder
from gongzhi.core.procedure.meeting import check_materials, check_notice
from gongzhi.desk import after_meeting, calendars, tell
from gongzhi.desk.carried import Carried
from gongzhi.desk.draft import Draft
from gongzhi.desk.intake import RESOLUTION
from gongzhi.records.institutions.queries import line_of
from gongzhi.records.matters import sealing
from gongzhi.records.matters.models import Message
from gongzhi.records.meetings import actions as meetings
from gongzhi.records.notices import actions as notices
from gongzhi.records.people.models import Person

MEETS = ("meeting", "consultation")
INVITATION = "invitation"
OBJECTION = "objection"
ANSWER = "answer"


def plan_meeting(carried: Carried, effect: core.Entered) -> None:
    """A step that is a meeting has a meeting from the moment it begins; when and where come with the invitation."""
    step = carried.step(effect.step)
    organ = carried.organ(effect.holder)
    if step.do in MEETS and organ is not None:
        called = [part.name for part in step.parts if _is_called(carried, effect, part.name)]
        meetings.plan(carried.matter, effect.visit, organ, step.title, called)


def _is_called(carried: Carried, effect: core.Entered, name: str) -> bool:
    """Who is called only under a condition is called where it holds."""
    return carried.case.visit != effect.visit or get(carried.case.control.parts, name) is not None


def invite(carried: Carried, effect: core.Noted) -> list[Message]:
    """The holder of a meeting step says when, where and about what; those called are told."""
    draft = carried.draft
    if effect.kind != INVITATION or not isinstance(draft, Draft) or draft.invitation is None:
        return []
    check_holder(setting_of(carried.charter, carried.case), carried.case.control, carried.act.by)
    asked, rules = draft.invitation, carried.step(carried.case.control.step).meeting
    check_notice(rules, effect.at, asked.at, calendars.current()[0])
    check_materials(rules, set(carried.matter.words.filter(erased_at=None).values_list("name", flat=True)))
    meeting = meetings.invite(carried.matter, carried.case.visit, asked.at, asked.where, asked.agenda, effect.at)
    if meeting is None:
        raise Refused("no_meeting", visit=carried.case.visit)
    meetings.set_agenda(meeting, asked.agenda)
    step, told = carried.step(carried.case.control.step), []
    for part in step.parts:
        if part.by.kind == "organ" and get(carried.case.control.parts, part.name) is not None:
            told += tell.to_organ(carried, str(part.by), INVITATION, effect.at, on=asked.at, where=asked.where)
    return told


def attend(carried: Carried, effect: core.PartChanged) -> None:
    """Presence recorded at a meeting: by the part's own act, where nobody signed in before."""
    if carried.before is None or effect.state not in ("done", "refused") or carried.act.kind != "part":
        return
    means = carried.act.channel if carried.act.channel in ("qr", "list", "paper") else "list"
    state = "present" if effect.state == "done" else "apologies"
    meetings.record(
        carried.matter, carried.before.visit, effect.part, means, effect.count or 1, state, effect.at,
        carried.act.by.person,
    )  # fmt: skip


def hold_meeting(carried: Carried, effect: core.Left) -> None:
    """The meeting is over: how it ended, and what it resolved, with who carries it out until when."""
    if carried.step(effect.step).do not in MEETS:
        return
    meeting = meetings.close(carried.matter, effect.visit, effect.outcome, effect.at, effect.assumed)
    resolved = carried.draft.resolutions if isinstance(carried.draft, Draft) else ()
    if meeting is None or effect.assumed:
        return
    for item, one in enumerate(resolved, 1):
        words, owner = carried.words(f"{RESOLUTION}{item}"), carried.organ(one.owner)
        if owner is None or words is None:
            raise Refused("no_organ_here", organ=one.owner)
        meetings.resolve(meeting, item, words, owner, one.due)
    after_meeting.conclude(carried, meeting, effect)


def hang_notice(carried: Carried, effect: core.Served) -> None:
    """A posted notice is hung by `publish`, which follows in the same act."""


def publish(carried: Carried, effect: core.Published) -> None:
    """Hang a notice on the board of the level the charter names."""
    rows = carried.public_texts(effect.documents)
    for row in rows.values():
        row.public = True
        row.save(update_fields=["public"])
    body = "\n\n".join(sealing.read_text(row) for row in rows.values() if row.media_type.startswith("text/"))
    line = line_of(carried.matter.place)
    board = next((place for place in line if place.level == effect.board), carried.matter.place)
    notices.hang(
        matter=carried.matter,
        visit=effect.visit,
        place=board,
        organ_id=carried.organ(carried.act.by.organ) or carried.matter.answers_id,
        title=carried.step(effect.step).title,
        body=body,
        documents=list(effect.documents),
        start=effect.at,
        until=effect.until,
        objections=effect.objections,
    )


def objection(carried: Carried, effect: core.ObjectionChanged) -> Iterable[Message]:
    """An objection is kept with its words; its answer goes to who objected."""
    visit = carried.before.visit if carried.before else carried.case.visit
    if carried.act.kind == "object":
        by = carried.act.by
        person = Person.objects.filter(digest=by.person).first() if by.organ in (FILER, RESIDENT) else None
        notices.object_to(carried.matter, visit, effect.objection, person, carried.words(OBJECTION), effect.at)
        return tell.to_organ(carried, carried.case.control.holder, OBJECTION, effect.at)
    found = notices.answer(carried.matter, visit, effect.objection, effect.state, carried.words(ANSWER), effect.at)
    if found is None or effect.state == "raised":
        return []
    return tell.to_person(carried, found.person, "objection_answered", effect.at, state=effect.state)


def correct(carried: Carried, effect: core.Corrected) -> None:
    """A corrected text of a notice that hangs is shown in its place; the old one stays in the log."""
    rows = carried.public_texts(effect.documents)
    for row in rows.values():
        if row.media_type.startswith("text/"):
            notices.correct(carried.matter, effect.visit, row.name, sealing.read_text(row))
