"""A matter: as it is filed, acted on, listed and shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field, StrictBool, StrictInt

from gongzhi.api.schemas.common import Listed, OrganOut, PlaceOut, Sent, Titled
from gongzhi.api.typed import Line, Name, Paper, Said, Words

CHANNELS = Literal["web", "phone", "paper", "counter", "helper", "api"]
KINDS = Literal[
    "done", "part", "accept", "decline", "assign", "serve", "pause", "resume", "extend", "withdraw", "reopen",
    "merge", "unfollow", "join",
    "correct", "set_aside", "recast", "object", "answer_objection", "note", "rate",
]  # fmt: skip
UploadId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="id given by POST /uploads")]
Fact = StrictBool | StrictInt | Annotated[str, Field(max_length=2000)] | list[Annotated[str, Field(max_length=200)]]
Facts = Annotated[dict[Name, Fact], Field(max_length=60)]


class UploadRef(Sent):
    upload: UploadId


class ConsentIn(Sent):
    """A resident's agreement that somebody files for them: how it was given, and who witnessed it."""

    name: Annotated[Line, Field(min_length=1)]
    means: Literal["paper", "phone", "spoken"]
    witness: Annotated[Line, Field(min_length=1)]
    text: Annotated[Words, Field(min_length=1)]


class PointIn(Sent):
    """A point on the ground, in degrees of WGS-84. `thing` names what stands there; everybody sees it coarsely."""

    x: Annotated[float, Field(ge=-180, le=180, description="east")]
    y: Annotated[float, Field(ge=-90, le=90, description="north")]
    thing: Line = ""


class FileIn(Sent):
    """What a resident says. Only `place`, `category` and `what` are needed."""

    place: Annotated[str, Field(min_length=1, max_length=48, description="division code or short name")]
    category: Annotated[Name, Field(min_length=1)]
    what: Said
    where: Line = ""
    contact: Line = ""
    filer_contact: Line = Field("", description="staff only: contact of the resident whom this is for")
    photos: Annotated[list[UploadId], Field(max_length=9)] = []
    fields: Facts = {}
    headcount: Annotated[StrictInt, Field(ge=1, le=100_000)] = 1
    public: StrictBool = False
    channel: CHANNELS = "api"
    procedure: Name = ""
    organ: Name = Field("", description="the organ that staff file for; empty: for oneself")
    consent: ConsentIn | None = None
    admission: Line = Field("", description="number of the admission, for work handed down to a community")
    at: AwareDatetime | None = Field(None, description="when it was said, where staff enter it later")
    point: PointIn | None = Field(None, description="where the thing is, never where a person is")


class ResolutionIn(Sent):
    text: Annotated[Words, Field(min_length=1)]
    owner: Annotated[Name, Field(min_length=1)]
    due: date | None = None


class InvitationIn(Sent):
    """Act `note` with state `invitation`: when, where and about what a meeting is held."""

    at: AwareDatetime
    where: Annotated[Line, Field(min_length=1)]
    agenda: Annotated[list[Line], Field(max_length=30)] = []


class ActIn(Sent):
    """One act. `visit` names the visit it was prepared for (`visit` of the matter as it was read)."""

    kind: KINDS
    visit: Annotated[Name, Field(min_length=1)]
    outcome: Name = ""
    part: Name = ""
    state: Name = ""
    count: Annotated[StrictInt, Field(ge=0, le=10_000_000)] = 0
    to: Name = ""
    ground: Line = Field("", description="goes into the public log: names nobody")
    channel: Name = ""
    fields: Facts = {}
    documents: Annotated[dict[Name, Paper | UploadRef], Field(max_length=40)] = {}
    counts: Annotated[dict[Name, Annotated[StrictInt, Field(ge=0, le=2_000_000_000)]], Field(max_length=4000)] = {}
    organ: Name = Field("", description="chooses among several seats of the caller")
    seat: Name = ""
    invitation: InvitationIn | None = None
    resolutions: Annotated[list[ResolutionIn], Field(max_length=30)] = []
    at: AwareDatetime | None = Field(None, description="when it took place, where it is entered later")


class Taken(Schema):
    """What became of a filing or an act. `repeated`: this key was carried out before, and nothing was done now."""

    number: str
    seq: int
    hash: str
    receipt: str
    repeated: bool
    visit: str
    status: str


class ListedMatter(Schema):
    number: str
    subject: str
    place: PlaceOut
    category: str
    procedure: str
    status: str
    step: str
    visit: str
    answers: OrganOut | None
    holder: str
    end: str
    due: datetime | None
    late: bool
    headcount: int
    public: bool
    filed_at: datetime
    closed_at: datetime | None
    role: str = Field("", description="what the caller's organ owes: holds, offered, part, answers, rules, serves")
    part: str = ""
    part_due: datetime | None = None


class MatterPage(Listed):
    items: list[ListedMatter]


class DeadlineOut(Schema):
    """A running clock. `lines` derive the deadline, one sentence each."""

    name: str
    title: str
    due: datetime
    provisional: bool
    lines: list[str]


class PartOut(Titled):
    state: str


class FactOut(Schema):
    title: str
    value: str


class ActionOut(Schema):
    """Something the caller may do now. `blocked` says what is still missing; empty: it can be done."""

    kind: str
    outcome: str
    part: str
    organ: str
    seat: str
    label: str
    leads_to: str
    blocked: str
    documents: list[Titled]
    fields: list[TypedField]
    targets: list[Titled]
    grounds: list[Titled]
    at_least: int


class TypedField(Titled):
    type: str


class ActOut(Schema):
    """One act of the log: `lines` and `why` for people, `effects` and `because` for programs."""

    seq: int
    kind: str
    at: datetime
    recorded_at: datetime
    who: str
    organ: str
    seat: str
    visit: str
    machine: bool
    lines: list[str]
    why: list[str]
    documents: list[Titled]
    effects: list[dict[str, Any]]
    because: list[dict[str, Any]]
    hash: str
    prev_hash: str


class Stop(Schema):
    key: str
    title: str
    who: str
    state: str
    kind: str


class Way(Schema):
    start: str
    end: str
    label: str
    taken: bool


class FlowOut(Schema):
    stops: list[Stop]
    ways: list[Way]


class MatterOut(ListedMatter):
    """A matter as the caller may see it. `level`: public, course (all but what people wrote) or full."""

    level: str
    state: str
    phase: str
    step_title: str
    procedure_title: str
    category_title: str
    holder_title: str
    end_title: str
    next: str
    power: str
    breach: bool
    raised: int
    passes: int
    offered: bool
    paused: bool
    deadline: DeadlineOut | None
    deadlines: list[DeadlineOut]
    waiting: list[str]
    parts: list[PartOut]
    facts: list[FactOut]
    actions: list[ActionOut]
    flow: FlowOut
    head: str


ActionOut.model_rebuild()
