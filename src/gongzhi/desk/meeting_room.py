"""The room of a meeting, for the faces: who leads may open it, take the roll, put items and votes; those there vote.

What the log has to hold (roll, opening, decisions, questions, answers) goes through `take_step`; coming and going,
turns to speak and single votes are kept beside the matter, and nobody can tell afterwards who voted what.
Every function raises Refused with nothing changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import setting_of
from gongzhi.core.procedure.gate import is_holder
from gongzhi.core.procedure.meeting import check_quorum
from gongzhi.desk import attendance
from gongzhi.desk import meeting_facts as facts
from gongzhi.desk.draft import Draft, InRoom, Taken
from gongzhi.desk.meeting_notes import ANSWER, NAMES, SAID, SHOWN
from gongzhi.desk.standing import actors, involved
from gongzhi.desk.step import take_step
from gongzhi.desk.writing import writing
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters import actions as matters
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.sealing import text
from gongzhi.records.meetings import queries, room
from gongzhi.records.meetings.models import AgendaItem, Meeting, MeetingMember
from gongzhi.records.people.models import Person

FLOOR = "floor"
WAYS = ("hands", "phones")


# --- noted in the log ---


def set_roll(
    meeting: Meeting, by: Person, lines: Sequence[tuple[int, str, Person | None]], at: datetime, key: str | None = None
) -> Taken:
    """The members: number, name (sealed, only for the list at the door), account where there is one."""
    names = "\n".join(f"{number} {name}" for number, name, _ in lines)
    members = tuple((number, person) for number, _, person in lines)
    words = {NAMES: text(names, purpose="meeting_roll", archive=True, collected_from="staff")}
    return _note(meeting, by, facts.ROLL, InRoom(meeting.pk, members=members), at, key, words)


def open_meeting(meeting: Meeting, by: Person, at: datetime, key: str | None = None) -> Taken:
    """The meeting begins; its roll is frozen."""
    return _note(meeting, by, facts.OPENED, InRoom(meeting.pk), at, key)


def decide(meeting: Meeting, by: Person, item: int, at: datetime, key: str | None = None) -> Taken:
    """The vote on an item ends: the rule gives the verdict."""
    return _note(meeting, by, facts.DECIDED, InRoom(meeting.pk, item=item), at, key)


def bring(
    meeting: Meeting, by: Person, kind: str, source: str, said: str, at: datetime, key: str | None = None
) -> Taken:
    """A question, a topic or an objection to the minutes."""
    return _note(meeting, by, kind, InRoom(meeting.pk, source=source), at, key, {SAID: said})


def answer(
    meeting: Meeting, by: Person, voice: int, state: str, shown: str, said: str, at: datetime, key: str | None = None
) -> Taken:
    """What is answered, and the question as everybody may read it."""
    words = {ANSWER: text(said, archive=True, collected_from="staff")}
    words |= {SHOWN: text(shown, archive=True, collected_from="staff")} if shown else {}
    return _note(meeting, by, facts.ANSWERED, InRoom(meeting.pk, voice=voice, source=state), at, key, words)


def fulfil(recurring: Matter, meeting: Meeting, by: Person, at: datetime, key: str | None = None) -> Taken:
    """A meeting that was held for another reason meets what recurs (R36)."""
    if meeting.held_at is None:
        raise Refused("not_in_period")
    draft = Draft(
        "fulfil", ground=f"{meeting.matter.number} {meeting.visit}", room=InRoom(meeting.pk),
        fields={"held": in_china(meeting.held_at).date().isoformat()},
    )  # fmt: skip
    return take_step(recurring.number, draft, by, at, key)


def _note(
    meeting: Meeting, by: Person, state: str, here: InRoom, at: datetime, key: str | None,
    words: Mapping[str, Any] | None = None,
) -> Taken:  # fmt: skip
    draft = Draft("note", state=state, words=words or {}, room=here)
    return take_step(meeting.matter.number, draft, by, at, key)


# --- kept beside the matter ---


@contextmanager
def _leading(meeting: Meeting, by: Person, at: datetime) -> Iterator[Meeting]:
    """The meeting, locked, for who holds its step. Raises Refused `not_holder`."""
    with writing():
        held = room.locked(meeting.pk)
        charter, case = _course(held)
        mine = actors(by, charter, case, at, held.matter.filer_id)
        on = setting_of(charter, case)
        if case.visit != held.visit or not any(is_holder(on, case.control, actor) for actor in mine):
            raise Refused("not_holder", holder=case.control.holder)
        yield held


def _course(meeting: Meeting) -> tuple[Charter, Case]:
    case = matters.read_state(meeting.matter.state)
    return charter_by_digest(case.digest), case


def sign_in(meeting: Meeting, by: Person, numbers: Sequence[int], means: str, at: datetime) -> list[Refused]:
    """The desk ticks off those who come. What could not be recorded comes back with its reason; the rest is done."""
    faults: list[Refused] = []
    with _leading(meeting, by, at) as held:
        _admits(held)
        for number in numbers:
            try:
                room.arrive(room.member_of(held, number), means if means in ("list", "paper") else "list", at)
            except Refused as refused:
                faults.append(refused)
    return faults


def _admits(meeting: Meeting) -> None:
    if meeting.status not in ("planned", "open"):
        raise Refused("meeting_over")


def sign_in_oneself(meeting: Meeting, person: Person, code: str, at: datetime) -> MeetingMember:
    """A member signs in by phone with the code of the room, or comes back."""
    attendance.check_door(meeting, code, at)
    with writing():
        held = room.locked(meeting.pk)
        _admits(held)
        member = room.member_of(held, person=person)
        room.arrive(member, "qr", at)
    return member


def leave(meeting: Meeting, by: Person, number: int, at: datetime) -> None:
    """Somebody goes. The desk says so, or the member."""
    with writing():
        held = room.locked(meeting.pk)
        member = room.member_of(held, number)
        if member.person_id != by.pk:
            with _leading(held, by, at):
                pass
        room.leave(member, at)


def excuse(meeting: Meeting, person: Person) -> None:
    """A member sends apologies."""
    with writing():
        held = room.locked(meeting.pk)
        _admits(held)
        room.excuse(room.member_of(held, person=person))


def add_item(meeting: Meeting, by: Person, title: str, source: str, at: datetime) -> AgendaItem:
    """Something from the floor or from the wall of topics. It can be talked about, not voted on where notice is due."""
    with _leading(meeting, by, at) as held:
        _admits(held)
        return room.add_item(held, title, source if source in ("floor", "topic") else FLOOR)


def put_on_notice(meeting: Meeting, by: Person, title: str, at: datetime) -> AgendaItem:
    """A topic for a meeting to come: on the agenda that its invitation will carry; after the invitation as from the
    floor, because what was not on the notice is talked about only."""
    with _leading(meeting, by, at) as held:
        _admits(held)
        if held.invited_at is not None:
            return room.add_item(held, title, FLOOR)
        held.agenda = [*held.agenda, title[:200]]
        held.save(update_fields=["agenda"])
        return room.add_item(held, title, "notice")


def turn_to(meeting: Meeting, by: Person, item: int, at: datetime) -> None:
    """The item is on."""
    with _leading(meeting, by, at) as held:
        room.turn_to(held, room.item_of(held, item))


def recuse(meeting: Meeting, by: Person, item: int, number: int, at: datetime) -> None:
    """A member stays out of an item; the desk records it, or the member says so."""
    with writing():
        held = room.locked(meeting.pk)
        member = room.member_of(held, number)
        if member.person_id != by.pk:
            with _leading(held, by, at):
                pass
        room.recuse(room.item_of(held, item), member)


def speak(meeting: Meeting, by: Person, item: int, who: str, at: datetime) -> None:
    """Who has the word now: one of those called, the holder, or the floor."""
    with _leading(meeting, by, at) as held:
        room.running(held)
        last = last_speaker(held)
        if who not in speakers(held):
            raise Refused("part_unknown", part=who)
        room.speak(room.item_of(held, item), who, last)


def speakers(meeting: Meeting) -> list[str]:
    """Who can be noted as speaking: seats, organs and groups, never a name."""
    _, case = _course(meeting)
    called = [name.partition(".")[2] or name for name in meeting.called]
    found = [*called, case.control.holder, last_speaker(meeting), FLOOR]
    return list(dict.fromkeys(name for name in found if name))


def last_speaker(meeting: Meeting) -> str:
    """The seat that speaks last, where the charter names one."""
    charter, _ = _course(meeting)
    rules = facts.step_of(charter, meeting).meeting
    return str(rules.last) if rules and rules.last else ""


def begin_vote(meeting: Meeting, by: Person, item: int, way: str, at: datetime) -> None:
    """Enough people have to be there, and the head has to have spoken. The numbers are frozen now."""
    with _leading(meeting, by, at) as held:
        room.running(held)
        charter, _ = _course(held)
        rule = facts.rule_here(charter, held, at)
        if rule is None:
            raise Refused("no_rule_here")
        one = room.item_of(held, item)
        rules = facts.step_of(charter, held).meeting
        if rules and rules.invite and one.source != "notice":
            raise Refused("not_on_notice", n=item)
        room.check_heard(one, last_speaker(held))
        numbers = queries.numbers_of(held, one)
        check_quorum(rule, **numbers)
        room.turn_to(held, one)
        room.begin_vote(one, way if way in WAYS else "hands", numbers)


def vote(meeting: Meeting, person: Person, item: int, choice: str) -> None:
    """A member who is there votes by phone."""
    with writing():
        held = room.locked(meeting.pk)
        room.running(held)
        room.vote(room.item_of(held, item), room.member_of(held, person=person), choice)


def vote_for(meeting: Meeting, by: Person, item: int, number: int, choice: str, at: datetime) -> None:
    """The desk enters the vote of somebody there who has no phone and says it aloud."""
    with _leading(meeting, by, at) as held:
        room.running(held)
        room.vote(room.item_of(held, item), room.member_of(held, number), choice)


def count_hands(meeting: Meeting, teller: Person, item: int, counted: Mapping[str, int], at: datetime) -> None:
    """One of two tellers: anybody who works on the matter, or a member who is there."""
    with writing():
        held = room.locked(meeting.pk)
        room.running(held)
        charter, case = _course(held)
        organs = involved(charter, case)
        works = any(one.organ in organs for one in actors(teller, charter, case, at, held.matter.filer_id))
        if not works and not held.members.filter(person=teller, state="present").exists():
            raise Refused("not_teller")
        room.count_hands(room.item_of(held, item), teller, counted)


def group_topic(meeting: Meeting, by: Person, number: int, group: str, at: datetime) -> None:
    """Topics that belong together get one group."""
    with _leading(meeting, by, at) as held:
        if not held.voices.filter(kind="topic", number=number).update(group=group[:60]):
            raise Refused("item_unknown", n=number)
