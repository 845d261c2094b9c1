"""Where the boxes and lines of a drawn procedure lie: top down, readable on a phone 360 px wide.

Pure. Steps stand in layers, at most three side by side. A line to the next layer runs straight down; a line that
skips layers runs in the left margin, a line back in the right margin, each with a number explained below the drawing.
Units are px at the standard text size. The same input always gives the same drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongzhi.web.diagram_boxes import Box, Node, place_rows
from gongzhi.web.diagram_layers import back_edges, lanes, layers
from gongzhi.web.diagram_lines import Around, Edge, Line, around, straight

__all__ = ["Box", "Diagram", "Edge", "Key", "Line", "Node", "layout"]

WIDTH = 360
EDGE = 12
LANE = 16
FOOT = 8


@dataclass(frozen=True, slots=True)
class Key:
    """The words of a numbered line. kind: side (skips steps) or back; start and end: titles of steps."""

    number: int
    kind: str
    start: str
    end: str
    label: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """All that the template draws; `nodes` and `moves` (step id: words, title of the next) say it in words."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    keys: tuple[Key, ...]
    nodes: tuple[Node, ...]
    moves: dict[str, tuple[tuple[str, str], ...]]


def layout(nodes: Iterable[Node], edges: Iterable[Edge]) -> Diagram:
    """Places steps and moves. The first node is where the procedure starts.

    Raises ValueError when two nodes have one id or an edge names an unknown node.
    """
    steps, moves = tuple(nodes), tuple(edges)
    by_id = _by_id(steps, moves)
    if not steps:
        return Diagram(WIDTH, 0, (), (), (), (), {})
    names, pairs = list(by_id), [(edge.start, edge.end) for edge in moves]
    back = back_edges(names, pairs)
    rows = layers(names, pairs, back)
    level = {name: index for index, row in enumerate(rows) for name in row}
    kinds = [_kind(edge, level, back) for edge in moves]
    lane_of = _lanes(moves, kinds, level)
    left, right = (EDGE + LANE * lane_count(lane_of, kinds, kind) for kind in ("side", "back"))
    labelled = {edge.end for edge, kind in zip(moves, kinds, strict=True) if kind == "down" and edge.label}
    boxes = place_rows([[by_id[name] for name in row] for row in rows], labelled, left, WIDTH - left - right)
    numbers = {index: number for number, index in enumerate(lane_of, 1)}
    lines = _draw(moves, kinds, boxes, lane_of, numbers)
    height = max(box.bottom for box in boxes.values()) + FOOT
    words = _words(steps, moves, by_id)
    return Diagram(WIDTH, height, tuple(boxes.values()), lines, _keys(moves, kinds, numbers, by_id), steps, words)


def _by_id(steps: Sequence[Node], moves: Sequence[Edge]) -> dict[str, Node]:
    by_id = {node.id: node for node in steps}
    if len(by_id) != len(steps):
        raise ValueError("two steps of a drawing have the same id")
    unknown = {name for edge in moves for name in (edge.start, edge.end)} - set(by_id)
    if unknown:
        raise ValueError(f"a move names a step that is not drawn: {', '.join(sorted(unknown))}")
    return by_id


def _kind(edge: Edge, level: dict[str, int], back: set[tuple[str, str]]) -> str:
    if (edge.start, edge.end) in back:
        return "back"
    return "down" if level[edge.end] == level[edge.start] + 1 else "side"


def _lanes(moves: Sequence[Edge], kinds: Sequence[str], level: dict[str, int]) -> dict[int, int]:
    """The lane of each move in a margin, by the index of the move; lane 0 is next to the boxes."""
    found: dict[int, int] = {}
    for kind in ("side", "back"):
        own = [index for index, known in enumerate(kinds) if known == kind]
        spans = [sorted((level[moves[i].start], level[moves[i].end])) for i in own]
        found.update(zip(own, lanes([(low, high) for low, high in spans]), strict=True))
    return dict(sorted(found.items()))


def lane_count(lane_of: dict[int, int], kinds: Sequence[str], kind: str) -> int:
    """How many lanes the margin of this kind needs."""
    return max((lane + 1 for index, lane in lane_of.items() if kinds[index] == kind), default=0)


def _draw(
    moves: Sequence[Edge],
    kinds: Sequence[str],
    boxes: dict[str, Box],
    lane_of: dict[int, int],
    numbers: dict[int, int],
) -> tuple[Line, ...]:
    inner = (min(box.x for box in boxes.values()), max(box.right for box in boxes.values()))
    margin = Around(boxes, inner, LANE)
    fork = {
        edge.start
        for edge in moves
        if sum(e.start == edge.start and k == "down" for e, k in zip(moves, kinds, strict=True)) > 1
    }
    return tuple(
        straight(edge, boxes[edge.start], boxes[edge.end], fork=edge.start in fork)
        if kind == "down"
        else around(margin, edge, kind, lane_of[index], numbers[index])
        for index, (edge, kind) in enumerate(zip(moves, kinds, strict=True))
    )


def _keys(
    moves: Sequence[Edge], kinds: Sequence[str], numbers: dict[int, int], by_id: dict[str, Node]
) -> tuple[Key, ...]:
    return tuple(
        Key(
            number,
            kinds[index],
            by_id[moves[index].start].title,
            by_id[moves[index].end].title,
            moves[index].label,
        )
        for index, number in numbers.items()
    )


def _words(
    steps: Sequence[Node], moves: Sequence[Edge], by_id: dict[str, Node]
) -> dict[str, tuple[tuple[str, str], ...]]:
    return {
        step.id: tuple((edge.label, by_id[edge.end].title) for edge in moves if edge.start == step.id) for step in steps
    }
