"""Local time, days and months: the small arithmetic under the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone

from gongzhi.core.span import CalendarError

CHINA = timezone(timedelta(hours=8))
"""Local time: UTC+08:00 without summer time (there has been none since 1991)."""
END_OF_DAY = time(23, 59, 59, 999999, tzinfo=CHINA)
MICROSECOND = timedelta(microseconds=1)

Hours = tuple[tuple[time, time], ...]


def in_china(moment: datetime) -> datetime:
    """The same moment in local time. Raises CalendarError when its zone is unknown."""
    if moment.tzinfo is CHINA:
        return moment
    if moment.utcoffset() is None:
        raise CalendarError("naive_time", f"{moment.isoformat()} has no time zone", moment.isoformat())
    return moment.astimezone(CHINA)


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, END_OF_DAY)


def shift(day: date, days: int) -> date:
    """So many days later, or earlier when negative."""
    try:
        return date.fromordinal(day.toordinal() + days)
    except (ValueError, OverflowError):
        raise beyond() from None


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where there is none (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise beyond()
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_length(hours: Hours) -> int:
    """Microseconds of work in one working day."""
    return sum(_us(end) - _us(begin) for begin, end in hours)


def worked_until(hours: Hours, clock: time) -> int:
    """Microseconds of work in a working day up to this time of day."""
    now = _us(clock)
    return sum(max(0, min(now, _us(end)) - _us(begin)) for begin, end in hours)


def time_of_work(hours: Hours, worked: int) -> timedelta:
    """How long after midnight `worked` microseconds of a working day are done; 0 < worked <= day_length."""
    for begin, end in hours:
        block = _us(end) - _us(begin)
        if worked <= block:
            return (_us(begin) + worked) * MICROSECOND
        worked -= block
    raise AssertionError("more work than a day holds")


def beyond() -> CalendarError:
    """The error for a day that no calendar reaches."""
    return CalendarError("beyond_calendar", "this day lies outside the years the calendar can count")


def _us(clock: time) -> int:
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000_000 + clock.microsecond
