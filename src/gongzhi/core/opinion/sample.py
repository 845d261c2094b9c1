"""How sure a share of a sample is."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its 95 % interval after Wilson, all three between 0 and 1."""

    share: float
    low: float
    high: float


def wilson(count: int, of: int) -> Interval:
    """The interval in which the share of the whole lies in 95 of 100 samples. Raises ValueError for `of` 0."""
    if not 0 <= count <= of or of == 0:
        raise ValueError(f"{count} of {of}")
    share, square = count / of, Z_95 * Z_95
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z_95 / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))
