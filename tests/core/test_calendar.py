"""Deadlines by hand: law vectors, make-up workdays, month ends, working hours, pauses, backwards counting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from gongzhi.core.calendar import CHINA, Calendar, CalendarError, Remaining, Span
from gongzhi.core.fact import Fact
from tests.core.law_data import calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def last_day(start: str, span: str, ends_on: str | None = None) -> str:
    """The due day; the deadline must be the end of it."""
    due = calendar().add(at(start), Span.parse(span), ends_on).at
    assert due.isoformat()[10:] == "T23:59:59.999999+08:00"
    return due.date().isoformat()


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-01-31", "30d", "2026-03-02"),  # judicial confirmation of a mediation agreement
        ("2026-03-01", "15d", "2026-03-16"),  # petition: notice
        ("2026-03-16", "60d", "2026-05-15"),  # petition: handled
        ("2026-05-15T23:59:59.999999", "30d", "2026-06-14"),  # petition: extended, day one is the old due day
        ("2026-04-01", "15d", "2026-04-16"),  # disclosure stays on the board until then
        ("2026-03-16T15:00", "1d", "2026-03-17"),
        ("2026-03-16T00:00", "1d", "2026-03-17"),
    ],
)
def test_days(start: str, span: str, due: str) -> None:
    assert last_day(start, span) == due


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-03-16", "5wd", "2026-03-23"),
        ("2026-03-14", "1wd", "2026-03-16"),  # from a Saturday
        ("2026-02-13", "1wd", "2026-02-14"),  # a Saturday worked for the Spring Festival
        ("2026-02-14", "1wd", "2026-02-24"),  # the festival lies between
        ("2026-02-27", "2wd", "2026-03-02"),  # Saturday 02-28 is worked, Sunday is not
        ("2026-09-18", "5wd", "2026-09-24"),  # Sunday 09-20 is worked; 09-25 is off
        ("2026-09-29", "5wd", "2026-10-12"),  # National Day, then a worked Saturday
        ("2026-04-03", "1wd", "2026-04-07"),  # Tomb-Sweeping Day on a Sunday, observed on Monday
        ("2025-12-31", "1wd", "2026-01-04"),  # New Year's days off, then a worked Sunday
        ("2025-12-31", "2wd", "2026-01-05"),
    ],
)
def test_working_days(start: str, span: str, due: str) -> None:
    assert last_day(start, span) == due
    assert not calendar().add(at(start), Span.parse(span)).provisional


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-01-31", "1mo", "2026-02-28"),
        ("2026-02-28", "1mo", "2026-03-28"),
        ("2024-01-31", "1mo", "2024-02-29"),
        ("2024-02-29", "1y", "2025-02-28"),
        ("2024-02-29", "4y", "2028-02-29"),
        ("2026-08-31", "6mo", "2027-02-28"),
        ("2026-12-15", "1mo", "2027-01-15"),
    ],
)
def test_months_and_years(start: str, span: str, due: str) -> None:
    assert last_day(start, span) == due


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-03-01", "20d", "2026-03-23"),  # Saturday 03-21 moves to Monday
        ("2026-09-16", "15d", "2026-10-08"),  # 10-01 moves over the whole holiday
        ("2026-01-29", "16d", "2026-02-14"),  # a worked Saturday does not move
        ("2026-01-31", "1mo", "2026-02-28"),  # a worked Saturday does not move
        ("2026-01-20", "1mo", "2026-02-24"),  # 02-20 is in the Spring Festival
        ("2026-03-16", "5wd", "2026-03-23"),
    ],
)
def test_last_day_moves_to_a_working_day(start: str, span: str, due: str) -> None:
    assert last_day(start, span, "working_day") == due


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-03-16T15:00", "90min", "2026-03-16T16:30"),
        ("2026-03-16T15:00", "48h", "2026-03-18T15:00"),
        ("2026-03-16T09:00", "3wh", "2026-03-16T12:00"),  # the morning is full, not 13:30
        ("2026-03-16T11:00", "2wh", "2026-03-16T14:30"),
        ("2026-03-16T12:30", "1wh", "2026-03-16T14:30"),
        ("2026-03-16T17:00", "1wh", "2026-03-17T09:30"),
        ("2026-03-16T20:00", "7wh", "2026-03-17T17:30"),
        ("2026-03-13T17:00", "1wh", "2026-03-16T09:30"),  # over the weekend
        ("2026-03-14T10:00", "1wh", "2026-03-16T10:00"),  # from a Saturday
        ("2026-02-14T17:00", "1wh", "2026-02-24T09:30"),  # worked Saturday, then the festival
    ],
)
def test_hours(start: str, span: str, due: str) -> None:
    assert calendar().add(at(start), Span.parse(span)).at == at(due)


def test_other_zones_are_converted_and_naive_times_refused() -> None:
    # 16:30 UTC on the 15th is the 16th in China
    start = datetime(2026, 3, 15, 16, 30, tzinfo=UTC)
    assert calendar().add(start, Span(1, "d")).at.date() == date(2026, 3, 17)
    west = datetime(2026, 3, 15, 8, 30, tzinfo=timezone(timedelta(hours=-8)))
    assert calendar().add(west, Span(1, "d")) == calendar().add(start, Span(1, "d"))
    with pytest.raises(CalendarError, match="no time zone") as error:
        calendar().add(datetime(2026, 3, 15), Span(1, "d"))
    assert error.value.code == "naive_time"


@pytest.mark.parametrize(
    ("day", "span", "strict", "due"),
    [
        ("2026-12-20", "20d", False, "2026-11-30"),  # roll of voters before the election
        ("2026-12-20", "20d", True, "2026-11-29"),  # twenty full days in between
        ("2026-06-30", "15d", False, "2026-06-15"),  # notice of an owners' meeting
        ("2026-03-31", "1mo", False, "2026-02-28"),
        ("2026-03-23", "5wd", False, "2026-03-16"),
        ("2026-10-12", "2wd", False, "2026-10-09"),  # the worked Saturday counts
        ("2026-10-12", "2wd", True, "2026-10-08"),
        ("2026-10-08", "1wd", False, "2026-09-30"),
    ],
)
def test_before(day: str, span: str, strict: bool, due: str) -> None:
    found = calendar().before(date.fromisoformat(day), Span.parse(span), strict)
    assert found.at.isoformat() == f"{due}T23:59:59.999999+08:00"
    assert not found.provisional


def test_hours_cannot_be_counted_back_from_a_day() -> None:
    with pytest.raises(CalendarError) as error:
        calendar().before(date(2026, 3, 1), Span(3, "wh"))
    assert error.value.code == "before_needs_days"


@pytest.mark.parametrize(
    ("start", "span", "ends_on", "provisional"),
    [
        ("2026-12-30", "1wd", None, False),
        ("2026-12-31", "1wd", None, True),
        ("2026-12-31", "30d", None, False),  # plain days look up no table
        ("2026-12-31", "30d", "working_day", True),
        ("2026-11-30", "31d", "working_day", False),  # ends on Thursday 12-31
        ("2026-12-31T16:00", "1wh", None, False),
        ("2026-12-31T17:00", "1wh", None, True),
        ("2026-12-31", "48h", None, False),
        ("2030-06-03", "1wd", None, True),
    ],
)
def test_unpublished_years_are_provisional(start: str, span: str, ends_on: str | None, provisional: bool) -> None:
    due = calendar().add(at(start), Span.parse(span), ends_on)
    assert due.provisional is provisional
    facts = calendar().explain(at(start), Span.parse(span), ends_on)
    assert any(fact.code == "provisional" for fact in facts) is provisional


def test_counting_back_out_of_an_unpublished_year() -> None:
    assert calendar().before(date(2027, 1, 11), Span(5, "wd")).provisional
    assert not calendar().before(date(2027, 1, 1), Span(5, "wd")).provisional


def test_a_pause_keeps_working_days() -> None:
    due = calendar().add(at("2026-03-16"), Span(5, "wd")).at  # 03-23
    left = calendar().remaining(at("2026-03-18T10:00"), due, "wd")
    assert left == Remaining(3, "wd")
    assert calendar().add_remaining(at("2026-09-29T09:00"), left).at.date() == date(2026, 10, 9)


def test_a_pause_on_the_last_day_leaves_the_day_itself() -> None:
    due = calendar().add(at("2026-03-16"), Span(5, "wd")).at
    left = calendar().remaining(at("2026-03-23T10:00"), due, "wd")
    assert str(left) == "0wd"
    assert calendar().add_remaining(at("2026-04-02T10:00"), left).at.date() == date(2026, 4, 2)
    assert calendar().add_remaining(at("2026-04-04T10:00"), left).at.date() == date(2026, 4, 7)


def test_a_pause_keeps_hours_and_working_hours_to_the_microsecond() -> None:
    due = calendar().add(at("2026-03-16T15:00"), Span(2, "h")).at
    left = calendar().remaining(at("2026-03-16T15:20:00.000001"), due, "h")
    assert left == Remaining(1, "h", 2_399_999_999)
    assert Remaining.parse(str(left)) == left
    assert calendar().add_remaining(at("2026-03-20T08:00"), left).at == at("2026-03-20T09:39:59.999999")
    due = calendar().add(at("2026-03-16T15:00"), Span(7, "wh")).at
    assert str(calendar().remaining(at("2026-03-16T23:00"), due, "wh")) == "4wh+1800000000us"


def test_months_are_kept_as_days() -> None:
    due = calendar().add(at("2026-01-31"), Span(1, "mo")).at
    assert calendar().remaining(at("2026-02-01"), due, "mo") == Remaining(27, "d")


def test_nothing_remains_after_the_deadline() -> None:
    with pytest.raises(CalendarError) as error:
        calendar().remaining(at("2026-03-02"), at("2026-03-01"), "d")
    assert error.value.code == "already_due"


def test_the_derivation_names_what_was_skipped_and_worked() -> None:
    assert calendar().explain(at("2026-09-29T15:00"), Span(5, "wd")) == (
        Fact("start", ("2026-09-29T15:00:00+08:00",)),
        Fact("span", (5, "wd")),
        Fact("first_day", ("2026-09-30",)),
        Fact("holiday_skipped", ("2026-10-01", "2026-10-07")),
        Fact("weekend_days_skipped", (1,)),
        Fact("make_up_days_counted", ("2026-10-10",)),
        Fact("due", ("2026-10-12T23:59:59.999999+08:00",)),
    )


def test_the_derivation_names_month_end_and_move() -> None:
    codes = {fact.code: fact.args for fact in calendar().explain(at("2026-01-31"), Span(1, "mo"), "working_day")}
    assert codes["month_end"] == (31, "2026-02-28")
    assert "moved_to_working_day" not in codes
    moved = {fact.code: fact.args for fact in calendar().explain(at("2026-09-16"), Span(15, "d"), "working_day")}
    assert moved["moved_to_working_day"] == ("2026-10-01", "2026-10-08")
    assert moved["holiday_skipped"] == ("2026-10-01", "2026-10-07")
    hours = calendar().explained(at("2026-03-16T15:00"), Span(3, "wh")).because
    assert Fact("working_hours", ("09:00-12:00", "13:30-17:30")) in hours
    back = {fact.code for fact in calendar().explain_before(date(2026, 10, 12), Span(2, "wd"), True)}
    assert {"before_day", "first_day_back", "full_days_between", "due"} <= back


def test_days_no_calendar_reaches() -> None:
    for work in (
        lambda: calendar().add(at("2026-01-01"), Span(99999, "wd")),
        lambda: calendar().add(at("2026-01-01"), Span(9999999, "d")),
        lambda: calendar().add(at("2026-01-01"), Span(9999, "y")),
        lambda: calendar().add(at("9999-12-31T23:00"), Span(2, "h")),
        lambda: calendar().before(date(1990, 1, 5), Span(10, "wd")),
        lambda: calendar().working_days_between(date(1900, 1, 1), date(2026, 1, 1)),
    ):
        with pytest.raises(CalendarError) as error:
            work()
        assert error.value.code == "beyond_calendar"


def test_a_calendar_without_tables_has_plain_weekends() -> None:
    due = Calendar("none", {}).add(at("2026-09-30"), Span(1, "wd"))
    assert due.at.date() == date(2026, 10, 1)
    assert due.provisional


def test_an_unknown_ends_on_is_refused() -> None:
    with pytest.raises(CalendarError) as error:
        calendar().add(at("2026-03-16"), Span(1, "d"), "holiday")
    assert error.value.code == "unknown_ends_on"
