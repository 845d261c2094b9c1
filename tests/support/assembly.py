"""A community whose charter calls its representatives together: 60 of them, three with an account. Real parts only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.load import load_charter
from gongzhi.desk import meeting_room
from gongzhi.desk.draft import Draft, Invitation, NewMatter
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.institutions.actions import add_place, found_organ, put_in_force, store_charter
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.meetings.models import Meeting
from gongzhi.records.people.models import Person, SeatTerm

FOLDER = Path(__file__).parent / "charters"
MONDAY = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)
MEETS = datetime(2026, 3, 30, 16, tzinfo=CHINA)
SEATS = {"director": ("committee", "director"), "women": ("committee", "women"), "works": ("works", "")}
ACCOUNTS = 3


@dataclass
class Assembly:
    """`who` maps a role to its person; `rep1` to `rep3` are representatives 1 to 3."""

    place: Place
    organs: dict[str, OrganInstance]
    who: dict[str, Person]

    def file(self, category: str = "assembly", by: str = "resident", at: datetime = MONDAY) -> Matter:
        new = NewMatter(self.place, category, words={"what": "车棚"}, public=True)
        return file_matter(new, self.who[by], at, None).matter

    def do(self, matter: Matter, by: str, kind: str, at: datetime, **more: object) -> Matter:
        take_step(matter.number, Draft(kind, **more), self.who[by], at, None)  # type: ignore[arg-type]
        return Matter.objects.get(pk=matter.pk)

    def to_meeting(self, family: bool = False) -> Meeting:
        """A matter whose meeting has to be called."""
        fields = {"concerns_family": family}
        matter = self.do(
            self.file(), "director", "done", MONDAY, outcome="ready", fields=fields, words={"proposal": "三个选址"}
        )
        return self.meeting(matter)

    def meeting(self, matter: Matter) -> Meeting:
        return Meeting.objects.select_related("matter__place").get(matter=matter, visit=matter.visit)

    def invite(self, meeting: Meeting, meets: datetime = MEETS, at: datetime = MONDAY, *agenda: str) -> Meeting:
        asked = Invitation(meets, "活动室", agenda=agenda or ("车棚选址", "谁出钱"))
        self.do(meeting.matter, "director", "note", at, state="invitation", invitation=asked)
        meeting.refresh_from_db()
        return meeting

    def lines(self, many: int = 60) -> list[tuple[int, str, Person | None]]:
        return [(n, f"代表{n}", self.who.get(f"rep{n}")) for n in range(1, many + 1)]

    def opened(self, present: int = 40, members: int = 60) -> Meeting:
        """Called, rolled, and begun with the first `present` members there."""
        meeting = self.invite(self.to_meeting())
        meeting_room.set_roll(meeting, self.who["director"], self.lines(members), MONDAY)
        faults = meeting_room.sign_in(meeting, self.who["director"], range(1, present + 1), "list", MEETS)
        assert faults == []
        meeting_room.open_meeting(meeting, self.who["director"], MEETS)
        meeting.refresh_from_db()
        return meeting

    def voted(self, meeting: Meeting, yes: int, item: int = 1, at: datetime = MEETS) -> None:
        """A show of hands that two people counted the same."""
        director, women = self.who["director"], self.who["women"]
        meeting_room.speak(meeting, director, item, "committee.director", at)
        meeting_room.begin_vote(meeting, director, item, "hands", at)
        meeting.refresh_from_db()
        counted = {"yes": yes, "no": meeting.items.get(number=item).counts["present"] - yes, "abstain": 0}
        for teller in (director, women):
            meeting_room.count_hands(meeting, teller, item, counted, at)
        meeting_room.decide(meeting, director, item, at)


def found_assembly(at: datetime = MONDAY - timedelta(days=200)) -> Assembly:
    """Make it in the database of the test."""
    law = Path(settings.GONGZHI_CHARTERS) / "_law"
    loaded = load_charter(FOLDER / "assembly", law)
    assert loaded.charter is not None, loaded.findings
    charter = loaded.charter
    files = [(FOLDER, file) for file in (FOLDER / "assembly").rglob("*.yaml")]
    files += [(law.parent, file) for file in law.rglob("*.yaml")]
    source = {str(file.relative_to(root)): file.read_text() for root, file in files}
    street = add_place("990107001000", "大会街道", "street", short="dahui")
    place = add_place("990107001001", "大会社区", "community", street, short="assembly")
    put_in_force(store_charter(charter, source, at), street, at, "system")
    levels = {"street": street, "community": place}
    organs = {name: found_organ(charter, name, levels[organ.at]) for name, organ in charter.organs.items()}
    who = {role: _person(role, at, place) for role in (*SEATS, "resident", "rep1", "rep2", "rep3")}
    for role, (organ, seat) in SEATS.items():
        SeatTerm.objects.create(
            person=who[role], organ_instance=organs[organ], seat=seat, slot=1 if seat else None, start=at
        )
    return Assembly(place, organs, who)


def _person(role: str, at: datetime, home: Place) -> Person:
    return Person.objects.create(
        login=role, display_name=role, joined_at=at, home=home, purpose="test", legal_basis="test",
        collected_from="self",
    )  # fmt: skip
