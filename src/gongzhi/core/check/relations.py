"""Family 7, relations: who may command whom, and who may not judge his own work (design section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.check.view import organs_of, path_of

BINDS = ("leads", "represents")
JUDGES = ("rating", "scoring")
WORKS = ("task", "payment", "bid", "agreement")


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ721 to GZ727."""
    found = [*_commands(charter, lines), *_independent(charter, lines), *_masters(charter, lines)]
    for procedure in charter.procedures.values():
        for step in procedure.steps.values():
            found += _judge(charter, procedure, step, lines)
    return found


def _commands(charter: Charter, lines: Lines) -> Iterator[Finding]:
    codes = {"government": "GZ721", "party": "GZ723"}
    for at, relation in enumerate(charter.relations):
        above, below = charter.organs.get(relation.subject), charter.organs.get(relation.object)
        if above is None or below is None:
            continue
        if above is below:
            yield lines.finding("GZ724", f"relations.{at}", organ=above.name, verb=relation.verb)
        elif relation.verb == "leads" and below.kind == "self_government" and above.kind in codes:
            yield lines.finding(codes[above.kind], f"relations.{at}", organ=above.name, other=below.name)


def _independent(charter: Charter, lines: Lines) -> Iterator[Finding]:
    apart = {frozenset((one.subject, one.object)) for one in charter.relations if one.verb == "independent"}
    for at, relation in enumerate(charter.relations):
        if relation.verb in BINDS and frozenset((relation.subject, relation.object)) in apart:
            yield lines.finding(
                "GZ722", f"relations.{at}", organ=relation.subject, other=relation.object, verb=relation.verb
            )


def _masters(charter: Charter, lines: Lines) -> Iterator[Finding]:
    """Each organ is led by one at most, and nobody leads itself through others."""
    leader: dict[str, str] = {}
    for at, relation in enumerate(charter.relations):
        if relation.verb != "leads" or relation.subject == relation.object:
            continue
        first = leader.setdefault(relation.object, relation.subject)
        if first != relation.subject:
            yield lines.finding("GZ727", f"relations.{at}", organ=relation.object, first=first, second=relation.subject)
        elif way := _way_back(relation.object, leader):
            yield lines.finding("GZ726", f"relations.{at}", way, organ=relation.object)


def _way_back(start: str, leader: Mapping[str, str]) -> list[str]:
    """The organs from `start` upwards when they come back to it; nothing when they end."""
    way, at = [start], leader.get(start)
    while at is not None and at not in way:
        way.append(at)
        at = leader.get(at)
    return [*way, start] if at == start else []


def _judge(charter: Charter, procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    """Who did the work does not hold the step that rates it."""
    if step.do not in JUDGES:
        return
    judges = organs_of(charter, procedure, step.by)
    for work in procedure.steps.values():
        leads_here = any(result.go == step.name for result in work.then.values())
        if work.do not in WORKS or not leads_here:
            continue
        for organ in organs_of(charter, procedure, work.by):
            if organ in judges:
                path = path_of(procedure, step.name, "by")
                yield lines.finding("GZ725", path, step=step.name, work=work.name, organ=organ)
