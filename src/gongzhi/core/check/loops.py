"""Family 5, static half: every loop is bounded, every step is reached, every end too (R27, R28)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import networkx as nx

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.core.check.view import edges, out_edges, path_of


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ501 to GZ504."""
    found: list[Finding] = []
    for procedure in charter.procedures.values():
        found += _loops(procedure, lines)
        found += _unreached(procedure, lines)
    return found


def residual(procedure: Procedure) -> Mapping[str, list[str]]:
    """The graph that is left when every counted step is used up: each leads to its `beyond` only (R28)."""
    graph: dict[str, list[str]] = {}
    for step in procedure.steps.values():
        counted = step.at_most is not None and step.beyond
        graph[step.name] = [str(step.beyond)] if counted else [edge.target for edge in out_edges(step)]
    return graph


def has_loop(procedure: Procedure) -> bool:
    return bool(_cycle(residual(procedure)))


def runs_at_once(procedure: Procedure) -> bool:
    """Is there a loop of choices and used-up steps alone? Nothing in it waits, so that it would never stop."""
    passed = {name for name, step in procedure.steps.items() if step.do == "choice" or step.at_most is not None}
    graph = residual(procedure)
    return bool(_cycle({name: [to for to in graph[name] if to in passed] for name in passed}))


def _loops(procedure: Procedure, lines: Lines) -> Iterable[Finding]:
    cycle = _cycle(residual(procedure))
    if cycle:
        only_choices = all(procedure.steps[name].do == "choice" for name in cycle if name in procedure.steps)
        code = "GZ502" if only_choices else "GZ501"
        yield lines.finding(code, path_of(procedure, cycle[0]), [*cycle, cycle[0]], steps=" → ".join(cycle))


def _cycle(graph: Mapping[str, list[str]]) -> list[str]:
    try:
        found = nx.find_cycle(nx.DiGraph([(one, two) for one, others in graph.items() for two in others]))
    except nx.NetworkXNoCycle:
        return []
    return [edge[0] for edge in found]


def _unreached(procedure: Procedure, lines: Lines) -> Iterable[Finding]:
    graph: nx.DiGraph[str] = nx.DiGraph([(edge.source, edge.target) for edge in edges(procedure)])
    graph.add_nodes_from([*procedure.steps, *procedure.ends])
    starts = {procedure.start, *([procedure.after_merge] if procedure.after_merge else [])}
    if procedure.start not in procedure.steps:
        return
    reached = set(starts)
    for start in starts & set(procedure.steps):
        reached |= nx.descendants(graph, start)
    if procedure.reopen and procedure.reopen.to in procedure.steps and reached & set(procedure.ends):
        reached |= {procedure.reopen.to} | nx.descendants(graph, procedure.reopen.to)
    for name in procedure.steps:
        if name not in reached:
            yield lines.finding("GZ503", path_of(procedure, name), step=name)
    for name in procedure.ends:
        if name not in reached:
            yield lines.finding("GZ504", f"{path_of(procedure)}.ends.{name}", end=name)
