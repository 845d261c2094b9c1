"""The lines of a drawn procedure: straight down, or round a margin with a number. Pure; units px."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongzhi.web.diagram_boxes import Box, fit

__all__ = ["Around", "Edge", "Line", "around", "straight"]

CORNER = 7
TIP = 8
FOOT = 8
HEAD = 16
HEAD_OVER_LABEL = 34
LABEL_ROOM = 32
PLAIN = 40
INSET = 20
PORT_STEP = 12
BESIDE = 10


@dataclass(frozen=True, slots=True)
class Edge:
    """A move from one step to another, with its words (may be empty). taken: the matter went this way."""

    start: str
    end: str
    label: str = ""
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn move: path data, its tip, its words or its number. kind: down, side or back."""

    path: str
    tip: str
    kind: str
    taken: bool
    label: str = ""
    label_at: tuple[float, float] = (0, 0)
    number: int = 0
    number_at: tuple[float, float] = (0, 0)


Point = tuple[float, float]


@dataclass(slots=True)
class Around:
    """What the lines in the margins share: boxes, inner edges of both margins, width of a lane, used ports."""

    boxes: dict[str, Box]
    inner: tuple[float, float]
    lane: dict[str, float]
    used: dict[tuple[str, str], int] = field(default_factory=dict)
    shared: dict[tuple[str, str], float] = field(default_factory=dict)

    def lane_x(self, kind: str, lane: int) -> float:
        """The x of a lane; lane 0 is next to the boxes."""
        distance = self.lane[kind] * (lane + 1)
        return self.inner[0] - distance if kind == "side" else self.inner[1] + distance

    def arrival(self, name: str, side: str) -> float:
        """The one height at which all lines of a margin come in."""
        if (name, side) not in self.shared:
            self.shared[(name, side)] = self.port(name, side)
        return self.shared[(name, side)]

    def port(self, name: str, side: str) -> float:
        """A free height at one side of a box: its middle first, then below and above."""
        count = self.used.get((name, side), 0)
        self.used[(name, side)] = count + 1
        box = self.boxes[name]
        offset = (count + 1) // 2 * PORT_STEP * (1 if count % 2 else -1)
        return min(max(box.y + box.height / 2 + offset, box.y + 8), box.bottom - 8)


def straight(edge: Edge, start: Box, end: Box, *, fork: bool, room: float) -> Line:
    """A line to the next layer; words as wide as `room` stand above its tip. fork: other lines leave this box too."""
    x = min(max(end.middle, start.x + INSET), start.right - INSET) if fork else start.middle
    turn = (start.bottom + end.y - (LABEL_ROOM if edge.label else 0)) / 2
    points: list[Point] = [(x, start.bottom), (end.middle, end.y - 2)]
    if abs(x - end.middle) > 1:
        points[1:1] = [(x, turn), (end.middle, turn)]
    return Line(
        _rounded(points),
        _tip((end.middle, end.y - 1), "down"),
        "down",
        edge.taken,
        fit(edge.label, room),
        (end.middle, end.y - 14),
    )


def around(margin: Around, edge: Edge, kind: str, lane: int, number: int) -> Line:
    """A line in a margin: out at the side where the margin is in sight, else out at the foot and in at the head."""
    side = "left" if kind == "side" else "right"
    x = margin.lane_x(kind, lane)
    leaving = _leave(margin, edge.start, side, x)
    arriving, tip = _arrive(margin, edge.end, side, x)
    points = [*leaving, *arriving]
    return Line(_rounded(points), tip, kind, edge.taken, number=number, number_at=leaving[-1])


def _leave(margin: Around, name: str, side: str, x: float) -> list[Point]:
    box = margin.boxes[name]
    if box.first if side == "left" else box.last:
        height = margin.port(name, side)
        return [(box.x if side == "left" else box.right, height), (x, height)]
    foot = box.bottom + FOOT
    return [(box.right - BESIDE, box.bottom), (box.right - BESIDE, foot), (x, foot)]


def _arrive(margin: Around, name: str, side: str, x: float) -> tuple[list[Point], str]:
    box = margin.boxes[name]
    if box.first if side == "left" else box.last:
        height = margin.arrival(name, side)
        edge = box.x - 1 if side == "left" else box.right + 1
        return [(x, height), (edge, height)], _tip((edge, height), "right" if side == "left" else "left")
    head = box.y - (HEAD_OVER_LABEL if box.above > PLAIN else HEAD)
    corner = box.right - BESIDE
    return [(x, head), (corner, head), (corner, box.y - 1)], _tip((corner, box.y - 1), "down")


def _rounded(points: Sequence[Point]) -> str:
    """Path data through right-angled points with rounded corners."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        near, far = _towards(here, before), _towards(here, after)
        parts.append(f"L{near[0]:.1f} {near[1]:.1f}Q{here[0]:.1f} {here[1]:.1f} {far[0]:.1f} {far[1]:.1f}")
    return "".join([*parts, f"L{points[-1][0]:.1f} {points[-1][1]:.1f}"])


def _towards(here: Point, other: Point) -> Point:
    distance = abs(here[0] - other[0]) + abs(here[1] - other[1])
    share = min(CORNER, distance / 2) / distance if distance else 0
    return here[0] + (other[0] - here[0]) * share, here[1] + (other[1] - here[1]) * share


def _tip(at: Point, direction: str) -> str:
    """Path data of an arrow head that ends at a point."""
    x, y = at
    one, two = {
        "down": ((x - 5, y - TIP), (x + 5, y - TIP)),
        "right": ((x - TIP, y - 5), (x - TIP, y + 5)),
        "left": ((x + TIP, y - 5), (x + TIP, y + 5)),
    }[direction]
    return f"M{x:.1f} {y:.1f}L{one[0]:.1f} {one[1]:.1f}L{two[0]:.1f} {two[1]:.1f}Z"
