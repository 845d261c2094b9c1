"""地图 for staff: the matters they may know of where their things are, with grids, parts and heat."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.desk import calendars
from gongzhi.desk.mapping import SHOWS, narrowed, of_staff
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import line_of
from gongzhi.records.patrols.ground_queries import points_in
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.map import map_of, with_tiles
from gongzhi.web.workbench.page import Desk, desk_of, show
from gongzhi.web.workbench.rows import row_of_matter
from gongzhi.web.workbench.today import categories

__all__ = ["community_at", "layer", "may_change", "work_map"]

PAGE = 50


def community_at(desk: Desk) -> Place:
    """The community of the desk: where it works or what that lies in; above communities the place itself."""
    return next((place for place in line_of(desk.place) if place.level == "community"), desk.place)


def may_change(desk: Desk) -> bool:
    """Grids and parts are kept by who works for the whole community, not by who works for an estate in it."""
    here = community_at(desk)
    return any(here.path.startswith(organ.place.path) for organ in desk.organs.values())


def layer(name: str, place: Place, **asked: str) -> str:
    """The address of one layer of the map in the API."""
    return f"{reverse(f'api:map_{name}', args=[place.code])}?{urlencode({**asked, 'limit': 2000})}"


@requires("staff")
@never_cache
@require_GET
def work_map(request: HttpRequest) -> HttpResponse:
    """The map, and the same as a list; the filters stand in the address."""
    desk = desk_of(request)
    here, kinds = community_at(desk), categories(desk)
    asked = {name: request.GET.get(name, "") for name in ("show", "category")}
    asked["show"] = asked["show"] if asked["show"] in SHOWS else "open"
    asked["category"] = asked["category"] if asked["category"] in dict(kinds) else ""
    points = points_in(narrowed(of_staff(here, desk.organs), asked["show"], asked["category"], desk.at))
    total, page = points.count(), page_of(request)
    calendar, _digest = calendars.current()
    shown = list(points[(page - 1) * PAGE : page * PAGE])
    states = [("open", _("正在办")), ("late", _("已超时")), ("closed", _("办结")), ("all", _("全部"))]
    fields = [("show", _("看哪些"), states), ("category", _("哪一类"), [("", _("全部")), *kinds])]
    return with_tiles(show(
        request, "map.html", total=total, page=page, pages=pages_of(total, PAGE), query=urlencode(asked),
        rows=[(one, row_of_matter(one.matter, desk.at, calendar)) for one in shown],
        fields=[
            {"name": name, "label": label, "value": asked[name], "options": [{"value": v, "text": t} for v, t in pairs]}
            for name, label, pairs in fields
        ],
        map=map_of(here, units=layer("units", here), matters=layer("work", here, **asked), parts=layer("parts", here)),
    ))  # fmt: skip
