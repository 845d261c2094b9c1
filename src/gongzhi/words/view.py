"""A matter ready to show: who answers, until when and why, what happened, what may come next.

Portal, workbench and API build on this one view, so that they cannot tell different stories.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.utils.translation import gettext as _

from gongzhi.core.calendar import Calendar, in_china
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.case import Case, Clock, get
from gongzhi.core.procedure.engine import answers
from gongzhi.core.procedure.moves import PEOPLE
from gongzhi.core.procedure.options import missing
from gongzhi.words.derivation import Derived, derive
from gongzhi.words.flow import Flow, flow_of
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

SHORT = timedelta(days=2)  # terms shorter than this are "due soon" in their last quarter
CLOSED = ("closed", "final")
# What people wait for, most urgent meaning first: the deadline shown beside the matter.
SHOWN = ("ruling", "follow", "repeat", "rung", "step", "serve", "pause", "offer", "reopen")


class LoggedAct(Protocol):
    """What a row of the log offers (records.matters.Act)."""

    seq: int
    kind: str
    at: datetime
    organ: str
    seat: str
    visit: str
    payload: str
    outcome: str
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of the timeline. `lines`: what it did; `why`: its grounds; `documents`: names of papers with titles."""

    seq: int
    at: datetime
    who: str
    kind: str
    lines: tuple[str, ...]
    why: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]
    machine: bool
    corrected: bool
    hash: str
    visit: str


@dataclass(frozen=True, slots=True)
class MatterView:
    """Everything a page says about a matter except its words, which need a permission of their own.

    `state`: on_time, due_soon, overdue, paused, done; `holder`: who has to act; `answers`: who answers for it.
    """

    procedure: str
    category: str
    status: str
    state: str
    step: str
    step_key: str
    visit: str
    answers: str
    holder: str
    offered: bool
    power: str
    next: str
    end: str
    deadline: Derived | None
    deadlines: tuple[Derived, ...]
    waiting: tuple[str, ...]
    parts: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, str], ...]
    passes: int
    flow: Flow
    timeline: tuple[Entry, ...] = field(default=())


def view_of(
    charter: Charter, case: Case, calendar: Calendar, now: datetime, acts: Iterable[LoggedAct] = ()
) -> MatterView:
    """The view of a case that was settled up to `now`. `acts` in order of seq; the timeline is newest first."""
    terms = Terms(charter)
    procedure = charter.procedures[case.procedure]
    speaker = Speaker(terms, procedure)
    clocks = [derive(terms, case, clock, calendar) for clock in case.clocks]
    main = main_clock(case)
    organ = answers(charter, case)
    step = procedure.steps.get(case.control.step)
    return MatterView(
        procedure=terms.procedure(case.procedure),
        category=terms.category(case.category),
        status=case.control.status,
        state=state_of(case, now, calendar),
        step=terms.step(procedure, case.control.step),
        step_key=case.control.step,
        visit=case.visit,
        answers=terms.organ(organ),
        holder=terms.holder(case.control.holder),
        offered=case.control.phase == "offered",
        power=terms.power(organ),
        next=_next(speaker, case),
        end=terms.end(procedure, case.control.end) if case.control.end else "",
        deadline=next((one for one in clocks if main and one.name == main.name), None),
        deadlines=tuple(clocks),
        waiting=tuple(terms.part(step, name) for name in missing(charter, case)) if step else (),
        parts=tuple((name, terms.part(step, name), state) for name, state in case.control.parts) if step else (),
        facts=tuple((terms.field(procedure, n), fact_value(terms, procedure.fields.get(n), v))
                    for n, v in case.control.given),
        passes=case.control.passes,
        flow=flow_of(terms, procedure, case),
        timeline=tuple(entry_of(speaker, act) for act in acts)[::-1],
    )  # fmt: skip


def main_clock(case: Case) -> Clock | None:
    """The deadline people care about now; None for a matter that is over."""
    return next((clock for name in SHOWN if (clock := case.clock(name))), None)


def state_of(case: Case, now: datetime, calendar: Calendar) -> str:
    """on_time, due_soon (one working day left, or a quarter of a short term), overdue, paused, done."""
    control, clock = case.control, main_clock(case)
    if control.status in CLOSED:
        return "done"
    if control.raised or control.breach or (clock and clock.due < now):
        return "overdue"
    if control.paused:
        return "paused"
    if clock is None:
        return "on_time"
    return "due_soon" if _soon(clock, now, calendar) else "on_time"


def _soon(clock: Clock, now: datetime, calendar: Calendar) -> bool:
    whole, left = clock.due - clock.start, clock.due - now
    if whole < SHORT:
        return left * 4 <= whole
    return calendar.working_days_between(in_china(now).date(), in_china(clock.due).date()) <= 1


def _next(speaker: Speaker, case: Case) -> str:
    """One sentence: who has to do what now."""
    control, terms = case.control, speaker.terms
    step = terms.step(speaker.procedure, control.step)
    if control.status in CLOSED:
        return _("办完了") if control.status == "final" else _("办完了。没办好，可以要求重新办理")
    if control.status == "ruling":
        return _("等裁定由谁承办")
    if control.status == "following":
        return _("和{leader}一起办，等它有结果").format(leader=control.leader)
    if control.phase == "offered":
        return _("等{holder}签收“{step}”").format(holder=terms.holder(control.holder), step=step)
    if not control.served and control.holder in PEOPLE:
        return _("告知{holder}：{step}").format(holder=terms.holder(control.holder), step=step)
    if not control.served:
        return _("张贴公示：{step}").format(step=step)
    if control.holder in PEOPLE:
        return _("等{holder}回复：{step}").format(holder=terms.holder(control.holder), step=step)
    return _("{holder}办“{step}”").format(holder=terms.holder(control.holder), step=step)


def fact_value(terms: Terms, declared: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if declared is not None and declared.type == "choice":
        return terms.text(declared.choices.get(value, str(value)))
    if declared is not None and declared.type == "organ":
        return terms.organ(str(value))
    return str(value)


def entry_of(speaker: Speaker, act: LoggedAct) -> Entry:
    payload: Mapping[str, Any] = json.loads(act.payload)
    outcome: Mapping[str, Any] = json.loads(act.outcome)
    lines = [speaker.effect(effect) for effect in outcome.get("effects", ())]
    why = [speaker.reason(reason) for reason in outcome.get("because", ())]
    documents = payload.get("act", payload).get("documents", {})
    holder = f"{act.organ}.{act.seat}" if act.seat else act.organ
    return Entry(
        seq=act.seq,
        at=act.at,
        who=speaker.terms.holder(holder),
        kind=act.kind,
        lines=tuple(line for line in lines if line),
        why=tuple(line for line in why if line),
        documents=tuple((name, speaker.terms.document(name)) for name in documents),
        machine=act.organ == "system",
        corrected=act.kind in ("correct", "set_aside"),
        hash=act.hash,
        visit=act.visit,
    )


def visits(case: Case, step: str) -> int:
    """How often a step was entered."""
    return int(get(case.history.visits, step, 0))
