"""Bodies and answers of tenders and project groups. Money is text in yuan; a name never comes out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from gongzhi.api.schemas.common import Sent
from gongzhi.api.typed import Line, Said, Words

Number = Annotated[int, Field(ge=1, le=1000)]
Many = Annotated[int, Field(ge=0, le=10**9)]
Title = Annotated[str, Field(min_length=1, max_length=120)]


class TargetIn(Sent):
    title: Title
    unit: Annotated[str, Field(min_length=1, max_length=20)]
    wanted: Annotated[int, Field(ge=1, le=10**9)]


class TermsIn(Sent):
    closes_at: AwareDatetime
    estimate: Line
    where: Line
    targets: Annotated[list[TargetIn], Field(max_length=20)]


class BidIn(Sent):
    """`channel` paper: an envelope taken at the counter; its price and offer are read out at the opening."""

    bidder: Line
    price: Line = ""
    offer: Words = ""
    channel: Literal["web", "paper"] = "web"


class BidReceipt(Schema):
    """What a bidder keeps. `digest`: sha256 of bidder, offer and price."""

    number: int
    handed_at: datetime
    closes_at: datetime
    digest: str


class PriceIn(Sent):
    bid: Number
    price: Line
    offer: Said


class EvaluatorIn(Sent):
    name: Line
    contact: Line = ""
    expert: bool


class EvaluatorOut(Schema):
    number: int
    expert: bool
    interest: str


class InterestIn(Sent):
    evaluator: Number
    interest: Literal["none", "has"]


class MarksIn(Sent):
    """`marks`: by the number of the bid, 0 to 100."""

    evaluator: Number
    marks: dict[int, int]


class ChoiceIn(Sent):
    bid: Number
    why: Words = ""


class CountsIn(Sent):
    """By the number of the target."""

    numbers: dict[int, Many]


class BidOut(Schema):
    """A bid after the opening. `marks`: the sum of all marks; null before they are in."""

    number: int
    bidder: str
    price: str
    place: int | None
    marks: int | None
    digest: str


class TargetOut(Schema):
    number: int
    title: str
    unit: str
    wanted: int
    delivered: int | None
    found: int | None


class TenderOut(Schema):
    """A call for bids. `bids` is empty until the opening; how many there are is said by nobody before."""

    nth: int
    estimate: str
    where: str
    published_at: datetime | None
    closes_at: datetime | None
    opened_at: datetime | None
    bids: list[BidOut]
    chosen: int | None
    why: str
    targets: list[TargetOut]


class MemberIn(Sent):
    """`contact`: phone or mail of the member, who signs the duty contract with it; it is kept as a blind index."""

    name: Line
    contact: Line = ""
    role: Literal["leader", "treasurer", "member"]
    resident: bool
    duties: Said


class MemberOut(Schema):
    id: int
    role: str
    resident: bool
    signed_on: date | None
    signed_by: str


class PaperIn(Sent):
    """A duty contract that was signed by hand."""

    member: Annotated[int, Field(ge=1, le=2**62)]
    day: date


class StoneIn(Sent):
    title: Title
    begins: date
    due: date


class StoneDoneIn(Sent):
    number: Number
    day: date | None


class StoneOut(Schema):
    number: int
    title: str
    begins: date
    due: date
    done_on: date | None


class CardIn(Sent):
    stage: Literal["survey", "application", "approval", "carrying_out", "supervision"]
    kind: Literal["work", "meeting"] = "work"
    day: date
    people: Many = 0
    done: Said
    problems: Words = ""
    next: Words = ""


class CardOut(Schema):
    stage: str
    kind: str
    day: date
    people: int
    done: str
    problems: str
    next: str


class ProjectOut(Schema):
    """A project beside its matter. Of the group only numbers."""

    members: int
    residents: int
    signed: int
    milestones: list[StoneOut]
    cards: list[CardOut]
