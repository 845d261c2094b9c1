"""The control flow of a procedure as PNML: a place/transition net with one source and one sink (a workflow net).

What people answer and how often a step was used is left open: both ways past a counted step and every line of a choice
can fire. A merged matter enters at `after_merge`, a closed one can go back where `reopen` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from gongzhi.core.charter.spec import Procedure
from gongzhi.core.exchange.graph import Naming, arrival, graph_of
from gongzhi.core.exchange.xml_text import written

NAMESPACE = "http://www.pnml.org/version-2009/grammar/pnml"
KIND = "http://www.pnml.org/version-2009/grammar/ptnet"
SOURCE, SINK = "source", "sink"


@dataclass(frozen=True, slots=True)
class Move:
    """A transition with its one place before and one after; `node` ids of the graph are the places between."""

    id: str
    title: str
    before: str
    after: str


def moves_of(procedure: Procedure) -> Iterator[Move]:
    """Every transition of the net."""
    graph = graph_of(procedure)
    for flow in graph.flows:
        before = SOURCE if flow.kind == "start" else flow.source
        yield Move(f"t.{flow.id}", flow.title or flow.condition or "", before, flow.target)
    if procedure.after_merge:
        yield Move("t.merged", "", SOURCE, arrival(procedure, procedure.after_merge))
    for end in procedure.ends.values():
        yield Move(f"t.close.{end.name}", end.title, f"end.{end.name}", SINK)
        if procedure.reopen and end.reopen:
            yield Move(f"t.reopen.{end.name}", "", f"end.{end.name}", arrival(procedure, procedure.reopen.to))


def to_pnml(procedure: Procedure, text: Naming) -> str:
    """The XML text. `text` gives titles in the reader's language."""
    root = Element("pnml", {"xmlns": NAMESPACE})
    net = SubElement(root, "net", {"id": f"procedure.{procedure.name}", "type": KIND})
    _name(net, text(procedure.title))
    page = SubElement(net, "page", {"id": "page"})
    places = {
        SOURCE: "",
        **{node.id: node.title for node in graph_of(procedure).nodes if node.kind != "start"},
        SINK: "",
    }
    for place, title in places.items():
        element = SubElement(page, "place", {"id": place})
        _name(element, text(title) if title else place)
        if place == SOURCE:
            SubElement(SubElement(element, "initialMarking"), "text").text = "1"
    moves = list(moves_of(procedure))
    for move in moves:
        _name(SubElement(page, "transition", {"id": move.id}), text(move.title) if move.title else move.id)
    for move in moves:
        SubElement(page, "arc", {"id": f"in.{move.id}", "source": move.before, "target": move.id})
        SubElement(page, "arc", {"id": f"out.{move.id}", "source": move.id, "target": move.after})
    return written(root)


def _name(element: Element, text: str) -> None:
    SubElement(SubElement(element, "name"), "text").text = text
