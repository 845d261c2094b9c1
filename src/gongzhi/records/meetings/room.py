"""Writes in the room of a meeting: its roll, who is there, the items, votes, turns to speak, what people brought.

Rows are locked where two people write at once; what must never be double is unique in the database.
Every refusal says what to do and changes nothing. The desk calls these inside its transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from gongzhi.core.procedure.effects import Refused
from gongzhi.records.matters.models import Words
from gongzhi.records.meetings.models import (
    AgendaItem,
    HandCount,
    ItemRecusal,
    ItemVote,
    Meeting,
    MeetingMember,
    MeetingVoice,
    SpeakingTurn,
)
from gongzhi.records.people.models import Person
from gongzhi.records.rows import insert

CHOICES = ("yes", "no", "abstain")
MOST = 5_000  # members of one meeting


def locked(pk: int) -> Meeting:
    """The meeting, held until the transaction ends. Raises Refused `no_meeting`."""
    found = Meeting.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise Refused("no_meeting", visit="")
    return found


def running(meeting: Meeting) -> None:
    """Raises Refused unless the meeting has been opened and is not over."""
    if meeting.status != "open":
        raise Refused("meeting_over" if meeting.status in ("held", "cancelled") else "meeting_not_open")


def set_items(meeting: Meeting, titles: Sequence[str], source: str = "notice") -> None:
    """The agenda of the invitation; a later invitation replaces what is still waiting."""
    meeting.items.filter(source=source, status="waiting").delete()
    for title in titles:
        add_item(meeting, title, source)


def add_item(meeting: Meeting, title: str, source: str) -> AgendaItem:
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    return AgendaItem.objects.create(meeting=meeting, number=last + 1, title=title[:200], source=source)


def set_members(meeting: Meeting, members: Sequence[tuple[int, Person | None]], names: Words | None) -> None:
    """The roll, until the meeting is opened. Raises Refused `members_frozen`, `roll_double`, `roll_too_long`."""
    if meeting.opened_at is not None:
        raise Refused("members_frozen")
    if len(members) > MOST:
        raise Refused("roll_too_long", most=MOST)
    double = _double([number for number, _ in members]) or _double([one.pk for _, one in members if one])
    if double:
        raise Refused("roll_double", n=double)
    meeting.members.all().delete()
    insert([MeetingMember(meeting=meeting, number=number, person=person) for number, person in members])
    meeting.eligible, meeting.names = len(members), names
    meeting.save(update_fields=["eligible", "names"])


def _double(values: Iterable[int]) -> int:
    seen: set[int] = set()
    return next((value for value in values if value in seen or seen.add(value)), 0)  # type: ignore[func-returns-value]


def member_of(meeting: Meeting, number: int = 0, person: Person | None = None) -> MeetingMember:
    """A line of the roll, by number or account, locked. Raises Refused `not_a_member`."""
    rows = MeetingMember.objects.select_for_update().filter(meeting=meeting)
    found = rows.filter(person=person).first() if person else rows.filter(number=number).first()
    if found is None:
        raise Refused("not_a_member", n=number)
    return found


def arrive(member: MeetingMember, means: str, at: datetime) -> None:
    """Somebody came, or came back. Raises Refused `signed_in_already` when they are there by any means."""
    if member.state == "present":
        raise Refused("signed_in_already", n=member.number, means=member.means, at=member.arrived_at)
    member.state, member.means = "present", member.means or means
    member.arrived_at, member.left_at = member.arrived_at or at, None
    member.save(update_fields=["state", "means", "arrived_at", "left_at"])


def leave(member: MeetingMember, at: datetime) -> None:
    """Raises Refused `not_there`."""
    if member.state != "present":
        raise Refused("not_there", n=member.number)
    member.state, member.left_at = "left", at
    member.save(update_fields=["state", "left_at"])


def excuse(member: MeetingMember) -> None:
    """Apologies, before coming."""
    if member.state == "present":
        raise Refused("signed_in_already", n=member.number, means=member.means, at=member.arrived_at)
    member.state = "apologies"
    member.save(update_fields=["state"])


def item_of(meeting: Meeting, number: int) -> AgendaItem:
    """An item, locked. Raises Refused `item_unknown`."""
    found = AgendaItem.objects.select_for_update().filter(meeting=meeting, number=number).first()
    if found is None:
        raise Refused("item_unknown", n=number)
    return found


def turn_to(meeting: Meeting, item: AgendaItem) -> None:
    """The item is on now; one that is voted on goes first to its end. Raises Refused."""
    running(meeting)
    if busy := meeting.items.filter(status="voting").exclude(pk=item.pk).first():
        raise Refused("vote_running", n=busy.number)
    if item.status == "waiting":
        meeting.items.filter(status="on").update(status="waiting")
        item.status = "on"
        item.save(update_fields=["status"])
    meeting.current = item.number
    meeting.save(update_fields=["current"])


def recuse(item: AgendaItem, member: MeetingMember) -> None:
    """Raises Refused `vote_running` once the vote began; its numbers are frozen then."""
    if item.status not in ("waiting", "on"):
        raise Refused("vote_running", n=item.number)
    ItemRecusal.objects.get_or_create(item=item, member=member)


def speak(item: AgendaItem, who: str, last: str) -> SpeakingTurn:
    """Somebody speaks. Raises Refused `head_speaks_last` when who has to speak last has spoken."""
    if last and item.turns.filter(who=last).exists():
        raise Refused("head_speaks_last", who=last, spoke=True)
    number = (item.turns.aggregate(last=Max("number"))["last"] or 0) + 1
    return SpeakingTurn.objects.create(item=item, number=number, who=who)


def check_heard(item: AgendaItem, last: str) -> None:
    """Raises Refused `head_speaks_last`: nothing is voted on before the head has spoken, last of all."""
    if last and not item.turns.filter(who=last).exists():
        raise Refused("head_speaks_last", who=last, spoke=False)


def begin_vote(item: AgendaItem, way: str, counts: Mapping[str, int]) -> None:
    """The vote begins with these numbers (eligible, present, recused), which stay."""
    if item.status not in ("waiting", "on"):
        raise Refused("item_decided" if item.status == "decided" else "vote_running", n=item.number)
    item.status, item.way, item.counts = "voting", way, dict(counts)
    item.save(update_fields=["status", "way", "counts"])


def vote(item: AgendaItem, member: MeetingMember, choice: str) -> None:
    """One vote, told apart by nobody afterwards. Raises Refused: not there, recused, voted already, not voting."""
    if item.status != "voting" or item.way != "phones":
        raise Refused("no_vote_now", n=item.number)
    if member.state != "present":
        raise Refused("not_there", n=member.number)
    if item.recusals.filter(member=member).exists():
        raise Refused("recused_here", n=item.number)
    if choice not in CHOICES:
        raise Refused("choice_unknown")
    try:
        with transaction.atomic():
            ItemVote.objects.create(item=item, member=member)
    except IntegrityError:
        raise Refused("item_voted_already", n=item.number) from None
    AgendaItem.objects.filter(pk=item.pk).update(**{choice: F(choice) + 1})


def count_hands(item: AgendaItem, teller: Person, counted: Mapping[str, int]) -> HandCount:
    """What one teller counted; counting again replaces one's own count. Raises Refused `count_wrong`."""
    if item.status != "voting" or item.way != "hands":
        raise Refused("no_vote_now", n=item.number)
    numbers = {name: counted.get(name, 0) for name in CHOICES}
    most = item.counts["present"]
    if min(numbers.values()) < 0 or sum(numbers.values()) > most:
        raise Refused("hands_too_many", n=sum(numbers.values()), most=most)
    row, _ = HandCount.objects.update_or_create(item=item, teller=teller, defaults=numbers)
    return row


