"""归类提议: what the installation has learned from its finished matters, how good it is, and switching it off."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import learning, switching
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.workbench.page import desk_of, new_key, show

__all__ = ["routing"]

SHOWN = 20  # changes on the page


@requires("staff")
@never_cache
def routing(request: HttpRequest) -> HttpResponse:
    """GET: what was learned. POST `use` on or off, with `why`: by what was learned, or by the charter's words only."""
    desk, why, error = desk_of(request), "", ""
    if request.method == "POST":
        why = texts.clean_line(request.POST.get("why", ""))
        try:
            switching.switch_proposals(desk.person, request.POST.get("use") == "on", why, desk.at)
            return redirect("work_routing")
        except Refused as refused:
            if refused.code == "not_adopter":
                raise PermissionDenied("the charter names who changes settings") from refused
            error = _("请写为什么，会留在下面的记录里")
    return show(
        request, "routing.html", 422 if error else 200, about=learning.about(), key=new_key(), enough=learning.ENOUGH,
        may=switching.may_switch(desk.person, desk.at), changes=switching.changes(switching.PROPOSALS)[:SHOWN],
        why=why, error=error, errors=[{"text": error, "href": "#why"}] if error else [],
    )  # fmt: skip
