"""Family 8, rights: each right of a charter can be exercised by who has it, through a kind of matter."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Holder, Procedure, Right


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ831 and GZ832."""
    return [finding for right in charter.rights.values() for finding in _right(charter, right, lines)]


def _right(charter: Charter, right: Right, lines: Lines) -> Iterator[Finding]:
    path = f"rights.{right.name}"
    if not right.through:
        yield lines.finding("GZ831", path, right=right.name)
    for name in right.through:
        procedure = charter.procedures.get(name)
        if procedure and not set(right.held_by) & exercised_by(procedure):
            yield lines.finding("GZ832", path, right=right.name, procedure=name, who=", ".join(right.held_by))


def exercised_by(procedure: Procedure) -> set[str]:
    """Who can file a matter of this kind, holds a step of it, takes part, votes or objects."""
    names = set(procedure.files)
    for step in procedure.steps.values():
        names |= {_name(step.by), *(_name(part.by) for part in step.parts)}
        names |= {step.roll.of} if step.roll else set()
        names |= {step.object.who} if step.object else set()
    return names - {""}


def _name(holder: Holder) -> str:
    return holder.name if holder.kind in ("organ", "group") else ""
