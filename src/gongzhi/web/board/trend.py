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


def trend(values: Sequence[Fraction | None]) -> Trend | None:
    """The course of some periods; None with fewer than two figures."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    top, bottom = max(known), min(known)
    reach = (top - bottom) or Fraction(1)
    across = Fraction(WIDTH - 2 * EDGE, max(len(values) - 1, 1))
    runs: list[list[tuple[str, str]]] = [[]]
    for nth, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        y = HEIGHT - EDGE - (value - bottom) / reach * (HEIGHT - 2 * EDGE)
        runs[-1].append((f"{float(EDGE + nth * across):.1f}", f"{float(y):.1f}"))
    lines = tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1)
    return Trend(lines, tuple(point for run in runs for point in run))
