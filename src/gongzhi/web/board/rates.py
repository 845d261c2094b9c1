"""三率: how many were answered, solved and content, by month and by office; sums are divided, rates never averaged."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.core.indicator.figure import Figure
from gongzhi.desk.figures import charters_here
from gongzhi.desk.rates import Rate, rates
from gongzhi.web.access import requires
from gongzhi.web.board.trend import trend
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, show
from gongzhi.words.figures import figure_text, formula_words, title_of
from gongzhi.words.terms import Terms

__all__ = ["board_rates"]

MONTHS = ("3", "6", "12")


@requires("public")
@require_GET
def board_rates(request: HttpRequest) -> HttpResponse:
    """The three rates with their course; the filters stand in the address."""
    place, at = community_of(request), now()
    wanted = request.GET.get("months", "")
    months = int(wanted) if wanted in MONTHS else 12
    charters, organ = charters_here(place, at), request.GET.get("organ", "")
    asked = organ if any(organ in one.organs for one in charters) else ""
    found = rates(place, at, months, asked)
    titles = _titles(charters, [asked, *found.organs])
    return show(
        request, "board/rates.html", rows=[_row(one, titles) for one in found.rows], until=found.until, wide=True,
        months=[period.label for period, _figure in found.rows[0].months] if found.rows else [],
        asked=titles.get(asked, ""), organs=_by_organ(found.rows, titles),
        fields=[
            _choice("organ", _("哪个单位"), asked, [("", _("全部")), *titles.items()]),
            _choice("months", _("多久"), str(months), [(one, _("%(n)s个月") % {"n": one}) for one in MONTHS]),
        ],
    )  # fmt: skip


def _choice(name: str, label: str, value: str, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    options = [{"value": key, "text": text} for key, text in pairs]
    return {"name": name, "label": label, "value": value, "options": options}


def _titles(charters: list[Any], organs: list[str]) -> dict[str, str]:
    """Offices by the title that the first charter here knows them by."""
    found = {}
    for organ in organs:
        charter = next((one for one in charters if organ in one.organs), None)
        if charter is not None:
            found[organ] = Terms(charter).organ(organ)
    return found


def _row(one: Rate, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "title": title_of(one.indicator, one.charter),
        "key": one.key,
        "formula": formula_words(one.indicator, one.charter),
        "span": _told(one, one.span),
        "months": [_told(one, figure) for _period, figure in one.months],
        "trend": trend([figure.value for _period, figure in one.months]),
    }


def _told(one: Rate, figure: Figure) -> dict[str, Any]:
    known = figure.value is not None
    return {"text": figure_text(one.indicator, figure), "part": figure.part, "whole": figure.whole, "known": known}


def _by_organ(rows: tuple[Rate, ...], titles: dict[str, str]) -> list[dict[str, Any]]:
    """One line for each office with its three rates over all the months."""
    by_rate, nothing = [(one, dict(one.organs)) for one in rows], Figure(why="no_whole")
    return [
        {"title": title, "rates": [_told(one, found.get(organ, nothing)) for one, found in by_rate]}
        for organ, title in titles.items()
        if any(organ in found for _one, found in by_rate)
    ]
