"""One matter on somebody's desk: as it stands now, how much of it they may see, and what they may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.procedure.acts import Actor
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.engine import answers
from gongzhi.core.procedure.moves import organ_of
from gongzhi.desk.permissions import actors, at_least, may_read, may_see_contact
from gongzhi.desk.reading import Level
from gongzhi.desk.standing import involved
from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.matters.numbers import tidy
from gongzhi.records.matters.queries import by_number
from gongzhi.records.people.models import Person
from gongzhi.web.looking import Looked, look
from gongzhi.web.workbench.page import desk_of
from gongzhi.words.actions import Action, actions_of
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms

__all__ = ["Found", "find"]

CONTACT = ("contact", "place")
MEETS = ("meeting", "consultation")
# What is not offered by the engine's options, because it moves nothing.
SAYINGS = ("note", "title", "related", "correct")


@dataclass(frozen=True)
class Found:
    """`mine` is everything the person is in this matter as staff, the strongest first."""

    looked: Looked
    person: Person
    level: Level
    at: datetime
    mine: tuple[Actor, ...]

    @property
    def matter(self) -> Matter:
        return self.looked.matter

    @property
    def case(self) -> Case:
        return self.looked.case

    @property
    def charter(self) -> Charter:
        return self.looked.charter

    @property
    def procedure(self) -> Procedure:
        return self.charter.procedures[self.case.procedure]

    @property
    def step(self) -> Step | None:
        return self.procedure.steps.get(self.case.control.step)

    @cached_property
    def terms(self) -> Terms:
        return Terms(self.charter)

    @cached_property
    def speaker(self) -> Speaker:
        return Speaker(self.terms, self.procedure)

    @property
    def meets(self) -> bool:
        """Is the step a meeting?"""
        return self.step is not None and self.step.do in MEETS and self.looked.view.state != "done"

    @property
    def role(self) -> str:
        """As what the person reads: `organ.seat`."""
        first = self.mine[0] if self.mine else None
        return f"{first.organ}.{first.seat}".rstrip(".") if first else ""

    @property
    def answers_organ(self) -> str:
        return answers(self.charter, self.case)

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """What the engine lets the person do, then what anybody with a part may say."""
        return (*actions_of(self.charter, self.case, list(self.mine)), *self._sayings())

    def action(self, kind: str, choice: str) -> Action | None:
        """The action of an address; `choice` is its outcome or part."""
        return next((one for one in self.actions if one.kind == kind and choice_of(one) == choice), None)

    def may_open(self, row: Words) -> bool:
        """May the person read these words?"""
        if row.erased_at is not None:
            return False
        if row.public:
            return True
        if row.kind in CONTACT:
            return self.may_reach
        return self.level == "full"

    @cached_property
    def may_reach(self) -> bool:
        """Name and phone are for those who have to reach the person."""
        return may_see_contact(self.person, self.charter, self.case, self.at, self.matter.filer_id)

    def _sayings(self) -> Iterable[Action]:
        """Remark, public title, correction and declaring to be a relative: they move nothing."""
        organs = involved(self.charter, self.case)
        actor = next((one for one in self.mine if one.organ in organs), None)
        if actor is None:
            return []
        now = {doer.organ for doer in self.case.history.doers if doer.visit == self.case.visit}
        did = now | {organ_of(self.case.control.holder)}
        blank = Action(actor, "", "", "", "", "", "", (), (), (), (), 1)
        named = {
            "note": (_("补充说明"), _("写一句话或加材料。不影响期限。")),
            "title": (_("改公开标题"), _("大家看到的名字，不写人名和电话。")),
            "correct": (_("更正材料"), _("新旧两份都留着，走过的环节不变。")),
            "related": (_("声明与本事项有关系"), _("以后这件事您不能再办，由同单位的其他人办。")),
        }
        wanted = [kind for kind in SAYINGS if kind != "correct" or actor.organ in did]
        is_open = self.case.control.status not in ("closed", "final")
        return [
            replace(blank, kind=kind, label=named[kind][0], leads_to=named[kind][1])
            for kind in wanted
            if kind == "note" or (is_open and (kind != "correct" or self._has_papers(actor)))
        ]

    def _has_papers(self, actor: Actor) -> bool:
        return self.matter.words.filter(act__organ=actor.organ, name__in=list(self.charter.documents)).exists()


def choice_of(action: Action) -> str:
    """What tells two actions of one kind apart, as it stands in an address."""
    return action.outcome or action.part or "-"


def find(request: HttpRequest, number: str) -> Found:
    """The matter as the reader may see it. 404: there is none, or it is not for the reader's organs."""
    desk, exact = desk_of(request), tidy(number)
    matter = by_number(exact) if exact else None
    if matter is None:
        raise Http404("no such matter")
    looked = look(matter, desk.at)
    level = may_read(desk.person, looked.charter, looked.case, desk.at, None)
    if not at_least(level, "course"):
        raise Http404("not for the reader's organs")
    everything = actors(desk.person, looked.charter, looked.case, desk.at, None)
    mine = tuple(one for one in everything if one.organ in looked.charter.organs)
    return Found(looked, desk.person, level, desk.at, mine)
