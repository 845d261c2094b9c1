"""What the room has counted goes into the act before the engine sees it, so that nobody types it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gongzhi.core.charter.spec import Charter, Step
from gongzhi.core.decision import RuleVersion
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.meeting import check_quorum, day_of, rule_of, verdict_of
from gongzhi.desk.draft import Draft, InRoom
from gongzhi.records.matters.models import Matter
from gongzhi.records.meetings import queries, room
from gongzhi.records.meetings.models import AgendaItem, Meeting

__all__ = ["RESERVED", "completed", "counts_now", "rule_here", "sealed", "step_of"]

ROLL, OPENED, DECIDED, ANSWERED = "meeting_roll", "meeting_opened", "item_decided", "voice_answered"
VOICES = {"question": "question", "topic": "topic", "minutes_objection": "objection"}
RESERVED = frozenset({ROLL, OPENED, DECIDED, ANSWERED, *VOICES})


def step_of(charter: Charter, meeting: Meeting) -> Step:
    """The step of the charter that the meeting belongs to."""
    return charter.procedures[meeting.matter.procedure].steps[meeting.visit.partition("#")[0]]


def rule_here(charter: Charter, meeting: Meeting, at: datetime) -> RuleVersion | None:
    """The rule by which the meeting decides: in force on the day it was opened, for its roll is frozen then."""
    return rule_of(charter, step_of(charter, meeting), day_of(meeting.opened_at, at))


def completed(draft: Draft, matter: Matter, charter: Charter, case: Case, at: datetime) -> Draft:
    """The draft with the numbers of the room. Raises Refused where the room is not ready for it."""
    if draft.room is None and (draft.kind == "fulfil" or (draft.kind == "note" and draft.state in RESERVED)):
        raise Refused("unknown_act", kind=draft.state or draft.kind)
    if draft.kind == "note" and draft.state in _COMPLETE and draft.room is not None:
        meeting = room.locked(draft.room.meeting)
        return _COMPLETE[draft.state](draft, meeting, charter, at)
    if draft.kind == "done":
        return _closing(draft, matter, charter, case, at)
    return draft


def _opening(draft: Draft, meeting: Meeting, charter: Charter, at: datetime) -> Draft:
    """Members and those present are noted in the log at the moment the roll is frozen."""
    if meeting.status != "planned":
        raise Refused("meeting_over" if meeting.status in ("held", "cancelled") else "meeting_opened")
    if meeting.at is None:
        raise Refused("not_invited")
    if rule_here(charter, meeting, at) is not None and not meeting.eligible:
        raise Refused("roll_missing")
    members = [[one.number, one.person.digest if one.person else ""] for one in queries.roll(meeting)]
    facts = {"eligible": meeting.eligible, "present": queries.there(meeting), "roll": sealed(members)}
    return replace(draft, facts=facts)


def _deciding(draft: Draft, meeting: Meeting, charter: Charter, at: datetime) -> Draft:
    """The verdict on an item, from the votes as they were counted."""
    room.running(meeting)
    item = room.item_of(meeting, draft.room.item if draft.room else 0)
    rule = rule_here(charter, meeting, at)
    if rule is None:
        raise Refused("no_rule_here")
    votes = room.counted(item)
    counts = {**item.counts, "yes": votes["yes"]}
    verdict = verdict_of(rule, counts)
    because = [{"code": fact.code, "args": list(fact.args)} for fact in verdict.because]
    facts = {
        "item": item.number, "title": item.title, "rule": rule.name, "law": rule.law, "counts": counts,
        "votes": votes, "outcome": verdict.outcome, "because": because,
    }  # fmt: skip
    return replace(draft, facts=facts)


def _objecting(draft: Draft, meeting: Meeting, charter: Charter, at: datetime) -> Draft:
    """Minutes can be objected to until their day."""
    if meeting.objections_until is None or at > meeting.objections_until:
        raise Refused("too_late")
    return draft


def _asking(draft: Draft, meeting: Meeting, charter: Charter, at: datetime) -> Draft:
    if meeting.status in ("held", "cancelled"):
        raise Refused("meeting_over")
    return draft


def _putting_up(draft: Draft, meeting: Meeting, charter: Charter, at: datetime) -> Draft:
    rules = step_of(charter, meeting).meeting
    if rules is None or not rules.topics:
        raise Refused("no_topics_here")
    return _asking(draft, meeting, charter, at)


_COMPLETE: dict[str, Callable[[Draft, Meeting, Charter, datetime], Draft]] = {
    OPENED: _opening,
    DECIDED: _deciding,
    "question": _asking,
    "topic": _putting_up,
    "minutes_objection": _objecting,
}


def _closing(draft: Draft, matter: Matter, charter: Charter, case: Case, at: datetime) -> Draft:
    """A meeting ends: its decision comes from the room, and what was counted is sealed."""
    meeting = Meeting.objects.select_for_update().filter(matter=matter, visit=case.visit).first()
    if meeting is None:
        return draft
    step = step_of(charter, meeting)
    if step.meeting and step.meeting.invite and meeting.invited_at is None:
        raise Refused("not_invited")
    if step.meeting and step.meeting.tasks and any(one.due is None for one in draft.resolutions):
        raise Refused("resolution_due_missing")
    if meeting.opened_at is None:
        if step.meeting and meeting.eligible:
            raise Refused("meeting_not_open")
        return draft
    if busy := meeting.items.filter(status="voting").first():
        raise Refused("vote_running", n=busy.number)
    record = record_of(meeting, at)
    counts = _counts(charter, meeting, at) if step.rule else draft.counts
    facts = {"record": record, "seal": sealed(record)}
    return replace(draft, counts=counts, facts=facts, room=InRoom(meeting.pk))


def _counts(charter: Charter, meeting: Meeting, at: datetime) -> Mapping[str, int]:
    """Those of the first item that was voted on; without one, the numbers that were there."""
    rule = rule_here(charter, meeting, at)
    if rule is None:
        return {}
    item = meeting.items.filter(status="decided").order_by("number").first()
    if item is not None:
        return _without(rule, item.counts)
    here = {"eligible": meeting.eligible, "present": queries.there(meeting), "yes": 0, "recused": 0}
    try:
        check_quorum(rule, here["eligible"], here["present"], 0)
    except Refused:
        return _without(rule, here)  # too few came: that is an outcome too
    raise Refused("nothing_voted")


def counts_now(charter: Charter, meeting: Meeting, at: datetime) -> Mapping[str, int]:
    """The counts with which the meeting would end now; empty while it cannot."""
    try:
        return _counts(charter, meeting, at)
    except Refused:
        return {}


def _without(rule: RuleVersion, counts: Mapping[str, int]) -> dict[str, int]:
    """The counts a rule takes; who steps aside leaves the roll where the rule says so."""
    left = counts.get("recused", 0) if rule.recused == "leave" else 0
    real = {**counts, "eligible": counts["eligible"] - left}
    return {name: real[name] for name in rule.counts if name in real}


def record_of(meeting: Meeting, at: datetime) -> dict[str, Any]:
    """What a meeting was, in numbers and public titles: nobody's name."""
    return {
        "title": meeting.title,
        "at": meeting.at.isoformat() if meeting.at else "",
        "where": meeting.where,
        "opened": meeting.opened_at.isoformat() if meeting.opened_at else "",
        "ended": at.isoformat(),
        "eligible": meeting.eligible,
        "members": queries.by_state(meeting),
        "parts": [list(row) for row in queries.by_part(meeting)],
        "items": [_item(item) for item in meeting.items.order_by("number")],
        "questions": queries.questions(meeting),
    }


def _item(item: AgendaItem) -> dict[str, Any]:
    votes = {"yes": item.yes, "no": item.no, "abstain": item.abstain} if item.status == "decided" else {}
    return {
        "n": item.number, "title": item.title, "source": item.source, "way": item.way, "counts": item.counts,
        "votes": votes, "rule": item.rule, "law": item.law, "outcome": item.outcome, "because": item.because,
        "turns": list(item.turns.order_by("number").values_list("who", flat=True)),
    }  # fmt: skip


def sealed(record: Any) -> str:
    """The SHA-256 of a record, as the log holds it."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
