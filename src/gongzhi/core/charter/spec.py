"""The charter as data: frozen dataclasses that the parser fills and every other part reads.

A charter is a specification; a `Case` (see `core.procedure.case`) is one matter running under it.
Spans are resolved (`$name` replaced) and shared parts expanded before these objects exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gongzhi.core.calendar import Span
from gongzhi.core.charter.ballot import BallotTerms
from gongzhi.core.charter.commitments import (
    Delegation,
    Disclosure,
    Fund,
    Indicator,
    LawNote,
    Norm,
    Post,
    Right,
)
from gongzhi.core.charter.ends import End, Limit, Reopen
from gongzhi.core.charter.institution import (
    EMPTY,
    Category,
    Duty,
    Field,
    Handover,
    Organ,
    OrganKind,
    Recurring,
    Relation,
    Seat,
    Verb,
)
from gongzhi.core.charter.meeting import MeetingRules
from gongzhi.core.charter.plans import Admitted, Plan, PlanTask
from gongzhi.core.charter.templates import Template
from gongzhi.core.decision.rule import RuleVersion

__all__ = [
    "EMPTY", "GROUPS", "INSTRUMENTS", "MATTER_KINDS", "RUNG", "Admitted", "Apart", "Category", "Charter", "Delegation",
    "Disclosure", "Duty", "End", "Extend", "Field", "Fund", "Handover", "Holder", "HolderKind", "Indicator",
    "Late", "LawNote", "Limit", "Migrates", "Norm", "Objection", "Opens", "Organ", "OrganKind", "Part", "Pause", "Plan",
    "PlanTask", "Post",
    "Procedure", "Recurring", "Relation", "Reopen", "Result", "Right", "Roll", "Seat", "Step", "Verb", "When",
]  # fmt: skip

HolderKind = Literal["organ", "duty", "filer", "parties", "field", "same", "group"]

# Groups of people every place has; they hold no seats, so the holder of a step records their presence.
GROUPS = ("residents", "owners", "voters", "group", "villagers")
INSTRUMENTS = (
    "file", "task", "meeting", "consultation", "survey", "ballot", "scoring", "notice", "agreement", "payment",
    "inspection", "rating", "draw", "bid", "confirm", "choice", "wait",
)  # fmt: skip
MATTER_KINDS = (
    "appeal", "proposal", "dispute", "project", "admission", "task", "review", "election", "covenant", "finding",
    "whistle", "question", "refusal",
)  # fmt: skip

RUNG = Span(3, "wd")  # how long each organ a late step is raised to has, unless the charter says otherwise (R20)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a step or a part: an organ, one of its seats, or somebody found when the step is entered."""

    kind: HolderKind
    name: str = ""  # organ, field, step or group, according to kind
    seat: str = ""

    def __str__(self) -> str:
        if self.kind == "organ":
            return f"{self.name}.{self.seat}" if self.seat else self.name
        if self.kind in ("field", "same"):
            return f"{self.kind} {self.name}"
        return self.name or self.kind


@dataclass(frozen=True, slots=True)
class Part:
    """Work beside the holder's inside one step (R6, R7). `do`: sign, attend, help, child or an instrument."""

    name: str
    by: Holder
    do: str
    title: str = ""
    within: Span | None = None
    if_: str | None = None
    at_least: int = 1
    late: Literal["absent", "blocks"] = "absent"


@dataclass(frozen=True, slots=True)
class Result:
    """One outcome a step can have, where it leads, and the documents it needs (None: those of the step)."""

    name: str
    title: str
    go: str
    makes: tuple[str, ...] | None = None
    clean: tuple[str, ...] = ()  # documents in which no forbidden clause may stand when it ends this way


@dataclass(frozen=True, slots=True)
class Late:
    """What happens after the deadline: raise rung by rung, then assume, else a published breach (R20)."""

    raise_: tuple[str, ...] = ()
    assume: str | None = None
    rung: Span = RUNG


@dataclass(frozen=True, slots=True)
class Extend:
    by: Span
    approved_by: Holder
    at_most: int = 1
    tell: str | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    grounds: Mapping[str, str]
    up_to: Span
    at_most: int = 1


@dataclass(frozen=True, slots=True)
class Objection:
    """Who may object to a notice, how long the answer may take, how many upheld ones oppose it (R31)."""

    who: str
    answer: Span
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Opens:
    """Child matters a step opens, one for each value, and whether it waits for them (R33)."""

    procedure: str
    each: str | None = None
    wait: Literal["all", "any", "none"] = "all"


