"""A small community for tests: three places, a charter of its own, organs, staff and residents. Real parts only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.load import load_charter
from gongzhi.core.charter.spec import Charter
from gongzhi.desk.draft import Draft, NewMatter, Taken
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.institutions.actions import add_place, found_organ, put_in_force, store_charter
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person, SeatTerm

FOLDER = Path(__file__).parent / "charters"
MONDAY = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)
SEATS = {
    "director": ("committee", "director"),
    "member": ("committee", "member"),
    "secretary": ("branch", "secretary"),
    "works": ("works", ""),
    "garden": ("garden", ""),
    "deputy": ("street", "deputy"),
    "joint": ("joint", ""),
}


@dataclass
class Community:
    """`who` maps a role (director, works, resident, neighbour ...) to its person."""

    place: Place
    street: Place
    charter: Charter
    organs: dict[str, OrganInstance]
    who: dict[str, Person]

    def file(self, by: str = "resident", at: datetime = MONDAY, key: str | None = None, **more: object) -> Taken:
        """File a matter about a lamp, unless `category` says otherwise."""
        more.setdefault("category", "lamp")
        more.setdefault("words", {"what": "三号楼路灯不亮"})
        return file_matter(NewMatter(self.place, **more), self.who[by], at, key)  # type: ignore[arg-type]

    def do(
        self, matter: Matter, by: str | None, kind: str, at: datetime, key: str | None = None, **more: object
    ) -> Taken:
        """Take a step as the person of a role; None is the machine."""
        return take_step(matter.number, Draft(kind, **more), self.who[by] if by else None, at, key)  # type: ignore[arg-type]

    def walk(self, matter: Matter, at: datetime, until: str = "") -> datetime:
        """The shortest way through the procedure `lamp`, an hour for each act, up to the step `until`."""
        way = [
            ("receive", "member", "done", {"outcome": "simple", "words": {"receipt": "收到"}}),
            ("repair", "works", "accept", {}),
            ("repair", "works", "done", {"outcome": "repaired", "words": {"report": "换了灯泡"}}),
            ("confirm", "member", "serve", {"channel": "counter"}),
            ("confirm", "resident", "done", {"outcome": "content"}),
        ]
        for step, by, kind, more in way:
            if step == until:
                break
            at += timedelta(hours=1)
            self.do(matter, by, kind, at, **more)
        return at


def found_community(at: datetime = MONDAY - timedelta(days=400)) -> Community:
    """Make the community in the database of the test."""
    law = Path(settings.GONGZHI_CHARTERS) / "_law"
    loaded = load_charter(FOLDER / "lamp", law)
    assert loaded.charter is not None, loaded.findings
    charter = loaded.charter
    files = [(FOLDER, file) for file in (FOLDER / "lamp").rglob("*.yaml")]
    files += [(law.parent, file) for file in law.rglob("*.yaml")]
    source = {str(file.relative_to(root)): file.read_text() for root, file in files}
    street = add_place("990101001000", "试验街道", "street", short="shiyan")
    place = add_place("990101001001", "试验社区", "community", street, short="lamp")
    version = store_charter(charter, source, at)
    put_in_force(version, street, at, "system")
    levels = {"street": street, "community": place}
    organs = {name: found_organ(charter, name, levels[organ.at]) for name, organ in charter.organs.items()}
    who = {role: _person(role, at) for role in SEATS}
    for role, (organ, seat) in SEATS.items():
        slot = 1 if seat else None
        SeatTerm.objects.create(person=who[role], organ_instance=organs[organ], seat=seat, slot=slot, start=at)
    for role in ("resident", "neighbour", "third"):
        who[role] = _person(role, at, home=place)
    return Community(place, street, charter, organs, who)


def _person(role: str, at: datetime, home: Place | None = None) -> Person:
    return Person.objects.create(
        login=role, display_name=role, joined_at=at, home=home, purpose="test", legal_basis="test",
        collected_from="self",
    )  # fmt: skip
