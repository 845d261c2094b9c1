"""Family 3: every waiting step has one clock, and silence leads somewhere (R16, R20, R22, R25)."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.check.view import is_resident, organs_of, path_of

SILENT = ("no_answer", "silent", "not_answered")
"""Names that stand for silence; the engine lets nobody choose the outcome a resident step assumes (R22)."""


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ301 to GZ312."""
    found: list[Finding] = []
    for procedure in charter.procedures.values():
        for step in procedure.steps.values():
            if step.do != "choice":
                found += _step(charter, procedure, step, lines)
        found += _counts(procedure, lines)
    return found


def _step(charter: Charter, procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    path = path_of(procedure, step.name)
    clocks = [key for key in ("within", "for_", "before") if getattr(step, key)]
    if not clocks:
        yield lines.finding("GZ301", path, step=step.name)
    if len(clocks) > 1:
        yield lines.finding("GZ302", path, step=step.name)
    if step.for_ and not step.late.assume and step.object is None:
        yield lines.finding("GZ303", path, step=step.name)
    if step.late.assume and step.late.assume not in step.then:
        yield lines.finding("GZ307", f"{path}.late", step=step.name, outcome=step.late.assume)
    if is_resident(step):
        yield from _resident(procedure, step, lines)
    yield from _raise(charter, procedure, step, lines)


def _resident(procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    path, assumed = path_of(procedure, step.name), step.late.assume
    if assumed is None:
        yield lines.finding("GZ304", path, step=step.name)
        return
    if assumed not in SILENT or assumed == next(iter(step.then), None) or len(step.then) < 2:
        names = ", ".join(SILENT)
        yield lines.finding("GZ305", f"{path}.late", step=step.name, outcome=assumed, names=names)
    if step.from_ != "served":
        yield lines.finding("GZ306", path, step=step.name)


def _raise(charter: Charter, procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    path = path_of(procedure, step.name, "late")
    holders = organs_of(charter, procedure, step.by)
    for at, name in enumerate(step.late.raise_):
        organ = charter.organs.get(name)
        if name in step.late.raise_[:at] or (at == 0 and holders == [name]):
            yield lines.finding("GZ310", path, step=step.name, organ=name)
        if organ and organ.outside:
            yield lines.finding("GZ311", path, step=step.name, organ=name)
    if step.late.raise_ and any(charter.organs[name].outside for name in holders if name in charter.organs):
        yield lines.finding("GZ312", path, step=step.name)


def _counts(procedure: Procedure, lines: Lines) -> Iterator[Finding]:
    """Numbers that must be one or more."""
    counts = {f"{path_of(procedure)}.reopen": procedure.reopen.at_most if procedure.reopen else 1}
    for step in procedure.steps.values():
        counts[path_of(procedure, step.name, "at_most")] = 1 if step.at_most is None else step.at_most
        counts[path_of(procedure, step.name, "extend")] = step.extend.at_most if step.extend else 1
        counts[path_of(procedure, step.name, "pause")] = step.pause.at_most if step.pause else 1
        for part in step.parts:
            counts[path_of(procedure, step.name, "parts", part.name)] = part.at_least
    for path, count in counts.items():
        if count < 1:
            yield lines.finding("GZ309", path, count=count)
