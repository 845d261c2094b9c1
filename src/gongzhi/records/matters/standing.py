"""A case as the columns and to-do rows that lists are made of. Pure: rebuilt by the audit and compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import answers, setting_of
from gongzhi.core.procedure.gate import WAITING, part_of
from gongzhi.core.procedure.moves import PEOPLE, Setting, organ_of
from gongzhi.records.matters.matter import OPEN, Matter

# The clock a person has to meet, in order of what is shown first.
SHOWN = ("step", "pause", "ruling", "follow", "serve", "offer")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a matter stands. `due` is what people see; a late matter keeps the deadline it missed."""

    status: str
    step: str
    visit: str
    holder: str
    end: str
    answers_id: int | None
    due: datetime | None
    wake: datetime | None
    late: bool
    public: bool
    headcount: int
    goes_with: str

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Task:
    """One to-do row: the organ instance, what it owes, and until when."""

    organ_id: int
    role: str
    part: str
    seat: str
    due: datetime
    late: bool


def standing(charter: Charter, case: Case, before: Standing | Matter | None = None) -> Standing:
    """The columns of a matter. `before`: where it stood, for the deadline a late visit keeps.

    Raises Refused `no_organ_here` when the answerable organ has no instance at this place.
    """
    control = case.control
    is_open = control.status in OPEN
    late = is_open and (control.raised > 0 or control.breach)
    missed = before.due if late and before and before.visit == case.visit and before.status in OPEN else None
    return Standing(
        status=control.status,
        step=control.step,
        visit=case.visit,
        holder=control.holder if is_open else "",
        end=control.end,
        answers_id=_instance(case, answers(charter, case)),
        due=(missed or _shown(case)) if is_open else None,
        wake=min((clock.due for clock in case.clocks), default=None),
        late=late,
        public=case.public,
        headcount=case.headcount,
        goes_with=control.leader or control.awaits,
    )


def _shown(case: Case) -> datetime | None:
    for name in SHOWN:
        if clock := case.clock(name):
            return clock.due
    return min((clock.due for clock in case.clocks), default=None)


def _instance(case: Case, organ: str) -> int:
    found = case.cast.get(organ)
    if found is None:
        raise Refused("no_organ_here", organ=organ)
    return int(found)


def tasks(charter: Charter, case: Case, place: Standing) -> list[Task]:
    """Who has something to do with an open case: who holds it, who answers for it, who owes a part.

    Nobody for one that follows another: what there is to do stands on the list of its leader.
    """
    if place.due is None or case.control.status == "following":
        return []
    on = setting_of(charter, case)
    owed = [*_holders(on, case), *_parts(on, case)]
    answering = answers(charter, case)
    if answering not in {organ for organ, _, _, _ in owed}:
        owed.append((answering, "answers", "", ""))
    return [
        Task(int(case.cast[organ]), role, part, seat, _due(case, role, part) or place.due, place.late)
        for organ, role, part, seat in owed
        if organ in case.cast
    ]


def _holders(on: Setting, case: Case) -> list[tuple[str, str, str, str]]:
    control = case.control
    if control.status == "ruling":
        return [(answers(on.charter, case), "rules", "", "")]
    if control.holder in PEOPLE:
        return [] if control.served else [(control.asked_by, "serves", "", "")]
    organ, _, seat = control.holder.partition(".")
    declared = on.charter.organs.get(organ)
    if declared is not None and declared.outside and declared.recorded_by:
        organ, seat = declared.recorded_by, ""
    return [(organ, "offered" if control.phase == "offered" else "holds", "", seat)]


def _parts(on: Setting, case: Case) -> list[tuple[str, str, str, str]]:
    if case.control.status != "open" or case.control.step not in on.procedure.steps:
        return []
    step, found = on.step(case.control), []
    for name, state in case.control.parts:
        declared, party = part_of(step, name), name.removeprefix("party.")
        if state in WAITING and party != name and party in on.charter.organs:
            found.append((party, "part", name, ""))
        if state not in WAITING or declared is None or declared.by.kind != "organ":
            continue
        organ, _, seat = str(declared.by).partition(".")
        found.append((organ_of(organ), "part", name, seat))
    return found


def _due(case: Case, role: str, part: str) -> datetime | None:
    names = {"part": f"part:{part}", "offered": "offer", "rules": "ruling", "serves": "serve"}
    clock = case.clock(names.get(role, "step"))
    return clock.due if clock else None
