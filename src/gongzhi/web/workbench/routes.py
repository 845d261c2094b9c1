"""巡查路线: the checkpoints of a unit in order, written at the office; one form for the whole route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import places_in
from gongzhi.records.patrols.ground_queries import parts_in
from gongzhi.records.patrols.reports import Checkpoint, Stop, put_route, route_of
from gongzhi.records.patrols.units import Part
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.map import map_of, read_point, with_tiles
from gongzhi.web.workbench.map import community_at, layer, may_change
from gongzhi.web.workbench.page import Desk, desk_of, new_key, show

__all__ = ["route_file", "routes"]

MOST = 60  # checkpoints of one route: more is no route for a day
OFFERED = 500  # parts offered while typing
LEVELS = ("grid", "community", "estate")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form as it was typed."""

    rank: str = ""
    title: str = ""
    part: str = ""
    point: str = ""
    drop: bool = False

    @property
    def blank(self) -> bool:
        return not (self.title or self.part or self.point)


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def routes(request: HttpRequest) -> HttpResponse:
    """GET: the route of a unit. POST: the whole route as typed, or everything typed again with what is wrong."""
    desk = desk_of(request)
    units = _units(desk)
    unit = next((one for one in units if one.code == request.GET.get("unit")), units[0])
    stops = list(route_of([unit]))
    if request.method != "POST":
        return _page(request, units, unit, stops, [_line(one) for one in stops])
    if not may_change(desk):
        raise PermissionDenied("routes are kept by who works for the whole community")
    lines = [line for line in _typed(request) if not line.blank and not line.drop]
    wrong = _wrong(lines, parts := _parts_of(desk, lines))
    if request.POST.get("seen", "") != _seen(stops):
        wrong = [_("别人刚改过这条路线。下面是您写的，上面地图是现在的；看过以后再保存一次。"), *wrong]
    if wrong:
        return _page(request, units, unit, stops, lines, wrong)
    put_route(unit, [_stop(line, parts) for line in _ordered(lines)])
    return redirect(f"{reverse('work_routes')}?{urlencode({'unit': unit.code, 'done': 1})}")


def _page(
    request: HttpRequest, units: list[Place], unit: Place, stops: list[Checkpoint], lines: Sequence[Line],
    wrong: Sequence[str] = (),
) -> HttpResponse:  # fmt: skip
    desk = desk_of(request)
    here = community_at(desk)
    drawn = f"{reverse('work_route_file')}?{urlencode({'unit': unit.code})}"
    return with_tiles(show(
        request, "routes.html", 422 if wrong else 200, unit=unit, lines=[*lines, Line(rank=str(len(lines) + 1))],
        seen=_seen(stops), key=new_key(), may=may_change(desk), done=request.GET.get("done", ""), wrong=list(wrong),
        errors=[{"text": text, "href": "#route"} for text in wrong], most=MOST, without=_without(stops),
        parts=list(parts_in(unit)[:OFFERED]), stops=stops,
        fields=[{"name": "unit", "label": _("哪个网格"), "value": unit.code,
                 "options": [{"value": one.code, "text": one.name} for one in units]}],
        map=map_of(here, units=layer("units", here), parts=layer("parts", here), route=drawn),
    ))  # fmt: skip


def _units(desk: Desk) -> list[Place]:
    """Places that can have a route, units first; where the desk works lies among them or above."""
    rows = places_in(community_at(desk)).filter(level__in=LEVELS)
    return sorted(rows, key=lambda place: (LEVELS.index(place.level), place.code)) or [desk.place]


def _line(one: Checkpoint) -> Line:
    point = f"{one.x:.6f},{one.y:.6f}" if one.x is not None and one.y is not None else ""
    return Line(str(one.rank), one.title, one.part.code if one.part else "", point)


def _without(stops: list[Checkpoint]) -> int:
    """How many checkpoints are not on the map: neither they nor their part have a point."""
    return sum(_place_of(one) is None for one in stops)


def _place_of(one: Checkpoint) -> tuple[float, float] | None:
    for thing in (one, one.part):
        if thing is not None and thing.x is not None and thing.y is not None:
            return thing.x, thing.y
    return None


def _typed(request: HttpRequest) -> list[Line]:
    names = ("rank", "title", "part", "point")
    columns = [[texts.clean_line(cell)[:100] for cell in request.POST.getlist(name)[: MOST + 1]] for name in names]
    drops = set(request.POST.getlist("drop"))
    return [
        Line(rank, title, part, point, str(number) in drops)
        for number, (rank, title, part, point) in enumerate(zip(*columns, strict=False))
    ]


def _parts_of(desk: Desk, lines: Sequence[Line]) -> dict[str, Part]:
    codes = [line.part for line in lines if line.part]
    return {part.code: part for part in parts_in(community_at(desk)).filter(code__in=codes)} if codes else {}


def _wrong(lines: Sequence[Line], parts: dict[str, Part]) -> list[str]:
    """What has to be changed, by the number of the line as it is shown."""
    found = [_("最多%(most)d个点，请分成两条路线") % {"most": MOST}] if len(lines) > MOST else []
    for number, line in enumerate(lines, 1):
        said = _fault(line, parts)
        found += [_("第%(number)d行：%(said)s") % {"number": number, "said": said}] if said else []
    return found


def _fault(line: Line, parts: dict[str, Part]) -> str:
    if line.rank and not line.rank.isdecimal():
        return _("顺序要写数字")
    if line.part and line.part not in parts:
        return _("部件库里没有编码“%(code)s”") % {"code": line.part}
    if not line.title and not line.part:
        return _("请写看什么")
    return (
        _("位置要写“东经,北纬”，如118.75,32.08；也可以在地图上点") if line.point and not read_point(line.point) else ""
    )


def _ordered(lines: Sequence[Line]) -> list[Line]:
    """By the numbers written; of equal ones the line that was moved up stands first, as in the form."""
    return sorted(lines, key=lambda line: int(line.rank) if line.rank else MOST + 1)


def _stop(line: Line, parts: dict[str, Part]) -> Stop:
    part = parts.get(line.part)
    return Stop(line.title or (part.name if part else ""), read_point(line.point), part)


def _seen(stops: Sequence[Checkpoint]) -> str:
    """What the route was when the form was made, so that two who change it at once do not undo each other."""
    return sha256(repr([(one.rank, one.title, one.part_id, one.x, one.y) for one in stops]).encode()).hexdigest()[:16]


@requires("staff")
@never_cache
@require_GET
def route_file(request: HttpRequest) -> JsonResponse:
    """The route as GeoJSON for the map: its points by number, and the line through them."""
    units = _units(desk_of(request))
    unit = next((one for one in units if one.code == request.GET.get("unit")), units[0])
    placed = [(one, at) for one in route_of([unit]) if (at := _place_of(one))]
    features: list[dict[str, Any]] = [
        _feature("Point", list(at), {"rank": one.rank, "name": one.title}) for one, at in placed
    ]
    if len(placed) > 1:
        features.append(_feature("LineString", [list(at) for _one, at in placed], {}))
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _feature(kind: str, coordinates: list[Any], said: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": said}
