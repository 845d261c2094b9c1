"""The four ways to get help, in the same place on every page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.web.access import requires
from gongzhi.web.page import community_of, show
from gongzhi.web.reach import reach_of

__all__ = ["help_page"]

PAGES = ("phone", "visit", "assisted", "complain")


@requires("public")
@require_GET
def help_page(request: HttpRequest, about: str) -> HttpResponse:
    """打电话, 到社区办, 请人代办, 对平台提意见."""
    if about not in PAGES:
        raise Http404(about)
    return show(request, f"portal/help_{about}.html", reach=reach_of(community_of(request)))
