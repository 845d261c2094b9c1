"""Family 77: matters that run on under a new version, matters that go together (R34, R35, R37)."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.check.space import explore
from gongzhi.core.check.view import is_resident, path_of
from gongzhi.core.procedure.moves import PEOPLE, Setting
from gongzhi.core.procedure.together import brought


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ775, GZ778, GZ779: what one version alone can say."""
    found: list[Finding] = []
    for procedure in charter.procedures.values():
        found += _version(charter, procedure, lines)
        found += _merge(procedure, lines)
        for step in procedure.steps.values():
            found += _wait(charter, procedure, step, lines)
    return found


def _version(charter: Charter, procedure: Procedure, lines: Lines) -> Iterator[Finding]:
    rule = procedure.migrates
    if rule is not None and rule.from_ >= charter.version:
        path = f"{path_of(procedure)}.migrates"
        yield lines.finding("GZ775", path, old=rule.from_, new=charter.version)


def _merge(procedure: Procedure, lines: Lines) -> Iterator[Finding]:
    """After a merge the resident is asked, and who is not content goes on where a reopened matter goes."""
    if procedure.after_merge is None:
        return
    step = procedure.steps.get(procedure.after_merge)
    if step is not None and (step.by.kind not in PEOPLE or not is_resident(step) or procedure.reopen is None):
        yield lines.finding("GZ778", f"{path_of(procedure)}.after_merge", step=step.name)


def _wait(charter: Charter, procedure: Procedure, step: Step, lines: Lines) -> Iterator[Finding]:
    """Whatever the other matter ends with has to lead on."""
    if step.do != "wait":
        return
    missing = [name for name in brought(Setting(charter, procedure), step) if name not in step.then]
    if step.for_matter is None or missing:
        yield lines.finding("GZ779", path_of(procedure, step.name), step=step.name, outcomes=", ".join(missing))


def compare(old: Charter, new: Charter, lines: Lines) -> list[Finding]:
    """GZ771 to GZ777: can every matter that runs under `old` go on under `new` as its procedures say?"""
    found: list[Finding] = []
    for procedure in new.procedures.values():
        before = old.procedures.get(procedure.name)
        if procedure.migrates and procedure.migrates.from_ == old.version:
            found += _mapping(old, before, procedure, lines)
    return found


def _mapping(old: Charter, before: Procedure | None, after: Procedure, lines: Lines) -> Iterator[Finding]:
    path = f"{path_of(after)}.migrates"
    names = after.migrates.steps if after.migrates else {}
    for name in names:
        if before is None or name not in before.steps:
            yield lines.finding("GZ771", f"{path}.steps", step=name, version=old.version)
    if before is None:
        return
    reached = explore(old, before)
    waiting = {control.step for control in reached.ways if control.status == "open"}
    offered = {control.step for control in reached.ways if control.phase == "offered"}
    for name in [name for name in before.steps if name in waiting]:
        yield from _step(before.steps[name], after, names.get(name, name), name in offered, lines, path)
    for limit in before.limits:
        if limit.name not in {one.name for one in after.limits}:
            yield lines.finding("GZ776", path, limit=limit.name)


def _step(old: Step, after: Procedure, target: str, offered: bool, lines: Lines, path: str) -> Iterator[Finding]:
    step = after.steps.get(target)
    if step is None:
        yield lines.finding("GZ772", path, step=old.name)
    elif step.do == "choice":
        yield lines.finding("GZ774", path, step=old.name, to=target)
    elif str(step.by) != str(old.by):
        yield lines.finding("GZ773", path, step=old.name, to=target, old=str(old.by), new=str(step.by))
    elif offered and (step.do != "task" or not step.offer):
        yield lines.finding("GZ777", path, step=old.name, to=target)
