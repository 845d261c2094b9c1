"""巡查报上来的: what patrols reported, by unit, class and time. Who walked there is not known here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.desk.mapping import of_staff
from gongzhi.records.institutions.queries import places_in
from gongzhi.records.patrols.reports import Report, reports_in
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.workbench.map import community_at
from gongzhi.web.workbench.page import Desk, desk_of, show
from gongzhi.web.workbench.today import categories

__all__ = ["work_patrols"]

PAGE = 50
DAYS = {"1": 1, "7": 7, "30": 30}
STATES = ("filed", "joined")


@requires("staff")
@never_cache
@require_GET
def work_patrols(request: HttpRequest) -> HttpResponse:
    """One page of the reports, newest first; the filters stand in the address."""
    desk = desk_of(request)
    kinds, units = dict(categories(desk)), list(places_in(community_at(desk)).order_by("code"))
    asked = _asked(request, kinds, [one.code for one in units])
    rows = _found(desk, asked)
    counts = rows.order_by().aggregate(total=Count("pk"), joined=Count("pk", filter=Q(state="joined")))
    page = page_of(request)
    return show(
        request, "patrol_reports.html", page=page, pages=pages_of(counts["total"], PAGE), query=urlencode(asked),
        rows=[_row(one, kinds) for one in rows[(page - 1) * PAGE : page * PAGE]], **counts,
        narrowed=any(asked.values()), fields=_fields(asked, kinds, [(one.code, one.name) for one in units]),
    )  # fmt: skip


def _asked(request: HttpRequest, kinds: dict[str, str], units: list[str]) -> dict[str, str]:
    known = {"unit": units, "category": list(kinds), "state": STATES, "days": list(DAYS)}
    asked = {name: value for name, values in known.items() if (value := request.GET.get(name, "")) in values}
    return {name: asked.get(name, "") for name in known} | {"q": texts.clean_line(request.GET.get("q", ""))[:60]}


def _found(desk: Desk, asked: dict[str, str]) -> QuerySet[Report]:
    """Reports whose matters these offices may know of."""
    here = community_at(desk)
    seen = of_staff(here, desk.organs).order_by().values("pk")
    rows = reports_in(here).filter(matter__in=seen)
    if asked["unit"]:
        rows = rows.filter(place__code=asked["unit"])
    if asked["category"]:
        rows = rows.filter(category=asked["category"])
    if asked["state"]:
        rows = rows.filter(state=asked["state"])
    if asked["days"]:
        rows = rows.filter(received_at__gte=desk.at - timedelta(days=DAYS[asked["days"]]))
    looked = Q(matter__number__icontains=asked["q"]) | Q(spot__icontains=asked["q"]) | Q(part__code=asked["q"])
    return rows.filter(looked) if asked["q"] else rows


def _row(one: Report, kinds: dict[str, str]) -> dict[str, Any]:
    """`delay`: minutes between the finding and its arrival here, where a net was missing on the way."""
    return {
        "report": one,
        "category": kinds.get(one.category, one.category),
        "delay": int((one.received_at - one.found_at).total_seconds() // 60),
        "corrected": one.found_how == "corrected",
        "unsure": one.found_how == "on_receipt" and one.phone_said is not None,
    }


def _fields(asked: dict[str, str], kinds: dict[str, str], units: list[tuple[str, str]]) -> list[dict[str, Any]]:
    everything = ("", _("全部"))
    choices = {
        "unit": (_("哪个网格"), [everything, *units]),
        "category": (_("哪一类"), [everything, *kinds.items()]),
        "state": (_("怎么收的"), [everything, ("filed", _("新立一件")), ("joined", _("合并到已有的"))]),
        "days": (_("多久以来"), [everything, ("1", _("一天")), ("7", _("七天")), ("30", _("三十天"))]),
    }
    found: list[dict[str, Any]] = [{"name": "q", "label": _("编号、位置或部件编码"), "value": asked["q"]}]
    for name, (label, pairs) in choices.items():
        options = [{"value": value, "text": text} for value, text in pairs]
        found.append({"name": name, "label": label, "value": asked[name], "options": options})
    return found
