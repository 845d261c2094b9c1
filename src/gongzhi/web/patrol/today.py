"""What a phone needs for a day without a net: the unit, its route and parts, the tiles. Never a register of persons."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.core.charter.spec import Category, Charter
from gongzhi.desk.patrols import patrolled
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.records.institutions.served import inside
from gongzhi.records.patrols.ground_queries import parts_in
from gongzhi.records.patrols.reports import route_of
from gongzhi.web.access import requires
from gongzhi.web.workbench.page import Desk, desk_of
from gongzhi.words.terms import Terms

__all__ = ["Beat", "beat_of", "today_json"]

MOST_PARTS = 300


@dataclass(frozen=True, slots=True)
class Beat:
    """Where somebody patrols: units, the charter in force there, and what may be filed by which organ."""

    places: tuple[Place, ...]
    charter: Charter | None
    tiles: tuple[tuple[Category, str], ...]

    def organ_for(self, category: str) -> str:
        """The organ that files this class; empty: it is not filed by patrols."""
        return next((organ for one, organ in self.tiles if one.name == category), "")


def beat_of(desk: Desk) -> Beat:
    """The own units of who is signed in."""
    here = {seat.organ_instance.place_id: seat.organ_instance.place for seat in desk.seats}
    smallest = max((len(place.path) for place in here.values()), default=0)
    places = tuple(place for place in here.values() if len(place.path) == smallest)
    version = charter_for(places[0], desk.at) if places else None
    if version is None:
        return Beat(places, None, ())
    charter = charter_of(version)
    organs = [seat.organ_instance.organ for seat in desk.seats]
    return Beat(places, charter, tuple(patrolled(charter, organs, desk.at)))


@requires("staff")
@never_cache
@require_GET
def today_json(request: HttpRequest) -> JsonResponse:
    """Everything for the day. `owner` tells phones apart that two people use, and names nobody."""
    desk = desk_of(request)
    beat = beat_of(desk)
    return JsonResponse(
        {
            "owner": sha256(f"patrol\n{desk.person.digest}".encode()).hexdigest()[:16],
            "now": desk.at.isoformat(),
            "csrf": get_token(request),
            "tiles": _tiles(beat),
            "places": [{"code": one.code, "name": one.name} for one in _places(beat)],
            "route": _route(beat),
            "parts": _parts(beat),
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _tiles(beat: Beat) -> list[dict[str, str]]:
    if beat.charter is None:
        return []
    terms = Terms(beat.charter)
    return [{"name": one.name, "title": terms.category(one.name)} for one, _organ in beat.tiles]


def _places(beat: Beat) -> list[Place]:
    found = {one.code: one for place in beat.places for one in (place, *inside(place))}
    return list(found.values())


def _route(beat: Beat) -> list[dict[str, str]]:
    rows = route_of(list(beat.places))
    return [
        {"title": one.title, "place": one.place.code, "part": one.part.code if one.part else "", "id": str(one.pk)}
        for one in rows
    ]


def _parts(beat: Beat) -> list[dict[str, str]]:
    rows = [row for place in beat.places for row in parts_in(place)[:MOST_PARTS]]
    return [{"code": row.code, "name": row.name, "place": row.place.code, "spot": row.spot} for row in rows]
