"""A story server only (GONGZHI_STORY_CLOCK, refused in production): its clock, its people. Hidden elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from gongzhi.api.auth import access
from gongzhi.api.cast import seat_person
from gongzhi.api.problems import Problem
from gongzhi.api.schemas.common import Sent
from gongzhi.api.typed import Line, Name
from gongzhi.desk.outbox import deliver
from gongzhi.desk.recurring import Looked
from gongzhi.desk.setup import PLACE_FILE, set_up
from gongzhi.desk.worker import Round, print_digest, run_once, sweep
from gongzhi.records.people.signin import new_secret
from gongzhi.records.people.tokens import make_token
from gongzhi.web import clock

# A story moves the worker's clock years on; keys of today would be cleared away as long expired.
STORIES = timedelta(days=3650)
router = Router(tags=["story"])
looked = Looked()  # as a worker that runs on has it: what recurs is looked through once a day


class SetupIn(Sent):
    charters: Annotated[list[Name], Field(max_length=50)]


class ClockIn(Sent):
    """`recurring`: what recurs opens its matters too; not while years are skipped, which would leave them late."""

    at: AwareDatetime
    recurring: bool = True


class ClockOut(Schema):
    """What the worker did at that time."""

    at: datetime
    settled: int
    sent: int
    faults: int


class RoleIn(Sent):
    """A role of a story. `seats`: `organ`, `organ.seat` or `filer`; several where one person is both."""

    role: Annotated[Line, Field(min_length=1)]
    place: Annotated[str, Field(min_length=1, max_length=48)]
    seats: Annotated[list[Name], Field(min_length=1, max_length=5)]
    taken: Annotated[list[int], Field(max_length=200)] = []


class RoleOut(Schema):
    person: int
    key: str


class Ready(Schema):
    places: list[str]


@router.post("/story/setup", auth=access("story"), response=Ready, include_in_schema=False)
def setup(request: HttpRequest, body: SetupIn) -> Ready:
    """The places, organs and people that these charters describe; signed in by `/story/people` only."""
    folders = [Path(settings.GONGZHI_CHARTERS) / name for name in body.charters]
    places = [set_up(folder, "!", new_secret())[0] for folder in folders if (folder / PLACE_FILE).exists()]
    return Ready(places=[place.code for place in places])


@router.post("/story/clock", auth=access("story"), response=ClockOut, include_in_schema=False)
def move(request: HttpRequest, body: ClockIn) -> ClockOut:
    """Move the clock onwards, and let the worker go round at that time until it has nothing left to send."""
    if body.at < clock.now() and clock.was_set():
        raise Problem(409, "clock_not_movable")
    clock.set_story_time(body.at)
    done = run_once(body.at, looked) if body.recurring else round_without_recurring(body.at)
    while more := deliver(body.at):  # years were skipped: the clocks of all of them wrote messages
        done.sent += more
    sweep(body.at, done)
    return ClockOut(at=body.at, settled=done.settled, sent=done.sent, faults=done.faults)


def round_without_recurring(at: datetime) -> Round:
    """A round of the worker that opens nothing by itself."""
    done = Round()
    sweep(at, done)
    done.sent = deliver(at)
    sweep(at, done)
    done.digests = print_digest(at)
    return done


@router.post("/story/people", auth=access("story"), response=RoleOut, include_in_schema=False)
def person(request: HttpRequest, body: RoleIn) -> RoleOut:
    """Sign somebody in who holds these seats and is none of `taken`; made where there is nobody."""
    found = seat_person(body.place, body.seats, body.taken, body.role, clock.now())
    _, key = make_token(found, "story", True, timezone.now() + STORIES)
    return RoleOut(person=found.pk, key=key)
