"""会场: what goes on in the room of a meeting, and everything that who leads it can do. One address, one form each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.meeting import quorum_of
from gongzhi.desk import meeting_facts, meeting_room
from gongzhi.desk.meeting_roll import RollFault, numbers_in, read_roll
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.meetings import queries
from gongzhi.records.meetings.models import AgendaItem, Meeting, MeetingVoice
from gongzhi.records.people.models import Person
from gongzhi.web import texts
from gongzhi.web.workbench.gathering import Gathering
from gongzhi.words import meetings as said

__all__ = ["DEEDS", "Quorum", "do", "item_view", "quorum", "room_of"]


@dataclass(frozen=True, slots=True)
class Quorum:
    """Where the roll stands: members, present, needed by the rule. `rule` is its article of law."""

    eligible: int
    present: int
    needed: int
    reached: bool
    rule: str

    @property
    def more(self) -> int:
        """How many may still come."""
        return self.eligible - self.present

    def bar(self) -> dict[str, Any]:
        """For the meter."""
        missing = _("还差%(n)d人") % {"n": self.needed - self.present} if self.present < self.needed else ""
        words = _("到会%(have)d人，要%(need)d人") % {"have": self.present, "need": self.needed}
        return {
            "label": _("应到%(n)d人") % {"n": self.eligible}, "have": self.present, "need": self.needed,
            "total": self.eligible, "words": words, "missing": missing,
        }  # fmt: skip


def quorum(here: Gathering) -> Quorum | None:
    """None where the meeting has no roll or decides nothing."""
    row = here.meeting
    rule = meeting_facts.rule_here(here.found.charter, row, here.found.at)
    if rule is None or not row.eligible:
        return None
    present = queries.there(row)
    reached, needed = quorum_of(rule, row.eligible, present, 0)
    return Quorum(row.eligible, present, needed, reached, said.law_text(here.found.charter, rule.name, rule.law))


def room_of(here: Gathering) -> dict[str, Any]:
    """Everything the room shows: roll, items, questions, what earlier meetings resolved. A fixed number of queries."""
    row, found = here.meeting, here.found
    rules = found.procedure.steps[row.visit.partition("#")[0]].meeting
    names = _names(row) if here.may_lead else {}
    members = [(one, names.get(one.number, "")) for one in queries.roll(row)] if here.may_lead else []
    voices = list(row.voices.select_related("text", "shown", "answer").order_by("kind", "number"))
    items = list(row.items.prefetch_related("turns", "recusals__member", "hand_counts", "votes").order_by("number"))
    return {
        "quorum": quorum(here),
        "members": members,
        "items": [item_view(here, one) for one in items],
        "questions": [_voice(here, one) for one in voices if one.kind == "question"],
        "topics": [_voice(here, one) for one in voices if one.kind == "topic"],
        "objections": [_voice(here, one) for one in voices if one.kind == "objection"],
        "to_report": list(queries.open_resolutions(row.organ_id, row)[:30]) if here.may_lead else [],
        "speakers_options": [
            {"value": who, "text": said.speaker_text(found.terms, who)} for who in meeting_room.speakers(row)
        ],
        "wall": bool(rules and rules.topics),
        "decides": meeting_facts.rule_here(found.charter, row, found.at) is not None,
        "busy": next((one for one in items if one.status == "voting"), None),
        "source_options": [
            {"value": one, "text": said.source_text(one)} for one in ("floor", "written", "hotline", "online")
        ],
    }


def _names(row: Meeting) -> dict[int, str]:
    """The names on the roll, for who ticks them off at the door."""
    lines = read_text(row.names).split("\n") if row.names and row.names.erased_at is None else []
    found = (line.partition(" ") for line in lines)
    return {int(number): name for number, _space, name in found if number.isdecimal()}


def item_view(here: Gathering, item: AgendaItem) -> dict[str, Any]:
    """One item as pages and the hall show it."""
    voted = {"yes": item.yes, "no": item.no, "abstain": item.abstain}
    law = said.law_text(here.found.charter, item.rule, item.law)
    return {
        "item": item,
        "state": said.item_state(item.status),
        "source": said.source_text(item.source) if item.source != "notice" else "",
        "turns": [said.speaker_text(here.found.terms, one.who) for one in sorted(item.turns.all(), key=_by_number)],
        "recused": [one.member.number for one in item.recusals.all()],
        "cast": len(item.votes.all()),
        "counts": len(item.hand_counts.all()),
        "verdict": said.verdict_sentence(item.outcome, voted, item.because, law) if item.outcome else "",
    }


def _by_number(turn: Any) -> int:
    return int(turn.number)


def _voice(here: Gathering, one: MeetingVoice) -> dict[str, Any]:
    own = read_text(one.text) if here.found.may_open(one.text) else ""
    return {
        "voice": one, "text": own, "shown": read_text(one.shown) if one.shown else "",
        "answer": read_text(one.answer) if one.answer else "", "source": said.source_text(one.source),
    }  # fmt: skip


# --- what can be done ---


def do(request: HttpRequest, here: Gathering, key: str | None) -> list[str]:
    """Carry out the one form that was sent; why not, in sentences. Empty: done."""
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        return [_("没有这种办理动作。请刷新页面。")]
    try:
        return deed(_Asked(request, here, key))
    except Refused as refused:
        return [tell(here, refused)]


def tell(here: Gathering, refused: Refused) -> str:
    return here.found.speaker.refusal(refused.code, refused.args_map, here.found.case.control.step)


@dataclass(frozen=True, slots=True)
class _Asked:
    request: HttpRequest
    here: Gathering
    key: str | None

    @property
    def person(self) -> Person:
        return self.here.found.person

    def text(self, name: str) -> str:
        return texts.clean_text(self.request.POST.get(name, ""))

    def line(self, name: str) -> str:
        return texts.clean_line(self.text(name))

    def number(self, name: str) -> int:
        typed = self.line(name)
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1


def _roll(a: _Asked) -> list[str]:
    lines, faults = read_roll(a.text("roll"))
    if faults:
        return [_fault(one) for one in faults[:20]]
    meeting_room.set_roll(a.here.meeting, a.person, lines, a.here.found.at, a.key)
    return []


def _fault(fault: RollFault) -> str:
    why = {
        "number": _("“%(v)s”不是号码，请写成“1 张三”"),
        "double": _("%(v)s号写了两次"),
        "name": _("%(v)s号没有写姓名"),
        "contact": _("“%(v)s”不是手机号或邮箱"),
        "unknown": _("%(v)s号的手机或邮箱没有登记账户，请删掉，改为现场点名签到"),
    }[fault.code] % {"v": fault.value}
    return _("第%(n)d行：%(why)s") % {"n": fault.line, "why": why}


def _tick(a: _Asked) -> list[str]:
    numbers, wrong = numbers_in(a.text("numbers"))
    if wrong or not numbers:
        return [_("请写号码，如“1-40 43”，您写的是“%(v)s”") % {"v": wrong}]
    return [tell(a.here, one) for one in
            meeting_room.sign_in(a.here.meeting, a.person, numbers, a.line("means"), a.here.found.at)]  # fmt: skip


def _leave(a: _Asked) -> list[str]:
    numbers, wrong = numbers_in(a.text("numbers"))
    if wrong or not numbers:
        return [_("请写号码，如“1-40 43”，您写的是“%(v)s”") % {"v": wrong}]
    faults = []
    for number in numbers:
        try:
            meeting_room.leave(a.here.meeting, a.person, number, a.here.found.at)
        except Refused as refused:
            faults.append(tell(a.here, refused))
    return faults


def _open(a: _Asked) -> list[str]:
    meeting_room.open_meeting(a.here.meeting, a.person, a.here.found.at, a.key)
    return []


def _add(a: _Asked) -> list[str]:
    title = a.line("title")
    if not title:
        return [_("请写要议的事")]
    meeting_room.add_item(a.here.meeting, a.person, title, a.line("source"), a.here.found.at)
    return []


def _turn(a: _Asked) -> list[str]:
    meeting_room.turn_to(a.here.meeting, a.person, a.number("item"), a.here.found.at)
    return []


def _recuse(a: _Asked) -> list[str]:
    meeting_room.recuse(a.here.meeting, a.person, a.number("item"), a.number("number"), a.here.found.at)
    return []


def _speak(a: _Asked) -> list[str]:
    meeting_room.speak(a.here.meeting, a.person, a.number("item"), a.line("who"), a.here.found.at)
    return []


def _begin(a: _Asked) -> list[str]:
    meeting_room.begin_vote(a.here.meeting, a.person, a.number("item"), a.line("way"), a.here.found.at)
    return []


def _count(a: _Asked) -> list[str]:
    counted = {name: a.number(name) for name in ("yes", "no", "abstain")}
    if min(counted.values()) < 0:
        return [_("三个数都要填，没有的填0")]
    meeting_room.count_hands(a.here.meeting, a.person, a.number("item"), counted, a.here.found.at)
    return []


def _vote_for(a: _Asked) -> list[str]:
    meeting_room.vote_for(
        a.here.meeting, a.person, a.number("item"), a.number("number"), a.line("choice"), a.here.found.at
    )
    return []


def _decide(a: _Asked) -> list[str]:
    meeting_room.decide(a.here.meeting, a.person, a.number("item"), a.here.found.at, a.key)
    return []


def _bring(a: _Asked) -> list[str]:
    if not a.text("said"):
        return [_("请写上问题")]
    source = a.line("source") if a.line("source") in ("written", "floor", "hotline", "online") else "floor"
    kind = "topic" if a.line("kind") == "topic" else "question"
    meeting_room.bring(a.here.meeting, a.person, kind, source, a.text("said"), a.here.found.at, a.key)
    return []


def _answer(a: _Asked) -> list[str]:
    if not a.text("answer"):
        return [_("请写答复")]
    meeting_room.answer(
        a.here.meeting, a.person, a.number("voice"), a.line("state") or "answered", a.text("shown"), a.text("answer"),
        a.here.found.at, a.key,
    )  # fmt: skip
    return []


def _group(a: _Asked) -> list[str]:
    meeting_room.group_topic(a.here.meeting, a.person, a.number("number"), a.line("group"), a.here.found.at)
    return []


DEEDS: dict[str, Callable[[_Asked], list[str]]] = {
    "roll": _roll, "sign": _tick, "leave": _leave, "open": _open, "add": _add, "turn": _turn, "recuse": _recuse,
    "speak": _speak, "vote": _begin, "count": _count, "vote_for": _vote_for, "decide": _decide, "bring": _bring,
    "answer": _answer, "group": _group,
}  # fmt: skip
