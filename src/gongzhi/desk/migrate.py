"""A place has adopted a new version: running matters go on under it as its procedures say, each by itself (R37).

What the new version does not say anything about, and what has to end first, stays under its version and is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from gongzhi.core.procedure.acts import Act as CoreAct
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.migrate import migrate
from gongzhi.desk.hand import Hand
from gongzhi.desk.intake import Papers
from gongzhi.desk.permissions import MACHINE
from gongzhi.desk.writing import writing
from gongzhi.records.institutions.models import CharterVersion, Place
from gongzhi.records.institutions.queries import charter_by_digest, charter_of, places_in
from gongzhi.records.matters import actions, queries
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter

FINISH_FIRST = "finish_first"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Stays:
    """A matter that stays under its version, and why: a code of the engine with its arguments."""

    number: str
    code: str
    args: Mapping[str, Any]


@dataclass
class Report:
    """Numbers of matters: `moved`, `later` (have to end a ballot, notice or payment first), and those that stay."""

    moved: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    refused: list[Stays] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.moved) + len(self.later) + len(self.refused)


def running(place: Place, version: CharterVersion) -> QuerySet[Matter]:
    """Open matters at the place and inside it that follow another version of this charter."""
    rows = Matter.objects.filter(place__in=places_in(place), status__in=OPEN, charter_version__name=version.name)
    return rows.exclude(charter_version=version).order_by("pk")


def move_all(place: Place, version: CharterVersion, at: datetime) -> Report:
    """Move every running matter that can go on under `version`; each in its own transaction. Doing it again is safe."""
    report = Report()
    for number in _numbers(place, version):
        try:
            move(number, version, at)
        except Refused as refused:
            if refused.code == FINISH_FIRST:
                report.later.append(number)
            else:
                report.refused.append(Stays(number, refused.code, refused.args_map))
        else:
            report.moved.append(number)
    return report


def _numbers(place: Place, version: CharterVersion) -> Iterator[str]:
    last = 0
    while rows := list(running(place, version).filter(pk__gt=last).values_list("pk", "number")[:BATCH]):
        last = rows[-1][0]
        yield from (number for _pk, number in rows)


def move(number: str, version: CharterVersion, at: datetime) -> None:
    """One matter goes on under `version`; the log names both digests. Raises Refused with nothing changed."""
    new = charter_of(version)
    with writing():
        matter = queries.locked(number)
        if matter is None:
            raise Refused("unknown_matter", number=number)
        case = actions.read_state(matter.state)
        hand = Hand(matter, charter_by_digest(case.digest), at)
        case = hand.settle(case, at)
        act = CoreAct("migrate", max(at, case.history.last), MACHINE, to=new.digest, ground=case.digest)
        outcome = migrate(hand.charter, new, case, act, hand.calendar)
        hand.charter, matter.charter_version = new, version
        hand.record(case, act, outcome, Papers(), None, "", None)
