"""热点: what several people say about one place, how it grows, where it is; put on an agenda or merged from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import calendars
from gongzhi.desk import hotspots as desk_spots
from gongzhi.desk.hotspots import Spot
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.numbers import tidy
from gongzhi.records.meetings.models import Meeting
from gongzhi.records.patrols.ground_queries import points_in
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.map import map_of, with_tiles
from gongzhi.web.workbench.map import community_at, layer
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.web.workbench.rows import row_of_matter
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

__all__ = ["Bars", "bars_of", "hot_spot", "hot_spot_agenda", "hot_spot_merge", "hot_spot_points", "hot_spots"]

PAGE, ROWS = 20, 100
WIDE, HIGH, BAR = 300, 60, 26  # the chart in its own units; at most so many weeks
Error = dict[str, str]


@dataclass(frozen=True, slots=True)
class Bars:
    """Messages per week: bars (x, y, width, height) in a frame, and the same as numbers for who cannot see them."""

    width: int
    height: int
    bars: tuple[tuple[float, float, float, float], ...]
    weeks: tuple[tuple[date, int], ...]


def bars_of(growth: tuple[tuple[date, int], ...]) -> Bars:
    """The weeks from the first message to the last, empty ones too, the latest `BAR` of them."""
    found = dict(growth)
    first, last = growth[0][0], growth[-1][0]
    weeks = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)][-BAR:]
    most = max(found.values())
    step = WIDE / max(len(weeks), 6)
    bars = [
        (round(nth * step, 1), round(HIGH - HIGH * found[week] / most, 1), round(step * 0.8, 1),
         round(HIGH * found[week] / most, 1))
        for nth, week in enumerate(weeks) if week in found
    ]  # fmt: skip
    return Bars(WIDE, HIGH, tuple(bars), growth)


def _spots(request: HttpRequest) -> list[Spot]:
    desk = desk_of(request)
    return desk_spots.spots(community_at(desk), tuple(desk.organs), desk.at)


def _spot(request: HttpRequest, number: str) -> Spot:
    exact = tidy(number)
    found = next((one for one in _spots(request) if exact in one.numbers), None)
    if found is None:
        raise Http404("not in any hot spot any more")
    return found


@requires("staff")
@never_cache
@require_GET
def hot_spots(request: HttpRequest) -> HttpResponse:
    """The hottest first, a page at a time, with the map of what is open."""
    desk, here, page = desk_of(request), community_at(desk_of(request)), page_of(request)
    q = texts.clean_line(request.GET.get("q", ""))[:60]
    found = [one for one in _spots(request) if not q or q in one.found.title or q in one.found.place]
    shown = found[(page - 1) * PAGE : page * PAGE]
    return with_tiles(show(
        request, "hotspots.html", total=len(found), page=page, pages=pages_of(len(found), PAGE), q=q, desk=desk,
        rows=[(one, bars_of(one.found.growth)) for one in shown],
        fields=[{"name": "q", "label": _("找一找"), "value": q}],
        map=map_of(here, units=layer("units", here), matters=layer("work", here, show="open")),
    ))  # fmt: skip


@requires("staff")
@never_cache
@require_GET
def hot_spot(request: HttpRequest, number: str) -> HttpResponse:
    """One cause: its matters, its growth, its place, and what can be done about all of them at once."""
    return _page(request, _spot(request, number), [])


def _page(request: HttpRequest, spot: Spot, errors: list[Error], status: int = 200) -> HttpResponse:
    desk = desk_of(request)
    calendar, _digest = calendars.current()
    rows = list(
        Matter.objects.filter(number__in=spot.numbers[:ROWS]).select_related("place", "answers").order_by("filed_at")
    )
    here = community_at(desk)
    return with_tiles(show(
        request, "hotspot.html", status, spot=spot, chart=bars_of(spot.found.growth), errors=errors, key=new_key(),
        rows=[(row, row_of_matter(row, desk.at, calendar)) for row in rows], more=len(spot.numbers) - len(rows),
        meetings=_meetings(request), title=_title(spot), notice=_thanks(request), ground=request.POST.get("ground", ""),
        ticked=request.POST.getlist("number"), leader=request.POST.get("leader", spot.first),
        map=map_of(here, units=layer("units", here), matters=reverse("hotspot_points", args=[spot.first])),
    ))  # fmt: skip


def _title(spot: Spot) -> str:
    """As it stands on an agenda: a paper of the community, in its language."""
    return f"{spot.found.title}（{len(spot.numbers)}件、{spot.found.people}人反映）"


def _meetings(request: HttpRequest) -> list[Meeting]:
    """Meetings to come that the reader's organs hold."""
    desk = desk_of(request)
    rows = Meeting.objects.filter(organ__in=desk.organs, status__in=("planned", "open"))
    return list(rows.select_related("matter", "organ").order_by("at", "pk")[:10])


