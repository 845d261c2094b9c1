"""What an institution consists of: organs and their seats, relations, duties, handover, facts asked for.

Read through `core.charter.spec`, which holds the charter these belong to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from gongzhi.core.calendar import Span

OrganKind = Literal["party", "government", "self_government", "assembly", "company", "association", "team"]
Verb = Literal["leads", "guides", "supervises", "reviews", "cooperates", "commissions", "represents", "independent"]
EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Seat:
    """A post in an organ; `term` is how long one person holds it, `stand_in` the seat that acts for it."""

    name: str
    title: str
    basis: Literal["elected", "appointed", "recommended", "concurrent"] | None = None
    term: Span | None = None
    count: int = 1
    stand_in: str | None = None


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ type; it becomes an instance at a place of level `at` when a matter is filed (R3)."""

    name: str
    title: str
    at: str
    kind: OrganKind
    seats: Mapping[str, Seat] = field(default_factory=dict)
    outside: bool = False
    recorded_by: str | None = None
    expires: date | None = None
    members: tuple[str, ...] = ()  # groups and organs whose delegates make up an assembly


@dataclass(frozen=True, slots=True)
class Relation:
    """`subject verb object`, one of eight verbs (design section 2)."""

    subject: str
    verb: Verb
    object: str


@dataclass(frozen=True, slots=True)
class Category:
    """What a matter is about. `words` let a machine propose the category; a person adopts it (R32)."""

    name: str
    title: str
    words: tuple[str, ...] = ()
    procedure: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """A line of the duty list: category at a place level -> exactly one answerable organ, with its ground.

    `until`: the last day of a line of an allow-list, which is renewed each year or ends (guardrail H14, WG-06, WG-08).
    """

    category: str
    at: str
    answers: str
    coordinates: str | None = None
    law: str | None = None
    list: str | None = None
    from_: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """How passing on works in every procedure of the charter (R8 to R13)."""

    window: Span
    bound: int
    adjudicator: str
    ruling: Span
    grounds: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # beside the lines of the duty list


@dataclass(frozen=True, slots=True)
class Field:
    """A fact asked for. Only `plain` fields enter the log and conditions (R40)."""

    name: str
    title: str
    type: Literal["yesno", "choice", "number", "money", "date", "organ", "subject", "text"]
    class_: Literal["plain", "personal", "sealed"] = "plain"
    given: Literal["filing"] | None = None
    choices: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    purpose: str | None = None
    basis: str | None = None
    keep: Span | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """A duty that opens one matter per subject and period (R36)."""

    name: str
    title: str
    opens: str
    each: tuple[str, ...]
    every: Span
    anchor: str
    due: str
    met_by: str
