"""数说社区: every figure with its formula in words, its two numbers, target, course, and the file behind it."""

from __future__ import annotations

import json
from itertools import dropwhile
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.core.charter.spec import Charter
from gongzhi.core.indicator.formula import formula_digest
from gongzhi.core.indicator.target import read_target
from gongzhi.desk import figures as desk
from gongzhi.desk.figures import Point, Shown
from gongzhi.desk.figures_open import open_file
from gongzhi.records.figures import queries
from gongzhi.records.institutions.codes import paths_above
from gongzhi.web.access import requires
from gongzhi.web.board.trend import trend
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, show
from gongzhi.words.figures import PERIOD_WORDS, between, figure_text, formula_words, target_text, title_of, value_text
from gongzhi.words.terms import Terms

WIDE, HIGH = 640, 180  # of the chart on a figure's own page
__all__ = ["figure_page", "figure_view", "figures", "figures_json"]


def figure_view(one: Shown) -> dict[str, Any]:
    """One indicator for the page; nothing in it is about a person."""
    point = one.now
    return {
        "key": one.key,
        "title": title_of(one.indicator, one.title_of),
        "text": figure_text(one.indicator, point.figure),
        "has_value": point.figure.value is not None,
        "point": point_view(one, point),
        "running": point_view(one, one.running),
        "formula": formula_words(one.indicator, one.title_of),
        "target": target_text(one.indicator),
        "period": PERIOD_WORDS[one.indicator.period],
        "source": one.indicator.source or "",
        "answers": _organ(one, one.indicator.answers or (one.indicator.entered.by if one.indicator.entered else "")),
        "entered": one.indicator.entered is not None,
        "points": [point_view(one, each) for each in one.points],
        "trend": trend([each.figure.value for each in one.points]),
        "organs": [
            {"title": _organ(one, organ), "text": figure_text(one.indicator, found), "part": found.part,
             "whole": found.whole}
            for organ, found in one.organs
        ],
    }  # fmt: skip


def point_view(one: Shown, point: Point) -> dict[str, Any]:
    """One period: numbers, how sure they are, version."""
    found = point.figure
    low, high = between(one.indicator, found)
    return {
        "label": point.period.label, "text": figure_text(one.indicator, found), "part": found.part,
        "whole": found.whole, "value": value_text(one.indicator, found.value), "met": found.met,
        "version": point.version,
        "digest": formula_digest(point.formula)[:8] if point.formula else "", "entry": point.entry,
        "low": low, "high": high,
    }  # fmt: skip


def _organ(one: Shown, organ: str) -> str:
    return Terms(one.title_of).organ(organ) if one.title_of and organ else organ


@requires("public")
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """All figures of the community."""
    place = community_of(request)
    told = desk.board(place, now())
    rows = [figure_view(one) for one in told.shown]
    return show(request, "board/figures.html", rows=rows, until=told.until)


def _named(row: dict[str, Any], charters: list[Charter]) -> dict[str, Any]:
    """Organs of house formulas get their title from whichever charter knows them."""
    for organ in row["organs"]:
        known = next((charter for charter in charters if organ["title"] in charter.organs), None)
        organ["title"] = Terms(known).organ(organ["title"]) if known else organ["title"]
    return row


@requires("public")
@require_GET
def figure_page(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: every period with its version, every entry with its corrections, by organ, and what offices say."""
    place = community_of(request)
    told = desk.board(place, now(), key)
    if not told.shown:
        raise Http404("no such figure here")
    one = told.shown[0]
    charters = [one.title_of] if one.title_of else desk.charters_here(place, now())
    appeals = [row for row in queries.appeals_of(place) if f"{row.charter}.{row.indicator}" == key]
    versions = list(queries.versions_of(paths_above(place.path), one.charter, one.indicator.name)[:60])
    view = _named(figure_view(one), charters) | {"chart": _chart(one)}
    return show(request, "board/figure.html", row=view, until=told.until, appeals=appeals,
                versions=[] if _hides(one) else versions)  # fmt: skip


def _chart(one: Shown) -> dict[str, Any] | None:
    """The course drawn large, with its target; the table beside it says the same in numbers."""
    goal = read_target(one.indicator.target).value if one.indicator.target else None
    points = list(dropwhile(lambda each: each.figure.value is None, one.points))
    drawn = trend([each.figure.value for each in points], goal, WIDE, HIGH)
    known = [each.period.label for each in points if each.figure.value is not None]
    if drawn is None:
        return None
    ends = {"lowest": drawn.lowest, "highest": drawn.highest}
    said = {name: value_text(one.indicator, value) for name, value in ends.items()}
    return {"drawn": drawn, "first": known[0], "last": known[-1], **said}


def _hides(one: Shown) -> bool:
    """Versions show raw numbers; where cells can be hidden the list of them is not shown."""
    return bool(one.indicator.entered and one.indicator.entered.of_people)


@requires("public")
@require_GET
def figures_json(request: HttpRequest) -> HttpResponse:
    """The open file: tallies, formulas, figures. `gongzhi indicators recompute figures.json` counts them again."""
    place = community_of(request)
    told = json.dumps(open_file(place, now()), ensure_ascii=False, indent=1)
    response = HttpResponse(told, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="figures.json"'
    return response