def _thanks(request: HttpRequest) -> dict[str, str] | None:
    merged = request.GET.get("merged", "")
    if merged.isdecimal():
        said = _("合起来办了%(n)s件。每个人的编号、期限、评价都还在；要撤销，在那一件上点“单独办”。")
        return {"title": said % {"n": merged}, "kind": "success"}
    if request.GET.get("listed"):
        return {"title": _("列入议题了。要拿掉，在会议通知里改。"), "kind": "success"}
    return None


@requires("staff")
@never_cache
@require_GET
def hot_spot_points(request: HttpRequest, number: str) -> HttpResponse:
    """GeoJSON of the things this hot spot is about, for the map beside its list."""
    desk, spot = desk_of(request), _spot(request, number)
    points = points_in(Matter.objects.filter(number__in=spot.numbers))[:ROWS]
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [one.x, one.y]},
         "properties": {"number": one.matter.number, "subject": one.matter.subject,
                        "state": "late" if one.matter.late else "open",
                        "href": reverse("work_matter", args=[one.matter.number])}}
        for one in points
    ]  # fmt: skip
    return JsonResponse({"type": "FeatureCollection", "features": features, "more": False, "at": desk.at.isoformat()})


@requires("staff")
@require_POST
def hot_spot_agenda(request: HttpRequest, number: str) -> HttpResponse:
    """列入会议议题: the cause becomes an item of the meeting whose button was pressed."""
    desk, spot = desk_of(request), _spot(request, number)
    wanted = request.POST.get("meeting", "")
    meeting = next((one for one in _meetings(request) if str(one.pk) == wanted), None)
    if meeting is None:
        return _page(request, spot, [{"text": _("这次会已经开过或取消了，请另选一次"), "href": "#agenda"}], 409)
    title = _title(spot)
    if title not in meeting.agenda and not meeting.items.filter(title=title).exists():
        try:
            desk_spots.put_on_agenda(spot, meeting, title, desk.person, desk.at)
        except Refused as refused:
            return _page(request, spot, [{"text": _why(meeting.matter, refused), "href": "#agenda"}], 422)
    return redirect(f"{reverse('work_hotspot', args=[spot.first])}?listed={meeting.pk}")


@requires("staff")
@require_POST
def hot_spot_merge(request: HttpRequest, number: str) -> HttpResponse:
    """Those ticked go together with the one that leads; what could not comes back with its reason."""
    desk, spot = desk_of(request), _spot(request, number)
    leader, ticked = request.POST.get("leader", ""), request.POST.getlist("number")
    ground = texts.clean_line(request.POST.get("ground", ""))
    errors = _ask(spot, leader, ticked, ground)
    if errors:
        return _page(request, spot, errors, 422)
    done = desk_spots.merge_into(spot, leader, ticked, ground, desk.person, desk.at)
    rows = {row.number: row for row in Matter.objects.filter(number__in=done)}
    failed = [{"text": f"{name}：{_why(rows[name], why)}", "href": ""} for name, why in done.items() if why is not None]
    if failed:
        return _page(request, _spot(request, number), failed, 422)
    return redirect(f"{reverse('work_hotspot', args=[spot.first])}?merged={len(done)}")


def _ask(spot: Spot, leader: str, ticked: list[str], ground: str) -> list[Error]:
    errors = []
    if leader not in spot.numbers:
        errors.append({"text": _("请选由哪一件带着办"), "href": "#leader"})
    if not set(ticked) - {leader}:
        errors.append({"text": _("请至少再勾一件"), "href": "#pick"})
    if not ground:
        errors.append({"text": _("请写为什么是同一件事"), "href": "#ground"})
    return errors


def _why(matter: Matter, refused: Refused) -> str:
    case = read_state(matter.state)
    charter = charter_by_digest(case.digest)
    terms: Any = Terms(charter)
    return Speaker(terms, charter.procedures[case.procedure]).refusal(refused.code, refused.args_map)
