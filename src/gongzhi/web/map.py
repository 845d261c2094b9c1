"""What every page with a map has in common: its frame, its sources, its words, and a policy that lets its tiles in."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db.models import Max, Min
from django.http import HttpResponse
from django.utils.translation import gettext as _
from shapely import union_all

from gongzhi.core.ground.shapes import read_area
from gongzhi.core.ground.shift import Point
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.ground_queries import CELL, Frame, parts_in, units_at
from gongzhi.records.patrols.units import MatterPoint

__all__ = ["frame_of", "map_of", "read_point", "with_tiles"]

CHINA: Frame = (73.5, 18.0, 135.1, 53.6)
MARGIN = 2 * CELL


def frame_of(place: Place) -> Frame:
    """What the map shows first: the units of a place, else its points and parts, else the whole country."""
    areas = [read_area(json.loads(row.geometry)) for row in units_at(place)]
    if areas:
        west, south, east, north = union_all(areas).bounds
        return west, south, east, north
    frames = [
        rows.aggregate(west=Min("x"), south=Min("y"), east=Max("x"), north=Max("y"))
        for rows in (_points(place), parts_in(place).order_by())
    ]
    known = [one for one in frames if one["west"] is not None]
    if not known:
        return CHINA
    west, south = (min(one[name] for one in known) - MARGIN for name in ("west", "south"))
    east, north = (max(one[name] for one in known) + MARGIN for name in ("east", "north"))
    return west, south, east, north


def _points(place: Place) -> Any:
    matters = Matter.objects.filter(place__path__startswith=place.path)
    return MatterPoint.objects.filter(matter__in=matters.values("pk"))


def map_of(place: Place, **sources: str) -> dict[str, Any]:
    """The attributes that assets/js/map.js reads; `sources` are addresses of GeoJSON by layer."""
    tiles = settings.GONGZHI_MAP
    return {
        "place": place.code,
        "frame": ",".join(f"{value:.6f}" for value in frame_of(place)),
        "sources": sources,
        "tiles": tiles.address,
        "credit": tiles.credit,
        "shift": tiles.shift,
        "words": json.dumps(_words(), ensure_ascii=False),
    }


def _words() -> dict[str, str]:
    return {
        "map": _("地图。方向键移动，加号、减号缩放；旁边的列表有同样的内容"),
        "late": _("已超时"), "open": _("正在办"), "closed": _("办结"),
        "people": _("常住约{people}人"), "answers": _("由{who}负责"), "owner": _("权属：{who}"),
        "corners": _("已点{n}个角，至少要3个"),
        "here": _("已标：{name}（{detail}）"), "marked": _("已标位置：{detail}"),
        "failed": _("地图数据没有取到，请看列表"), "more": _("点太多，只画了一部分；请放大或筛选"), "read": _("查看"),
    }  # fmt: skip


def with_tiles(response: HttpResponse) -> HttpResponse:
    """The same answer, allowed to fetch the tiles that the settings name; without tiles nothing changes."""
    if settings.GONGZHI_MAP.address:
        response.headers["Content-Security-Policy"] = settings.GONGZHI_MAP.policy
    return response


def read_point(text: str) -> Point | None:
    """`east,north` in degrees as the map writes it; None for anything else."""
    try:
        east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (east, north) if -180 <= east <= 180 and -90 <= north <= 90 else None
