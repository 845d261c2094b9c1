"""Family 5, explored half: every reachable state can end, and silence ends or is public (section 10.2 and 10.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.core.check.space import ENDED, Space, explore, used_up
from gongzhi.core.check.view import path_of
from gongzhi.core.procedure.case import Control

Graph = Mapping[Control, Iterable[Control]]


@dataclass(frozen=True, slots=True)
class Explored:
    """What exploring one procedure showed."""

    findings: tuple[Finding, ...]
    states: int
    proved: bool


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ505 to GZ508, for a charter whose names, clocks, outcomes, loops and conditions are in order."""
    return [finding for name in charter.procedures for finding in examine(charter, name, lines).findings]


def examine(charter: Charter, name: str, lines: Lines) -> Explored:
    """Explore one procedure: can every state end, and what does silence do?"""
    procedure = charter.procedures[name]
    space = explore(charter, procedure)
    path = path_of(procedure)
    if space.cut:
        finding = lines.finding("GZ506", path, procedure=name, states=len(space.ways))
        return Explored((finding,), len(space.ways), False)
    found = [*_cannot_end(charter, procedure, space, lines), *_silence(procedure, space, lines)]
    for control in space.nobody[:1]:
        found.append(lines.finding("GZ508", path_of(procedure, control.step), space.trace(control), step=control.step))
    return Explored(tuple(found), len(space.ways), not found)


def _cannot_end(charter: Charter, procedure: Procedure, space: Space, lines: Lines) -> Iterable[Finding]:
    """Once with both branches of every counted step, once with all of them used up."""
    lean = {control: [way.to for way in ways] for control, ways in space.ways.items()}
    exhausted = {control: used_up(charter, procedure, control) for control in space.ways}
    for graph in (lean, exhausted):
        ending = _leading_to_end(graph)
        stuck = next((control for control in space.ways if control not in ending), None)
        if stuck is not None:
            path = path_of(procedure, stuck.step)
            yield lines.finding("GZ505", path, space.trace(stuck), step=stuck.step)
            return


def _leading_to_end(graph: Graph) -> set[Control]:
    back: dict[Control, list[Control]] = {}
    for control, targets in graph.items():
        for target in targets:
            back.setdefault(target, []).append(control)
    waiting = [control for control in {*graph, *back} if control.status in ENDED]
    seen = set(waiting)
    while waiting:
        for before in back.get(waiting.pop(), []):
            if before not in seen:
                seen.add(before)
                waiting.append(before)
    return seen


def _silence(procedure: Procedure, space: Space, lines: Lines) -> Iterable[Finding]:
    """From every state let only clocks act: it ends, or stops at a breach that a named organ answers for."""
    silent = {control: [way.to for way in ways if not way.act] for control, ways in space.ways.items()}
    counted = {name for name, step in procedure.steps.items() if step.at_most is not None}
    for start in space.ways:
        control, seen = start, {start}
        while silent[control] and control.status not in ENDED:
            control = silent[control][-1]
            if control in seen:
                if control.step not in counted:
                    path = path_of(procedure, control.step)
                    yield lines.finding("GZ507", path, space.trace(control), step=control.step)
                    return
                break
            seen.add(control)
