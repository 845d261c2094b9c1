"""The review day of Qingyuan for tests: the shipped charter, 23 communities of one street, 120 people on the roll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zlib import crc32

from django.conf import settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.spec import Charter
from gongzhi.desk import reviewing as review
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.setup import set_up_place
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.ballots.actions import NewEntry
from gongzhi.records.institutions.actions import add_place
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import Person, SeatTerm
from gongzhi.records.projects.models import ReviewDay

MORNING = datetime(2026, 4, 17, 9, tzinfo=CHINA)
CLOSES = MORNING.replace(hour=17)
MANY, VOTERS, CRITERIA = 23, 120, 3
SEATS = {
    "centre": ("service_centre", "head"),
    "coordinator": ("coordination_group", "partner"),
    "second": ("coordination_group", "centre"),
    "street": ("street_office", "leader"),
    "steering": ("steering_group", "street"),
    "watcher": ("supervision_group", "discipline"),
    "partner": ("partner", "lead"),
}


@dataclass
class Street:
    """The street, its communities in the order they present, and everybody with a part."""

    place: Place
    communities: list[Place]
    who: dict[str, Person]
    matter: Matter

    def do(self, by: str, kind: str, at: datetime, **more: object) -> None:
        """A step of the review matter as it stands now."""
        visit = Matter.objects.get(pk=self.matter.pk).visit
        take_step(self.matter.number, Draft(kind, visit=visit, **more), self.who[by], at, None)  # type: ignore[arg-type]

    def list_projects(self, day: ReviewDay, first: int) -> None:
        """The projects from `first` on; every fifth is for people in difficulty."""
        for n in range(first, MANY + 1):
            new = review.NewEntry(self.communities[n - 1], f"{n}号项目", 1000 * n, n % 5 == 0)
            review.add(day, new, self.who["coordinator"], MORNING)

    def hear(self, day: ReviewDay, at: datetime) -> None:
        """Those not heard yet present and are asked."""
        for entry in day.entries.filter(answered_at=None).order_by("number"):
            review.start(entry, self.who["coordinator"], at)
            review.presented(entry, self.who["coordinator"], at)
            review.ask(entry, "resident", "钱用完了谁来管？", "居民值日。", self.who["coordinator"], at)
            review.answered(entry, self.who["coordinator"], at)

    def end_hearing(self, at: datetime) -> None:
        """Sixty residents and the street's leader came; all projects were heard."""
        self.do("coordinator", "part", at, part="attend.residents", count=60)
        self.do("street", "part", at, part="attend.street_office.leader", state="done")
        self.do("coordinator", "done", at, outcome="heard", words={"minutes": "各社区介绍，回答提问。"})


def found_street() -> Street:
    """The charter in force, everybody in their seats, the guide sent out: the matter waits for the presentations."""
    place, charter = set_up_place(Path(settings.GONGZHI_CHARTERS) / "qingyuan")
    for n in range(5, MANY + 1):
        add_place(f"1101159989{n:02}", f"第{n}社区", "community", place)
    communities = list(Place.objects.filter(level="community", path__startswith=place.path).order_by("code"))
    who = {role: _seated(charter, place, role) for role in SEATS}
    new = NewMatter(place, "review_day", procedure="review_day", public=True,
                    words={"what": "2026年社区服务项目公开评审"})  # fmt: skip
    matter = file_matter(new, who["centre"], MORNING - timedelta(days=20), None).matter
    street = Street(place, communities, who, matter)
    street.do(
        "coordinator", "done", MORNING - timedelta(days=18), outcome="issued", words={"project_guide": "五部分。"}
    )
    return street


def _seated(charter: Charter, place: Place, role: str) -> Person:
    organ, seat = SEATS[role]
    person = Person.objects.create(login=role, display_name=role, joined_at=MORNING, purpose="test",
                                   legal_basis="test", collected_from="employer")  # fmt: skip
    instance = OrganInstance.objects.get(organ=organ, place=place, charter=charter.name)
    SeatTerm.objects.create(
        person=person, organ_instance=instance, seat=seat, slot=1, start=MORNING - timedelta(days=99)
    )
    return person


def contact(n: int) -> str:
    return f"scorer{n}@example.org"


def scorers() -> list[NewEntry]:
    """The roll."""
    rooms = range(1, VOTERS + 1)
    return [NewEntry(f"代表{n}", f"{n}号", "person", None, parse_contact(contact(n)).index) for n in rooms]


def scorer(n: int, home: Place) -> Person:
    """The account of the n-th line."""
    return Person.objects.create(login=None, display_name=f"代表{n}", mail=contact(n), joined_at=MORNING, home=home,
                                 purpose="test", legal_basis="test", collected_from="self")  # fmt: skip


def points(voter: int) -> list[str]:
    """What somebody gives, different for each, project by project."""
    return [str(crc32(f"{voter}.{cell}".encode()) % 6) for cell in range(MANY * CRITERIA)]
