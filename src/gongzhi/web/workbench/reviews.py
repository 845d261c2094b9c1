"""评议 for staff: how far each side has come, and after it is unsealed what was written, without names."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.desk import reviews as desk
from gongzhi.records.reviews import queries
from gongzhi.records.reviews.models import ReviewRound
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.board.reviews import views_of
from gongzhi.web.workbench.page import desk_of, show

__all__ = ["work_reviews"]

PAGE = 10


@requires("staff")
@never_cache
@require_GET
def work_reviews(request: HttpRequest) -> HttpResponse:
    """Rounds that the reader's organs hold, or have to respond to, where one may ask for another look."""
    rows, page = queries.of_organs(desk_of(request).organs), page_of(request)
    here = list(rows[(page - 1) * PAGE : page * PAGE])
    organs = desk_of(request).organs
    shown = [{**_view(one, view), "mine": bool(one.grade) and one.matter.answers_id in organs}
             for one, view in zip(here, views_of(here), strict=True)]  # fmt: skip
    return show(request, "reviews.html", rows=shown, page=page, pages=pages_of(rows.count(), PAGE))


def _view(found: ReviewRound, view: dict[str, Any]) -> dict[str, Any]:
    enough = {side.group for side in desk.sides(desk.setting_of(found)) if side.raters >= desk.LEAST}
    words = [one.text for one in found.words.order_by("group", "pk") if one.group in enough]
    return {**view, "words": sorted(words) if found.status == "revealed" else []}
