"""每日摘要: one page a day that covers every act, for anybody to keep. A changed log no longer fits it."""

from __future__ import annotations

from datetime import date

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.records.matters.digests import folder, publish
from gongzhi.records.matters.models import DailyDigest
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.page import show

__all__ = ["digest_file", "digests"]

PAGE = 31


@requires("public")
@require_GET
def digests(request: HttpRequest) -> HttpResponse:
    """All pages, newest first."""
    rows = DailyDigest.objects.order_by("-day").defer("heads")
    total, page = rows.count(), page_of(request)
    shown = list(rows[(page - 1) * PAGE : page * PAGE])
    return show(request, "board/digests.html", digests=shown, page=page, pages=pages_of(total, PAGE))


@requires("public")
@require_GET
def digest_file(request: HttpRequest, day: str) -> HttpResponse | FileResponse:
    """The page of a day as it was published (JSON)."""
    try:
        found = DailyDigest.objects.filter(day=date.fromisoformat(day)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404("no page of this day")
    path = folder() / f"{found.day.isoformat()}.json"
    return FileResponse((path if path.exists() else publish(found)).open("rb"), content_type="application/json")
