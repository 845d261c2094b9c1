"""Holiday tables: equal to the package they come from on every day, and refused when they contradict themselves."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import holidays
import pytest

from gongzhi.core.calendar import Calendar, CalendarError, Year, load_calendar
from gongzhi.core.span import Remaining, Span
from tests.core.law_data import calendar


def every_day(first: int, last: int) -> list[date]:
    begin = date(first, 1, 1)
    return [begin + timedelta(n) for n in range((date(last, 12, 31) - begin).days + 1)]


def test_every_day_agrees_with_the_package() -> None:
    package = holidays.China(years=range(2000, 2027))
    assert [day for day in every_day(2000, 2026) if calendar().is_working_day(day) != package.is_working_day(day)] == []


def test_the_counting_table_agrees_with_the_single_days() -> None:
    days = every_day(2020, 2028)
    counted = 0
    for day in days[1:]:
        counted += calendar().is_working_day(day)
        assert calendar().working_days_between(days[0], day) == counted


def test_published_years() -> None:
    years = calendar().years
    assert sorted(years) == list(range(2000, 2028))
    assert [number for number, year in years.items() if not year.published] == [2027]
    assert years[2026].source == "国务院办公厅关于2026年部分节假日安排的通知"


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({}, "table_incomplete"),
        ({"version": "1", "years": {2026: {"off": []}}}, "table_incomplete"),
        ({"version": "1", "years": {2026: {"published": "yes", "source": "x"}}}, "table_incomplete"),
        ({"version": "1", "years": {}, "holidays": {}}, "table_unknown_key"),
        ({"version": "1", "years": {2026: {"published": True, "source": "x", "of": []}}}, "table_unknown_key"),
        ({"version": "1", "years": {2026: {"published": True, "source": "x", "off": ["02-30"]}}}, "table_unreadable"),
        ({"version": "1", "years": {2026: {"published": True, "source": "x", "off": "10-01"}}}, "table_unreadable"),
        (
            {"version": "1", "years": {2026: {"published": True, "source": "x", "off": ["10-01", "10-01"]}}},
            "table_contradiction",
        ),
        (
            {"version": "1", "years": {2026: {"published": True, "source": "x", "off": ["10-01"], "work": ["10-01"]}}},
            "table_contradiction",
        ),
        ({"version": "1", "years": {}, "hours": ["09:00"]}, "hours_unreadable"),
        ({"version": "1", "years": {}, "hours": ["12:00-09:00"]}, "hours_unordered"),
        ({"version": "1", "years": {}, "hours": ["09:00-12:00", "11:00-17:00"]}, "hours_unordered"),
    ],
)
def test_bad_tables(table: dict[str, Any], code: str) -> None:
    with pytest.raises(CalendarError) as error:
        load_calendar(table)
    assert error.value.code == code


def test_a_day_in_the_table_of_another_year() -> None:
    with pytest.raises(CalendarError) as error:
        Calendar("x", {2026: Year(frozenset({date(2025, 1, 1)}), frozenset(), True, "x")})
    assert error.value.code == "table_wrong_year"


def test_working_hours_are_data() -> None:
    found = load_calendar({"version": "1", "years": {}, "hours": ["08:00-16:00"]})
    assert found.hours == ((time(8), time(16)),)


@pytest.mark.parametrize("text", ["1min", "48h", "3wh", "30d", "5wd", "6mo", "5y"])
def test_spans_round_trip(text: str) -> None:
    assert str(Span.parse(text)) == text
    assert Span.parse(f" {text} ") == Span.parse(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (5, "span_without_unit"),
        ("5", "span_without_unit"),
        ("2.5", "span_without_unit"),
        ("0d", "span_not_positive"),
        ("-3wd", "span_not_positive"),
        ("1.5d", "span_unreadable"),
        ("5 wd", "span_unreadable"),
        ("5weeks", "span_unreadable"),
        ("５d", "span_unreadable"),
        ("", "span_unreadable"),
        (None, "span_unreadable"),
        ("99999999d", "span_unreadable"),
    ],
)
def test_bad_spans(text: object, code: str) -> None:
    with pytest.raises(CalendarError) as error:
        Span.parse(text)
    assert error.value.code == code


@pytest.mark.parametrize(("n", "unit"), [(0, "d"), (-1, "d"), (True, "d"), (1.0, "d"), (1, "w")])
def test_impossible_spans(n: Any, unit: str) -> None:
    with pytest.raises(CalendarError):
        Span(n, unit)


@pytest.mark.parametrize("text", ["3", "3w", "3wd+5us", "-1d"])
def test_bad_remaining(text: str) -> None:
    with pytest.raises(CalendarError):
        Remaining.parse(text)
