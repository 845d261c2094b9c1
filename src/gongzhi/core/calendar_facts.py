"""How a deadline was found, line by line. Apart from the arithmetic, because only people need it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from gongzhi.core.fact import Fact
from gongzhi.core.span import EXACT, Span

if TYPE_CHECKING:
    from gongzhi.core.calendar import Calendar, Due

DAY = timedelta(days=1)


def facts_after(calendar: Calendar, start: datetime, span: Span, ends_on: str | None, due: Due) -> tuple[Fact, ...]:
    """The derivation of `calendar.add(start, span, ends_on)`; `start` is local time."""
    facts = [Fact("start", (start.isoformat(),)), Fact("span", (span.n, span.unit))]
    if span.unit == "wh":
        facts.append(Fact("working_hours", tuple(f"{a:%H:%M}-{b:%H:%M}" for a, b in calendar.hours)))
        facts += _skipped(calendar, start.date(), due.at.date())
    elif span.unit not in EXACT:
        facts += _by_the_day(calendar, start.date(), span, ends_on)
    return (*facts, Fact("due", (due.at.isoformat(),)), *_provisional(calendar, due))


def facts_before(calendar: Calendar, day: date, span: Span, strict: bool, due: Due) -> tuple[Fact, ...]:
    """The derivation of `calendar.before(day, span, strict)`."""
    facts = [Fact("before_day", (day.isoformat(),)), Fact("span", (span.n, span.unit))]
    facts.append(Fact("first_day_back", ((day - DAY).isoformat(),)))
    if span.unit == "wd":
        facts += _skipped(calendar, due.at.date(), day - DAY)
    if strict:
        facts.append(Fact("full_days_between", (span.n, span.unit)))
    return (*facts, Fact("due", (due.at.isoformat(),)), *_provisional(calendar, due))


def _by_the_day(calendar: Calendar, start: date, span: Span, ends_on: str | None) -> Iterator[Fact]:
    after = start + DAY
    first = calendar.next_working_day(after) if span.unit == "wd" else after
    yield Fact("first_day", (first.isoformat(),))
    last = calendar.last_day(start, span)
    if span.unit == "wd":
        yield from _skipped(calendar, after, last)
    if span.unit in ("mo", "y") and last.day != start.day:
        yield Fact("month_end", (start.day, last.isoformat()))
    if ends_on is None or calendar.is_working_day(last):
        return
    moved = calendar.next_working_day(last)
    yield Fact("moved_to_working_day", (last.isoformat(), moved.isoformat()))
    yield from _skipped(calendar, last, moved)


def _skipped(calendar: Calendar, first: date, last: date) -> Iterator[Fact]:
    """Weekends as a number, each holiday as its first and last day, make-up workdays one by one."""
    weekend_days = 0
    for begin, end in _free_runs(calendar, first, last):
        if any(calendar.is_holiday(day) for day in _days(begin, end)):
            yield Fact("holiday_skipped", (begin.isoformat(), end.isoformat()))
        else:
            weekend_days += (end - begin).days + 1
    if weekend_days:
        yield Fact("weekend_days_skipped", (weekend_days,))
    made_up = [day.isoformat() for day in _days(first, last) if calendar.is_make_up_day(day)]
    if made_up:
        yield Fact("make_up_days_counted", tuple(made_up))


def _free_runs(calendar: Calendar, first: date, last: date) -> Iterator[tuple[date, date]]:
    begin: date | None = None
    for day in _days(first, last):
        if calendar.is_working_day(day):
            if begin:
                yield begin, day - DAY
            begin = None
        elif begin is None:
            begin = day
    if begin:
        yield begin, last


def _days(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


def _provisional(calendar: Calendar, due: Due) -> Iterator[Fact]:
    if due.provisional:
        yield Fact("provisional", (due.open_year,))
