"""What pages tell of matters that go together: whom one follows, who goes with it, and what could be the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gongzhi.desk.reading import may_read
from gongzhi.desk.together import GOING
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.knowledge.queries import alike_matters, alike_to
from gongzhi.records.matters import actions, queries
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person

__all__ = ["Together", "alike", "alike_said", "likely", "together"]

SHOWN = 50
NEAR = timedelta(days=60)
LOOKED_AT = 60
OFFERED = 8


@dataclass(frozen=True, slots=True)
class Together:
    """`leader`: the matter this one follows or waits for; `rows`: the first of those that go with it, `count` all."""

    leader: Matter | None
    rows: tuple[Matter, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def together(matter: Matter, listed: bool = True) -> Together:
    """Whom the matter goes with; `listed` False: only how many go with it, for readers who may not see whose."""
    leader = queries.by_number(matter.goes_with) if matter.goes_with else None
    going = queries.going_with(leader.number if leader and not listed else matter.number)
    rows = tuple(going[:SHOWN]) if listed else ()
    return Together(leader, rows, going.count() if not listed or len(rows) == SHOWN else len(rows))


def likely(matter: Matter, person: Person, at: datetime) -> list[Matter]:
    """Open matters that could be the same thing: this community, this category, about this time; those said alike
    first, then the nearest."""
    said = dict(alike_to(matter))
    community = matter.place.path.partition("-")[0]
    rows = Matter.objects.filter(
        place__path__startswith=community, category=matter.category, status__in=GOING,
        filed_at__range=(matter.filed_at - NEAR, matter.filed_at + NEAR),
    ).exclude(pk=matter.pk).select_related("place").order_by("-filed_at")  # fmt: skip
    seen = [row for row in rows[:LOOKED_AT] if _may_see(row, person, at)]
    seen.sort(
        key=lambda row: (-said.get(row.pk, 0), row.place_id != matter.place_id, abs(row.filed_at - matter.filed_at))
    )
    return seen[:OFFERED]


def alike(matter: Matter, person: Person, at: datetime) -> list[Matter]:
    """Open matters of this community in which much the same was said, the most alike first."""
    if matter.status not in GOING:
        return []
    return _seen(dict(alike_to(matter)), person, at)


def alike_said(place: Place, said: str, person: Person, at: datetime) -> list[Matter]:
    """Open matters alike to what somebody says just now, as far as the person may see them."""
    return _seen(dict(alike_matters(place, said)), person, at)


def _seen(said: dict[int, float], person: Person, at: datetime) -> list[Matter]:
    rows = Matter.objects.filter(pk__in=said, status__in=GOING).select_related("place", "answers") if said else ()
    seen = [row for row in rows if _may_see(row, person, at)]
    return sorted(seen, key=lambda row: (-said[row.pk], row.filed_at))[:OFFERED]


def _may_see(row: Matter, person: Person, at: datetime) -> bool:
    case = actions.read_state(row.state)
    return row.public or may_read(person, charter_by_digest(case.digest), case, at, None) != "none"
