"""Legal time: days, working days with make-up workdays, working hours, month ends, pauses.

Pure. Holiday tables are passed in; local time is UTC+08:00, which has had no summer time since 1991.
Sources: 民法典 201-203 (day one excluded, month end, last day on a holiday), semantics R15-R18, R23-R26.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property

from gongzhi.core.calendar_facts import facts_after, facts_before
from gongzhi.core.calendar_tables import OFFICE_HOURS, Year, check_hours, check_year, read_tables
from gongzhi.core.fact import Fact
from gongzhi.core.local_time import (
    CHINA,
    MICROSECOND,
    Hours,
    add_months,
    beyond,
    day_length,
    end_of,
    in_china,
    shift,
    time_of_work,
    worked_until,
)
from gongzhi.core.span import EXACT, CalendarError, Remaining, Span

__all__ = [
    "CHINA",
    "Calendar",
    "CalendarError",
    "Due",
    "Fact",
    "Hours",
    "Remaining",
    "Span",
    "Year",
    "in_china",
    "load_calendar",
]

FIRST_YEAR, LAST_YEAR = 1990, 2060


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline. `provisional`: it rests on a year whose holidays are not published yet (`open_year`).

    `because` is empty unless `Calendar.explained` made it: engines need only the moment, facts cost time.
    """

    at: datetime
    provisional: bool
    because: tuple[Fact, ...] = field(default=(), compare=False)
    open_year: int = field(default=0, compare=False)


