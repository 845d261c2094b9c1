"""Duties that come back: one matter for each subject and period (R36)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongzhi.core.calendar import Span
from gongzhi.core.charter.spec import Recurring
from gongzhi.core.procedure.recurring import periods_on
from tests.core.procedure.small import PLAIN, charter_with
from tests.core.procedure.test_engine_clocks import LADDER


@pytest.mark.parametrize(
    ("every", "anchor", "day", "first", "last"),
    [
        ("6mo", "01-01", date(2026, 3, 2), date(2026, 1, 1), date(2026, 6, 30)),
        ("6mo", "01-01", date(2026, 12, 31), date(2026, 7, 1), date(2026, 12, 31)),
        ("3mo", "02-01", date(2026, 1, 31), date(2025, 11, 1), date(2026, 1, 31)),
        ("1y", "03-01", date(2024, 2, 29), date(2023, 3, 1), date(2024, 2, 29)),
        ("7d", "01-01", date(2026, 1, 8), date(2026, 1, 8), date(2026, 1, 14)),
    ],
)
def test_the_period_that_contains_a_day(every: str, anchor: str, day: date, first: date, last: date) -> None:
    duty = Recurring("report", "述职", "p", ("secretary", "director"), Span.parse(every), anchor, "end", "settled")
    charter = replace(charter_with(LADDER), recurring={"report": duty})
    found = periods_on(charter, day, PLAIN)
    assert [(one.first, one.last) for one in found] == [(first, last)] * 2
    assert len({one.key for one in found}) == 2
