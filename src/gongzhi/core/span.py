"""Lengths of time as the charters write them: `5wd`, `30d`, `6mo`, `48h`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

UNITS = ("min", "h", "wh", "d", "wd", "mo", "y")
EXACT = {"min": 60_000_000, "h": 3_600_000_000, "wh": 3_600_000_000}
"""Microseconds in one of the units that are measured by the clock and not by the day."""

_SPAN = re.compile(r"([0-9]{1,7})(min|h|wh|d|wd|mo|y)")
_REST = re.compile(r"([0-9]{1,7})(min|h|wh|d|wd)(?:\+([0-9]{1,12})us)?")


class CalendarError(ValueError):
    """A length, a day or a holiday table that cannot be used. `code` and `details` say why."""

    def __init__(self, code: str, text: str, *details: str | int) -> None:
        super().__init__(text)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time. Units: min, h (by the clock), wh (within working hours), d, wd (working days), mo, y.

    Raises CalendarError (a ValueError) when `n` is not a positive whole number or the unit is unknown.
    """

    n: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise CalendarError("unknown_unit", f"unknown unit {self.unit!r}; use {', '.join(UNITS)}", self.unit)
        if type(self.n) is not int or self.n < 1:
            raise CalendarError("span_not_positive", f"a length of time must be 1 or more, not {self.n}", str(self.n))

    @classmethod
    @lru_cache(maxsize=1024)
    def parse(cls, text: object) -> Span:
        """Read `5wd`. A number without a unit is an error: nobody can tell days from working days."""
        written = str(text).strip()
        if re.fullmatch(r"[+-]?[0-9.]+", written):
            raise CalendarError(
                "span_without_unit",
                f"{written} has no unit; write for example {written}wd (units: {', '.join(UNITS)})",
                written,
            )
        if written.startswith("-"):
            raise CalendarError("span_not_positive", f"a length of time must be 1 or more, not {written}", written)
        found = _SPAN.fullmatch(written)
        if not found:
            raise CalendarError(
                "span_unreadable",
                f"{written!r} is not a length of time; write for example 5wd (units: {', '.join(UNITS)})",
                written[:40],
            )
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"{self.n}{self.unit}"


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a paused clock keeps, in its own unit (semantics R23); unlike a Span it may be zero.

    `us` are the microseconds beyond `n` whole units, only for min, h and wh.
    A clock of months or years keeps its rest in days (`d`): a month cannot be cut.
    """

    n: int
    unit: str
    us: int = 0

    @classmethod
    def parse(cls, text: str) -> Remaining:
        """Read back what `str()` wrote. Raises CalendarError."""
        found = _REST.fullmatch(text)
        if not found or (found[3] and found[2] not in EXACT):
            raise CalendarError("span_unreadable", f"{text!r} is not a remaining time", text[:40])
        return cls(int(found[1]), found[2], int(found[3] or 0))

    def __str__(self) -> str:
        return f"{self.n}{self.unit}" + (f"+{self.us}us" if self.us else "")
