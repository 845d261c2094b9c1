"""Acts: one thing somebody did, with every fact it rests on, so that a replay needs nothing else (R4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

FILER = "filer"  # organ of an actor who acts as the one who filed
RESIDENT = "resident"  # organ of an actor who acts as a resident of the place
SYSTEM = "system"  # organ of the machine

NOTHING: Mapping[str, Any] = MappingProxyType({})

KINDS = (
    "file", "done", "part", "accept", "decline", "assign", "serve", "pause", "resume", "extend", "withdraw",
    "reopen", "correct", "set_aside", "recast", "recalendar", "object", "answer_objection", "child", "note", "fulfil",
    "rate", "publish", "tick", "merge", "unfollow", "lead", "leader_ended", "join", "delivered", "migrate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the digest of a person (never a name), and the organ and seat acted for."""

    person: str
    organ: str
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """Facts of the filing act. `cast`: organ type -> organ instance at the place (R3)."""

    procedure: str
    place: str
    category: str
    cast: Mapping[str, str]
    channel: str = "web"  # web, phone, paper, counter, helper, import, api
    headcount: int = 1
    public: bool = False
    parties: tuple[str, ...] = ()
    in_force: str = ""  # the day the charter came into force at the place; powers it delegates run from then


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `visit` names the visit it was prepared for, e.g. `council#2` (R19).

    kind            uses
    done            outcome, fields, documents {name: digest}, counts (steps with a rule)
    part            part, state (done or refused), count
    decline         ground, to;  assign: to;  pause, extend, reopen, withdraw: ground;  set_aside: to, ground
    serve           channel;  object: part (its id);  answer_objection: part, state (upheld or rejected)
    correct         documents, fields;  recast: fields {organ: instance};  child: part, outcome
    merge, lead     to: the leader's number; fields {answers, instance, due}: who answers for it, until when
    unfollow        ground;  leader_ended: outcome;  join: to: a matter's number;  delivered: outcome
    migrate         to: the digest of the new charter; ground: that of the old one
    note, rate      state (remark, supplement ... or the grade), documents {name: digest}
    """

    kind: str
    at: datetime
    by: Actor
    visit: str = ""
    outcome: str = ""
    part: str = ""
    state: str = ""
    count: int = 0
    to: str = ""
    ground: str = ""
    channel: str = ""
    fields: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    documents: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    counts: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    filing: Filing | None = None
