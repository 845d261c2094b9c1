"""Family 8, disclosure: after each decision what was decided is made public, for long enough."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.calendar import Span
from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.check.view import edges, path_of

DECIDES = ("ballot", "rating", "scoring", "draw")
LEAST_DAYS = 15  # 居民委员会组织法 35
_DAYS = {"d": 1, "wd": 1, "mo": 28, "y": 365}


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ841 to GZ843."""
    found = [*_promised(charter, lines)]
    for procedure in charter.procedures.values():
        for step in procedure.steps.values():
            if (step.rule or step.do in DECIDES) and (way := _way_out(procedure, step)):
                path = path_of(procedure, step.name, "publish")
                found.append(lines.finding("GZ841", path, way, step=step.name))
    return found


def _way_out(procedure: Procedure, decision: Step) -> list[str]:
    """The steps from a decision to an end on which nothing is made public; nothing when there is no such way."""
    ways = {name: [edge.target for edge in edges(procedure) if edge.source == name] for name in procedure.steps}
    waiting, seen = [[decision.name]], {decision.name}
    while waiting:
        way = waiting.pop(0)
        step = procedure.steps.get(way[-1])
        if step is None:
            return way
        if step.publish is not None:
            continue
        for target in ways[step.name]:
            if target not in seen:
                seen.add(target)
                waiting.append([*way, target])
    return []


def _promised(charter: Charter, lines: Lines) -> Iterator[Finding]:
    for shown in charter.disclosures.values():
        path = f"disclosures.{shown.name}"
        if days_of(shown.for_) < LEAST_DAYS:
            yield lines.finding("GZ842", path, name=shown.name, days=days_of(shown.for_), least=LEAST_DAYS)
        for name in shown.of:
            procedure = charter.procedures.get(name)
            boards = {step.publish for step in procedure.steps.values()} if procedure else {shown.board}
            if shown.board not in boards:
                yield lines.finding("GZ843", path, name=shown.name, procedure=name, board=shown.board)


def days_of(span: Span) -> int:
    """Whole days that a span lasts at least."""
    return span.n * _DAYS.get(span.unit, 0)
