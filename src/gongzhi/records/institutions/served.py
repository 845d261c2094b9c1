"""The communities served here, and the places inside one that something can be at."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from gongzhi.records.institutions.models import Adoption, Place
from gongzhi.records.institutions.queries import places_in

__all__ = ["communities", "inside"]

SHOWN = ("community", "grid", "estate", "building")


def communities(at: datetime) -> list[Place]:
    """Communities in which a charter is in force, adopted by themselves or by what they lie in; the first to adopt
    comes first."""
    rows = Adoption.objects.filter(Q(end=None) | Q(end__gt=at), start__lte=at).select_related("place__parent")
    since = {row.place_id: row.start for row in rows.order_by("-start")}
    adopted = {row.place_id: row.place for row in rows}
    found = [place for place in adopted.values() if place.level == "community"]
    above = [place for place in adopted.values() if place.level in ("province", "city", "district", "street")]
    for place in above:
        inside_it = [inner for inner in places_in(place).filter(level="community") if inner.pk not in adopted]
        since |= {inner.pk: since[place.pk] for inner in inside_it}
        found += inside_it
    return sorted(found, key=lambda place: (since[place.pk], place.code))


def inside(community: Place) -> list[Place]:
    """The community itself first, then its grids, estates and buildings by code."""
    rows = places_in(community).filter(level__in=SHOWN)
    return sorted(rows, key=lambda place: (place.pk != community.pk, place.code))
