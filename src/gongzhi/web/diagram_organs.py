"""Where organs and the lines between them lie: who leads whom is a tree, every other tie runs in the right margin.

Pure. One organ below the other, indented under the organ that leads it, so that it reads on a phone 360 px wide;
lines in the margin carry a number explained below the drawing. Units are px at the standard text size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongzhi.web.diagram_boxes import wrap
from gongzhi.web.diagram_layers import lanes

__all__ = ["Drawn", "Mark", "Organogram", "Strand", "Tie", "organogram"]

WIDTH = 360
EDGE = 4
INDENT = 20
DEEPEST = 5  # further down the tree is not indented more
PAD = 8
LINE = 22
NOTE = 20
GAP = 12
LANE = 17
MARGIN_MOST = 120
STEM = 9
PORT = 12  # between two ends of ties at one box
TIP = 8
BADGE = 20
LEADS = "leads"
BOTH_WAYS = frozenset({"cooperates", "independent"})


@dataclass(frozen=True, slots=True)
class Mark:
    """An organ to draw: its title, and a line below it such as its level and kind."""

    id: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    subject: str
    verb: str
    object: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box. lines: (text, x, baseline y); note: the same for the line below the title, None without one."""

    mark: Mark
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, float, float], ...]
    note: tuple[str, float, float] | None

    @property
    def middle(self) -> float:
        """The y in the middle."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Strand:
    """A drawn tie: path data, its tip (empty: none), its number (0: none) and where that stands."""

    tie: Tie
    path: str
    tip: str
    number: int = 0
    number_at: tuple[float, float] = (0, 0)


@dataclass(frozen=True, slots=True)
class Organogram:
    """All that the template draws; `order` and `depth` give the tree as a list."""

    width: float
    height: float
    boxes: tuple[Drawn, ...]
    strands: tuple[Strand, ...]
    order: tuple[str, ...]
    depth: dict[str, int]


def organogram(marks: Iterable[Mark], ties: Iterable[Tie]) -> Organogram:
    """Places organs and ties. Ties to an organ that is not drawn are left out; a second leader goes to the margin."""
    known = {mark.id: mark for mark in marks}
    drawn = [tie for tie in dict.fromkeys(ties) if {tie.subject, tie.object} <= known.keys()]
    above = _leaders(list(known), drawn)
    order, depth = _tree(list(known), above)
    beside = [tie for tie in drawn if not (tie.verb == LEADS and above.get(tie.object) == tie.subject)]
    row = {name: at for at, name in enumerate(order)}
    lane_of = lanes([tuple(sorted((row[tie.subject], row[tie.object]))) for tie in beside])  # type: ignore[misc]
    count = max(lane_of, default=-1) + 1
    lane = min(LANE, MARGIN_MOST / max(1, count))
    right = WIDTH - EDGE - lane * count - (BADGE / 2 if count else 0)
    ends = Counter(name for tie in beside for name in {tie.subject, tie.object})
    boxes = _boxes([known[name] for name in order], depth, ends, right)
    inside = [_branch(boxes[leader], boxes[led]) for led, leader in above.items()]
    margin = _margin(beside, lane_of, lane, boxes)
    height = max((box.y + box.height for box in boxes.values()), default=0) + EDGE
    return Organogram(WIDTH, height, tuple(boxes.values()), (*inside, *margin), tuple(order), depth)


def _leaders(names: Sequence[str], ties: Sequence[Tie]) -> dict[str, str]:
    """Organ -> the one above it in the tree: its first leader, as long as that makes no circle."""
    above: dict[str, str] = {}
    for tie in ties:
        if tie.verb == LEADS and tie.object not in above and tie.object not in _upwards(tie.subject, above):
            above[tie.object] = tie.subject
    return {name: above[name] for name in names if name in above}


def _upwards(name: str, above: dict[str, str]) -> list[str]:
    found = [name]
    while found[-1] in above:
        found.append(above[found[-1]])
    return found


def _tree(names: Sequence[str], above: dict[str, str]) -> tuple[list[str], dict[str, int]]:
    """Names with each organ after the one above it, and how deep each stands."""
    order: list[str] = []
    depth: dict[str, int] = {}
    stack = [(name, 0) for name in reversed(names) if name not in above]
    while stack:
        name, level = stack.pop()
        order.append(name)
        depth[name] = level
        stack += [(led, level + 1) for led in reversed(names) if above.get(led) == name]
    return order, depth


def _boxes(marks: Sequence[Mark], depth: dict[str, int], ends: Counter[str], right: float) -> dict[str, Drawn]:
    boxes: dict[str, Drawn] = {}
    top = float(EDGE)
    for mark in marks:
        x = EDGE + INDENT * min(depth[mark.id], DEEPEST)
        width = right - x
        texts = wrap(mark.title, width - 2 * PAD)
        height = 2 * PAD + LINE * len(texts) + (NOTE if mark.note else 0) - 2
        height = max(height, PORT * (ends[mark.id] + 1))
        first = top + PAD + LINE * 0.72
        lines = tuple((text, x + PAD, first + LINE * at) for at, text in enumerate(texts))
        note = (mark.note, x + PAD, first + LINE * (len(texts) - 1) + NOTE) if mark.note else None
        boxes[mark.id] = Drawn(mark, x, top, width, height, lines, note)
        top += height + GAP
    return boxes


def _branch(leader: Drawn, led: Drawn) -> Strand:
    x = leader.x + STEM
    start, end = leader.y + leader.height, led.middle
    tie = Tie(leader.mark.id, LEADS, led.mark.id)
    return Strand(tie, f"M{x:.1f} {start:.1f}V{end:.1f}H{led.x - 1:.1f}", _tip(led.x - 1, end, 1))


def _margin(ties: Sequence[Tie], lane_of: Sequence[int], lane: float, boxes: dict[str, Drawn]) -> list[Strand]:
    ports = _ports(ties, boxes)
    taken: list[tuple[float, float]] = []
    strands = []
    for at, tie in enumerate(ties):
        start, end = ports[(at, tie.subject)], ports[(at, tie.object)]
        side = boxes[tie.subject].right
        x = side + lane * (lane_of[at] + 1)
        badge = _free(x, start, end, taken)
        path = f"M{side:.1f} {start:.1f}H{x:.1f}V{end:.1f}H{side + 1:.1f}"
        tips = _tip(side + 1, end, -1) + (_tip(side + 1, start, -1) if tie.verb == "cooperates" else "")
        strands.append(Strand(tie, path, "" if tie.verb == "independent" else tips, at + 1, badge))
    return strands


def _ports(ties: Sequence[Tie], boxes: dict[str, Drawn]) -> dict[tuple[int, str], float]:
    """A height at the side of its box for each end of each tie; ties upwards leave above those downwards."""
    ends: dict[str, list[tuple[float, int]]] = {}
    for at, tie in enumerate(ties):
        for own, other in ((tie.subject, tie.object), (tie.object, tie.subject)):
            ends.setdefault(own, []).append((boxes[other].y, at))
    return {
        (at, name): boxes[name].y + boxes[name].height * (place + 1) / (len(found) + 1)
        for name, found in ends.items()
        for place, (_, at) in enumerate(sorted(found))
    }


def _free(x: float, start: float, end: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """A place on the upright part of a line for its number, away from the other numbers."""
    low, high = sorted((start, end))
    middle = (low + high) / 2
    steps = [middle + sign * offset for offset in range(0, 400, 5) for sign in (1, -1)]
    places = [y for y in steps if low <= y <= high] or [middle]

    def clear(y: float) -> bool:
        return all(abs(x - other) >= BADGE or abs(y - there) >= BADGE for other, there in taken)

    y = next((y for y in places if clear(y)), middle)
    taken.append((x, y))
    return x, y


def _tip(x: float, y: float, way: int) -> str:
    """Path data of an arrow head that ends at a point; way 1 points right, -1 left."""
    return f"M{x:.1f} {y:.1f}L{x - way * TIP:.1f} {y - 5:.1f}L{x - way * TIP:.1f} {y + 5:.1f}Z"
