"""What must hold for every deadline, whatever the day and the length."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.calendar import CHINA, Calendar, Remaining, Span
from tests.core.law_data import calendar

moments = st.datetimes(datetime(2000, 1, 1), datetime(2030, 12, 31)).map(lambda moment: moment.replace(tzinfo=CHINA))
days = st.dates(date(2001, 1, 1), date(2030, 12, 31))
units = st.sampled_from(("min", "h", "wh", "d", "wd", "mo", "y"))
long_units = st.sampled_from(("d", "wd", "mo", "y"))
lengths = st.integers(1, 14)  # two of them in years, from 2030, still end inside the years that can be counted
ends = st.sampled_from((None, "working_day"))


@given(moments, lengths, lengths, units, ends)
def test_longer_is_later(start: datetime, n: int, more: int, unit: str, ends_on: str | None) -> None:
    shorter = calendar().add(start, Span(n, unit), ends_on).at
    longer = calendar().add(start, Span(n + more, unit), ends_on).at
    assert start < shorter <= longer
    if ends_on is None:
        assert shorter < longer


@given(moments, moments, lengths, units, ends)
def test_a_later_start_is_never_due_earlier(
    one: datetime, other: datetime, n: int, unit: str, ends_on: str | None
) -> None:
    first, second = sorted((one, other))
    assert calendar().add(first, Span(n, unit), ends_on).at <= calendar().add(second, Span(n, unit), ends_on).at


@given(moments, lengths, units, st.floats(0, 1))
def test_a_pause_of_no_length_changes_nothing(start: datetime, n: int, unit: str, share: float) -> None:
    due = calendar().add(start, Span(n, unit)).at
    now = start + (due - start) * share
    left = calendar().remaining(now, due, unit)
    assert Remaining.parse(str(left)) == left
    assert calendar().add_remaining(now, left).at == due


@given(days, lengths, long_units)
def test_counting_back_and_forth(day: date, n: int, unit: str) -> None:
    back = calendar().before(day, Span(n, unit)).at
    again = calendar().add(back, Span(n, unit)).at.date()
    assert back.date() < day
    if unit == "d":
        assert again == day
    elif unit == "wd":
        assert calendar().working_days_between(back.date(), day - timedelta(1)) == n - 1
        assert (again == day) == calendar().is_working_day(day)
    else:
        assert again <= day  # a month end may lose days on the way back


@given(days, lengths, long_units)
def test_strict_is_one_day_earlier(day: date, n: int, unit: str) -> None:
    usual, strict = calendar().before(day, Span(n, unit)), calendar().before(day, Span(n, unit), strict=True)
    assert strict.at == usual.at - timedelta(1)


@given(moments, lengths, units, ends)
def test_provisional_exactly_when_an_open_year_is_looked_up(
    start: datetime, n: int, unit: str, ends_on: str | None
) -> None:
    due = calendar().add(start, Span(n, unit), ends_on)
    looked_up = days_looked_up(calendar(), start, due.at, Span(n, unit), ends_on)
    assert due.provisional == any(day.year > 2026 for day in looked_up)


def days_looked_up(found: Calendar, start: datetime, due: datetime, span: Span, ends_on: str | None) -> list[date]:
    """Day by day, without the arithmetic under test."""
    first = start.date()
    if span.unit == "wh":
        return walk(first, due.date())
    if span.unit == "wd":
        return walk(first + timedelta(1), due.date())
    if span.unit in ("min", "h") or ends_on is None:
        return []
    return walk(found.last_day(first, span), due.date())


def walk(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


@given(moments, lengths)
def test_working_days_agree_with_walking(start: datetime, n: int) -> None:
    day, left = start.date(), n
    while left:
        day += timedelta(1)
        left -= calendar().is_working_day(day)
    assert calendar().add(start, Span(n, "wd")).at.date() == day


@given(moments, lengths, units, ends)
def test_every_derivation_ends_with_the_deadline(start: datetime, n: int, unit: str, ends_on: str | None) -> None:
    due = calendar().explained(start, Span(n, unit), ends_on)
    facts = {fact.code: fact.args for fact in due.because}
    assert facts["due"] == (due.at.isoformat(),)
    assert facts["start"] == (start.isoformat(),)
    assert ("provisional" in facts) == due.provisional
