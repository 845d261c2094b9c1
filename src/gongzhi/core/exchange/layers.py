"""Where a drawn procedure's shapes lie: columns from left to right, one lane for each holder. Pure; units are px."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongzhi.core.exchange.graph import Flow, Node

COLUMN = 230
ROW = 200
LANE_LABEL = 30
ABOVE = 60  # room above a row for flows that skip columns
SIZES = {"step": (130, 80), "choice": (50, 50), "count": (50, 50), "start": (36, 36), "end": (36, 36)}

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Layout:
    whole: Box
    lanes: Mapping[str, Box]
    boxes: Mapping[str, Box]
    column: Mapping[str, int]


def place(nodes: Sequence[Node], flows: Sequence[Flow], lane_of: Mapping[str, str]) -> Layout:
    """Every node in the lane of its holder, in a column right of all that lead to it (loops aside)."""
    column = columns([node.id for node in nodes], [(flow.source, flow.target) for flow in flows])
    rows: dict[tuple[str, int], list[Node]] = {}
    for node in nodes:
        rows.setdefault((lane_of[node.id], column[node.id]), []).append(node)
    width = LANE_LABEL + COLUMN * (1 + max(column.values(), default=0))
    lanes: dict[str, Box] = {}
    top = 0
    for lane in dict.fromkeys(lane_of[node.id] for node in nodes):
        height = ROW * max(len(stack) for (name, _), stack in rows.items() if name == lane) + ABOVE // 2
        lanes[lane] = Box(LANE_LABEL, top, width - LANE_LABEL, height)
        top += height
    boxes = {
        node.id: _box(node, at, lanes[lane].y + ROW * row)
        for (lane, at), stack in rows.items()
        for row, node in enumerate(stack)
    }
    return Layout(Box(0, 0, width, top), lanes, boxes, column)


def columns(names: Sequence[str], pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The longest way from a beginning, not counting moves that lead back."""
    after: dict[str, list[str]] = {name: [] for name in names}
    for start, end in dict.fromkeys(pairs):
        after[start].append(end)
    order = _finished_last_first(names, after)
    rank = {name: at for at, name in enumerate(order)}
    column = dict.fromkeys(names, 0)
    for name in order:
        for end in after[name]:
            if rank[end] > rank[name]:
                column[end] = max(column[end], column[name] + 1)
    return column


def route(layout: Layout, flow: Flow, number: int) -> list[Point]:
    """The bends of a flow: through the gutter to the next column, else above its row and down the gutter."""
    start, end = layout.boxes[flow.source], layout.boxes[flow.target]
    gutter = _gutter(end, number)
    if layout.column[flow.target] == layout.column[flow.source] + 1:
        return [(start.right, start.middle[1]), (gutter, start.middle[1]), (gutter, end.middle[1]), _left(end)]
    above = start.middle[1] - 48 - 5 * (number % 6)
    return [(start.middle[0], start.y), (start.middle[0], above), (gutter, above), (gutter, end.middle[1]), _left(end)]


def route_below(layout: Layout, start: Box, target: str, number: int) -> list[Point]:
    """The bends of a flow that leaves a clock at the lower edge of a step."""
    end, below = layout.boxes[target], start.bottom + 52 + 4 * (number % 4)
    gutter = _gutter(end, number)
    middle = start.middle[0]
    return [(middle, start.bottom), (middle, below), (gutter, below), (gutter, end.middle[1]), _left(end)]


def _gutter(end: Box, number: int) -> int:
    """Left of the widest shape of the column that the flow leads to, a little apart from other flows."""
    widest = SIZES["step"][0]
    return end.middle[0] - widest // 2 - 8 - 6 * (number % 6)


def _left(box: Box) -> Point:
    return box.x, box.middle[1]


def _box(node: Node, column: int, top: int) -> Box:
    width, height = SIZES[node.kind]
    middle = LANE_LABEL + COLUMN * column + COLUMN // 2
    return Box(middle - width // 2, top + ABOVE + (80 - height) // 2, width, height)


def _finished_last_first(names: Sequence[str], after: Mapping[str, list[str]]) -> list[str]:
    """Depth first; in this order every move but those that lead back goes forward."""
    seen: set[str] = set()
    done: list[str] = []
    for root in names:
        if root in seen:
            continue
        seen.add(root)
        way = [(root, iter(after[root]))]
        while way:
            name, rest = way[-1]
            found = next((end for end in rest if end not in seen), None)
            if found is None:
                done.append(name)
                way.pop()
                continue
            seen.add(found)
            way.append((found, iter(after[found])))
    return done[::-1]
