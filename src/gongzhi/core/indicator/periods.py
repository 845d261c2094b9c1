"""Months, quarters, halves and years: what a figure is about. Nothing here asks what day it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

PERIODS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `first`, the first day of a month, over `months` months."""

    first: date
    months: int = 1

    @property
    def last(self) -> date:
        """Its last day."""
        return _plus(self.first, self.months) - timedelta(days=1)

    @property
    def each(self) -> tuple[date, ...]:
        """The first days of its months."""
        return tuple(_plus(self.first, n) for n in range(self.months))

    @property
    def label(self) -> str:
        """`2026-03`, `2026-Q1`, `2026-H1`, `2026`: what stands in addresses and files."""
        number = (self.first.month - 1) // self.months + 1
        forms = {1: f"{self.first:%Y-%m}", 3: f"{self.first.year}-Q{number}", 6: f"{self.first.year}-H{number}"}
        return forms.get(self.months, f"{self.first.year}")


def period_of(day: date, kind: str) -> Period:
    """The period of this kind that holds the day. Raises KeyError for an unknown kind."""
    months = PERIODS[kind]
    return Period(date(day.year, (day.month - 1) // months * months + 1, 1), months)


def period_named(label: str, kind: str) -> Period | None:
    """The period of this kind with a label; None where the label is none."""
    year = label[:4]
    if not (year.isascii() and year.isdecimal()) or not 1900 <= int(year) <= 2999:
        return None
    firsts = (Period(date(int(year), month, 1), PERIODS[kind]) for month in range(1, 13, PERIODS[kind]))
    return next((period for period in firsts if period.label == label), None)


def periods_back(last: Period, count: int) -> list[Period]:
    """`count` periods up to and with `last`, oldest first."""
    return [Period(_plus(last.first, -last.months * n), last.months) for n in reversed(range(count))]


def _plus(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
