"""What an address names: a place, a matter. What the caller may not see is answered like what does not exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from gongzhi.api.auth import Caller
from gongzhi.api.problems import Problem
from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import tick
from gongzhi.desk import calendars
from gongzhi.desk.permissions import Level, at_least, may_read
from gongzhi.records.institutions.models import CharterVersion, Place
from gongzhi.records.institutions.queries import charter_by_digest, charter_for, find_place
from gongzhi.records.matters import actions, queries
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.numbers import tidy
from gongzhi.records.people.models import Person
from gongzhi.web import clock
from gongzhi.words.speaker import REFUSALS, Speaker
from gongzhi.words.terms import Terms


@dataclass(frozen=True, slots=True)
class Found:
    """A matter as it stands `now`, its clocks settled in thought, and how much of it the caller may see."""

    matter: Matter
    case: Case
    charter: Charter
    level: Level
    person: Person | None
    now: datetime

    @property
    def procedure(self) -> Procedure:
        return self.charter.procedures[self.case.procedure]


def caller(request: HttpRequest) -> Caller:
    """Who is calling; set by the test in front of the operation."""
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found


def find_matter(request: HttpRequest, number: str, wanted: Level = "public") -> Found:
    """The matter of a number as its reader may see it. Raises Problem 404 or 403."""
    exact = tidy(number)
    matter = queries.by_number(exact) if exact else None
    if matter is None:
        raise Problem(404, "unknown_matter", number=number)
    person, now = caller(request).person, clock.now()
    case = actions.read_state(matter.state)
    charter = charter_by_digest(case.digest)
    level = may_read(person, charter, case, now, matter.filer_id)
    if level == "none":
        raise Problem(404, "unknown_matter", number=number)
    if not at_least(level, wanted):
        raise Problem(403, "not_readable")
    case = tick(charter, case, now, calendars.current()[0]).case
    speak_of(request, charter, case.procedure, case.control.step)
    return Found(matter, case, charter, level, person, now)


def speak_of(request: HttpRequest, charter: Charter, procedure: str, step: str = "") -> None:
    """From here on refusals are said with the words of this charter."""
    known = charter.procedures.get(procedure) or next(iter(charter.procedures.values()))
    speaker = Speaker(Terms(charter), known)

    def speak(refused: Refused) -> str:
        return speaker.refusal(refused.code, refused.args_map, step) if refused.code in REFUSALS else ""

    words: Callable[[Refused], str] = speak
    request.speak = words  # type: ignore[attr-defined]


def place_of(code: str, status: int = 404) -> Place:
    """The place of a division code or short name. Raises Problem."""
    place = find_place(code)
    if place is None:
        raise Problem(status, "unknown_place", place=code)
    return place


def version_at(place: Place) -> CharterVersion:
    """The charter in force at a place now. Raises Problem 404."""
    version = charter_for(place, clock.now())
    if version is None:
        raise Problem(404, "no_charter", place=place.name)
    return version
