"""One matter as its pages show it: the case settled up to now, its log, and which of its papers may be opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongzhi.core.calendar import Calendar
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import tick
from gongzhi.desk import calendars
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Act, Matter, Words
from gongzhi.records.matters.queries import log_of
from gongzhi.records.matters.sealing import read_text
from gongzhi.words.terms import Terms
from gongzhi.words.view import MatterView, state_of, view_of

__all__ = ["Looked", "Row", "look", "row_of", "rows_of", "short"]


@dataclass(frozen=True, slots=True)
class Looked:
    """A matter with everything its page says but its words."""

    matter: Matter
    charter: Charter
    case: Case
    view: MatterView
    acts: tuple[Act, ...]

    @property
    def first(self) -> Act:
        """The filing, whose hash is on the receipt."""
        return self.acts[0]


@dataclass(frozen=True, slots=True)
class Row:
    """A matter in a list. `title` is public-safe unless the list is the reader's own."""

    matter: Matter
    title: str
    state: str
    answers: str
    step: str
    category: str
    turn: bool


def look(matter: Matter, now: datetime) -> Looked:
    """The matter as it stands at `now`, whether or not the worker has been by."""
    case = read_state(matter.state)
    charter = charter_by_digest(case.digest)
    calendar, _digest = calendars.current()
    acts = tuple(log_of(matter))
    settled = _settled(charter, case, now, calendar)
    return Looked(matter, charter, settled, view_of(charter, settled, calendar, now, acts), acts)


def _settled(charter: Charter, case: Case, now: datetime, calendar: Calendar) -> Case:
    try:
        return tick(charter, case, now, calendar).case
    except Refused:  # a story's clock that was moved back: show what is stored
        return case


def row_of(matter: Matter, now: datetime, calendar: Calendar, said: str = "") -> Row:
    """One row of a list, made without a query of its own (`matter` comes with place and answerable organ)."""
    case = read_state(matter.state)
    charter = charter_by_digest(case.digest)
    terms, procedure = Terms(charter), charter.procedures[case.procedure]
    place = terms.end(procedure, matter.end) if matter.end else terms.step(procedure, matter.step)
    return Row(
        matter=matter,
        title=said or matter.subject,
        state=state_of(case, now, calendar),
        answers=matter.answers.title if matter.answers else "",
        step=place,
        category=terms.category(matter.category),
        turn=matter.holder == "filer",
    )


def rows_of(matters: list[Matter], now: datetime, own_words: bool = False) -> list[Row]:
    """The rows of a list; with `own_words` titled by what the resident wrote (one query for all)."""
    calendar, _digest = calendars.current()
    said = _said(matters) if own_words else {}
    return [row_of(matter, now, calendar, said.get(matter.pk, "")) for matter in matters]


def _said(matters: list[Matter]) -> dict[int, str]:
    rows = Words.objects.filter(matter__in=matters, name="what", act__seq=1)
    return {row.matter_id: short(read_text(row)) for row in rows}


def short(text: str) -> str:
    """The beginning of a text as a title."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
