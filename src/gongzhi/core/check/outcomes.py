"""Family 4: the outcomes a step needs, and only those it can have (R6, R27, R29, R30, R31)."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.check.view import path_of
from gongzhi.core.decision import KINDS

THRESHOLD = KINDS["threshold"].outcomes
OBJECTION = ("opposed", "unopposed")
UNSIGNED = "unsigned"


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ401 to GZ418."""
    found: list[Finding] = []
    for procedure in charter.procedures.values():
        if not procedure.ends:
            found.append(lines.finding("GZ416", path_of(procedure)))
        for step in procedure.steps.values():
            found += _choice(procedure, step, lines) if step.do == "choice" else _step(procedure, step, lines)
            found += _ruled(charter, procedure, step, lines)
    return found


def _ruled(charter: Charter, procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    """Whatever its kind of rule can give must be there, and nothing else (R46)."""
    if not step.rule or step.do == "choice":
        return
    versions = charter.rules.get(step.rule)
    kind = versions[-1].kind if versions else "threshold"
    wanted, path = KINDS[kind].outcomes, path_of(procedure, step.name)
    if kind == "threshold":
        yield from _exactly("GZ402", path, step, THRESHOLD, lines)
    elif set(wanted) != set(step.then):
        yield lines.finding("GZ418", f"{path}.then", step=step.name, rule=step.rule, wanted=", ".join(wanted))


def _choice(procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    path = path_of(procedure, step.name)
    if not step.when or step.when[-1].if_ is not None:
        yield lines.finding("GZ411", path, step=step.name)
    for at, line in enumerate(step.when[:-1]):
        if line.if_ is None:
            yield lines.finding("GZ412", f"{path}.when.{at}", step=step.name)
    if step.then or step.parts or step.at_most is not None or step.span or step.asks or step.makes:
        yield lines.finding("GZ413", path, step=step.name)


def _step(procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    path = path_of(procedure, step.name)
    if not step.then:
        yield lines.finding("GZ401", path, step=step.name)
    if step.by.kind == "organ" and not step.by.name:
        yield lines.finding("GZ417", path, step=step.name)
    if step.when:
        yield lines.finding("GZ414", path, step=step.name)
    if (step.at_most is None) != (step.beyond is None):
        yield lines.finding("GZ406", path, step=step.name)
    if isinstance(step.need, int) and not 1 <= step.need <= len(step.parts):
        yield lines.finding("GZ415", path, step=step.name, need=step.need, parts=len(step.parts))
    yield from _wanted(procedure, step, lines)


def _wanted(procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    """Outcomes the engine computes must all be there, and no other beside them."""
    path = path_of(procedure, step.name)
    if step.object:
        yield from _exactly("GZ405", path, step, OBJECTION, lines)
        if step.do != "notice" or step.for_ is None:
            yield lines.finding("GZ408", path, step=step.name)
    signs = any(part.name.startswith("sign.") for part in step.parts)
    if signs and UNSIGNED not in step.then:
        yield lines.finding("GZ404", path, step=step.name)
    if UNSIGNED in step.then and not signs:
        yield lines.finding("GZ409", path, step=step.name)


def _exactly(code: str, path: str, step: Step, wanted: tuple[str, ...], lines: Lines) -> Iterator[Finding]:
    missing = [name for name in wanted if name not in step.then]
    extra = [name for name in step.then if name not in wanted]
    if missing or extra:
        yield lines.finding(code, f"{path}.then", step=step.name, missing=", ".join(missing), extra=", ".join(extra))
