"""The procedure as a drawing wants it: steps with a state, moves with their words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Procedure, Step
from gongzhi.core.procedure.case import Case, get
from gongzhi.words.terms import Terms


@dataclass(frozen=True, slots=True)
class Stop:
    """A step or an end. state: done, now, possible; kind: start, end, choice or the instrument."""

    key: str
    title: str
    who: str
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class Way:
    start: str
    end: str
    label: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Flow:
    stops: tuple[Stop, ...]
    ways: tuple[Way, ...]


def flow_of(terms: Terms, procedure: Procedure, case: Case | None = None) -> Flow:
    """The drawing of a procedure, with the way a case has gone when there is one."""
    stops = [_stop(terms, procedure, step, case) for step in procedure.steps.values()]
    for end in procedure.ends.values():
        reached = case is not None and case.control.end == end.name
        stops.append(Stop(end.name, terms.text(end.title), "", "now" if reached else "possible", "end"))
    ways = [way for step in procedure.steps.values() for way in _ways(terms, step, case)]
    return Flow(tuple(stops), tuple(ways))


def _stop(terms: Terms, procedure: Procedure, step: Step, case: Case | None) -> Stop:
    who = "" if step.do == "choice" else _who(terms, step, case)
    kind = "start" if step.name == procedure.start else step.do
    return Stop(step.name, terms.text(step.title), who, _state(step.name, case), kind)


def _who(terms: Terms, step: Step, case: Case | None) -> str:
    kept = get(case.control.kept, step.name) if case else None
    if kept:
        return terms.holder(str(kept))
    if step.by.kind == "duty":
        line = terms.charter.duty_for(case.category) if case else None
        return terms.organ(line.answers) if line else _("按职责清单")
    return terms.holder(str(step.by))


def _state(name: str, case: Case | None) -> str:
    if case is None:
        return "possible"
    if case.control.step == name and not case.control.end:
        return "now"
    return "done" if get(case.history.visits, name) else "possible"


def _ways(terms: Terms, step: Step, case: Case | None) -> list[Way]:
    taken = (
        {key.partition(".")[2] for key, _at in case.history.dates if key.startswith(f"{step.name}.")} if case else set()
    )
    ways = [Way(step.name, one.go, terms.text(one.title), name in taken) for name, one in step.then.items()]
    ways += [Way(step.name, line.go, "" if line.if_ else _("否则"), False) for line in step.when]
    if step.beyond:
        ways.append(Way(step.name, step.beyond, _("{n}次以后").format(n=step.at_most), False))
    return ways
