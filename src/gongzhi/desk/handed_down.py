"""准入 at a desk: work handed down that one may refuse with one click, figures asked for, answered as computed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from gongzhi.core.charter.spec import Charter, Field, Procedure, Step
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import figures
from gongzhi.desk.draft import Draft, Taken
from gongzhi.desk.step import take_step
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.sealing import text
from gongzhi.records.people.models import Person

__all__ = ["Waiting", "answer", "refuse", "waiting"]

REFUSED, ANSWERED = "refused", "answered"  # outcomes of a charter's steps
TAKES = "none"  # the choice that is no ground
MOST = 100
Known = dict[tuple[int, str], figures.Shown | None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A matter at a step that can be refused, or a figure that can be given. `grounds`: key -> title of the charter."""

    matter: Matter
    charter: Charter
    case: Case
    grounds: Mapping[str, str]
    figure: figures.Shown | None = None

    @property
    def procedure(self) -> Procedure:
        return self.charter.procedures[self.case.procedure]

    @property
    def step(self) -> Step:
        return self.procedure.steps[self.case.control.step]


def waiting(organs: Collection[int], at: datetime) -> list[Waiting]:
    """Work handed down and figures asked for that these organs have in hand, those due first."""
    rows = Matter.objects.filter(kind__in=("task", "question"), status="open", answers__in=list(organs))
    known: Known = {}
    found = [_waiting(row, at, known) for row in rows.select_related("place", "answers").order_by("due", "pk")[:MOST]]
    return [one for one in found if one is not None and (one.grounds or one.figure)]


def _waiting(matter: Matter, at: datetime, known: Known) -> Waiting | None:
    case = read_state(matter.state)
    charter = charter_by_digest(case.digest)
    procedure = charter.procedures[case.procedure]
    if case.control.status != "open":
        return None
    step = procedure.steps[case.control.step]
    return Waiting(matter, charter, case, _grounds(procedure, step), _figure(matter, case, charter, at, known))


def _grounds(procedure: Procedure, step: Step) -> dict[str, str]:
    """The grounds on which work under an admission may be refused at this step."""
    declared = _asked(procedure, step)
    if not procedure.admitted or REFUSED not in step.then or declared is None:
        return {}
    return {key: title for key, title in declared.choices.items() if key != TAKES}


def _asked(procedure: Procedure, step: Step) -> Field | None:
    fields = (procedure.fields[name] for name in step.asks)
    return next((one for one in fields if one.type == "choice"), None)


def refuse(found: Waiting, ground: str, reply: str, person: Person, at: datetime, key: str | None) -> Taken:
    """Refuse work handed down, with the ground as the reply. Raises Refused `ground_not_listed` and the engine's."""
    declared = _asked(found.procedure, found.step)
    if declared is None or ground not in found.grounds:
        raise Refused("ground_not_listed", grounds=list(found.grounds))
    return _take(found, REFUSED, {declared.name: ground}, reply, person, at, key)


def _figure(matter: Matter, case: Case, charter: Charter, at: datetime, known: Known) -> figures.Shown | None:
    """The computed figure a department asks for: the choice given at filing names an indicator of the charter.

    Each figure of a place is computed once, however many ask for it.
    """
    procedure = charter.procedures[case.procedure]
    step = procedure.steps[case.control.step]
    if procedure.of != "question" or ANSWERED not in step.then:
        return None
    given = {str(value) for _name, value in case.control.given}
    named = next((one for one in charter.indicators.values() if one.name in given), None)
    if named is None:
        return None
    key = (matter.place_id, figures.key_of(charter, named))
    if key not in known:
        shown = figures.board(matter.place, at, key[1]).shown
        known[key] = next((one for one in shown if one.indicator.name == named.name), None)
    return known[key]


def answer(found: Waiting, said: str, person: Person, at: datetime, key: str | None) -> Taken:
    """Give the figure as computed; nobody types it. Raises Refused `not_computed` and the engine's."""
    if found.figure is None:
        raise Refused("not_computed")
    yes = {name: True for name in found.step.asks if found.procedure.fields[name].type == "yesno"}
    return _take(found, ANSWERED, yes, said, person, at, key)


def _take(
    found: Waiting, outcome: str, fields: Mapping[str, object], said: str, person: Person, at: datetime, key: str | None
) -> Taken:  # fmt: skip
    needed = found.step.then[outcome].makes
    papers = found.step.makes if needed is None else needed
    words = {name: text(said, archive=True, collected_from="staff") for name in papers}
    draft = Draft("done", found.case.visit, outcome=outcome, fields=fields, words=words)
    return take_step(found.matter.number, draft, person, at, key)
