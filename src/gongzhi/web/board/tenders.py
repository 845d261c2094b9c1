"""公开栏上的招标: what is bought, until when bids are taken, who offered what, who was chosen."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.records.matters.queries import by_number
from gongzhi.records.projects.tender_queries import published_in
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, show
from gongzhi.web.tenders import Shown, has_tender, shown

__all__ = ["tender", "tenders"]

PAGE = 20


@requires("public")
@require_GET
def tenders(request: HttpRequest) -> HttpResponse:
    """Calls of this place, the latest hour first. `state` open: bids are still taken; done: not any more."""
    at, state, page = now(), request.GET.get("state", ""), page_of(request)
    rows = published_in(community_of(request).path)
    rows = {"open": rows.filter(closes_at__gte=at), "done": rows.filter(closes_at__lt=at)}.get(state, rows)
    total = rows.count()
    told = [Shown(one.matter, one, at) for one in rows[(page - 1) * PAGE : page * PAGE]]
    return show(request, "board/tenders.html", rows=told, page=page, pages=pages_of(total, PAGE), state=state)


@requires("public")
@require_GET
def tender(request: HttpRequest, number: str) -> HttpResponse:
    """One tender. Bids appear after the opening; how many there are is told by nobody before (招标投标法 22)."""
    matter = by_number(number)
    if matter is None or not matter.public or not has_tender(matter):
        raise Http404("no such tender")
    return show(request, "board/tender.html", one=shown(matter, now()), matter=matter)
