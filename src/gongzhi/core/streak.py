"""Grades of consecutive years (SH-27): what they suggest. Only advice: a named person decides (公务员法 38, 88)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Suggestion = Literal["may_promote", "may_move", "may_end", "none"]
# grade of the charter -> how many years in a row, and what the source says then
RUNS: dict[str, tuple[int, Suggestion]] = {
    "excellent": (3, "may_promote"),
    "mediocre": (3, "may_move"),
    "poor": (2, "may_end"),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """`years` in a row up to the last one with this `grade`; a year without a grade breaks the row."""

    grade: str
    years: int
    suggests: Suggestion


def advice(graded: Iterable[tuple[int, str]]) -> Advice:
    """What the last years in a row suggest. Of two grades in one year the later one counts."""
    by_year = dict(graded)
    if not by_year:
        return Advice("", 0, "none")
    last = max(by_year)
    grade, run = by_year[last], 0
    while by_year.get(last - run) == grade:
        run += 1
    needed, suggestion = RUNS.get(grade, (0, "none"))
    return Advice(grade, run, suggestion if needed and run >= needed else "none")
