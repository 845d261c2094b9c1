"""Lists of matters, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from gongzhi.api import shape
from gongzhi.api.auth import Caller
from gongzhi.api.lookups import place_of
from gongzhi.api.problems import Problem
from gongzhi.api.schemas.matters import ListedMatter, MatterPage
from gongzhi.desk.permissions import worklist_organs
from gongzhi.records.institutions.queries import places_in
from gongzhi.records.matters import queries
from gongzhi.records.matters.models import Matter, Todo
from gongzhi.web import clock


def page(who: Caller, scope: str, place: str, narrowed: queries.Filter, after: str | None, size: int) -> MatterPage:
    """One page of a list. Raises Problem for a place or cursor that is none, and for nobody's own lists."""
    if after and not is_cursor(after):
        raise Problem(422, "cursor_bad")
    found = _page(who, scope, place, narrowed, after, size)
    return MatterPage(items=_listed(found.rows), after=found.after)


def is_cursor(after: str) -> bool:
    """A cursor as the lists give it: a moment with its zone, and an id."""
    moment, _, pk = after.rpartition("~")
    try:
        return datetime.fromisoformat(moment).tzinfo is not None and 0 <= int(pk) < 2**63
    except ValueError:
        return False


def _page(who: Caller, scope: str, place: str, narrowed: queries.Filter, after: str | None, size: int) -> queries.Page:
    if scope == "worklist":
        return queries.worklist(worklist_organs(who.signed_in, clock.now()), narrowed, after, size)
    if scope == "mine":
        return queries.own(who.signed_in, narrowed, after, size)
    if not place:
        raise Problem(422, "unknown_place", place="")
    return queries.matters_at(places_in(place_of(place, 422)), replace(narrowed, public=True), after, size)


def _listed(rows: Sequence[Todo] | Sequence[Matter]) -> list[ListedMatter]:
    return [shape.listed(row.matter, row) if isinstance(row, Todo) else shape.listed(row) for row in rows]
