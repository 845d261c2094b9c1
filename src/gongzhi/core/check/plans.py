"""Family 8, plans: every task has units, a procedure that can carry it, and no target that presses people."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.parse import closest
from gongzhi.core.charter.plans import Plan, PlanTask
from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.core.check.indicators import FORBIDDEN
from gongzhi.core.check.view import path_of

GIVEN = {"lead": "organ", "until": "date"}


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ891 to GZ893."""
    found = [finding for plan in charter.plans.values() for finding in _plan(charter, plan, lines)]
    for procedure in charter.procedures.values():
        found += _gate(charter, procedure, lines)
    return found


def _plan(charter: Charter, plan: Plan, lines: Lines) -> Iterator[Finding]:
    path = f"plans.{plan.name}"
    procedure = charter.procedures.get(plan.procedure)
    if procedure is None:
        yield _missing(path, plan.procedure, charter.procedures, lines)
    elif any(name not in procedure.fields or procedure.fields[name].type != type_ for name, type_ in GIVEN.items()):
        yield lines.finding("GZ893", path, procedure=procedure.name)
    for task in plan.tasks.values():
        yield from _task(charter, plan, task, f"{path}.tasks.{task.name}", lines)


def _task(charter: Charter, plan: Plan, task: PlanTask, path: str, lines: Lines) -> Iterator[Finding]:
    for organ in task.by:
        if organ not in charter.organs:
            yield _missing(path, organ, charter.organs, lines)
    if task.section and task.section not in plan.sections:
        yield _missing(path, task.section, plan.sections, lines)
    pressed = " ".join([task.target.part, task.target.whole]) if task.target else ""
    if word := next((word for word in FORBIDDEN if word in pressed), ""):
        yield lines.finding("GZ892", path, word=word)


def _gate(charter: Charter, procedure: Procedure, lines: Lines) -> Iterator[Finding]:
    gate = procedure.admitted
    if gate is None:
        return
    decides, path = charter.procedures.get(gate.by), f"{path_of(procedure)}.admitted"
    if decides is None or gate.as_ not in decides.ends:
        yield _missing(path, gate.by if decides is None else gate.as_, decides.ends if decides else (), lines)


def _missing(path: str, name: str, known: object, lines: Lines) -> Finding:
    return lines.finding("GZ891", path, name=name, meant=closest(name, list(known)))  # type: ignore[call-overload]
