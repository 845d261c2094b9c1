"""吹哨: the whistles running here, who has arrived, who is late, who may not leave; each leads to its matter."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.desk.mapping import narrowed, of_staff
from gongzhi.records.matters.models import Matter
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.whistles import Blown, blown, standings, whistles_of
from gongzhi.web.workbench.page import Desk, desk_of, show

__all__ = ["work_whistles"]

PAGE, READ = 20, 200  # shown on a page; the newest that are read for it
SHOWS = ("open", "late", "closed", "all")


@requires("staff")
@never_cache
@require_GET
def work_whistles(request: HttpRequest) -> HttpResponse:
    """Running whistles first seen; the filters stand in the address."""
    desk = desk_of(request)
    asked = _asked(request)
    found = [one for one in map(blown, _rows(desk, asked)[:READ]) if asked["show"] != "late" or one.late(desk.at)]
    page = page_of(request)
    states = [("open", _("正在办")), ("late", _("有单位没按时到")), ("closed", _("办结")), ("all", _("全部"))]
    return show(
        request, "whistles.html", total=len(found), page=page, pages=pages_of(len(found), PAGE), asked=asked,
        rows=[_row(desk, one) for one in found[(page - 1) * PAGE : page * PAGE]], standings=standings(found),
        query=urlencode(asked), full=len(found) == READ,
        fields=[
            {"name": "q", "label": _("编号或事项"), "value": asked["q"]},
            {"name": "show", "label": _("看哪些"), "value": asked["show"],
             "options": [{"value": value, "text": text} for value, text in states]},
        ],
    )  # fmt: skip


def _asked(request: HttpRequest) -> dict[str, str]:
    wanted = request.GET.get("show", "")
    return {"q": texts.clean_line(request.GET.get("q", ""))[:60], "show": wanted if wanted in SHOWS else "open"}


def _rows(desk: Desk, asked: dict[str, str]) -> QuerySet[Matter]:
    """Whistles that these offices may know of. Lateness is of the arrival, so it is looked for in what is read."""
    rows = of_staff(desk.place, desk.organs)
    rows = narrowed(rows, "all" if asked["show"] == "late" else asked["show"], "", desk.at)
    looked = Q(number__icontains=asked["q"]) | Q(subject__icontains=asked["q"])
    return whistles_of(rows.filter(looked) if asked["q"] else rows)


def _row(desk: Desk, one: Blown) -> dict[str, Any]:
    """`mine`: an office of the reader was called and has not come yet."""
    mine = {organ.organ for organ in desk.organs.values()}
    return {
        "one": one,
        "mine": any(call.state == "waiting" and call.organ in mine for call, _title in one.calls),
        "came": sum(call.state == "came" for call, _title in one.calls),
    }
