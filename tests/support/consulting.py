"""A community that consults before it decides: a small charter, seats taken, residents, and short ways."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.load import load_charter
from gongzhi.desk.consultations import moderate, open_up, seed
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.consultations.models import Consultation, Stance
from gongzhi.records.consultations.queries import voter_of
from gongzhi.records.institutions.actions import add_place, found_organ, put_in_force, store_charter
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person, SeatTerm

FOLDER = Path(__file__).parent / "charters" / "asking"
MONDAY = datetime(2026, 5, 6, 9, 0, tzinfo=CHINA)
SEATS = {
    "director": ("residents_committee", "director"),
    "secretary": ("party_committee", "secretary"),
    "chair": ("deliberation_committee", "chair"),
    "street": ("street_office", ""),
}
SAID = (
    "晚上开到九点",
    "周一闭馆",
    "收一点电费",
    "开给小学生写作业",
    "让社团包场",
    "装监控探头",
    "门口设茶水",
    "周末早上也开",
)


@dataclass
class Consulting:
    """`who` maps a role (director, secretary, chair, street, r0 … r9 and more) to its person."""

    place: Place
    who: dict[str, Person] = field(default_factory=dict)
    at: datetime = MONDAY

    def resident(self, number: int) -> Person:
        name = f"r{number}"
        if name not in self.who:
            self.who[name] = person(name, self.place)
        return self.who[name]

    def later(self, **span: int) -> datetime:
        self.at += timedelta(**(span or {"minutes": 1}))
        return self.at

    def do(self, matter: Matter, by: str, kind: str = "done", **more: Any) -> Matter:
        return take_step(matter.number, Draft(kind, **more), self.who[by], self.later(), None).matter

    def file(self, procedure: str = "decision", category: str = "decision", by: int = 0) -> Matter:
        new = NewMatter(
            self.place, category, words={"what": "活动室晚上能不能开到九点"}, procedure=procedure, public=True
        )
        return file_matter(new, self.resident(by), self.later(), None).matter

    def consult(self) -> Consultation:
        """A decision at its step of consulting; the consultation is planned."""
        matter = self.do(self.file(), "director", outcome="registered", words={"proposal": "活动室开放时间"})
        matter = self.do(matter, "secretary", outcome="studied", words={"opinion": "同意征求意见"})
        return Consultation.objects.get(matter=matter, visit=matter.visit)

    def opened(self, statements: tuple[str, ...] = SAID) -> Consultation:
        """The consultation, with statements, open for everybody."""
        found = self.consult()
        seed(found.pk, self.who["chair"], statements, self.later())
        values = {"title": "活动室什么时候开", "intro": "请大家说说", "adds": True, "until": None}
        return open_up(found.pk, self.who["chair"], values, self.later())

    def camps(self, found: Consultation, sizes: tuple[int, int] = (14, 12)) -> None:
        """Two camps vote: the first four statements divide them, the last one all like."""
        rows = list(found.contributions.filter(kind="statement").order_by("number"))
        cast: list[Stance] = []
        for number in range(sum(sizes)):
            first = number < sizes[0]
            for at, row in enumerate(rows):
                answer = 1 if at == len(rows) - 1 else (1 if (at % 2 == 0) == first else -1)
                if at == (number % 5):
                    answer = 0
                cast.append(Stance(statement=row, voter=voter_of(found, self.resident(number)), answer=answer))
        Stance.objects.bulk_create(cast)

    def show(self, pk: int) -> None:
        moderate(pk, self.who["chair"], self.later())


def person(name: str, home: Place | None = None) -> Person:
    return Person.objects.create(
        login=name if home is None else None, display_name=name, joined_at=MONDAY - timedelta(days=90), home=home,
        purpose="test", legal_basis="test", collected_from="self",
    )  # fmt: skip


def found_consulting() -> Consulting:
    """Set up in the database of the test."""
    law = Path(settings.GONGZHI_CHARTERS) / "_law"
    loaded = load_charter(FOLDER, law)
    assert loaded.charter is not None, loaded.findings
    charter, since = loaded.charter, MONDAY - timedelta(days=90)
    source = {str(file.relative_to(FOLDER.parent)): file.read_text() for file in FOLDER.rglob("*.yaml")}
    source |= {str(file.relative_to(law.parent)): file.read_text() for file in law.rglob("*.yaml")}
    street = add_place("990102001000", "问事街道", "street")
    place = add_place("990102001001", "问事社区", "community", street, short="asking")
    put_in_force(store_charter(charter, source, since), place, since, "system")
    for name, organ in charter.organs.items():
        found_organ(charter, name, {"street": street, "community": place}[organ.at])
    made = Consulting(place)
    for role, (held, seat) in SEATS.items():
        made.who[role] = person(role)
        instance = OrganInstance.objects.get(organ=held)
        SeatTerm.objects.create(
            person=made.who[role], organ_instance=instance, seat=seat, slot=1 if seat else None,
            start=MONDAY - timedelta(days=60),
        )  # fmt: skip
    return made
