"""Reads: a ballot and its roll, who voted, what was read twice and how."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from gongzhi.records.ballots.models import Ballot, Mark, OpenChoice, PaperSheet, Proxy, Roll, RollEntry
from gongzhi.records.ballots.tally import Choice, unpack
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person


def ballot_of(matter: Matter, visit: str) -> Ballot | None:
    return Ballot.objects.select_related("roll").filter(matter=matter, visit=visit).first()


def counted_by_ballot(matter: Matter, visit: str) -> bool:
    """Is this visit counted by a ballot, so that nobody types a count?"""
    rows = Ballot.objects.filter(matter=matter, visit=visit)
    return rows.filter(Q(status="open") | Q(roll__frozen_at__isnull=False)).exists()


def by_id(pk: int) -> Ballot | None:
    return Ballot.objects.select_related("roll", "matter__place", "organ").filter(pk=pk).first()


def locked(pk: int) -> Ballot:
    """The ballot, and nobody votes in it until the transaction ends."""
    return Ballot.objects.select_for_update().get(pk=pk)


OPEN_COLUMNS = ("id", "status", "opens_at", "closes_at", "means", "form", "secrecy", "items", "roll_id", "matter_id")


def while_open(pk: int) -> Ballot:
    """The ballot as it is now. Votes read it side by side; counting waits for them, and they for it."""
    share = " FOR KEY SHARE" if connection.vendor == "postgresql" else ""
    sql = f"SELECT {', '.join(OPEN_COLUMNS)} FROM records_ballot WHERE id = %s{share}"  # noqa: S608 - our own names
    return Ballot.objects.raw(sql, [pk])[0]


def of_organs(organs: Iterable[int]) -> QuerySet[Ballot]:
    """The ballots these organs hold, the latest first."""
    return Ballot.objects.filter(organ__in=list(organs)).select_related("matter", "organ", "roll").order_by("-pk")


def entry_of(roll: Roll, person: Person) -> RollEntry | None:
    """The line of a roll that an account stands for."""
    return roll.entries.filter(_mine(person)).order_by("number").first()


def _mine(person: Person) -> Q:
    own = [index for index in (person.phone_index, person.mail_index) if index]
    return Q(contact_index__in=own)


def open_to(person: Person, at: datetime) -> QuerySet[Ballot]:
    """Ballots that are open now and on whose roll the person stands, the first to close first."""
    rolls = RollEntry.objects.filter(_mine(person)).values("roll_id")
    rows = Ballot.objects.filter(status="open", closes_at__gt=at, roll__in=rolls)
    return rows.select_related("matter", "organ").order_by("closes_at", "pk")


def mark_of(ballot: Ballot, entry: RollEntry) -> Mark | None:
    return Mark.objects.filter(ballot=ballot, entry=entry).select_related("cast_by").first()


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have voted and with how much area; nobody by name, nothing of what."""

    heads: int
    area: int
    means: dict[str, int]


def turnout(ballot: Ballot) -> Turnout:
    rows = Mark.objects.filter(ballot=ballot)
    means = Counter(rows.values_list("means", flat=True))
    area = rows.aggregate(area=Sum("entry__area"))["area"] or 0
    return Turnout(sum(means.values()), area, dict(means))


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper as its two readers see it. `agreed` None: one reading only, or two that differ."""

    sheet: int
    hands: tuple[PaperSheet, ...]

    @property
    def both(self) -> bool:
        return len(self.hands) == 2

    @property
    def agreed(self) -> Choice | None:
        if not self.both or _said(self.hands[0]) != _said(self.hands[1]):
            return None
        return unpack(self.hands[0].choice)


def _said(row: PaperSheet) -> tuple[str, int]:
    return row.choice, row.copies


def readings(ballot: Ballot) -> list[Reading]:
    """Every paper with its readings, by number."""
    hands: dict[int, list[PaperSheet]] = defaultdict(list)
    for row in ballot.papers.order_by("sheet", "hand"):
        hands[row.sheet].append(row)
    return [Reading(sheet, tuple(rows)) for sheet, rows in hands.items()]


def open_choices(ballot: Ballot) -> list[tuple[RollEntry, Choice]]:
    """Who chose what, for counting an open ballot and for those who hold its step."""
    rows = OpenChoice.objects.filter(mark__ballot=ballot).select_related("mark__entry").order_by("mark__entry__number")
    return [(row.mark.entry, unpack(row.choice)) for row in rows]


def proxies_of(ballot: Ballot) -> QuerySet[Proxy]:
    return ballot.given.select_related("principal", "holder").order_by("holder__number", "slot")


def entrusted_to(ballot: Ballot, holder: RollEntry) -> list[RollEntry]:
    """For whom this entry may vote."""
    return [one.principal for one in proxies_of(ballot).filter(holder=holder)]


def counted(places: Iterable[int]) -> QuerySet[Ballot]:
    """Ballots of public matters at these places that were counted, the latest first."""
    rows = Ballot.objects.filter(status="counted", matter__public=True, matter__place__in=list(places))
    return rows.select_related("matter", "organ").order_by("-counted_at", "-pk")
