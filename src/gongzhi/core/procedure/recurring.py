"""What comes back (R36): which matters have to be open on a day, one for each subject and period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from gongzhi.core.calendar import CHINA, Calendar, Span
from gongzhi.core.charter.spec import Charter, Recurring


@dataclass(frozen=True, slots=True)
class Period:
    """One turn of what recurs, opened on `first`, due at the end of `last`; `key`: unique for `of`, subject, turn."""

    of: str
    subject: str
    opens: str
    first: date
    last: date

    @property
    def key(self) -> str:
        return f"{self.of}:{self.subject}:{self.first.isoformat()}"


def periods_on(charter: Charter, day: date, calendar: Calendar) -> tuple[Period, ...]:
    """The periods that contain `day`, for everything that recurs and every subject it names."""
    found = []
    for one in charter.recurring.values():
        first, last = _period(one, day, calendar)
        found += [Period(one.name, subject, one.opens, first, last) for subject in one.each or ("",)]
    return tuple(found)


def _period(one: Recurring, day: date, calendar: Calendar) -> tuple[date, date]:
    starts = list(_starts(one, day, calendar))
    first = max(start for start in starts if start <= day)
    following = min(start for start in starts if start > first)
    return first, date.fromordinal(following.toordinal() - 1)


def _starts(one: Recurring, day: date, calendar: Calendar) -> Iterator[date]:
    """Beginnings of periods around `day`. Each year counts anew from the anchor (MM-DD)."""
    month, number = (int(part) for part in one.anchor.split("-"))
    for year in range(day.year - 1, day.year + 2):
        anchor, following = date(year, month, number), date(year + 1, month, number)
        start, turn = anchor, 0
        while start < following:
            yield start
            turn += 1
            span = Span(one.every.n * turn, one.every.unit)
            start = calendar.add(datetime.combine(anchor, time(), CHINA), span).at.date()
