"""The room of a meeting: its roll, who is there, items, recusals, votes, questions. The same as the pages do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StrictInt

from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, find_matter
from gongzhi.api.problems import Problem
from gongzhi.api.schemas.common import Sent
from gongzhi.api.typed import Line, Words
from gongzhi.desk import meeting_room as rooms
from gongzhi.records.meetings import queries
from gongzhi.records.meetings.models import Meeting
from gongzhi.records.people.models import Person
from gongzhi.web import clock

router = Router(tags=["meetings"])
Pk = Annotated[int, Field(ge=1, le=2**62)]
Count = Annotated[StrictInt, Field(ge=0, le=100_000)]


class ItemOut(Schema):
    """`counts` are those with which the vote began, `votes` what was counted when it ended."""

    number: int
    title: str
    source: str
    status: str
    way: str
    counts: dict[str, int]
    votes: dict[str, int]
    outcome: str
    rule: str
    law: str


class RoomOut(Schema):
    """Numbers only: nobody is named."""

    status: str
    eligible: int
    present: int
    current: int
    items: list[ItemOut]
    seal: str


class DeedIn(Sent):
    """`do` says what; the rest is what it needs."""

    do: Literal["open", "sign_in", "leave", "turn", "recuse", "speak", "begin_vote", "count", "vote", "decide", "add"]
    numbers: Annotated[list[Count], Field(max_length=5_000)] = []
    means: Literal["list", "paper"] = "list"
    item: Count = 0
    who: Line = ""
    title: Line = ""
    way: Literal["hands", "phones"] = "hands"
    choice: Literal["yes", "no", "abstain"] = "abstain"
    votes: Annotated[dict[Literal["yes", "no", "abstain"], Count], Field(max_length=3)] = {}


class QuestionIn(Sent):
    text: Annotated[Words, Field(min_length=1)]
    source: Literal["written", "floor", "hotline", "online"] = "online"


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """A meeting about a matter that the caller may see."""
    row = Meeting.objects.select_related("matter__place", "organ").filter(pk=pk).first()
    if row is None:
        raise Problem(404, "not_found")
    find_matter(request, row.matter.number)
    return row


@router.get("/meetings/{meeting}/room", auth=access("public"), response=RoomOut, summary="What goes on in the room")
def room(request: HttpRequest, meeting: Pk) -> RoomOut:
    """Where the meeting stands: quorum, items, verdicts."""
    row = _meeting(request, meeting)
    items = [
        ItemOut(
            number=one.number, title=one.title, source=one.source, status=one.status, way=one.way, counts=one.counts,
            votes={"yes": one.yes, "no": one.no, "abstain": one.abstain} if one.status == "decided" else {},
            outcome=one.outcome, rule=one.rule, law=one.law,
        )
        for one in row.items.order_by("number")
    ]  # fmt: skip
    return RoomOut(status=row.status, eligible=row.eligible, present=queries.there(row), current=row.current,
                   items=items, seal=row.seal)  # fmt: skip


@router.post("/meetings/{meeting}/room", auth=access("signed_in"), response={204: None}, summary="Do something there")
def do(request: HttpRequest, meeting: Pk, body: DeedIn) -> Status[None]:
    """Refused with the sentence the pages say. Presence: the first number that cannot be recorded is named."""
    row, person, at = _meeting(request, meeting), caller(request).signed_in, clock.now()
    if body.do == "sign_in":
        for fault in rooms.sign_in(row, person, body.numbers, body.means, at):
            raise fault
    elif body.do == "leave":
        for number in body.numbers:
            rooms.leave(row, person, number, at)
    else:
        _one(row, person, at, body)
    return Status(204, None)


def _one(row: Meeting, person: Person, at: datetime, body: DeedIn) -> None:
    number = body.numbers[0] if body.numbers else 0
    deeds: dict[str, Callable[[], object]] = {
        "open": lambda: rooms.open_meeting(row, person, at),
        "turn": lambda: rooms.turn_to(row, person, body.item, at),
        "recuse": lambda: rooms.recuse(row, person, body.item, number, at),
        "speak": lambda: rooms.speak(row, person, body.item, body.who, at),
        "begin_vote": lambda: rooms.begin_vote(row, person, body.item, body.way, at),
        "count": lambda: rooms.count_hands(row, person, body.item, {str(one): n for one, n in body.votes.items()}, at),
        "vote": lambda: (
            rooms.vote_for(row, person, body.item, number, body.choice, at)
            if number
            else rooms.vote(row, person, body.item, body.choice)
        ),
        "decide": lambda: rooms.decide(row, person, body.item, at),
        "add": lambda: rooms.add_item(row, person, body.title, "floor", at),
    }
    deeds[body.do]()


@router.post("/meetings/{meeting}/questions", auth=access("signed_in"), response={204: None}, summary="Ask a question")
def ask(request: HttpRequest, meeting: Pk, body: QuestionIn) -> Status[None]:
    """Beforehand or in the room; it is answered in public without the name of who asked."""
    rooms.bring(_meeting(request, meeting), caller(request).signed_in, "question", body.source, body.text, clock.now())
    return Status(204, None)
