"""Where the boxes and lines of a drawn procedure lie: top down, readable on a phone 360 px wide.

Pure. Steps stand in layers, at most three side by side, two where words are long. A line to the next layer runs
straight down; a line that skips layers runs in the left margin, a line back in the right margin, each with a number
explained below the drawing. Units are px at the standard text size. The same input always gives the same drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongzhi.web.diagram_boxes import Box, Node, longest_word, place_rows
from gongzhi.web.diagram_layers import back_edges, lanes, layers
from gongzhi.web.diagram_lines import Around, Edge, Line, around, straight

__all__ = ["Box", "Diagram", "Edge", "Key", "Line", "Node", "layout"]

WIDTH = 360
EDGE = 12
LANE = 16
MARGIN_MOST = 80
NARROWEST = 48  # px for text in the narrowest box when three stand side by side
FOOT = 8
BETWEEN_LABELS = " · "


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


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be drawn, before any place is known. kinds: down, side or back; lanes, numbers: by index of move."""

    moves: tuple[Edge, ...]
    kinds: tuple[str, ...]
    rows: list[list[str]]
    lane_of: dict[int, int]
    numbers: dict[int, int]

    def of_kind(self, kind: str) -> list[tuple[int, Edge]]:
        """Moves of one kind with their index."""
        return [(index, move) for index, move in enumerate(self.moves) if self.kinds[index] == kind]

    def lane_width(self, kind: str) -> float:
        """Lanes are narrower when a margin needs many."""
        return min(LANE, MARGIN_MOST / max(1, self.lane_count(kind)))

    def lane_count(self, kind: str) -> int:
        """How many lanes the margin of this kind needs."""
        return max((self.lane_of[index] + 1 for index, _ in self.of_kind(kind)), default=0)


def layout(nodes: Iterable[Node], edges: Iterable[Edge]) -> Diagram:
    """Places steps and moves. The first node is where the procedure starts.

    Raises ValueError when two nodes have one id or an edge names an unknown node.
    """
    steps, moves = tuple(nodes), tuple(edges)
    by_id = _by_id(steps, moves)
    if not steps:
        return Diagram(WIDTH, 0, (), (), (), (), {})
    most = 3 if all(longest_word(step.title) <= NARROWEST for step in steps) else 2
    plan = _plan(list(by_id), _merged(moves), most)
    left, right = (EDGE + plan.lane_width(kind) * plan.lane_count(kind) for kind in ("side", "back"))
    labelled = {move.end for _, move in plan.of_kind("down") if move.label}
    rows = [[by_id[name] for name in row] for row in plan.rows]
    boxes = place_rows(rows, labelled, left, WIDTH - left - right)
    height = max(box.bottom for box in boxes.values()) + FOOT
    keys, words = _keys(plan, by_id), _words(steps, moves, by_id)
    return Diagram(WIDTH, height, tuple(boxes.values()), _draw(plan, boxes), keys, steps, words)


def _by_id(steps: Sequence[Node], moves: Sequence[Edge]) -> dict[str, Node]:
    by_id = {node.id: node for node in steps}
    if len(by_id) != len(steps):
        raise ValueError("two steps of a drawing have the same id")
    unknown = {name for edge in moves for name in (edge.start, edge.end)} - set(by_id)
    if unknown:
        raise ValueError(f"a move names a step that is not drawn: {', '.join(sorted(unknown))}")
    return by_id


def _merged(moves: Sequence[Edge]) -> tuple[Edge, ...]:
    """Moves between the same two steps are one line with the words of all."""
    found: dict[tuple[str, str], Edge] = {}
    for move in moves:
        pair = (move.start, move.end)
        known = found.get(pair, Edge(*pair))
        labels = [label for label in (known.label, move.label) if label]
        found[pair] = Edge(*pair, BETWEEN_LABELS.join(labels), known.taken or move.taken)
    return tuple(found.values())


def _plan(names: list[str], moves: tuple[Edge, ...], most: int) -> _Plan:
    pairs = [(move.start, move.end) for move in moves]
    back = back_edges(names, pairs)
    rows = layers(names, pairs, back, most)
    level = {name: index for index, row in enumerate(rows) for name in row}
    kinds = tuple(_kind(move, level, back) for move in moves)
    lane_of = _lanes(moves, kinds, level)
    numbers = {index: number for number, index in enumerate(sorted(lane_of, key=lambda i: level[moves[i].start]), 1)}
    return _Plan(moves, kinds, rows, lane_of, numbers)


def _kind(move: Edge, level: dict[str, int], back: set[tuple[str, str]]) -> str:
    if (move.start, move.end) in back:
        return "back"
    return "down" if level[move.end] == level[move.start] + 1 else "side"


def _lanes(moves: Sequence[Edge], kinds: Sequence[str], level: dict[str, int]) -> dict[int, int]:
    """The lane of each move in a margin, by its index; lane 0 is next to the boxes. Moves to one step share a lane."""
    lane_of: dict[int, int] = {}
    for kind in ("side", "back"):
        shared: dict[str, list[int]] = {}
        for index, move in enumerate(moves):
            if kinds[index] == kind:
                shared.setdefault(move.end, []).append(index)
        spans = [_span([moves[index] for index in group], level) for group in shared.values()]
        for group, lane in zip(shared.values(), lanes(spans), strict=True):
            lane_of.update(dict.fromkeys(group, lane))
    return lane_of


def _span(group: list[Edge], level: dict[str, int]) -> tuple[int, int]:
    levels = [level[name] for move in group for name in (move.start, move.end)]
    return min(levels), max(levels)


def _draw(plan: _Plan, boxes: dict[str, Box]) -> tuple[Line, ...]:
    inner = (min(box.x for box in boxes.values()), max(box.right for box in boxes.values()))
    margin = Around(boxes, inner, {kind: plan.lane_width(kind) for kind in ("side", "back")})
    leaving = Counter(move.start for _, move in plan.of_kind("down"))
    lines = []
    for index, (move, kind) in enumerate(zip(plan.moves, plan.kinds, strict=True)):
        start, end = boxes[move.start], boxes[move.end]
        if kind == "down":
            room = inner[1] - inner[0] if end.first and end.last else end.width
            lines.append(straight(move, start, end, fork=leaving[move.start] > 1, room=room))
        else:
            lines.append(around(margin, move, kind, plan.lane_of[index], plan.numbers[index]))
    return tuple(lines)


def _keys(plan: _Plan, by_id: dict[str, Node]) -> tuple[Key, ...]:
    ordered = sorted(plan.numbers.items(), key=lambda pair: pair[1])
    return tuple(
        Key(number, plan.kinds[index], by_id[move.start].title, by_id[move.end].title, move.label)
        for index, number in ordered
        for move in (plan.moves[index],)
    )


def _words(
    steps: Sequence[Node], moves: Sequence[Edge], by_id: dict[str, Node]
) -> dict[str, tuple[tuple[str, str], ...]]:
    return {
        step.id: tuple((edge.label, by_id[edge.end].title) for edge in moves if edge.start == step.id) for step in steps
    }
