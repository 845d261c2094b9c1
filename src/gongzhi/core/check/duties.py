"""Family 8: every category has exactly one line in the duty list, and somebody may file (R3, R36)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Duty, Organ, Procedure
from gongzhi.core.check.claims import SCHEDULER
from gongzhi.core.check.view import categories_of, path_of

YEAR = timedelta(days=366)


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ801 to GZ808, GZ811, GZ812."""
    found = [*_lines(charter, lines)]
    opened = {duty.opens for duty in charter.recurring.values()}
    for procedure in charter.procedures.values():
        found += _files(procedure, procedure.name in opened, lines)
        found += _by_duty(charter, procedure, lines)
    return found


def _lines(charter: Charter, lines: Lines) -> Iterator[Finding]:
    answering: dict[str, list[int]] = defaultdict(list)
    for at, duty in enumerate(charter.duties):
        answering[duty.category].append(at)
        yield from _line(at, duty, charter.organs.get(duty.answers), lines)
    for name in charter.categories:
        found = answering.get(name, [])
        if not found:
            yield lines.finding("GZ801", f"categories.{name}", category=name)
        for at in found[1:]:
            yield lines.finding("GZ802", f"duties.{at}", category=name, first=charter.duties[found[0]].answers)


def _line(at: int, duty: Duty, organ: Organ | None, lines: Lines) -> Iterator[Finding]:
    if organ and organ.at != duty.at:
        yield lines.finding("GZ804", f"duties.{at}", organ=organ.name, level=organ.at, at=duty.at)
    if duty.answers == duty.coordinates:
        yield lines.finding("GZ811", f"duties.{at}", category=duty.category, organ=duty.answers)
    if organ and organ.outside:
        yield lines.finding("GZ806", f"duties.{at}", organ=organ.name)
    if not duty.law and not duty.list:
        yield lines.finding("GZ805", f"duties.{at}", category=duty.category)
    if duty.until and not _renewed(duty):
        yield lines.finding("GZ812", f"duties.{at}", category=duty.category)


def _renewed(duty: Duty) -> bool:
    """A line of an allow-list names its law and lasts at most a year (H14): otherwise nobody would look at it again."""
    if duty.law is None or duty.from_ is None or duty.until is None:
        return False
    return timedelta() <= duty.until - duty.from_ <= YEAR


def _files(procedure: Procedure, opened: bool, lines: Lines) -> Iterator[Finding]:
    path = f"{path_of(procedure)}.files"
    if not procedure.files:
        yield lines.finding("GZ807", path, procedure=procedure.name)
    if opened != (SCHEDULER in procedure.files):
        yield lines.finding("GZ808", path, procedure=procedure.name, opened=opened)


def _by_duty(charter: Charter, procedure: Procedure, lines: Lines) -> Iterator[Finding]:
    steps = [step for step in procedure.steps.values() if step.by.kind == "duty"]
    if steps and not categories_of(charter, procedure):
        path = path_of(procedure, steps[0].name, "by")
        yield lines.finding("GZ803", path, procedure=procedure.name, step=steps[0].name)
