"""评议结果: grades and sums of each side, never below five raters; advice of years in a row beside the law's grades."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.desk import reviews as desk
from gongzhi.records.reviews import queries
from gongzhi.records.reviews.models import ReviewRound
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.page import community_of, show
from gongzhi.words.reviews import advice_text
from gongzhi.words.terms import Terms

__all__ = ["board_reviews", "result_view"]

PAGE = 10


@requires("public")
@require_GET
def board_reviews(request: HttpRequest) -> HttpResponse:
    """Rounds that have ended, the latest first."""
    rows, page = queries.closed_in(community_of(request)), page_of(request)
    shown = [result_view(one) for one in rows[(page - 1) * PAGE : page * PAGE]]
    return show(request, "board/reviews.html", rows=shown, page=page, pages=pages_of(rows.count(), PAGE))


def result_view(found: ReviewRound) -> dict[str, Any]:
    """One round in the reader's language."""
    on = desk.setting_of(found)
    terms, rule = Terms(on.charter), on.rule.terms
    titles = {one.name: terms.text(one.title) for one in rule.grades}
    weights = {one.name: (terms.text(one.title), one.weight) for one in rule.groups}
    return {
        "round": found, "about": terms.holder(found.about) if found.about else "", "grade": titles.get(found.grade, ""),
        "mean": found.mean, "advice": advice_text(desk.advice_for(found)) if found.grade and found.about else "",
        "sides": [
            {"title": weights[side.group][0], "weight": weights[side.group][1], "raters": side.raters,
             "needed": side.needed,
             "table": [(titles[name], side.table.get(name, 0)) for name in titles] if side.table else []}
            for side in desk.sides(on)
        ],
    }  # fmt: skip
