"""A procedure as a Mermaid flowchart, for pages and documents that draw such text."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.spec import Procedure
from gongzhi.core.exchange.graph import Flow, Naming, Node, graph_of

SHAPES = {"start": "(( ))", "step": '["{}"]', "choice": '{{"{}"}}', "count": '{{"{}"}}', "end": '(["{}"])'}


def to_mermaid(procedure: Procedure, text: Naming, naming: Naming) -> str:
    """The text of the flowchart. `text` gives a title and `naming` a holder in the reader's language."""
    graph = graph_of(procedure)
    ids = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    lines = ["flowchart TD"]
    lines += [f"  {ids[node.id]}{_shape(procedure, node, text, naming)}" for node in graph.nodes]
    lines += [f"  {ids[flow.source]} {arrow} {ids[flow.target]}" for flow, arrow in _arrows(graph.flows, text)]
    return "\n".join(lines) + "\n"


def _shape(procedure: Procedure, node: Node, text: Naming, naming: Naming) -> str:
    words = [_plain(text(node.title) if node.title else "")]
    if node.kind == "step":
        step = procedure.steps[node.name]
        words.append(_plain(naming(str(step.by))))
        words += [str(step.span)] if step.span else []
    return SHAPES[node.kind].format("<br/>".join(word for word in words if word) or " ")


def _arrows(flows: tuple[Flow, ...], text: Naming) -> Iterator[tuple[Flow, str]]:
    for flow in flows:
        label = text(flow.title) if flow.title else (flow.condition or "")
        yield flow, f'-->|"{_plain(label)}"|' if label else "-->"


def _plain(label: str) -> str:
    """Words that cannot end a label or begin another: Mermaid writes characters as `#35;`, HTML does the rest."""
    line = " ".join(label.split()).replace("#", "#35;")
    for sign in '"<>&|`{}[]\\':
        line = line.replace(sign, f"#{ord(sign)};")
    return line