def counted(item: AgendaItem) -> dict[str, int]:
    """The votes of an item that is voted on. Raises Refused while two tellers have not counted the same."""
    if item.status != "voting":
        raise Refused("no_vote_now", n=item.number)
    if item.way == "phones":
        return {name: getattr(item, name) for name in CHOICES}
    rows = [{name: getattr(row, name) for name in CHOICES} for row in item.hand_counts.order_by("pk")]
    if len(rows) < 2:
        raise Refused("second_teller_missing", n=item.number)
    if any(row != rows[0] for row in rows):
        raise Refused("tellers_differ", n=item.number)
    return rows[0]


def settle_item(
    item: AgendaItem, votes: Mapping[str, int], rule: str, law: str, outcome: str, because: Sequence[Any], at: datetime
) -> None:
    """The verdict on an item."""
    item.status, item.outcome, item.decided_at = "decided", outcome, at
    item.rule, item.law, item.because = rule, law, list(because)
    item.yes, item.no, item.abstain = (votes[name] for name in CHOICES)
    item.counts = {**item.counts, "yes": votes["yes"]}
    item.save()


def bring(meeting: Meeting, kind: str, source: str, person: Person | None, text: Words, at: datetime) -> MeetingVoice:
    """A question, a topic, an objection to the minutes."""
    last = meeting.voices.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    return MeetingVoice.objects.create(
        meeting=meeting, kind=kind, source=source, number=last + 1, person=person, text=text, made_at=at
    )


def answer(voice: MeetingVoice, shown: Words | None, said: Words | None, state: str, at: datetime) -> None:
    """Raises Refused `voice_answered_already`."""
    if voice.state not in ("open", "followed"):
        raise Refused("voice_answered_already")
    voice.shown, voice.answer, voice.state, voice.answered_at = shown or voice.shown, said, state, at
    voice.save(update_fields=["shown", "answer", "state", "answered_at"])
