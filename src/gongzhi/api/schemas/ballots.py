"""Votes as JSON. Nothing here says what somebody chose."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from gongzhi.api.schemas.common import Sent

Line = Annotated[str, Field(max_length=200)]
Number = Annotated[int, Field(ge=1, le=999_999)]


class BallotOut(Schema):
    """`phase`: planned, open, closed (not counted yet), counted, dropped. `on_paper_by_law`: an election of a
    residents' or villagers' committee, which is never held on a screen."""

    id: int
    matter: str
    visit: str
    title: str
    about: str
    form: str
    secrecy: str
    means: list[str]
    phase: str
    items: list[dict[str, Any]]
    opens_at: datetime | None
    closes_at: datetime | None
    rule: str
    on_paper_by_law: bool
    entries: int
    roll_digest: str
    voted: int
    outcome: str


class StandingOut(Schema):
    """`number`: the caller's line of the roll, null when there is none. `entrusted`: proxies not used yet."""

    number: int | None
    voted: bool
    day: date | None
    means: str
    gave_proxy: bool
    entrusted: list[int]


class ChoiceIn(Sent):
    """`marks`: yes, no or abstain for each item in order, or keys of options joined by +. `principal`: roll number
    of somebody who gave the caller a written proxy."""

    marks: Annotated[list[Line], Field(max_length=50)]
    principal: Number | None = None


class ReceiptOut(Schema):
    receipt: str


class EntryIn(Sent):
    """`area` in square metres with at most two decimals; `contact`: mobile number or mail, to vote on a screen."""

    name: Line
    unit: Line = ""
    kind: Line = ""
    area: Line = ""
    contact: Line = ""
    candidate: bool = False


class RollIn(Sent):
    entries: Annotated[list[EntryIn], Field(min_length=1, max_length=20_000)]


class RollOut(Schema):
    entries: int
    digest: str


class RowFault(Schema):
    field: str
    detail: str


class ItemIn(Sent):
    """`options`: pairs of key and title, where one ticks; `most`: how many at most."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    title: Line
    options: Annotated[list[tuple[Line, Line]], Field(max_length=50)] = []
    most: Annotated[int, Field(ge=0, le=50)] = 0


class TermsIn(Sent):
    items: Annotated[list[ItemIn], Field(min_length=1, max_length=20)]
    about: Annotated[str, Field(max_length=5000)] = ""
    closes_at: AwareDatetime
    seats: Annotated[int, Field(ge=0, le=100)] = 0


class HandedIn(Sent):
    numbers: Annotated[list[Number], Field(max_length=20_000)]


class PaperIn(Sent):
    sheet: Number
    marks: Annotated[list[Line], Field(max_length=50)]
    copies: Annotated[int, Field(ge=1, le=99_999)] = 1


class PapersIn(Sent):
    papers: Annotated[list[PaperIn], Field(max_length=5000)]


class RefusedOut(Schema):
    number: int
    code: str
    detail: str
