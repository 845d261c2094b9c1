"""The open file of a place: everything needed to count every figure again without this program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.commitments import Indicator
from gongzhi.core.indicator.formula import formula_digest, formula_to
from gongzhi.desk.figures import Point, Shown, board
from gongzhi.records.figures import queries
from gongzhi.records.figures.queries import Sheet
from gongzhi.records.institutions.models import Place

__all__ = ["open_file"]


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
