"""Figures of a community for every face: from the rollups and the formulas in force, in a handful of queries.

A figure of a period uses the formula in force when the period began, so a new formula never rewrites the past.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from gongzhi.core.calendar import CHINA, Span, in_china
from gongzhi.core.charter.commitments import Indicator
from gongzhi.core.charter.spec import Charter
from gongzhi.core.indicator.figure import Figure, figure
from gongzhi.core.indicator.formula import formula_digest, formula_to
from gongzhi.core.indicator.house import HOUSE
from gongzhi.core.indicator.periods import PERIODS, Period, period_of, periods_back
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import calendars
from gongzhi.records.figures import actions, queries
from gongzhi.records.figures.models import EnteredFigure, FigureAppeal
from gongzhi.records.figures.queries import InForce, Sheet
from gongzhi.records.institutions.codes import paths_above
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.institutions.queries import charter_of
from gongzhi.records.people.models import Person, SeatTerm

BACK = 12  # periods shown
EVERYWHERE = ""  # the charter of a house formula: all charters of the place together
ANSWER_WITHIN = Span(5, "wd")  # for an appeal of a figure; our choice


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a trend: its figure by the formula then in force, and the entry it rests on."""

    period: Period
    figure: Figure
    formula: Indicator | None
    version: int
    entry: EnteredFigure | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One indicator at a place. `points` are oldest first and end with the last period that is over."""

    charter: str
    title_of: Charter | None
    indicator: Indicator
    points: Sequence[Point]
    running: Point
    organs: Sequence[tuple[str, Figure]]

    @property
    def key(self) -> str:
        return f"{self.charter or '-'}.{self.indicator.name}"

    @property
    def now(self) -> Point:
        return self.points[-1]


@dataclass
class Board:
    """All figures of a place."""

    shown: list[Shown]
    until: datetime | None


def board(place: Place, at: datetime, only: str = "") -> Board:
    """Every figure of a place with its last periods; `only` one key. The number of queries does not grow with acts."""
    today = in_china(at).date()
    force = queries.in_force(place, paths_above(place.path))
    told = list(_all(force, at))
    widest = max((one.period for _, one in told), key=PERIODS.__getitem__)
    first = periods_back(period_of(today, widest), BACK + 1)[0].first
    sheet = queries.sheet(place, first, today)
    entries = queries.entered_in(place, first, today)
    found = []
    for charter, indicator in told:
        name = charter.name if charter else EVERYWHERE
        if only in ("", f"{name or '-'}.{indicator.name}"):
            found.append(_shown(charter, indicator, force, sheet, entries, today))
    return Board(found, queries.counted_until())


def _all(force: InForce, at: datetime) -> Iterator[tuple[Charter | None, Indicator]]:
    yield from ((None, indicator) for indicator in HOUSE.values())
    for name in sorted(force.spans):
        version = force.at(name, at, at + timedelta(seconds=1))
        if version is not None:
            charter = charter_of(version)
            yield from ((charter, indicator) for indicator in charter.indicators.values())


def _shown(
    charter: Charter | None, indicator: Indicator, force: InForce, sheet: Sheet, entries: Any, today: date
) -> Shown:
    running = period_of(today, indicator.period)
    line = [_point(charter, indicator, one, force, sheet, entries) for one in periods_back(running, BACK + 1)]
    name = charter.name if charter else EVERYWHERE
    organs = []
    if indicator.entered is None:
        period = line[-2].period
        for organ in sheet.organs(name, period):
            organs.append((organ, figure(indicator, sheet.counted(name, indicator, period, organ))))
    return Shown(name, charter, indicator, line[:-1], line[-1], organs)


def _point(
    charter: Charter | None, now: Indicator, period: Period, force: InForce, sheet: Sheet, entries: Any
) -> Point:
    if charter is None:
        return Point(period, figure(now, sheet.counted(EVERYWHERE, now, period)), now, 1)
    start, end = (datetime.combine(day, time(), CHINA) for day in (period.first, period.last + timedelta(days=1)))
    version = force.at(charter.name, start, end)
    then = charter_of(version).indicators.get(now.name) if version else None
    if version is None or then is None or then.period != now.period:
        return Point(period, Figure(why="no_formula"), None, 0)
    if then.entered is not None:
        entry = entries.get((charter.name, now.name, period.first))
        return Point(period, queries.figure_of_entry(then, entry), then, version.version, entry)
    return Point(period, figure(then, sheet.counted(charter.name, then, period)), then, version.version)


# --- what anybody can count again ---


def open_file(place: Place, at: datetime) -> dict[str, Any]:
    """Everything needed to count every figure again without this program: tallies, formulas, figures."""
    shown = board(place, at)
    first = min((one.points[0].period.first for one in shown.shown), default=in_china(at).date())
    told = [(one, point, point.formula) for one in shown.shown for point in one.points]
    formulas = {formula_digest(formula): formula_to(formula) for _one, _point, formula in told if formula}
    return {
        "place": place.code,
        "counted_until": shown.until.isoformat() if shown.until else None,
        "tallies": list(_tally_rows(queries.sheet(place, first, in_china(at).date()))),
        "formulas": formulas,
        "figures": [_figure_row(one, point, formula) for one, point, formula in told if formula],
    }


def _tally_rows(sheet: Sheet) -> Iterator[list[Any]]:
    for (charter, month), rows in sorted(sheet.rows.items()):
        for procedure, organ, (name, kind, hours), n in sorted(rows):
            yield [charter, month.isoformat(), procedure, organ, name, kind, hours, n]


def _figure_row(one: Shown, point: Point, formula: Indicator) -> dict[str, Any]:
    found = point.figure
    return {
        "charter": one.charter, "indicator": one.indicator.name, "first": point.period.first.isoformat(),
        "months": point.period.months, "formula": formula_digest(formula), "part": found.part, "whole": found.whole,
        "value": str(found.value) if found.value is not None else None, "why": found.why, "met": found.met,
    }  # fmt: skip


# --- what offices enter ---


def signing(person: Person, place: Place, charter: Charter, indicator: Indicator, at: datetime) -> SeatTerm | None:
    """The seat by which somebody signs this figure here: of the organ the formula names, whose area holds the place."""
    if indicator.entered is None:
        return None
    seats = person.seats(at).select_related("organ_instance__place").order_by("pk")
    fits = (
        seat for seat in seats
        if seat.organ_instance.organ == indicator.entered.by and seat.organ_instance.charter == charter.name
        and place.path.startswith(seat.organ_instance.place.path)
    )  # fmt: skip
    return next(fits, None)


def enter(
    person: Person, place: Place, charter: Charter, name: str, period: Period, typed: actions.Typed, now: datetime
) -> EnteredFigure:
    """Store what the person's office answers for. Raises Refused `unknown_indicator`, `not_your_figure`, and more."""
    indicator = charter.indicators.get(name)
    if indicator is None:
        raise Refused("unknown_indicator")
    seat = signing(person, place, charter, indicator, now)
    if seat is None:
        raise Refused("not_your_figure")
    signed = actions.Signed(seat.organ_instance, seat.seat, person.digest)
    return actions.enter(place, charter.name, indicator, period, typed, signed, now)


def appeal(place: Place, key: str, period: Period, organ: OrganInstance, reason: str, now: datetime) -> FigureAppeal:
    """An office says that a figure about it is wrong; the answer is due in five working days."""
    charter, _dot, indicator = key.partition(".")
    calendar, _digest = calendars.current()
    due = calendar.add(now, ANSWER_WITHIN).at
    return actions.appeal(place, charter, indicator, period, organ, reason, now, due)
