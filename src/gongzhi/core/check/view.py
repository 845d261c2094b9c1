"""What several families of checks look at: the edges of a procedure, and who can hold a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongzhi.core.charter.spec import Charter, Holder, Procedure, Step

RESIDENTS = ("filer", "parties", "group")
START = "*start"


@dataclass(frozen=True, slots=True)
class Edge:
    """One way from a step: by an act, or (`act` False) by a choice or a clock."""

    source: str
    label: str
    target: str
    act: bool = True


def path_of(procedure: Procedure, step: str = "", *keys: str) -> str:
    """The path under which the reader remembered where a key stands."""
    parts = ["procedures", procedure.name]
    if step:
        parts += ["steps", step, *keys]
    return ".".join(parts)


def is_resident(step: Step) -> bool:
    """Is the step held by people who are asked, not by an organ?"""
    return step.by.kind in RESIDENTS


def runs_by_time(step: Step) -> bool:
    """The step ends by itself when its time has run: nobody names its outcome."""
    return step.for_ is not None and not is_resident(step)


def out_edges(step: Step) -> Iterator[Edge]:
    if step.do == "choice":
        for line in step.when:
            yield Edge(step.name, line.if_ or "*otherwise", line.go, act=False)
        return
    for result in step.then.values():
        if not runs_by_time(step) and not (is_resident(step) and result.name == step.late.assume):
            yield Edge(step.name, result.name, result.go)
        if result.name in lapses(step):
            yield Edge(step.name, result.name, result.go, act=False)


def lapses(step: Step) -> tuple[str, ...]:
    """Outcomes that stand when nobody acts."""
    if step.object is not None:
        return ("opposed", "unopposed")
    return (step.late.assume,) if step.late.assume else ()


def edges(procedure: Procedure) -> list[Edge]:
    """Every edge, with the way past a counted step that is used up as an edge of its own."""
    found = [edge for step in procedure.steps.values() for edge in out_edges(step)]
    for step in procedure.steps.values():
        if step.at_most is not None and step.beyond:
            found.append(Edge(step.name, "*beyond", step.beyond, act=False))
    return found


def categories_of(charter: Charter, procedure: Procedure) -> list[str]:
    """Categories whose matters run under the procedure."""
    return [category.name for category in charter.categories.values() if category.procedure == procedure.name]


def organs_of(charter: Charter, procedure: Procedure, holder: Holder) -> list[str]:
    """Every organ that may turn out to be this holder, as far as the charter alone tells."""
    if holder.kind == "organ":
        return [holder.name]
    if holder.kind == "duty":
        lines = (charter.duty_for(name) for name in categories_of(charter, procedure))
        return list(dict.fromkeys(line.answers for line in lines if line))
    if holder.kind == "same" and holder.name in procedure.steps:
        other = procedure.steps[holder.name].by
        return [] if other.kind == "same" else organs_of(charter, procedure, other)
    return []
