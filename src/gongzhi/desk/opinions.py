"""The opinion map of a consultation as it may be shown: groups from ten people on, shares in steps, never a person."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from gongzhi.core.opinion import OpinionMap, opinion_map, table_of
from gongzhi.records.consultations import queries
from gongzhi.records.consultations.models import Consultation, Contribution

FEWEST = 10
STEP = 5  # shares are told in steps of five per cent, so that nobody's single vote can be worked out
REMEMBERED = 32


@dataclass(frozen=True, slots=True)
class View:
    """What a group thinks of a statement: `yes` whether it stands for agreeing; `share` in per cent, in steps."""

    statement: Contribution
    yes: bool
    share: int


@dataclass(frozen=True, slots=True)
class Group:
    """`index` gives the letter. `x`, `y` in -1..1: where the middle of the group lies."""

    index: int
    people: int
    x: float
    y: float
    says: tuple[View, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The map for everybody. `withheld`: people in groups of fewer than ten. `too_few`: who voted too little."""

    people: int
    votes: int
    statements: int
    groups: tuple[Group, ...]
    unites: tuple[View, ...]
    withheld: int
    too_few: int


_seen: OrderedDict[tuple[int, ...], tuple[OpinionMap, int]] = OrderedDict()


def drawn(consultation: Consultation, at: datetime) -> Drawn:
    """The map as it stands now. Three queries; the arithmetic is done once for the same votes."""
    found, votes = _map(consultation, at)
    statements = {row.number: row for row in queries.shown(consultation, "statement", at)}
    large = [rows for rows in found.groups if len(rows) >= FEWEST]
    reach = float(np.abs(found.plane.places).max()) if found.plane.places.size else 1.0
    groups = [_group(found, nth, rows, statements, reach or 1.0) for nth, rows in enumerate(large)]
    return Drawn(
        people=len(found.table.participants),
        votes=votes,
        statements=len(statements),
        groups=tuple(groups),
        unites=tuple(_unites(found, statements)) if len(found.table.entered) >= FEWEST else (),
        withheld=sum(len(rows) for rows in found.groups if len(rows) < FEWEST),
        too_few=len(found.table.too_few),
    )


def _map(consultation: Consultation, at: datetime) -> tuple[OpinionMap, int]:
    """The map and its number of votes; remembered as long as votes and shown statements are the same."""
    key = (consultation.pk, *queries.stamp(consultation, at))
    if key not in _seen:
        cast = queries.stances(consultation, at)
        _seen[key] = opinion_map(table_of(cast)), len(cast)
        while len(_seen) > REMEMBERED:
            _seen.popitem(last=False)
    return _seen[key]


def _group(
    found: OpinionMap, nth: int, rows: tuple[int, ...], statements: dict[int, Contribution], reach: float
) -> Group:
    middle = found.plane.places[list(rows)].mean(axis=0) / reach
    index = found.groups.index(rows)
    said = [one for one in found.said[index] if one.seen >= FEWEST]
    views = tuple(_view(statements, found, one.statement, one.yes, one.votes, one.seen) for one in said)
    return Group(nth, len(rows), float(middle[0]), float(middle[1]), views)


def _unites(found: OpinionMap, statements: dict[int, Contribution]) -> Iterator[View]:
    for one in found.shared:
        if one.seen >= FEWEST:
            yield _view(statements, found, one.statement, one.yes, one.votes, one.seen)


def _view(
    statements: dict[int, Contribution], found: OpinionMap, column: int, yes: bool, votes: int, seen: int
) -> View:
    return View(statements[int(str(found.statement(column)))], yes, round(100 * votes / seen / STEP) * STEP)


def open_data(consultation: Consultation, at: datetime) -> list[tuple[int, int, int]] | None:
    """Participant, statement, vote for everybody, from ten participants on; None below.

    Participants are numbered by their keyed digest, which is as good as shuffled. Who voted too little has no place
    on the map and stays out: three votes of one person say more of the person than of the matter.
    """
    cast = queries.stances(consultation, at)
    table = table_of(cast)
    if len(table.entered) < FEWEST:
        return None
    number = {table.participants[row]: at for at, row in enumerate(sorted(table.entered), 1)}
    return [(number[who], what, vote) for who, what, vote in cast if who in number]
