"""One row of a list of staff: until when, what, what next, who waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.core.calendar import Calendar
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.moves import PEOPLE
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter, Todo
from gongzhi.words.terms import Terms
from gongzhi.words.view import state_of

__all__ = ["Row", "row_of_matter", "row_of_todo"]


@dataclass(frozen=True, slots=True)
class Row:
    """What components/lists.html shows. `busy`: somebody else has the form open."""

    title: str
    href: str
    state: str
    due: datetime | None
    next: str
    waits: str
    note: str = ""
    busy: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A stored matter with its charter, read without a query of its own."""

    matter: Matter
    case: Case
    charter: Charter
    terms: Terms

    @property
    def step(self) -> str:
        return self.terms.step(self.charter.procedures[self.case.procedure], self.case.control.step)

    def part(self, name: str) -> str:
        return self.terms.part(self.charter.procedures[self.case.procedure].steps[self.case.control.step], name)

    @property
    def holder(self) -> str:
        return self.terms.holder(self.case.control.holder)


def _read(matter: Matter) -> _Read:
    case = read_state(matter.state)
    charter = charter_by_digest(case.digest)
    return _Read(matter, case, charter, Terms(charter))


def row_of_todo(todo: Todo, now: datetime, calendar: Calendar, busy: str = "") -> Row:
    """A thing to do: what this organ owes, and who waits for it."""
    read = _read(todo.matter)
    late = todo.late or todo.due < now
    return Row(
        title=todo.matter.subject,
        href=reverse("work_matter", args=[todo.matter.number]),
        state="overdue" if late else state_of(read.case, now, calendar),
        due=todo.due,
        next=_owed(read, todo),
        waits=_waits(read, todo),
        note=todo.matter.number,
        busy=busy,
    )


def _owed(read: _Read, todo: Todo) -> str:
    named = {
        "offered": _("签收或退回：{step}"),
        "rules": _("裁定由谁承办：{step}"),
        "serves": _("告知反映人：{step}"),
        "answers": _("等{holder}：{step}"),
    }
    if todo.role == "part":
        return read.part(todo.part)
    return named.get(todo.role, "{step}").format(step=read.step, holder=read.holder)


def _waits(read: _Read, todo: Todo) -> str:
    if todo.role == "answers":
        return _("我们在等")
    if todo.role == "part" and read.case.control.holder not in PEOPLE:
        return read.holder
    people = read.case.headcount
    return _("反映人等{n}人").format(n=people) if people > 1 else _("反映人")


def row_of_matter(matter: Matter, now: datetime, calendar: Calendar) -> Row:
    """A matter of the register, open or closed."""
    read = _read(matter)
    procedure = read.charter.procedures[read.case.procedure]
    where = read.terms.end(procedure, matter.end) if matter.end else read.step
    return Row(
        title=matter.subject,
        href=reverse("work_matter", args=[matter.number]),
        state=state_of(read.case, now, calendar),
        due=matter.due if matter.is_open else matter.closed_at,
        next=where,
        waits=read.terms.organ(matter.answers.organ) if matter.answers else "",
        note=f"{matter.number} · {read.terms.category(matter.category)}",
    )
