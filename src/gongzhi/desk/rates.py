"""响应率、解决率、满意率: the three rates of a place by month, of one office or of all, by the formulas in force.

A charter says what each of them is with an indicator of that name; where it is silent the house formulas stand in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.commitments import Indicator
from gongzhi.core.charter.spec import Charter
from gongzhi.core.indicator.figure import Figure, figure
from gongzhi.core.indicator.periods import Period
from gongzhi.desk.figures import EVERYWHERE, Point, Shown, board, key_of
from gongzhi.records.figures import queries
from gongzhi.records.figures.queries import Cell, Sheet
from gongzhi.records.institutions.models import Place

__all__ = ["RATES", "Rate", "Rates", "rates"]

RATES = {"response": "house_answered", "solution": "house_solved", "satisfaction": "house_content"}


@dataclass(frozen=True, slots=True)
class Rate:
    """One of the three. `months`: oldest first, the last one still running; `span`: all of them together."""

    name: str
    charter: Charter | None
    indicator: Indicator
    months: tuple[tuple[Period, Figure], ...]
    span: Figure
    organs: tuple[tuple[str, Figure], ...]

    @property
    def key(self) -> str:
        return key_of(self.charter, self.indicator)


@dataclass(frozen=True, slots=True)
class Rates:
    """`organs`: those of which anything was counted, the filter's choices. `until`: how far the counts reach."""

    rows: tuple[Rate, ...]
    organs: tuple[str, ...]
    until: datetime | None


def rates(place: Place, at: datetime, months: int, organ: str = "") -> Rates:
    """The rates of the last months, of all offices or of one. The number of queries does not grow with matters."""
    told = board(place, at)
    chosen = [(name, one) for name, house in RATES.items() if (one := _of(told.shown, name, house))]
    points = {name: [*one.points, one.running][-months:] for name, one in chosen}
    first = min((line[0].period.first for line in points.values()), default=in_china(at).date())
    sheet = queries.sheet(place, first, in_china(at).date(), _names(points.values()))
    rows = tuple(_rate(name, one, points[name], sheet, organ) for name, one in chosen)
    return Rates(rows, tuple(sorted({by for row in rows for by, _figure in row.organs})), told.until)


def _of(shown: Sequence[Shown], name: str, house: str) -> Shown | None:
    """The charter's own formula where it has one, else the house's."""
    own = next((one for one in shown if one.charter and one.indicator.name == name), None)
    return own or next((one for one in shown if not one.charter and one.indicator.name == house), None)


def _names(lines: object) -> set[str]:
    formulas = [point.formula for line in lines for point in line if point.formula]  # type: ignore[attr-defined]
    return {name for one in formulas for name in (one.part, one.whole) if name}


def _rate(name: str, one: Shown, points: Sequence[Point], sheet: Sheet, organ: str) -> Rate:
    where = one.charter or EVERYWHERE
    months = tuple((point.period, _figure(where, point, sheet, organ)) for point in points)
    everybody = sorted({by for point in points for by in sheet.organs(where, point.period)})
    organs = tuple((by, found) for by in everybody if (found := _span(where, points, sheet, by)).whole)
    return Rate(name, one.title_of, one.indicator, months, _span(where, points, sheet, organ), organs)


def _figure(where: str, point: Point, sheet: Sheet, organ: str) -> Figure:
    if point.formula is None:
        return Figure(why="no_formula")
    return figure(point.formula, sheet.counted(where, point.formula, point.period, organ or None))


def _span(where: str, points: Sequence[Point], sheet: Sheet, organ: str) -> Figure:
    """All months together, by the newest formula: sums are divided, never rates averaged."""
    formula = points[-1].formula
    if formula is None:
        return Figure(why="no_formula")
    counted: Counter[Cell] = Counter()
    for point in points:
        counted.update(sheet.counted(where, formula, point.period, organ or None))
    return figure(formula, counted)
