"""归类提议: what the installation has learned from its finished matters, how good it is, and switching it off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from gongzhi.desk import learning
from gongzhi.web.access import requires
from gongzhi.web.workbench.page import new_key, show

__all__ = ["routing"]


@requires("staff")
@never_cache
def routing(request: HttpRequest) -> HttpResponse:
    """GET: what was learned. POST `use` on or off: proposals by what was learned, or by the charter's words only."""
    if request.method == "POST":
        learning.switch(request.POST.get("use") == "on")
        return redirect("work_routing")
    return show(request, "routing.html", about=learning.about(), key=new_key(), enough=learning.ENOUGH)
