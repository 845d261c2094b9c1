"""Family 5, explored half: every reachable state can end, and silence ends or is public (section 10.2 to 10.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.core.check.counted import explore_counted
from gongzhi.core.check.loops import has_loop
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
    """Explore one procedure: can every state end, and what does silence do?

    The lean space first; where it finds a fault, is cut, or forgets the counter that a loop needs to end, the counted
    one decides. What both leave open is not proved.
    """
    procedure = charter.procedures[name]
    space, found = forgetful(charter, procedure, lines)
    if not (space.cut or found or has_loop(procedure)):
        return Explored((), len(space.ways), True)
    counted = explore_counted(charter, procedure)
    if counted.cut:
        found.append(lines.finding("GZ506", path_of(procedure), procedure=name, states=len(counted.ways)))
        return Explored(tuple(found), len(counted.ways), False)
    found = [*stuck(procedure, counted, graph_of(counted), lines), *circles(procedure, counted, lines)]
    found += _nobody(procedure, counted, lines)
    return Explored(tuple(found), len(counted.ways), not found)


def forgetful(charter: Charter, procedure: Procedure, lines: Lines) -> tuple[Space, list[Finding]]:
    """The lean space and what it shows: where the residual graph has no loop, finding nothing there is a proof."""
    space = explore(charter, procedure)
    if space.cut:
        return space, []
    found = [*_cannot_end(charter, procedure, space, lines), *_silence(procedure, space, lines)]
    return space, [*found, *_nobody(procedure, space, lines)]


def _nobody(procedure: Procedure, space: Space, lines: Lines) -> Iterable[Finding]:
    for control in space.nobody[:1]:
        yield lines.finding("GZ508", path_of(procedure, control.step), space.trace(control), step=control.step)


def graph_of(space: Space) -> Graph:
    """Where acts lead, and silence that names an outcome: never the order in which clocks run out (section 10)."""
    return {control: [way.to for way in ways] for control, ways in space.ways.items()}


def circles(procedure: Procedure, space: Space, lines: Lines) -> Iterable[Finding]:
    """Counted states never come twice by silence alone, unless silence goes round for ever."""
    graph: nx.DiGraph[Control] = nx.DiGraph()
    for control, ways in space.ways.items():
        graph.add_edges_from((control, way.to) for way in ways if not way.act)
    try:
        around = nx.find_cycle(graph)[0][0]
    except nx.NetworkXNoCycle:
        return
    yield lines.finding("GZ507", path_of(procedure, around.step), space.trace(around), step=around.step)


def _cannot_end(charter: Charter, procedure: Procedure, space: Space, lines: Lines) -> Iterable[Finding]:
    """Once with both branches of every counted step, once with all of them used up."""
    lean = {control: [way.to for way in ways] for control, ways in space.ways.items()}
    used = used_up(charter, procedure)
    exhausted = {control: used(control) for control in space.ways}
    yield from [*stuck(procedure, space, lean, lines), *stuck(procedure, space, exhausted, lines)][:1]


def stuck(procedure: Procedure, space: Space, graph: Graph, lines: Lines) -> Iterable[Finding]:
    ending = _leading_to_end(graph)
    stuck = next((control for control in space.ways if control not in ending), None)
    if stuck is not None:
        yield lines.finding("GZ505", path_of(procedure, stuck.step), space.trace(stuck), step=stuck.step)


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
