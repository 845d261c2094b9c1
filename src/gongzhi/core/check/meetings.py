"""Family 7, meetings: what a meeting asks for can be had, and in time."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.meeting import MeetingRules
from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.check.view import path_of
from gongzhi.core.span import Span

MEETS = ("meeting", "consultation")
_DAYS = {"d": 1.0, "wd": 1.4, "mo": 30.0, "y": 365.0, "h": 1 / 24, "min": 1 / 1440, "wh": 0.14}


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ761 to GZ764."""
    found: list[Finding] = []
    for procedure in charter.procedures.values():
        for step in procedure.steps.values():
            if step.meeting is not None:
                found += _meeting(charter, procedure, step, step.meeting, lines)
    return found


def _meeting(
    charter: Charter, procedure: Procedure, step: Step, rules: MeetingRules, lines: Lines
) -> Iterator[Finding]:
    path = path_of(procedure, step.name, "meeting")
    if step.do not in MEETS:
        yield lines.finding("GZ761", path, step=step.name)
    made = _made(procedure, step)
    for name in rules.materials:
        if name not in made:
            yield lines.finding("GZ762", f"{path}.materials", step=step.name, document=name)
    if rules.invite and step.within and _days(rules.invite) > _days(step.within):
        yield lines.finding(
            "GZ763", f"{path}.invite", step=step.name, invite=str(rules.invite), within=str(step.within)
        )
    tasks = charter.procedures.get(rules.tasks or "")
    if tasks and not {"organ", "date"} <= {one.type for one in tasks.fields.values() if one.given == "filing"}:
        yield lines.finding("GZ764", f"{path}.tasks", step=step.name, procedure=tasks.name)


def _made(procedure: Procedure, but: Step) -> set[str]:
    """Documents that other steps make; those of an outcome too."""
    others = [step for step in procedure.steps.values() if step.name != but.name]
    found = {name for step in others for name in step.makes}
    return found | {name for step in others for result in step.then.values() for name in result.makes or ()}


def _days(span: Span) -> float:
    return float(span.n) * _DAYS[span.unit]
