"""Conditions of decision rules: whole numbers only, evaluated by CEL, never by Python's eval.

A condition is one comparison or several joined by `&&`: `present * 3 >= eligible * 2`. The count that has
to be large enough stands on the left, so that the smallest number that would do can be named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cel

_TERM = r"([a-z_]+)(?:\s*\*\s*([1-9][0-9]{0,3}))?"
_COMPARISON = re.compile(rf"\s*{_TERM}\s*(>=?)\s*(?:{_TERM}|0)\s*")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One part of a condition: `subject` has to be large enough, measured by `of` (empty: by zero).

    It reads `subject * times >= of * share`, or with `>` where it is `strict`.
    """

    text: str
    subject: str
    of: str
    program: Any
    times: int = 1
    share: int = 0
    strict: bool = False

    def holds(self, counts: Mapping[str, int]) -> bool:
        """Whether the counts satisfy it."""
        return bool(self.program.execute(dict(counts)))

    def needed(self, counts: Mapping[str, int]) -> int:
        """The smallest value of `subject` that satisfies it, all other counts unchanged."""
        enough = max(1, counts.get(self.of, 0))  # nearly every rule is met when all agree
        while not self.holds({**counts, self.subject: enough}):
            enough *= 2
        low = 0
        while low < enough:
            middle = (low + enough) // 2
            if self.holds({**counts, self.subject: middle}):
                enough = middle
            else:
                low = middle + 1
        return enough


@lru_cache(maxsize=1024)
def comparisons(condition: str) -> tuple[Comparison, ...]:
    """The parts of a condition, compiled once. Raises ValueError when it is not of this form."""
    return tuple(_comparison(text) for text in condition.split("&&"))


def _comparison(text: str) -> Comparison:
    found = _COMPARISON.fullmatch(text)
    if not found or found[1] == found[4]:
        raise ValueError(f"not a comparison of whole numbers like 'present * 3 >= eligible * 2': {text.strip()!r}")
    subject, times, sign, of, share = found.groups()
    return Comparison(
        text.strip(),
        subject,
        of or "",
        cel.compile(text.strip()),
        int(times or 1),
        int(share or 1) if of else 0,
        sign == ">",
    )
