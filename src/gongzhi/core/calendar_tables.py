"""Holiday tables: their form, their checks, and how they are written in `charters/_law/holidays.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from gongzhi.core.local_time import Hours
from gongzhi.core.span import CalendarError

OFFICE_HOURS: Hours = ((time(9), time(12)), (time(13, 30), time(17, 30)))
TABLE_KEYS = frozenset({"version", "text_source", "checked", "hours", "years"})
YEAR_KEYS = frozenset({"published", "source", "off", "work"})


@dataclass(frozen=True, slots=True)
class Year:
    """The holiday table of one year: days `off`, weekend days at `work` instead, and who published it.

    `off` need not repeat ordinary weekends. `published` is false for a guess made before the official notice.
    """

    off: frozenset[date]
    work: frozenset[date]
    published: bool
    source: str


def read_tables(table: Mapping[str, object]) -> tuple[str, dict[int, Year], Hours]:
    """Version, years and working hours of a parsed holiday file. Raises CalendarError naming year and key."""
    _known(table, TABLE_KEYS, "holidays")
    version, years = table.get("version"), table.get("years")
    if not version or not isinstance(years, Mapping):
        raise CalendarError("table_incomplete", "a holiday table needs a version and years", "holidays")
    hours = table.get("hours")
    tables = {int(number): _year(int(number), row) for number, row in years.items()}
    return str(version), tables, _hours(hours) if hours else OFFICE_HOURS


def check_year(number: int, year: Year) -> None:
    """Refuse a table with days of another year, or with a day both off and worked."""
    for day in (*year.off, *year.work):
        if day.year != number:
            raise CalendarError("table_wrong_year", f"{day} stands in the table of {number}", number, day.isoformat())
    for day in year.off & year.work:
        raise CalendarError("table_contradiction", f"{day} is both off and a workday", number, day.isoformat())


def check_hours(hours: Hours) -> None:
    """Refuse working hours that are empty, overlap or run backwards."""
    edges = [edge for block in hours for edge in block]
    if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
        raise CalendarError("hours_unordered", "working hours must be given in order, without overlap")


def _year(number: int, row: object) -> Year:
    if not isinstance(row, Mapping):
        raise CalendarError("table_incomplete", f"the table of {number} is not a mapping", number)
    _known(row, YEAR_KEYS, str(number))
    published, source = row.get("published"), row.get("source")
    if not isinstance(published, bool) or not source:
        raise CalendarError("table_incomplete", f"the table of {number} needs published and source", number)
    return Year(_days(number, row.get("off")), _days(number, row.get("work")), published, str(source))


def _days(number: int, written: object) -> frozenset[date]:
    if not isinstance(written, Sequence | None) or isinstance(written, str):
        raise CalendarError("table_unreadable", f"{number}: a list of days is needed, not {written!r}", number)
    days = [_day(number, str(text)) for text in written or ()]
    if len(set(days)) != len(days):
        raise CalendarError("table_contradiction", f"{number}: a day is listed twice", number)
    return frozenset(days)


def _day(number: int, text: str) -> date:
    try:
        return date.fromisoformat(f"{number:04}-{text}")
    except ValueError:
        raise CalendarError("table_unreadable", f"{number}: {text!r} is not a day (MM-DD)", number, text) from None


def _hours(written: object) -> Hours:
    blocks = [str(text).split("-") for text in written] if isinstance(written, Sequence) else []
    try:
        return tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in blocks)
    except ValueError:
        raise CalendarError("hours_unreadable", "hours are written 09:00-12:00", "hours") from None


def _known(row: Mapping[str, object], keys: frozenset[str], where: str) -> None:
    for key in row:
        if key not in keys:
            raise CalendarError("table_unknown_key", f"{where}: unknown key {key!r}", where, str(key))
