"""Votes for tests: a charter with ballots beside the small community, people on its rolls, and short ways through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from gongzhi.core.charter.load import load_charter
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk.draft import Draft, NewMatter, Taken
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.ballots.actions import NewEntry
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.institutions.actions import found_organ, put_in_force, store_charter
from gongzhi.records.institutions.models import CharterVersion
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import Person, SeatTerm
from tests.support.community import FOLDER, MONDAY, Community

CLOSES = MONDAY + timedelta(days=10)
YES_NO = [{"key": "c1", "title": "同意公约吗"}]


def contact(n: int) -> str:
    return f"voter{n}@example.org"


def voters(many: int, first: int = 1, kind: str = "person", area: int | None = None) -> list[NewEntry]:
    """Lines of a roll with accounts; of owners each with this area and a little more."""
    return [
        NewEntry(f"住户{n}", f"{n}室", kind, area + n if area else None, parse_contact(contact(n)).index)
        for n in range(first, first + many)
    ]


@dataclass
class Polls:
    """`director` and `member` hold the ballots; `second` reads papers with them."""

    community: Community
    version: CharterVersion
    director: Person
    member: Person
    people: dict[int, Person] = field(default_factory=dict)

    def voter(self, n: int) -> Person:
        """The account of the n-th line."""
        if n not in self.people:
            mail = contact(n)
            self.people[n] = Person.objects.create(
                login=None, display_name=f"住户{n}", mail=mail, joined_at=MONDAY, home=self.community.place,
                purpose="test", legal_basis="test", collected_from="self",
            )  # fmt: skip
        return self.people[n]

    def begin(self, procedure: str = "covenant") -> Ballot:
        """A matter at its ballot step; nothing is prepared."""
        new = NewMatter(self.community.place, procedure, procedure=procedure, charter=self.version, public=True,
                        words={"what": "请大家表决"})  # fmt: skip
        matter = file_matter(new, self.community.who["resident"], MONDAY, None).matter
        return Ballot.objects.select_related("matter", "roll").get(matter=matter)

    def prepared(self, entries: Sequence[NewEntry], procedure: str = "covenant", items: object = None) -> Ballot:
        """Roll frozen, question set, not open yet."""
        ballot = self.begin(procedure)
        lead.add_to_roll(ballot.roll, entries, self.director, MONDAY)
        lead.freeze(ballot.roll, self.director, MONDAY)
        lead.set_terms(ballot, items or YES_NO, "", CLOSES, self.director, MONDAY)  # type: ignore[arg-type]
        return self.fresh(ballot)

    def opened(self, entries: Sequence[NewEntry], procedure: str = "covenant", items: object = None) -> Ballot:
        ballot = self.prepared(entries, procedure, items)
        lead.open_ballot(ballot, self.director, MONDAY)
        return self.fresh(ballot)

    def fresh(self, ballot: Ballot) -> Ballot:
        return Ballot.objects.select_related("matter", "roll").get(pk=ballot.pk)

    def close(self, ballot: Ballot, at: datetime = CLOSES, **more: object) -> Taken:
        """Count: the act that ends the step."""
        return take_step(ballot.matter.number, Draft("done", visit=ballot.visit, **more), self.director, at, None)  # type: ignore[arg-type]


def set_up_polls(community: Community, at: datetime = MONDAY - timedelta(days=30)) -> Polls:
    """The charter of votes beside that of the lamp; director and member sit in its committee and commission."""
    law = Path(settings.GONGZHI_CHARTERS) / "_law"
    loaded = load_charter(FOLDER / "votes", law)
    assert loaded.charter is not None, loaded.findings
    files = [(FOLDER, file) for file in (FOLDER / "votes").rglob("*.yaml")]
    files += [(law.parent, file) for file in law.rglob("*.yaml")]
    version = store_charter(loaded.charter, {str(f.relative_to(r)): f.read_text() for r, f in files}, at)
    put_in_force(version, community.street, at, "system")
    levels = {"street": community.street, "community": community.place}
    organs = {name: found_organ(loaded.charter, name, levels[one.at]) for name, one in loaded.charter.organs.items()}
    seats = (("director", "committee", "director"), ("member", "committee", "member"),
             ("director", "commission", ""), ("member", "commission", ""))  # fmt: skip
    for who, organ, seat in seats:
        SeatTerm.objects.create(person=community.who[who], organ_instance=organs[organ], seat=seat,
                                slot=1 if seat else None, start=at)  # fmt: skip
    return Polls(community, version, community.who["director"], community.who["member"])


def code(work: Callable[[], object]) -> str:
    """With which code the core refuses this."""
    with pytest.raises(Refused) as refused, transaction.atomic():
        work()
    return refused.value.code
