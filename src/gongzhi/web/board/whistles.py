"""吹哨报到: who was called, who came when. Organs in public; nobody who stood there is named."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.records.matters.models import Matter
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.page import community_of, show
from gongzhi.web.whistles import blown, standings, whistles_of

__all__ = ["whistles"]

PAGE, COUNTED = 20, 200  # shown on a page; the newest that the counts by organ look at


@requires("public")
@require_GET
def whistles(request: HttpRequest) -> HttpResponse:
    """Counts by organ first, then whistles, newest first."""
    place = community_of(request)
    rows = whistles_of(Matter.objects.filter(public=True, place__path__startswith=place.path))
    total, page = rows.count(), page_of(request)
    found = [blown(one) for one in rows[:COUNTED]]
    shown = found[(page - 1) * PAGE : page * PAGE]
    return show(
        request, "board/whistles.html", whistles=shown, standings=standings(found), page=page, total=total,
        pages=pages_of(min(total, COUNTED), PAGE),
    )  # fmt: skip
