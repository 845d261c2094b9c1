"""The allow-list of grid matters, and what the source doubts about grids: cost per case, work that neighbours settle.

A grid matter is a category of a procedure `of: finding`. Its line in the duty list is its place on the list: with
legal ground and last day (guardrail H14, WG-06 to WG-08). A procedure may ask `cost` (money, in yuan) and
`self_governed` (yesno); what was answered is read from matters, each counted once, whatever it became.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Literal

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.institution import Category, Duty
from gongzhi.core.charter.spec import Charter
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter

__all__ = ["GridList", "Line", "Tally", "grid_categories", "grid_list", "on_list", "state_on"]

COST, OWN = "cost", "self_governed"
YEAR, SOON = timedelta(days=366), timedelta(days=60)  # SOON: our choice; time enough to look at a line again
MOST = 5000  # matters that are read for the figures, the newest

State = Literal["valid", "soon", "expired", "open_ended"]


@dataclass
class Tally:
    """What was counted of one category or of all: `priced` cases cost `cost` yuan together."""

    filed: int = 0
    closed: int = 0
    asked: int = 0  # whether neighbours can settle it was answered
    own: int = 0  # and they can
    priced: int = 0
    cost: int = 0

    @property
    def per_case(self) -> Fraction | None:
        """Yuan for each case whose cost is known; None: no cost is known."""
        return Fraction(self.cost, self.priced) if self.priced else None

    @property
    def own_share(self) -> Fraction | None:
        """Which part of what was looked at neighbours settle themselves; None: nobody has answered yet."""
        return Fraction(self.own, self.asked) if self.asked else None

    def add(self, closed: bool, given: Mapping[str, Any]) -> None:
        self.filed += 1
        self.closed += closed
        self.asked += OWN in given
        self.own += given.get(OWN) is True
        self.priced += COST in given
        self.cost += int(given.get(COST, 0))


@dataclass(frozen=True, slots=True)
class Line:
    """One class of grid matters with its line of the duty list, if it has one."""

    category: Category
    duty: Duty | None
    state: State
    tally: Tally


@dataclass(frozen=True, slots=True)
class GridList:
    """The list of a place with its counts of a year. `partly`: there were more matters than are read."""

    lines: tuple[Line, ...]
    total: Tally = field(default_factory=Tally)
    partly: bool = False


def grid_categories(charter: Charter) -> list[Category]:
    """Classes of what patrols may find."""
    finding = {one.name for one in charter.procedures.values() if one.of == "finding"}
    return [one for one in charter.categories.values() if one.procedure in finding]


def on_list(charter: Charter, day: date) -> set[str]:
    """Classes that patrols may report on a day. A charter none of whose lines has a last day keeps no list."""
    duties = {one.category: one for one in charter.duties}
    states = {one.name: state_on(duties.get(one.name), day) for one in grid_categories(charter)}
    kept = set(states.values()) != {"open_ended"}
    return {name for name, state in states.items() if state in ("valid", "soon") or not kept}


def state_on(duty: Duty | None, day: date) -> State:
    """How a class stands on the list on a day. Without a last day it was never put on one."""
    if duty is None or duty.until is None:
        return "open_ended"
    if duty.until < day or (duty.from_ is not None and day < duty.from_):
        return "expired"
    return "soon" if duty.until - day < SOON else "valid"


def grid_list(charter: Charter, place: Place, at: datetime) -> GridList:
    """The list with what was counted here since a year ago. One query, whatever the number of classes."""
    categories, today = grid_categories(charter), in_china(at).date()
    duties = {one.category: one for one in charter.duties}
    tallies = {one.name: Tally() for one in categories}
    rows = Matter.objects.filter(
        kind="finding", place__path__startswith=place.path, filed_at__gte=at - YEAR, filed_at__lte=at
    )
    found = list(rows.order_by("-filed_at", "-pk").values_list("category", "closed_at", "state")[: MOST + 1])
    total = Tally()
    for category, closed, state in found[:MOST]:
        given = dict(read_state(state).control.given)
        for tally in _both(total, tallies.get(category)):
            tally.add(closed is not None, given)
    lines = [
        Line(one, duties.get(one.name), state_on(duties.get(one.name), today), tallies[one.name]) for one in categories
    ]
    return GridList(tuple(lines), total, len(found) > MOST)


def _both(total: Tally, own: Tally | None) -> Iterable[Tally]:
    return (total, own) if own is not None else (total,)
