"""Lists of matters, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gongzhi.api import shape
from gongzhi.api.auth import Caller
from gongzhi.api.lookups import place_of
from gongzhi.api.problems import Problem
from gongzhi.api.schemas.matters import ListedMatter, MatterPage
from gongzhi.records.institutions.queries import places_in
from gongzhi.records.matters import queries
from gongzhi.records.matters.models import Matter, Todo
from gongzhi.records.people.models import Person
from gongzhi.web import clock


@dataclass(frozen=True)
class Wanted:
    """Which list, and which page of it."""

    scope: str
    place: str
    organ: str
    after: str | None
    size: int


def page(who: Caller, wanted: Wanted, narrowed: queries.Filter) -> MatterPage:
    """One page of a list. Raises Problem for a place or cursor that is none, and for nobody's own lists."""
    if wanted.after and not is_cursor(wanted.after):
        raise Problem(422, "cursor_bad")
    found = _page(who, wanted, narrowed)
    return MatterPage(items=_listed(found.rows), after=found.after)


def is_cursor(after: str) -> bool:
    """A cursor as the lists give it: a moment with its zone, and an id."""
    moment, _, pk = after.rpartition("~")
    try:
        return datetime.fromisoformat(moment).tzinfo is not None and 0 <= int(pk) < 2**63
    except ValueError:
        return False


def _page(who: Caller, wanted: Wanted, narrowed: queries.Filter) -> queries.Page:
    if wanted.scope == "worklist":
        return queries.worklist(_organs(who.signed_in, wanted.organ), narrowed, wanted.after, wanted.size)
    if wanted.scope == "mine":
        return queries.own(who.signed_in, narrowed, wanted.after, wanted.size)
    if not wanted.place:
        raise Problem(422, "unknown_place", place="")
    places = places_in(place_of(wanted.place, 422))
    return queries.matters_at(places, replace(narrowed, public=True), wanted.after, wanted.size)


def _organs(person: Person, organ: str) -> list[int]:
    """The organs whose work the person does; only that of one type where `organ` names it."""
    terms = person.seats(clock.now())
    chosen = terms.filter(organ_instance__organ=organ) if organ else terms
    return list(chosen.values_list("organ_instance_id", flat=True).distinct())


def _listed(rows: Sequence[Todo] | Sequence[Matter]) -> list[ListedMatter]:
    return [shape.listed(row.matter, row) if isinstance(row, Todo) else shape.listed(row) for row in rows]
