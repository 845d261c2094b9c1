"""Targets as they are written: `>= 95%`, `<= 0.06%`, `>= 5`; kept as fractions, compared exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

WRITTEN = re.compile(r"(>=|<=|≥|≤)\s*(\d{1,9}(?:\.\d{1,6})?)\s*(%?)")
AT_LEAST = (">=", "≥")


class BadTarget(ValueError):
    """A target that says neither how much nor which way."""


@dataclass(frozen=True, slots=True)
class Target:
    """`at_least`, or else at most, `value`."""

    at_least: bool
    value: Fraction
    percent: bool

    def met(self, value: Fraction) -> bool:
        """Does the figure keep to it?"""
        return value >= self.value if self.at_least else value <= self.value

    @property
    def text(self) -> str:
        """`≥95%`, the same in every language."""
        number = shown(self.value * (100 if self.percent else 1), 6).rstrip("0").rstrip(".")
        return f"{'≥' if self.at_least else '≤'}{number}{'%' if self.percent else ''}"


def read_target(text: str) -> Target:
    """A target as written. Raises BadTarget."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise BadTarget(text)
    sign, number, percent = found.groups()
    value = Fraction(number) / (100 if percent else 1)
    return Target(sign in AT_LEAST, value, bool(percent))


def shown(value: Fraction, places: int) -> str:
    """A fraction in decimals, halves rounded up as the sources do (84/95 = 88.42 %); exact, without floats."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if value < 0 and whole else ""
    if not places:
        return f"{sign}{whole}"
    return f"{sign}{whole // 10**places}.{whole % 10**places:0{places}d}"


def percent(value: Fraction) -> str:
    """`88.42%`."""
    return f"{shown(value * 100, 2)}%"