@dataclass(frozen=True, slots=True)
class Apart:
    """Who did `step` may not do this one, compared as person, organ or near relative (R38)."""

    step: str
    level: Literal["person", "organ", "kin"] = "person"


@dataclass(frozen=True, slots=True)
class When:
    """A line of a choice: the CEL condition (None: otherwise) and where it leads (R27)."""

    if_: str | None
    go: str


@dataclass(frozen=True, slots=True)
class Roll:
    """Who may decide: the group, the step whose visit froze it, and what each entry weighs."""

    of: str
    frozen: str | None = None
    weight: tuple[str, ...] = ("head",)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure: who, what, by when, and what may come next (semantics section 9)."""

    name: str
    title: str
    do: str = "task"
    by: Holder = Holder("organ", "")
    asked_by: Holder | None = None
    parts: tuple[Part, ...] = ()
    need: str | int = "all"
    within: Span | None = None
    for_: Span | None = None
    before: tuple[str, Span] | None = None
    from_: str = "arrival"
    ends_on: Literal["working_day"] | None = None
    window: Span | None = None
    extend: Extend | None = None
    pause: Pause | None = None
    offer: bool = True
    silence: Literal["signs"] | None = None
    rule: str | None = None
    fund: str | None = None
    roll: Roll | None = None
    ballot: BallotTerms | None = None
    asks: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    publish: str | None = None
    object: Objection | None = None
    opens: Opens | None = None
    for_matter: str | None = None
    apart_from: tuple[Apart, ...] = ()
    at_most: int | None = None
    beyond: str | None = None
    meeting: MeetingRules | None = None
    room: str | None = None  # one of `rooms.ROOMS`
    then: Mapping[str, Result] = field(default_factory=dict)
    late: Late = Late()
    when: tuple[When, ...] = ()

    @property
    def span(self) -> Span | None:
        return self.within or self.for_


@dataclass(frozen=True, slots=True)
class Migrates:
    """Running matters of version `from` may go on under this one: old step -> new; others keep their name (R37)."""

    from_: int
    steps: Mapping[str, str] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Procedure:
    """The graph one kind of matter goes through."""

    name: str
    title: str
    of: str
    files: tuple[str, ...]
    start: str
    steps: Mapping[str, Step]
    ends: Mapping[str, End]
    fields: Mapping[str, Field] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    handover: Handover | None = None
    never: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()  # filer, other_side, organs, fields given at filing
    withdraw: bool = True
    set_aside_by: tuple[str, ...] = ()
    reopen: Reopen | None = None
    after_merge: str | None = None
    migrates: Migrates | None = None
    elects: tuple[str, ...] = ()  # organs whose posts it fills
    admitted: Admitted | None = None  # work handed down: filed only with a valid admission
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Charter:
    """An institution as data, immutable once adopted. `digest` identifies its exact text."""

    name: str
    title: str
    version: int
    places: tuple[str, ...]
    organs: Mapping[str, Organ]
    procedures: Mapping[str, Procedure]
    relations: tuple[Relation, ...] = ()
    categories: Mapping[str, Category] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
    handover: Handover | None = None
    recurring: Mapping[str, Recurring] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    templates: Mapping[str, Template] = field(default_factory=dict)  # document -> what its paper says and asks
    parameters: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    parameter_titles: tuple[str, ...] = ()
    rules: Mapping[str, tuple[RuleVersion, ...]] = field(default_factory=dict)
    own_rules: Mapping[str, RuleVersion] = field(default_factory=dict)
    english: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # Chinese title -> English title
    rights: Mapping[str, Right] = field(default_factory=dict)
    disclosures: Mapping[str, Disclosure] = field(default_factory=dict)
    funds: Mapping[str, Fund] = field(default_factory=dict)
    norms: Mapping[str, Norm] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    posts: tuple[Post, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    law_notes: tuple[LawNote, ...] = ()
    plans: Mapping[str, Plan] = field(default_factory=dict)
    covers: tuple[str, ...] = ()
    adopted_by: tuple[str, ...] = ()  # who may replace this version by another: organ or organ.seat
    digest: str = ""

    def duty_for(self, category: str) -> Duty | None:
        """The one line of the duty list for a category, or None where the list is silent."""
        return next((duty for duty in self.duties if duty.category == category), None)
