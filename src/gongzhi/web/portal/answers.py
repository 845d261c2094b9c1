"""常见问答: what has been answered before, searched in one's own words."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.records.knowledge.answers import fitting, published
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.page import community_of, show

__all__ = ["public_answers"]

PAGE, FOUND = 20, 10


@requires("public")
@require_GET
def public_answers(request: HttpRequest) -> HttpResponse:
    """Without a question: what helped most. With one (`q`): what fits it, the best first."""
    q, page = texts.clean_line(request.GET.get("q", "")), page_of(request)
    rows = published(community_of(request))
    found = fitting(community_of(request), q, most=FOUND) if q else rows[(page - 1) * PAGE : page * PAGE]
    return show(
        request, "portal/answers.html", rows=found, q=q, page=page, query=urlencode({"q": q}),
        pages=1 if q else pages_of(rows.count(), PAGE), fields=[{"name": "q", "label": _("您想问什么？"), "value": q}],
    )  # fmt: skip
