"""A soundness checker for workflow nets in PNML: reads the file alone and plays tokens. Knows nothing of charters."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection
from dataclasses import dataclass

import networkx as nx
from lxml import etree

PNML = "{http://www.pnml.org/version-2009/grammar/pnml}"
MOST = 20_000
Marking = frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Net:
    places: frozenset[str]
    transitions: dict[str, tuple[Counter[str], Counter[str]]]
    start: Marking


def read_pnml(text: str) -> Net:
    page = etree.fromstring(text.encode()).find(f"{PNML}net/{PNML}page")
    places = [place.get("id") for place in page.iter(f"{PNML}place")]
    marked = Counter(
        {place.get("id"): int(found.text) for place in page.iter(f"{PNML}place")
         if (found := place.find(f"{PNML}initialMarking/{PNML}text")) is not None}
    )  # fmt: skip
    transitions = {one.get("id"): (Counter(), Counter()) for one in page.iter(f"{PNML}transition")}
    for arc in page.iter(f"{PNML}arc"):
        source, target = arc.get("source"), arc.get("target")
        if source in transitions:
            transitions[source][1][target] += 1
        else:
            transitions[target][0][source] += 1
    return Net(frozenset(places), transitions, frozenset(marked.items()))


def ends(net: Net) -> tuple[list[str], list[str]]:
    """Places without a transition before them, and places without one after them."""
    after = {place for before, _ in net.transitions.values() for place in before}
    before = {place for _, made in net.transitions.values() for place in made}
    return sorted(net.places - before), sorted(net.places - after)


def reachable(net: Net, start: Marking, without: Collection[str] = ()) -> nx.MultiDiGraph:
    """Every marking that can be reached, an edge for each firing. Raises OverflowError beyond 20,000 markings."""
    graph = nx.MultiDiGraph()
    graph.add_node(start)
    waiting = deque([start])
    while waiting:
        marking = waiting.popleft()
        tokens = Counter(dict(marking))
        for name, (before, made) in net.transitions.items():
            if name in without or any(tokens[place] < count for place, count in before.items()):
                continue
            left = tokens.copy()
            left.subtract(before)
            left.update(made)
            reached = frozenset((place, count) for place, count in left.items() if count)
            if reached not in graph:
                if len(graph) > MOST:
                    raise OverflowError
                waiting.append(reached)
            graph.add_edge(marking, reached, name=name)
    return graph


def faults(net: Net) -> list[str]:
    """What keeps the net from being a sound workflow net; [] is sound."""
    sources, sinks = ends(net)
    if len(sources) != 1 or len(sinks) != 1:
        return [f"sources {sources}, sinks {sinks}"]
    done = frozenset({(sinks[0], 1)})
    graph = reachable(net, net.start)
    found = []
    ending = nx.ancestors(graph, done) | {done} if done in graph else set()
    if set(graph) - ending:
        found.append("cannot complete")
    if any(dict(marking).get(sinks[0]) and marking != done for marking in graph):
        found.append("something is left over")
    fired = {name for _, _, name in graph.edges(data="name")}
    if dead := sorted(set(net.transitions) - fired):
        found.append(f"dead: {dead}")
    return found


def completes_without(net: Net, without: Collection[str]) -> bool:
    """From every marking of the whole net, can it still complete when these transitions never fire again?"""
    done = frozenset({(ends(net)[1][0], 1)})
    return all(done in reachable(net, marking, without) for marking in reachable(net, net.start))
