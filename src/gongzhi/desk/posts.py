"""Figures of posts, computed from the register of seats: on which basis they are held, and who holds two (FT-04).

Sums only; no person is named. 城市居民委员会组织法 8: the secretary may be director by lawful election.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.records.people.models import SeatTerm, held_at

__all__ = ["Posts", "posts_of", "share"]

DISTRICT = 6  # digits of a division code
# Three separations (CY-32): nobody is to hold posts on both sides of government and self-government (政社分开), of
# government and a company (政企), of government and an association (政事).
APART = ("self_government", "company", "association")


@dataclass(frozen=True, slots=True)
class Posts:
    """Of a district: communities, those led by one person in both organs, members, and how many are in both.

    `across`: for each side of `APART`, how many people hold posts there and in government too.
    """

    places: int
    both_heads: int
    members: int
    crossing: int
    bases: dict[str, int]
    across: dict[str, int] = field(default_factory=dict)


def share(part: int, whole: int) -> int | None:
    """Per cent in hundredths, rounded half up: 84 of 95 is 8842. None of nothing."""
    return (part * 20_000 + whole) // (2 * whole) if whole else None


def posts_of(community: Place, at: datetime) -> Posts:
    """Of all communities of the district around this one. Two queries, however many there are."""
    version = charter_for(community, at)
    organs = charter_of(version).organs if version else {}
    kinds = {name: organ.kind for name, organ in organs.items() if organ.at == community.level}
    heads = {(name, next(iter(organ.seats), "")) for name, organ in organs.items() if name in kinds}
    here: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    heading: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    bases: dict[str, int] = defaultdict(int)
    sides: dict[int, set[str]] = defaultdict(set)
    rows = SeatTerm.objects.filter(
        held_at(at), organ_instance__place__path__startswith=community.path[:DISTRICT], organ_instance__organ__in=kinds
    ).exclude(seat="")
    for row in rows.select_related("organ_instance"):
        organ, place = row.organ_instance.organ, row.organ_instance.place_id
        bases[row.basis or "appointed"] += 1
        sides[row.person_id].add(kinds[organ])
        if kinds[organ] in ("party", "self_government"):
            here[place][row.person_id].add(kinds[organ])
            if (organ, row.seat) in heads:
                heading[place][row.person_id].add(kinds[organ])
    people = [kinds_ for place in here.values() for kinds_ in place.values()]
    return Posts(
        places=len(here),
        both_heads=sum(any(len(found) > 1 for found in place.values()) for place in heading.values()),
        members=len(people),
        crossing=sum(len(found) > 1 for found in people),
        bases=dict(sorted(bases.items())),
        across={side: sum({"government", side} <= held for held in sides.values()) for side in APART},
    )
