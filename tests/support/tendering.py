"""A tender for tests: the shipped charter of welfare tenders at its place, its people, and short ways through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongzhi.api.cast import seat_person
from gongzhi.core.calendar import CHINA
from gongzhi.desk import room_facts
from gongzhi.desk import tender_panel as panel
from gongzhi.desk import tenders as desk
from gongzhi.desk.draft import Draft, NewMatter, Taken
from gongzhi.desk.setup import set_up_place
from gongzhi.desk.step import file_matter, settle, take_step
from gongzhi.records.institutions.actions import add_place
from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.records.projects.tender_actions import NewBid, NewTarget
from gongzhi.records.projects.tender_queries import latest
from gongzhi.records.projects.tenders import Bid, Tender

ROLES = {"buyer": "civil_bureau.officer", "panel": "expert_panel", "auditor": "audit_office",
         "provider": "social_organisation", "judge": "evaluators"}  # fmt: skip
OUT = datetime(2026, 3, 9, 9, tzinfo=CHINA)
HOUR = datetime(2026, 3, 30, 9, 30, tzinfo=CHINA)
OPENING = datetime(2026, 3, 30, 0, 1, tzinfo=CHINA)
TARGETS = [NewTarget("服务老人", "人次", 1200), NewTarget("满意的人", "人", 90)]


@dataclass
class Bidding:
    """A tender of one community fund: `matter` stands at the step before the call."""

    place: Place
    who: dict[str, Person]
    matter: Matter

    @property
    def tender(self) -> Tender:
        found = latest(self.matter)
        assert found is not None
        return found

    def do(self, by: str, kind: str, at: datetime, **more: object) -> Taken:
        taken = take_step(self.matter.number, Draft(kind, **more), self.who[by], at, None)  # type: ignore[arg-type]
        self.matter.refresh_from_db()
        return taken

    def bid(self, bidder: str, yuan: int, at: datetime, channel: str = "web", by: str = "provider") -> Bid:
        sealed = NewBid(
            bidder, "" if channel == "paper" else "方案", None if channel == "paper" else yuan * 100, channel
        )
        return desk.hand_in(self.tender, sealed, self.who[by], at)

    def published(self) -> None:
        """The call is out; bids until HOUR."""
        terms = desk.Terms(HOUR, 54_000_000, "区民政局一楼", TARGETS)
        desk.set_terms(self.matter, terms, self.who["buyer"], OUT)
        self.do("buyer", "done", OUT, outcome="published", words={"tender_notice": "公告"})
        self.do("buyer", "serve", OUT)

    def opened(self, bids: int = 3) -> None:
        """So many bids, opened at the hour by two people; the matter stands with the panel."""
        self.published()
        for n in range(1, bids + 1):
            self.bid(f"{n}号社会组织", 100_000 * n, OUT)
        settle(self.matter.number, OPENING)
        self.do("auditor", "part", OPENING, part="attend.audit_office")
        desk.open_bids(self.matter, self.who["buyer"], HOUR)
        desk.open_bids(self.matter, self.who["auditor"], HOUR)
        self.do("buyer", "done", HOUR, outcome="opened", words={"opening_record": "当众拆封"})

    def seat_panel(self, many: int = 5, interests: tuple[int, ...] = ()) -> None:
        for n in range(1, many + 1):
            one = panel.add_evaluator(self.matter, f"评委{n}", f"1380000{n:04}", True, self.who["panel"], HOUR)
            panel.declare(one, "has" if n in interests else "none", self.who["panel"], HOUR)

    def mark(self) -> None:
        """Everybody who may gives marks: the first bid the most."""
        marks = {bid.number: 90 - 10 * bid.number for bid in self.tender.bids.all()}
        for one in self.tender.evaluators.all():
            if room_facts.sits(one):
                panel.give_marks(one, marks, self.who["panel"], HOUR)


def set_up_tender(public: bool = True) -> Bidding:
    """The place, its people, and a matter after its two briefings."""
    place, _charter = set_up_place(Path(settings.GONGZHI_CHARTERS) / "nanjing")
    street = add_place("320199001000", "示例街道", "street", place)
    add_place("320199001001", "示例社区", "community", street)  # the portal is a community's
    before, taken = datetime(2026, 3, 2, 9, tzinfo=CHINA), list[int]()
    who: dict[str, Person] = {}
    for role, seat in ROLES.items():
        who[role] = seat_person(place.code, [seat], taken, role, before)
        taken.append(who[role].pk)
    new = NewMatter(place, "welfare_tender", words={"what": "公益项目"}, organ="civil_bureau", public=public)
    found = Bidding(place, who, file_matter(new, who["buyer"], before, None).matter)
    found.do("buyer", "done", before, outcome="issued", fields={"must_tender": True}, words={"project_guide": "指南"})
    for _ in range(2):
        found.do("provider", "part", before, part="attend.social_organisation")
        found.do("buyer", "done", before, outcome="held", words={"briefing_record": "说明会"})
    return found
