"""地图: public matters by where their thing is, to a cell of some 100 m, with the same as a list beside it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.core.charter.spec import Charter
from gongzhi.desk.mapping import SHOWS, narrowed, of_public
from gongzhi.desk.propose import choosable
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.ground_queries import points_in, units_at
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.clock import now
from gongzhi.web.looking import rows_of
from gongzhi.web.map import map_of, with_tiles
from gongzhi.web.page import community_of, show
from gongzhi.web.portal.say import charter_here
from gongzhi.words.terms import Terms

__all__ = ["filters", "public_map", "source", "wanted_of"]

PAGE = 20


@requires("public")
@require_GET
def public_map(request: HttpRequest) -> HttpResponse:
    """The map and its list; the filters stand in the address."""
    community, at = community_of(request), now()
    charter = charter_here(community)
    wanted = wanted_of(request, charter)
    rows = narrowed(of_public(community), wanted["show"], wanted["category"], at)
    points = points_in(rows)
    total, page = points.count(), page_of(request)
    shown = list(points[(page - 1) * PAGE : page * PAGE])
    matters = Matter.objects.filter(pk__in=[one.matter_id for one in shown]).select_related("answers", "place")
    by_pk = {row.matter.pk: row for row in rows_of(list(matters), at)}
    return with_tiles(show(
        request, "board/map.html", wide=True, fields=filters(charter, wanted), wanted=wanted, total=total, page=page,
        pages=pages_of(total, PAGE), query=urlencode(wanted), without=rows.count() - total,
        rows=[(one, by_pk[one.matter_id]) for one in shown], units=list(units_at(community)),
        map=map_of(
            community, units=source("units", community.code), matters=source("matters", community.code, wanted),
            parts=source("parts", community.code),
        ),
    ))  # fmt: skip


def wanted_of(request: HttpRequest, charter: Charter) -> dict[str, str]:
    """The filters of the address, as far as they are known."""
    show, category = request.GET.get("show", ""), request.GET.get("category", "")
    return {
        "show": show if show in SHOWS else "open",
        "category": category if category in charter.categories else "",
    }


def source(name: str, code: str, wanted: dict[str, str] | None = None) -> str:
    """The address of one layer in the API."""
    return f"{reverse(f'api:map_{name}', args=[code])}?{urlencode({**(wanted or {}), 'limit': 2000})}"


def filters(charter: Charter, wanted: dict[str, str]) -> list[dict[str, Any]]:
    """The fields of the filter bar: which state, which category."""
    terms = Terms(charter)
    states = [("open", _("正在办")), ("late", _("已超时")), ("closed", _("办结")), ("all", _("全部"))]
    kinds = [("", _("全部")), *((one.name, terms.category(one.name)) for one in choosable(charter))]
    return [
        {"name": "show", "label": _("看哪些"), "value": wanted["show"], "options": _options(states)},
        {"name": "category", "label": _("哪一类"), "value": wanted["category"], "options": _options(kinds)},
    ]


def _options(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"value": value, "text": text} for value, text in pairs]