@dataclass(frozen=True, eq=False)
class Calendar:
    """Deadline arithmetic over one dated version of the holiday tables.

    A year without a table has plain weekends and makes every deadline that rests on it provisional.
    Raises CalendarError (a ValueError) on a naive datetime, a table that contradicts itself, or working days
    asked for outside the tables' range (1990 to 2060 at least).
    """

    version: str
    years: Mapping[int, Year]
    hours: Hours = OFFICE_HOURS

    def __post_init__(self) -> None:
        for number, year in self.years.items():
            check_year(number, year)
        check_hours(self.hours)

    # -- days

    def is_working_day(self, day: date) -> bool:
        """Whether offices work that day: no weekend and no holiday, or a make-up workday."""
        year = self.years.get(day.year)
        if year is None:
            return day.weekday() < 5
        return day in year.work or (day.weekday() < 5 and day not in year.off)

    def is_holiday(self, day: date) -> bool:
        """Whether the year's table names this day as a day off."""
        year = self.years.get(day.year)
        return year is not None and day in year.off

    def is_make_up_day(self, day: date) -> bool:
        """Whether this weekend day is worked in exchange for a holiday (调休)."""
        year = self.years.get(day.year)
        return year is not None and day in year.work

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, otherwise the first one after it."""
        return date.fromordinal(self._nth(self._worked_before(day.toordinal()) + 1))

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative when `last` is earlier."""
        return self._worked_to(last.toordinal()) - self._worked_to(first.toordinal())

    def last_day(self, start: date, span: Span) -> date:
        """The last day of a span of d, wd, mo or y that begins on `start`, which itself is not counted."""
        if span.unit == "d":
            return shift(start, span.n)
        if span.unit == "wd":
            return date.fromordinal(self._nth(self._worked_to(start.toordinal()) + span.n))
        return add_months(start, span.n * (12 if span.unit == "y" else 1))

    # -- deadlines

    def add(self, start: datetime, span: Span, ends_on: str | None = None) -> Due:
        """When `span` after `start` is over.

        min and h are exact, wh runs only in working hours; d, wd, mo and y end with their last day.
        `ends_on="working_day"` moves a last day that is no working day to the next one (not for min, h, wh).
        """
        local = in_china(start)
        if span.unit in EXACT:
            return self._add_time(local, span.n * EXACT[span.unit], span.unit == "wh")
        first = local.date()
        last = self.last_day(first, span)
        return self._end_of(first, last, span.unit == "wd", ends_on)

    def before(self, day: date, span: Span, strict: bool = False) -> Due:
        """The last moment that is `span` before `day`, itself not counted: 20d before 12-20 is 11-30.

        `strict` asks for that many full days in between (11-29). Only d, wd, mo and y count back from a day.
        """
        if span.unit in EXACT:
            raise CalendarError("before_needs_days", f"{span} cannot be counted back from a day", str(span))
        found = self._day_back(day, span)
        year = self._open_year(found, shift(day, -1)) if span.unit == "wd" else 0
        return Due(end_of(shift(found, -1) if strict else found), year > 0, open_year=year)

    def explained(self, start: datetime, span: Span, ends_on: str | None = None) -> Due:
        """`add` with its `because`."""
        return replace(self.add(start, span, ends_on), because=self.explain(start, span, ends_on))

    def explain(self, start: datetime, span: Span, ends_on: str | None = None) -> tuple[Fact, ...]:
        """Why `add` gives what it gives: start, days skipped and made up, month end, moves, the end."""
        return facts_after(self, in_china(start), span, ends_on, self.add(start, span, ends_on))

    def explain_before(self, day: date, span: Span, strict: bool = False) -> tuple[Fact, ...]:
        """Why `before` gives what it gives."""
        return facts_before(self, day, span, strict, self.before(day, span, strict))

    # -- pauses

    def remaining(self, now: datetime, due: datetime, unit: str) -> Remaining:
        """What is left of a clock at `now`, in the unit it counts in. Raises CalendarError after `due`."""
        local, end = in_china(now), in_china(due)
        if end < local:
            raise CalendarError("already_due", f"due {end.isoformat()} has passed", end.isoformat())
        if unit in EXACT:
            left = self._work_at(end) - self._work_at(local) if unit == "wh" else (end - local) // MICROSECOND
            whole, us = divmod(left, EXACT[unit])
            return Remaining(whole, unit, us)
        if unit == "wd":
            return Remaining(self.working_days_between(local.date(), end.date()), unit)
        return Remaining((end.date() - local.date()).days, "d")

    def add_remaining(self, now: datetime, left: Remaining, ends_on: str | None = None) -> Due:
        """When a clock resumed at `now` is due. With 0d left: today; 0wd: today or the next working day."""
        local = in_china(now)
        if left.unit in EXACT:
            return self._add_time(local, left.n * EXACT[left.unit] + left.us, left.unit == "wh")
        if left.n:
            return self.add(local, Span(left.n, left.unit), ends_on)
        moved = "working_day" if left.unit == "wd" else ends_on
        return self._end_of(local.date(), local.date(), False, moved)

    # -- how it is done

    @cached_property
    def _range(self) -> range:
        low, high = min((FIRST_YEAR, *self.years)), max((LAST_YEAR, *self.years))
        return range(date(low, 1, 1).toordinal(), date(high, 12, 31).toordinal() + 1)

    @cached_property
    def _ordinals(self) -> list[int]:
        """Every working day of the range as a day number: a deadline is then two bisections, not a walk."""
        off = {day.toordinal() for year in self.years.values() for day in year.off}
        work = {day.toordinal() for year in self.years.values() for day in year.work}
        return [day for day in self._range if day in work or ((day - 1) % 7 < 5 and day not in off)]

    @cached_property
    def _published(self) -> frozenset[int]:
        return frozenset(number for number, year in self.years.items() if year.published)

    def _worked_to(self, ordinal: int) -> int:
        if ordinal not in self._range:
            raise beyond()
        return bisect_right(self._ordinals, ordinal)

    def _worked_before(self, ordinal: int) -> int:
        return self._worked_to(ordinal - 1)

    def _nth(self, number: int) -> int:
        if not 0 < number <= len(self._ordinals):
            raise beyond()
        return self._ordinals[number - 1]

    def _day_back(self, day: date, span: Span) -> date:
        if span.unit == "d":
            return shift(day, -span.n)
        if span.unit == "wd":
            return date.fromordinal(self._nth(self._worked_before(day.toordinal()) - span.n + 1))
        return add_months(day, -span.n * (12 if span.unit == "y" else 1))

    def _end_of(self, first: date, last: date, counted: bool, ends_on: str | None) -> Due:
        """The end of `last`, moved if asked; provisional when a day looked up lies in an open year."""
        end = last
        if ends_on is not None:
            if ends_on != "working_day":
                raise CalendarError("unknown_ends_on", f"ends_on is working_day, not {ends_on!r}", ends_on)
            end = self.next_working_day(last)
        elif not counted:
            return Due(end_of(last), False)
        year = self._open_year(shift(first, 1) if counted else last, end)
        return Due(end_of(end), year > 0, open_year=year)

    def _open_year(self, first: date, last: date) -> int:
        """The first year between two days whose holidays are not published, or 0."""
        for year in range(first.year, last.year + 1):
            if year not in self._published:
                return year
        return 0

    def _add_time(self, local: datetime, us: int, working: bool) -> Due:
        try:
            end = local + us * MICROSECOND
        except OverflowError:
            raise beyond() from None
        if not working:
            return Due(end, False)
        end = max(local, self._at_work(self._work_at(local) + us))
        year = self._open_year(local.date(), end.date())
        return Due(end, year > 0, open_year=year)

    @cached_property
    def _day_length(self) -> int:
        return day_length(self.hours)

    def _work_at(self, local: datetime) -> int:
        """Microseconds of working time from the beginning of the tables to this moment."""
        ordinal = local.toordinal()
        total = self._worked_before(ordinal) * self._day_length
        if self._worked_to(ordinal) == self._worked_before(ordinal):
            return total
        return total + worked_until(self.hours, local.time())

    def _at_work(self, total: int) -> datetime:
        """The first moment at which `total` microseconds of working time have passed."""
        number = max(1, -(-total // self._day_length))
        day = datetime.combine(date.fromordinal(self._nth(number)), time(), CHINA)
        return day + time_of_work(self.hours, total - (number - 1) * self._day_length)


def load_calendar(table: Mapping[str, object]) -> Calendar:
    """The calendar of a parsed `charters/_law/holidays.yaml`. Raises CalendarError naming year and key."""
    return Calendar(*read_tables(table))
