"""立项 for staff: start a plan of the charter for one year; each task that may be done becomes a matter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.calendar import in_china
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import plans as desk
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.records.institutions.served import communities
from gongzhi.web.access import requires
from gongzhi.web.workbench.page import Desk, desk_of, new_key, show
from gongzhi.words.terms import Terms

__all__ = ["plan_start", "work_plans"]


@requires("staff")
@never_cache
@require_GET
def work_plans(request: HttpRequest) -> HttpResponse:
    """Plans of the place with how many tasks are under way, and a form where the reader's organ may start one."""
    return _page(request)


def _page(request: HttpRequest, error: str = "") -> HttpResponse:
    here = desk_of(request)
    year = in_china(here.at).date().year
    return show(
        request, "plans.html", 422 if error else 200, key=new_key(), rows=_rows(here, year), year=year,
        years=[year, year + 1], errors=[{"text": error, "href": ""}] if error else [],
        started=request.GET.get("started", ""),
    )  # fmt: skip


def _rows(here: Desk, year: int) -> list[dict[str, Any]]:
    found = []
    for place in communities(here.at):
        version = charter_for(place, here.at) if place.path.startswith(here.place.path) else None
        charter = charter_of(version) if version else None
        if charter is None or not charter.plans:
            continue
        cards, terms = desk.board(place, here.at, year), Terms(charter)
        for plan in charter.plans.values():
            files = charter.procedures[plan.procedure].files
            mine = next((one.organ for one in here.organs.values() if one.organ in files), "")
            own = [card for card in cards if card.plan.name == plan.name]
            found.append({
                "plan": plan.name, "title": terms.text(plan.title), "place": place, "organ": mine, "all": len(own),
                "open": sum(card.matter is not None for card in own),
                "locked": sum(card.state == "locked" for card in own),
            })  # fmt: skip
    return found


@requires("staff")
@require_POST
def plan_start(request: HttpRequest, place: str, plan: str) -> HttpResponse:
    """The desk asks who may file, and opens only what is missing."""
    here = desk_of(request)
    wanted = next((one for one in communities(here.at) if one.code == place), None)
    text = request.POST.get("year", "")
    if wanted is None or not (text.isascii() and text.isdecimal() and len(text) == 4):
        return _page(request, _("请选一年"))
    key = request.POST.get("idempotency_key", "")[:40]
    try:
        done = desk.start(wanted, plan, int(text), request.POST.get("organ", "")[:60], here.person, here.at, key)
    except Refused as refused:
        return _page(request, _why(refused))
    return redirect(f"{reverse('work_plans')}?started={len(done)}")


def _why(refused: Refused) -> str:
    known = {
        "not_filer": _("您的单位不能给这个计划立项。请由牵头督办的单位来做。"),
        "plan_started": _("刚才有人已经立项。请刷新看最新情况。"),
    }
    return known.get(refused.code, _("现在不能立项。请刷新看最新情况。"))
