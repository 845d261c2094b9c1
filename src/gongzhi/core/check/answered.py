"""Which fields have certainly been answered when a step is entered: a data flow over all paths (R40)."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from gongzhi.core.charter.spec import Procedure
from gongzhi.core.check.view import Edge, edges

Known = frozenset[str]


def answered(procedure: Procedure) -> Mapping[str, Known]:
    """Step -> fields answered on every path to it. Only an act answers what a step asks; a lapse does not."""
    given = frozenset(field.name for field in procedure.fields.values() if field.given == "filing")
    if procedure.start not in procedure.steps:
        return {}
    first = procedure.steps[procedure.start]
    known: dict[str, Known] = {procedure.start: given}
    outgoing = _outgoing(procedure)
    waiting = deque([first.name])
    while waiting:
        name = waiting.popleft()
        for edge in outgoing.get(name, []):
            step = procedure.steps.get(name)
            after = known[name] | (frozenset(step.asks) if step and edge.act else frozenset())
            before = known.get(edge.target)
            merged = after if before is None else before & after
            if merged != before:
                known[edge.target] = merged
                waiting.append(edge.target)
    return known


def _outgoing(procedure: Procedure) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges(procedure):
        found.setdefault(edge.source, []).append(edge)
    if procedure.reopen:
        for end in procedure.ends.values():
            if end.reopen:
                found.setdefault(end.name, []).append(Edge(end.name, "*reopen", procedure.reopen.to, act=False))
    return found
