"""What somebody wants done, before the desk has looked at it, and what the desk answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongzhi.core.procedure.engine import Outcome
from gongzhi.records.institutions.models import CharterVersion, Place
from gongzhi.records.matters.models import Act, Matter
from gongzhi.records.matters.sealing import NewWords
from gongzhi.records.patrols.units import Part
from gongzhi.records.people.models import HelperConsent, Person

NONE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Resolved:
    """One resolution of a meeting: what, who carries it out (organ type), until when."""

    text: str
    owner: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """When and where a meeting is, and what it will talk about. Public-safe text."""

    at: datetime
    where: str
    title: str = ""
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InRoom:
    """Which meeting an act belongs to, and what of it. Only the desk makes one: faces call `desk.meeting_room`."""

    meeting: int
    item: int = 0
    voice: int = 0
    source: str = ""
    members: tuple[tuple[int, Person | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An act as a face sends it. `visit` names the visit it was prepared for; kinds and fields as in the core's Act.

    `words` holds everything written or handed in, by name: documents the charter names (`minutes`), and anything
    else (`remark`, `photo.1`). `fields` holds facts; those that are not plain become words. `ground` and `state`
    go into the log as they are and must name nobody. `organ` and `seat` choose among several seats of the person.
    """

    kind: str
    visit: str = ""
    outcome: str = ""
    part: str = ""
    state: str = ""
    count: int = 0
    to: str = ""
    ground: str = ""
    channel: str = ""
    fields: Mapping[str, Any] = field(default_factory=lambda: NONE)
    words: Mapping[str, NewWords | str] = field(default_factory=lambda: NONE)
    counts: Mapping[str, int] = field(default_factory=lambda: NONE)
    organ: str = ""
    seat: str = ""
    invitation: Invitation | None = None
    resolutions: tuple[Resolved, ...] = ()
    room: InRoom | None = None
    facts: Mapping[str, Any] = field(default_factory=lambda: NONE)  # for the log; from the records, never from outside


@dataclass(frozen=True, slots=True)
class OnMap:
    """Where the thing is that a matter is about: degrees of WGS-84, east before north. Never where a person is."""

    point: tuple[float, float]
    thing: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class NewMatter:
    """A matter as a face files it. `procedure` empty: that of the category.

    `filer` is whom the matter is for; None where the person has no account. `organ` is given when staff file for
    somebody else or for their organ; then `consent` says who agreed. `subject` must be public-safe; empty: made of
    category and place.
    """

    place: Place
    category: str
    words: Mapping[str, NewWords | str] = field(default_factory=lambda: NONE)
    fields: Mapping[str, Any] = field(default_factory=lambda: NONE)
    procedure: str = ""
    charter: CharterVersion | None = None
    subject: str = ""
    public: bool = False
    channel: str = "web"
    headcount: int = 1
    parties: tuple[str, ...] = ()
    filer: Person | None = None
    organ: str = ""
    consent: HelperConsent | None = None
    admission: str = ""  # number of the admission, for work handed down
    on_map: OnMap | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What the desk did. `repeated`: this key was carried out before, and this is what came of it then.

    `outcome` is None for a repeat: the stored act holds it (`act.outcome`).
    """

    matter: Matter
    act: Act
    outcome: Outcome | None
    repeated: bool = False
