"""Family 7: who handles does not inspect, and passing on has a bound and an adjudicator (R8 to R13, R38, R43)."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Apart, Charter, Holder, Organ, Procedure, Step
from gongzhi.core.check.view import is_resident, organs_of, path_of

HANDLING = ("task", "payment", "bid")


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ701 to GZ704 separation, GZ711 to GZ713 handover."""
    found: list[Finding] = []
    for procedure in charter.procedures.values():
        for step in procedure.steps.values():
            found += _inspection(procedure, step, lines)
            for rule in step.apart_from:
                found += _apart(charter, procedure, step, rule, lines)
        found += _handover(charter, procedure, lines)
    return found


def _inspection(procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    """An inspection of work must be apart from that work."""
    if step.do != "inspection":
        return
    apart = {rule.step for rule in step.apart_from}
    for before in procedure.steps.values():
        if before.do in HANDLING and step.name in _next(procedure, before) and before.name not in apart:
            yield lines.finding("GZ701", path_of(procedure, step.name), step=step.name, work=before.name)


def _next(procedure: Procedure, step: Step) -> set[str]:
    """Where a step leads, also past choices and past steps that are used up: nothing waits on the way."""
    seen: set[str] = set()
    waiting = [result.go for result in step.then.values()]
    while waiting:
        name = waiting.pop()
        found = procedure.steps.get(name)
        if name in seen or found is None:
            continue
        seen.add(name)
        waiting += [line.go for line in found.when] + ([found.beyond] if found.beyond else [])
    return seen


def _apart(charter: Charter, procedure: Procedure, step: Step, rule: Apart, lines: Lines) -> Iterator[Finding]:
    other = procedure.steps.get(rule.step)
    path = path_of(procedure, step.name, "apart_from")
    if other is None or is_resident(step):
        return
    if rule.level == "organ":
        theirs = _doers(charter, procedure, other)
        for name in [name for name in _doers(charter, procedure, step) if name in theirs]:
            yield lines.finding("GZ702", path, step=step.name, other=other.name, organ=name)
        return
    theirs = organs_of(charter, procedure, other.by)
    for name in [name for name in organs_of(charter, procedure, step.by) if name in theirs]:
        if name in charter.organs and not _enough(charter.organs[name], step.by, other.by):
            yield lines.finding("GZ703", path, step=step.name, other=other.name, organ=name)


def _doers(charter: Charter, procedure: Procedure, step: Step) -> list[str]:
    """Every organ that holds the step or has a part in it: the engine refuses both to who did what is apart of it."""
    found = organs_of(charter, procedure, step.by)
    for part in (part for part in step.parts if part.do != "attend"):
        found = [*found, *organs_of(charter, procedure, part.by)]
    return list(dict.fromkeys(found))


def _enough(organ: Organ, here: Holder, there: Holder) -> bool:
    """Can two persons be found? An organ without seats has as many people as it has; that cannot be told here."""
    if not organ.seats:
        return True
    if here.seat and here.seat in organ.seats:
        seat = organ.seats[here.seat]
        return here.seat != there.seat or seat.count > 1 or seat.stand_in is not None
    return sum(seat.count for seat in organ.seats.values()) > 1


def _handover(charter: Charter, procedure: Procedure, lines: Lines) -> Iterator[Finding]:
    handover = procedure.handover or charter.handover
    offered = [step for step in procedure.steps.values() if step.do == "task" and step.offer and not is_resident(step)]
    first = procedure.steps.get(procedure.start)
    if handover is None:
        for step in offered:
            if first and step.by != first.by:
                yield lines.finding("GZ711", path_of(procedure, step.name), step=step.name)
        return
    adjudicator = charter.organs.get(handover.adjudicator)
    path = f"{path_of(procedure)}.handover" if procedure.handover else "handover"
    if adjudicator and adjudicator.outside:
        yield lines.finding("GZ712", path, organ=adjudicator.name)
    if handover.bound < 1 or handover.bound > 2:
        yield lines.finding("GZ713", path, bound=handover.bound)
    for step in offered:
        if organs_of(charter, procedure, step.by) == [handover.adjudicator]:
            yield lines.finding("GZ714", path_of(procedure, step.name), step=step.name, organ=handover.adjudicator)
