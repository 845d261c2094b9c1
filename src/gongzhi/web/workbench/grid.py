"""网格: the units of a community, who answers for each, what is wrong with the division; import and drawing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.ground.files import BadFile, read_units
from gongzhi.core.ground.shapes import area_of
from gongzhi.core.ground.units import levels_of
from gongzhi.desk.ground import HardFaults, end_unit, faults_of, posts_missing, size_at, take_units, units_of
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.institutions.queries import charter_for, charter_of, nearest_cast
from gongzhi.records.patrols.ground_actions import answer_for
from gongzhi.records.patrols.ground_queries import suffix, units_at
from gongzhi.records.patrols.units import GridUnit
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.map import map_of, with_tiles
from gongzhi.web.workbench.map import community_at, layer, may_change
from gongzhi.web.workbench.page import Desk, desk_of, new_key, show
from gongzhi.words.ground import division_fault, feature_fault, file_fault
from gongzhi.words.terms import Terms

__all__ = ["grid", "grid_answer", "grid_draw", "grid_end", "grid_file", "grid_import"]

STAND_INS = 3
CRS = ("wgs84", "cgcs2000", "gcj02", "bd09")
TYPED = ("code", "name", "people", "geometry", "crs")


@requires("staff")
@never_cache
@require_GET
def grid(request: HttpRequest) -> HttpResponse:
    """The units in force and everything to look at."""
    return _page(request)


def _page(request: HttpRequest, lines: Sequence[str] = (), typed: dict[str, str] | None = None) -> HttpResponse:
    desk = desk_of(request)
    here = community_at(desk)
    rows, units = list(units_at(here)), units_of(here)
    names = {row.place.code: row.place.name for row in rows}
    found = [*faults_of(here, units, desk.at), *posts_missing(here, desk.at)]
    faults = [_named(one, here, names) for one in found]
    return with_tiles(show(
        request, "grid.html", 422 if lines else 200, here=here, key=new_key(), may=may_change(desk), typed=typed or {},
        rows=[_row(here, row, unit) for row, unit in zip(rows, units, strict=True)], size=size_at(here, desk.at),
        levels=levels_of(units), faults=faults, lines=list(lines), seats=_seats(here, desk), crs=CRS,
        errors=[{"text": lines[0], "href": "#wrong"}] if lines else [], done=request.GET.get("done", ""),
        stand_ins=range(1, STAND_INS + 1), map=map_of(here, units=layer("units", here)),
    ))  # fmt: skip


def _named(fault: Any, here: Place, names: dict[str, str]) -> str:
    """A fault with the names of its units instead of their codes."""
    said = tuple(names.get(f"{here.code}-{code}", code) for code in fault.units)
    return division_fault(replace(fault, units=said))


def _row(here: Place, row: GridUnit, unit: Any) -> dict[str, Any]:
    stand_ins = [_value(one.organ, one.seat) for one in row.stand_ins.all()]
    return {
        "unit": row, "code": suffix(here, row.place.code), "hectares": round(area_of(unit.area) / 10_000, 1),
        "answers": _value(row.organ, row.seat) if row.organ else "",
        "stand_ins": [*stand_ins, *[""] * STAND_INS][:STAND_INS],
    }  # fmt: skip


def _value(organ: OrganInstance, seat: str) -> str:
    return f"{organ.pk}.{seat}"


def _seats(here: Place, desk: Desk) -> list[dict[str, str]]:
    """Every seat of the offices of this place, as a choice: a post answers for a unit, not a person."""
    version = charter_for(here, desk.at)
    if version is None:
        return []
    charter = charter_of(version)
    cast = nearest_cast(charter, here)
    organs = OrganInstance.objects.in_bulk([int(pk) for pk in cast.values()])
    terms, found = Terms(charter), []
    for name, pk in cast.items():
        organ, seats = organs[int(pk)], charter.organs[name].seats
        for seat in seats or [""]:
            said = terms.holder(f"{name}.{seat}" if seat else name)
            found.append({"value": _value(organ, seat), "text": said})
    return found


def _here(request: HttpRequest) -> tuple[Desk, Place]:
    desk = desk_of(request)
    if not may_change(desk):
        raise PermissionDenied("grids are kept by who works for the whole community")
    return desk, community_at(desk)


@requires("staff")
@require_POST
def grid_import(request: HttpRequest) -> HttpResponse:
    """A file of units. All of it comes into force, or nothing does."""
    desk, here = _here(request)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, [_("请选一个文件")])
    try:
        found = read_units(file.read(), request.POST.get("crs", "wgs84"))
        if found.faults:
            return _page(request, [feature_fault(one) for one in found.faults])
        counts = take_units(here, found.units, desk.at, request.POST.get("replace") == "yes")
    except BadFile as fault:
        return _page(request, [file_fault(fault)])
    except HardFaults as hard:
        return _page(request, [division_fault(one) for one in hard.faults if one.hard])
    return redirect(f"{reverse('work_grid')}?done={counts['added'] + counts['changed'] + counts['ended']}")


@requires("staff")
@require_POST
def grid_draw(request: HttpRequest) -> HttpResponse:
    """One unit, drawn on the map or pasted as GeoJSON; the same code again redraws it."""
    desk, here = _here(request)
    typed = {name: request.POST.get(name, "").strip()[:200_000] for name in TYPED}
    try:
        geometry = json.loads(typed["geometry"] or "null")
    except ValueError:
        return _page(request, [_("图形要是GeoJSON；也可以在地图上点角画")], typed)
    if geometry is None:
        return _page(request, [_("还没有画：在地图上沿边界点至少3个角")], typed)
    values = {name: texts.clean_line(typed[name]) for name in ("code", "name", "people")}
    feature = {"type": "Feature", "properties": values, "geometry": geometry}
    try:
        found = read_units(json.dumps(feature).encode(), typed["crs"] or "wgs84")
        if found.faults:
            return _page(request, [feature_fault(one) for one in found.faults], typed)
        take_units(here, found.units, desk.at)
    except BadFile as fault:
        return _page(request, [file_fault(fault)], typed)
    except HardFaults as hard:
        return _page(request, [division_fault(one) for one in hard.faults if one.hard], typed)
    return redirect(f"{reverse('work_grid')}?done=1")


def _unit(here: Place, pk: int) -> GridUnit:
    row = units_at(here).filter(pk=pk).first()
    if row is None:
        raise Http404("no such unit in force here")
    return row


@requires("staff")
@require_POST
def grid_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The one seat that answers for a unit, and its stand-ins in order."""
    desk, here = _here(request)
    row = _unit(here, pk)
    known = {one["value"] for one in _seats(here, desk)}
    wanted = [request.POST.get(name, "") for name in ("answers", *(f"stand_in_{n}" for n in range(1, STAND_INS + 1)))]
    organs = OrganInstance.objects.in_bulk([int(one.partition(".")[0]) for one in wanted if one in known])
    chosen = [(organs[int(o)], seat) for o, _dot, seat in (one.partition(".") for one in wanted if one in known)]
    if wanted[0] not in known:
        return _page(request, [_("请选由谁负责；替班的人不能顶替负责人")])
    answer_for(row, chosen[0][0], chosen[0][1], chosen[1:])
    return redirect(f"{reverse('work_grid')}?done=1#unit-{row.pk}")


@requires("staff")
@require_POST
def grid_end(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit ends today; what fell to it before stays with it."""
    desk, here = _here(request)
    end_unit(_unit(here, pk), desk.at)
    return redirect(f"{reverse('work_grid')}?done=1")


@requires("staff")
@never_cache
@require_GET
def grid_file(request: HttpRequest) -> HttpResponse:
    """The units in force as GeoJSON, ready to be changed elsewhere and imported again."""
    here = community_at(desk_of(request))
    features = [
        {
            "type": "Feature", "geometry": json.loads(row.geometry),
            "properties": {"code": suffix(here, row.place.code), "name": row.place.name, "people": row.people},
        }
        for row in units_at(here)
    ]  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/geo+json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="grid-{here.code}.geojson"'
    return response
