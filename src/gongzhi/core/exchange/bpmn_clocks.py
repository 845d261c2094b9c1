"""The deadlines of a procedure as BPMN timers on the edge of its steps.

A timer that interrupts is what silence assumes: it leads where that outcome leads. One that does not interrupt says
who answers when the step is late; it ends in an escalation and the step stays open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from gongzhi.core.charter.spec import Procedure, Result, Step
from gongzhi.core.exchange.graph import Naming, arrival, step_id
from gongzhi.core.exchange.marks import mark
from gongzhi.core.exchange.plain import Plain, result_plain
from gongzhi.core.span import Span

_ISO = {"min": "PT{n}M", "h": "PT{n}H", "wh": "PT{n}H", "d": "P{n}D", "wd": "P{n}D", "mo": "P{n}M", "y": "P{n}Y"}


@dataclass(frozen=True, slots=True)
class Clock:
    """`target` is the node that silence leads to; empty: nothing moves, `answers` answer one after another."""

    step: Step
    target: str = ""
    assumed: str = ""
    answers: tuple[str, ...] = ()

    @property
    def alone(self) -> bool:
        """Only silence leads to this outcome: nobody can choose it (R22), or the step lasts until its time has run."""
        step = self.step
        return bool(self.assumed) and (step.by.kind in ("filer", "parties", "group") or step.for_ is not None)

    @property
    def id(self) -> str:
        return f"timer.{'assume' if self.target else 'late'}.{self.step.name}"

    @property
    def end(self) -> str:
        """The escalation it ends in; empty where it leads on."""
        return "" if self.target else f"late.{self.step.name}"

    @property
    def flow(self) -> str:
        return f"flow.{self.id}"

    @property
    def ids(self) -> list[str]:
        return [one for one in (self.id, self.end) if one]


def clocks_of(procedure: Procedure) -> Iterator[Clock]:
    """Up to two for each step that waits."""
    for step in procedure.steps.values():
        if step.do == "choice" or not (step.span or step.before):
            continue
        assumed = step.then.get(step.late.assume or "")
        if step.late.raise_ or (assumed is None and step.for_ is None):
            yield Clock(step, answers=step.late.raise_ or (str(step.by),))
        if assumed is not None:
            yield Clock(step, arrival(procedure, assumed.go), assumed.name)


def write(process: Element, clocks: list[Clock], naming: Naming) -> None:
    """Adds the timers, their escalations and the flows from them."""
    for clock in clocks:
        _timer(process, clock)
        if clock.end:
            _escalation(process, clock, naming)
    for clock in clocks:
        attributes = {"id": clock.flow, "sourceRef": clock.id, "targetRef": clock.target or clock.end}
        if clock.assumed:
            attributes["name"] = clock.step.then[clock.assumed].title
        flow = SubElement(process, "bpmn:sequenceFlow", attributes)
        if clock.alone:
            values, more = outcome_values(clock.step.then[clock.assumed]), outcome_attributes(clock.step, clock.assumed)
            mark(flow, "flow", values, kind="outcome", **more)
        else:
            mark(flow, "flow", {}, kind="clock", **({"outcome": clock.assumed} if clock.assumed else {}))


def outcome_values(result: Result) -> Plain:
    """What the flow of an outcome cannot say itself."""
    return {key: value for key, value in result_plain(result).items() if key not in ("title", "go")}


def outcome_attributes(step: Step, outcome: str) -> dict[str, str]:
    """Which outcome a flow is, and its place among them: the order is what people see, and the check reads it."""
    return {"outcome": outcome, "order": str(list(step.then).index(outcome))}


def _timer(process: Element, clock: Clock) -> None:
    step = clock.step
    attributes = {
        "id": clock.id,
        "name": _name(step),
        "attachedToRef": step_id(step.name),
        "cancelActivity": "true" if clock.target else "false",
    }
    timer = SubElement(process, "bpmn:boundaryEvent", attributes)
    mark(timer, "clock", {})
    SubElement(timer, "bpmn:outgoing").text = clock.flow
    definition = SubElement(timer, "bpmn:timerEventDefinition", {"id": f"{clock.id}.when"})
    tag, text = ("timeDuration", iso(step.span)) if step.span else ("timeDate", _name(step))
    SubElement(definition, f"bpmn:{tag}", {"xsi:type": "bpmn:tFormalExpression"}).text = text


def _name(step: Step) -> str:
    if step.before:
        return f"{step.before[0]} - {step.before[1]}"
    return str(step.span)


def _escalation(process: Element, clock: Clock, naming: Naming) -> None:
    names = " → ".join(naming(name) for name in clock.answers)
    end = SubElement(process, "bpmn:endEvent", {"id": clock.end, "name": names})
    mark(end, "clock", {})
    SubElement(end, "bpmn:incoming").text = clock.flow
    SubElement(end, "bpmn:escalationEventDefinition", {"id": f"{clock.end}.raised"})


def iso(span: Span) -> str:
    """The nearest ISO 8601 duration: it knows no working days, so those are said in the timer's name."""
    return _ISO[span.unit].format(n=span.n)
