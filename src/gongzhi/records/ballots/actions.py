"""Writes: roll, ballot, marks, paper, proxies. The desk calls these inside its transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Sum

from gongzhi.records.ballots.models import Ballot, Mark, OpenChoice, PaperSheet, Proxy, Roll, RollEntry, RollObjection
from gongzhi.records.ballots.rolls import ROLL
from gongzhi.records.ballots.tally import Choice, pack
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import HelperConsent, Person
from gongzhi.records.rows import insert

RECEIPT = "receipt\n"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A line of a roll. `area` in 0.01 m2; `contact_index` is the blind index of the phone or mail, None on paper."""

    name: str
    unit: str = ""
    kind: str = "person"
    area: int | None = None
    contact_index: str | None = None
    candidate: bool = False


def begin(matter: Matter, visit: str, organ_id: int, roll_of: str, more: Mapping[str, Any]) -> Ballot:
    """The ballot of a visit with its roll; a visit has one, a group of a matter has one roll."""
    roll = begin_roll(matter, roll_of)
    ballot, _ = Ballot.objects.get_or_create(
        matter=matter, visit=visit, defaults={"organ_id": organ_id, "roll": roll, **more}
    )
    return ballot


def begin_roll(matter: Matter, of: str) -> Roll:
    roll, _ = Roll.objects.get_or_create(matter=matter, of=of)
    return roll


def lock_roll(roll: Roll) -> Roll:
    """The roll as it is now; nobody else writes to it until the transaction ends."""
    return Roll.objects.select_for_update().get(pk=roll.pk)


def add_entries(roll: Roll, new: Iterable[NewEntry], source: str) -> list[RollEntry]:
    """New lines at the end. Raises IntegrityError where the roll is frozen or one person stands on it twice."""
    last = roll.entries.aggregate(last=Max("number"))["last"] or 0
    rows = [_entry(roll, last + nth, one, source) for nth, one in enumerate(new, 1)]
    return RollEntry.objects.bulk_create(rows)


def _entry(roll: Roll, number: int, new: NewEntry, source: str) -> RollEntry:
    row = RollEntry(
        roll=roll, number=number, kind=new.kind, name=new.name, unit=new.unit, area=new.area,
        contact_index=new.contact_index, candidate=new.candidate, collected_from=source, **ROLL,
    )  # fmt: skip
    row.digest = words_digest(row)
    return row


def words_digest(entry: RollEntry) -> str:
    """What stands for name and unit when they are erased."""
    return hashlib.sha256(f"{entry.salt}\n{entry.name}\n{entry.unit}".encode()).hexdigest()


def correct_entry(entry: RollEntry, new: NewEntry) -> RollEntry:
    """Another name, unit, weight or contact, before freezing. Raises IntegrityError afterwards."""
    entry.name, entry.unit, entry.kind, entry.area = new.name, new.unit, new.kind, new.area
    entry.contact_index, entry.candidate = new.contact_index, new.candidate
    entry.digest = words_digest(entry)
    entry.save()
    return entry


def roll_digest(roll: Roll) -> str:
    """sha256 over every line in order: number, kind, weight, candidate, account, digest of the words."""
    digest = hashlib.sha256()
    columns = ("number", "kind", "area", "candidate", "contact_index", "digest")
    for line in roll.entries.order_by("number").values_list(*columns).iterator(1000):
        digest.update(json.dumps(line).encode() + b"\n")
    return digest.hexdigest()


def freeze(roll: Roll, digest: str, rule: Mapping[str, Any], at: datetime) -> Roll:
    """From now on the database refuses every change of the roll."""
    roll.size = roll.entries.count()
    roll.area = roll.entries.aggregate(area=Sum("area"))["area"] or 0
    roll.digest, roll.rule, roll.frozen_at = digest, dict(rule), at
    roll.save()
    return roll


def object_to(roll: Roll, what: str, person: Person | None, number: int | None, at: datetime) -> RollObjection:
    source = "self" if person else "counter"
    return RollObjection.objects.create(
        roll=roll, what=what, person=person, number=number, made_at=at, collected_from=source, **ROLL
    )


def answer(objection: RollObjection, state: str, words: str, at: datetime) -> None:
    objection.state, objection.answer, objection.answered_at = state, words, at
    objection.save(update_fields=["state", "answer", "answered_at"])


def mark(
    ballot: Ballot, entry: RollEntry, means: str, day: date, receipt: str, cast_by: RollEntry | None = None,
    consent: HelperConsent | None = None,
) -> Mark:  # fmt: skip
    """This entry has voted. Raises IntegrityError when it has already, by whatever means."""
    row = Mark(ballot=ballot, entry=entry, means=means, day=day, receipt=receipt, cast_by=cast_by, consent=consent)
    insert([row])
    return row


def mark_all(ballot: Ballot, marks: list[Mark]) -> dict[int, Mark]:
    """Mark many at once; who has voted already keeps the first mark. Returns what stands now, by entry."""
    Mark.objects.bulk_create(marks, ignore_conflicts=True)
    rows = Mark.objects.filter(ballot=ballot, entry__in=[one.entry_id for one in marks])
    return {row.entry_id: row for row in rows}


def receipt_digest(code: str) -> str:
    """Under which a receipt's code is known."""
    return hashlib.sha256(f"{RECEIPT}{code}".encode()).hexdigest()


def choose_openly(row: Mark, choice: Choice) -> OpenChoice:
    return OpenChoice.objects.create(mark=row, choice=pack(choice))


def read_papers(ballot: Ballot, new: list[PaperSheet], again: list[PaperSheet]) -> None:
    """Papers one person read, some for the second time. Raises IntegrityError: read by two others meanwhile."""
    PaperSheet.objects.bulk_create(new)
    PaperSheet.objects.bulk_update(again, ["choice", "copies"])


def give_proxy(
    ballot: Ballot, principal: RollEntry, holder: RollEntry, slot: int, limit: int, day: date, by: str
) -> Proxy:
    """Raises IntegrityError: given already, or all slots of the holder are taken."""
    return Proxy.objects.create(
        ballot=ballot, principal=principal, holder=holder, slot=slot, limit=limit, day=day, by=by
    )


def save(ballot: Ballot, names: Sequence[str]) -> Ballot:
    ballot.save(update_fields=list(names))
    return ballot
