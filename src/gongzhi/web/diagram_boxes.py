"""The boxes of a drawn procedure and the text in them. Pure; units px at the standard text size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

__all__ = ["Box", "Node", "fit", "longest_word", "place_rows", "text_width", "wrap"]

TOP = 6
NODE_MAX = 240
GAP = 8
PAD = 10
PAD_NARROW = 6
NARROW = 80
LINE_HEIGHT = 22
FONT = 16
LABEL_FONT = 14
LATIN = 0.54
CHANNEL = 34
LABEL_HEIGHT = 20
MARK = 22
MOST_LINES = 4
STICKS = "，。、；：）”！？"
OPENS = "（“《"


@dataclass(frozen=True, slots=True)
class Node:
    """A step. state: done, now or possible. kind: start, end, choice, or the way it is done (task, meeting ...).

    note: a short line below the title, such as how long the step can take.
    """

    id: str
    title: str
    state: str = "possible"
    kind: str = "task"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn step. x, y: upper left corner; lines: (text, x, baseline y); mark: upper left corner of its sign, 16 px.

    first, last: it stands at that end of its layer, so that the margin is in sight; above: height free for lines.
    """

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, float, float], ...]
    mark: tuple[float, float]
    first: bool
    last: bool
    above: float = 0

    @property
    def radius(self) -> float:
        """Start and end are round, other steps nearly square."""
        return self.height / 2 if self.node.kind in ("start", "end") and self.height < 50 else 6

    @property
    def middle(self) -> float:
        """The x in the middle."""
        return self.x + self.width / 2

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height


def text_width(text: str) -> float:
    """Width in px: a Chinese character is as wide as the font is high, a Latin one a little over half."""
    return sum(FONT if ord(char) > 0x2E7F else FONT * LATIN for char in text)


def fit(label: str, room: float) -> str:
    """A label cut to a width in px; the list in words below the drawing has it whole."""
    scale = LABEL_FONT / FONT
    if text_width(label) * scale <= room:
        return label
    while label and text_width(label + "…") * scale > room:
        label = label[:-1]
    return label.rstrip(" ·") + "…"


def wrap(text: str, width: float, most: int = MOST_LINES) -> list[str]:
    """Lines no wider than `width`, of even length; Latin words stay whole where they can. At most `most` lines."""
    count = max(1, -(-int(text_width(text)) // max(1, int(width))))
    lines = _fill(text, min(width, text_width(text) / count + FONT * 0.9), width)
    if len(lines) > count:
        lines = _fill(text, width, width)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]


def _fill(text: str, even: float, width: float) -> list[str]:
    """Lines filled one after the other up to `even`."""
    lines, current = [], ""
    for piece in _pieces(text, width):
        if current and text_width((current + piece).rstrip()) > even:
            lines.append(current.strip())
            current = ""
        current += piece
    return [*lines, current.strip()]


def longest_word(text: str) -> float:
    """Width in px of the widest part that has to stay on one line."""
    return max((text_width(piece.rstrip()) for piece in _pieces(text, 10_000)), default=0)


def _pieces(text: str, width: float) -> list[str]:
    """Chinese characters one by one with their signs, Latin words whole unless wider than a line."""
    pieces: list[str] = []
    for char in text:
        before = pieces[-1] if pieces else " "
        word = char.isascii() and before[-1].isascii() and char != " " and before[-1] not in " -"
        if (
            (word and text_width(before + char) <= width)
            or (char in STICKS and pieces)
            or char == " "
            or before[-1] in OPENS
        ):
            pieces[-1:] = [before + char] if pieces else [char]
        else:
            pieces.append(char)
    return pieces


def place_rows(rows: Sequence[Sequence[Node]], labelled: set[str], left: float, room: float) -> dict[str, Box]:
    """Boxes of all layers, one below the other; `labelled`: steps with words on the line above them."""
    boxes: dict[str, Box] = {}
    top: float = TOP
    above: float = 0
    for index, row in enumerate(rows):
        if index:
            above = CHANNEL + (LABEL_HEIGHT if any(node.id in labelled for node in row) else 0)
            top += above
        placed = [replace(box, above=above) for box in _place_row(row, left, room, top)]
        boxes.update((box.node.id, box) for box in placed)
        top = placed[0].bottom
    return boxes


def _place_row(row: Sequence[Node], left: float, room: float, top: float) -> list[Box]:
    """Boxes of one layer: equal widths, centred, equal heights; in narrow ones the sign stands above the text."""
    width = min(NODE_MAX, (room - GAP * (len(row) - 1)) / len(row))
    narrow = width - 2 * PAD - MARK < max(NARROW, *(longest_word(node.title) for node in row))
    inner = width - 2 * PAD_NARROW if narrow else width - 2 * PAD - MARK
    texts = [[*wrap(node.title, inner), *(wrap(node.note, inner) if node.note else ())] for node in row]
    height = 2 * PAD + LINE_HEIGHT * max(len(lines) for lines in texts) + (MARK if narrow else 0)
    start = left + (room - width * len(row) - GAP * (len(row) - 1)) / 2
    boxes = []
    for index, (node, lines) in enumerate(zip(row, texts, strict=True)):
        x = start + index * (width + GAP)
        placed, mark = _place_text(lines, x, top, width, height, narrow=narrow)
        boxes.append(Box(node, x, top, width, height, placed, mark, index == 0, index == len(row) - 1))
    return boxes


def _place_text(
    lines: list[str], x: float, y: float, width: float, height: float, *, narrow: bool
) -> tuple[tuple[tuple[str, float, float], ...], tuple[float, float]]:
    """Lines (text, x, baseline y) and the corner of the sign; the block stands in the middle of the box."""
    block = LINE_HEIGHT * len(lines) + (MARK if narrow else 0)
    top = y + (height - block) / 2
    if narrow:
        first = top + MARK + LINE_HEIGHT * 0.74
        placed = tuple(
            (line, x + (width - text_width(line)) / 2, first + LINE_HEIGHT * index) for index, line in enumerate(lines)
        )
        return placed, (x + width / 2 - 8, top + 1)
    text_x = x + (width - MARK - max(text_width(line) for line in lines)) / 2 + MARK
    first = top + LINE_HEIGHT * 0.74
    placed = tuple((line, text_x, first + LINE_HEIGHT * index) for index, line in enumerate(lines))
    return placed, (text_x - MARK, y + height / 2 - 8)
