"""A small line of a figure's course, drawn by the server. The table beside it says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH, HEIGHT, EDGE = 240, 56, 4


@dataclass(frozen=True, slots=True)
class Trend:
    """Points of lines (a gap where there is no figure) and single dots, as SVG coordinates."""

    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    level: str = ""  # where the target lies
    lowest: Fraction = Fraction(0)
    highest: Fraction = Fraction(0)


def trend(
    values: Sequence[Fraction | None], target: Fraction | None = None, width: int = WIDTH, height: int = HEIGHT
) -> Trend | None:
    """The course of some periods, with the line of a target; None with fewer than two figures."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    held = [*known, *([target] if target is not None else [])]
    top, bottom = max(held), min(held)
    reach = (top - bottom) or Fraction(1)
    across = Fraction(width - 2 * EDGE, max(len(values) - 1, 1))

    def up(value: Fraction) -> str:
        return f"{float(height - EDGE - (value - bottom) / reach * (height - 2 * EDGE)):.1f}"

    runs: list[list[tuple[str, str]]] = [[]]
    for nth, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        runs[-1].append((f"{float(EDGE + nth * across):.1f}", up(value)))
    lines = tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1)
    dots = tuple(point for run in runs for point in run)
    return Trend(lines, dots, width, height, up(target) if target is not None else "", min(known), max(known))
