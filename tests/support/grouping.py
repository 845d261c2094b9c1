"""A project for tests: the shipped charter of service projects, at the step where its group is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongzhi.api.cast import seat_person
from gongzhi.core.calendar import CHINA
from gongzhi.desk import project_group as group
from gongzhi.desk.draft import Draft, NewMatter, Taken
from gongzhi.desk.setup import set_up_place
from gongzhi.desk.step import file_matter, take_step
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.records.projects.actions import NewMember
from gongzhi.records.projects.models import ProjectMember

ROLES = {
    "director": "residents_committee.director", "worker": "residents_committee.project_worker",
    "coordinator": "coordination_group.centre", "leader": "execution_group.leader",
    "treasurer": "execution_group.treasurer", "member": "execution_group.member",
    "watcher": "supervision_group.treasury", "evaluator": "partner.lead",
}  # fmt: skip
AT = datetime(2026, 4, 7, 9, tzinfo=CHINA)
LEADER = NewMember("张居民", "13600000001", "leader", True, "统筹")


@dataclass
class Grouping:
    """A project whose money is granted; `resident` has an account with the phone of LEADER."""

    place: Place
    who: dict[str, Person]
    resident: Person
    matter: Matter

    @property
    def step(self) -> str:
        self.matter.refresh_from_db()
        return self.matter.visit.partition("#")[0]

    def do(self, by: str, kind: str, **more: object) -> Taken:
        taken = take_step(self.matter.number, Draft(kind, **more), self.who[by], AT, None)  # type: ignore[arg-type]
        self.matter.refresh_from_db()
        return taken

    def name(self, new: NewMember, by: str = "director") -> ProjectMember:
        return group.add_member(self.matter, new, self.who[by], AT)

    def named(self, **fields: object) -> Taken:
        """End the step that names the group."""
        return self.do("director", "done", outcome="named", fields=fields, words={"group_list": "名单"})

    def under_way(self) -> None:
        """Leader and treasurer named and signed; the work begins."""
        leader = self.name(LEADER)
        treasurer = self.name(NewMember("钱会计", "", "treasurer", True, "记账"))
        self.named()
        group.sign(leader, self.resident, AT)
        group.sign_on_paper(treasurer, AT.date(), self.who["director"], AT)
        for role in ("leader", "treasurer", "member"):
            self.do(role, "part", part=f"sign.execution_group.{role}")
        self.do("director", "done", outcome="signed", words={"duty_contract": "合同"})


def set_up_group() -> Grouping:
    """The place, its people, and a project at the step that names its group."""
    set_up_place(Path(settings.GONGZHI_CHARTERS) / "qingyuan")
    place = Place.objects.filter(level="community").order_by("code")[0]
    who: dict[str, Person] = {}
    for role, seat in ROLES.items():
        who[role] = seat_person(place.code, [seat], [one.pk for one in who.values()], role, AT)
    resident = Person.objects.create(
        login=None, display_name="张居民", phone=LEADER.contact, joined_at=AT, home=place, purpose="test",
        legal_basis="test", collected_from="self",
    )  # fmt: skip
    new = NewMatter(place, "project", words={"what": "孩子的地方"}, organ="residents_committee", public=True)
    found = Grouping(place, who, resident, file_matter(new, who["director"], AT, None).matter)
    learnt = {"analyse": True, "needs": True, "apply": True}
    found.do("director", "done", outcome="learned", fields=learnt, words={"training_record": "学完"})
    found.do("director", "part", part="help.residents", count=12)
    found.do("director", "done", outcome="found", words={"needs_form": "反馈"})
    found.do("worker", "part", part="resident_author", count=2)
    asked = {"asked_yuan": 10_000, "for_vulnerable": True}
    found.do("worker", "done", outcome="submitted", fields=asked, words={"application": "五部分"})
    found.do("coordinator", "done", outcome="complete", words={"check_note": "齐全"})
    found.do("coordinator", "done", outcome="funded", fields={"granted_yuan": 10_000})
    return found
