"""What the log notes of a meeting, carried out in its room: roll, opening, decisions, questions and their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.acts import FILER, RESIDENT
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import setting_of
from gongzhi.core.procedure.gate import check_holder
from gongzhi.desk import meeting_facts as facts
from gongzhi.desk import tell
from gongzhi.desk.carried import Carried
from gongzhi.desk.draft import Draft, InRoom
from gongzhi.records.matters.models import Message
from gongzhi.records.meetings import room
from gongzhi.records.meetings.models import Fulfilment, Meeting, MeetingVoice
from gongzhi.records.people.models import Person

__all__ = ["fulfilled", "noted"]

NAMES = "roll"
SAID, SHOWN, ANSWER = "voice", "shown", "answer"
OUTCOMES = ("answered", "adopted", "upheld", "rejected")


def noted(carried: Carried, effect: core.Noted) -> Iterable[Message]:
    """One line of the table below for each thing a meeting can note."""
    draft = carried.draft
    handle = NOTES.get(effect.kind)
    if handle is None or not isinstance(draft, Draft) or draft.room is None:
        return []
    return handle(carried, draft, draft.room, Meeting.objects.get(pk=draft.room.meeting))


def fulfilled(carried: Carried, effect: core.Left) -> None:
    """What recurs was met by a meeting held for another reason: the two are linked."""
    draft = carried.draft
    if carried.act.kind == "fulfil" and isinstance(draft, Draft) and draft.room is not None:
        Fulfilment.objects.create(recurring=carried.matter, meeting_id=draft.room.meeting)


def _by_holder(carried: Carried) -> None:
    check_holder(setting_of(carried.charter, carried.case), carried.case.control, carried.act.by)


def _roll(carried: Carried, draft: Draft, here: InRoom, meeting: Meeting) -> list[Message]:
    _by_holder(carried)
    room.set_members(meeting, here.members, carried.words(NAMES))
    return []


def _opened(carried: Carried, draft: Draft, here: InRoom, meeting: Meeting) -> list[Message]:
    _by_holder(carried)
    meeting.status, meeting.opened_at = "open", carried.act.at
    meeting.save(update_fields=["status", "opened_at"])
    if first := meeting.items.order_by("number").first():
        room.turn_to(meeting, first)
    return []


def _decided(carried: Carried, draft: Draft, here: InRoom, meeting: Meeting) -> list[Message]:
    _by_holder(carried)
    found = draft.facts
    item = room.item_of(meeting, here.item)
    room.settle_item(
        item, found["votes"], found["rule"], found["law"], found["outcome"], found["because"], carried.act.at
    )
    return []


def _brought(carried: Carried, draft: Draft, here: InRoom, meeting: Meeting) -> list[Message]:
    """A resident's own words stay with the resident; what staff write down for somebody belongs to nobody."""
    text = carried.words(SAID)
    if text is None:
        raise Refused("words_missing")
    by = carried.act.by
    person = Person.objects.filter(digest=by.person).first() if by.organ in (FILER, RESIDENT) else None
    room.bring(meeting, facts.VOICES[draft.state], here.source, person, text, carried.act.at)
    return tell.to_organ(carried, carried.case.control.holder, draft.state, carried.act.at, title=meeting.title)


def _answered(carried: Carried, draft: Draft, here: InRoom, meeting: Meeting) -> Iterable[Message]:
    """The answer and the question as it is shown hang for everybody where the matter is public."""
    voice = MeetingVoice.objects.select_for_update().filter(meeting=meeting, pk=here.voice).first()
    if voice is None:
        raise Refused("item_unknown", n=0)
    shown, said = carried.words(SHOWN), carried.words(ANSWER)
    if said is None or here.source not in OUTCOMES:
        raise Refused("words_missing")
    for row in (shown, said):
        if row is not None:
            row.public = True
            row.save(update_fields=["public"])
    room.answer(voice, shown, said, here.source, carried.act.at)
    return tell.to_person(carried, voice.person, "voice_answered", carried.act.at, title=meeting.title)


NOTES: dict[str, Callable[[Carried, Draft, InRoom, Meeting], Iterable[Message]]] = {
    facts.ROLL: _roll,
    facts.OPENED: _opened,
    facts.DECIDED: _decided,
    facts.ANSWERED: _answered,
    **dict.fromkeys(facts.VOICES, _brought),
}
