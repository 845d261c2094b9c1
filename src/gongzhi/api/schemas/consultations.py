"""Consultations, opinion maps and lists of signatures. Nobody's vote and nobody's name is in any of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from gongzhi.api.schemas.common import OrganOut, Sent
from gongzhi.api.typed import Line, Said, Words

Answer = Literal["agree", "disagree", "pass"]


class StatementOut(Schema):
    """`answer`: what the caller voted; null where the caller has not."""

    id: int
    number: int
    text: str
    answer: Answer | None = None


class CommentOut(Schema):
    number: int
    text: str
    added_at: datetime


class WithheldOut(Schema):
    """What moderation did not let pass: ground and reason are for all, the words are not."""

    kind: str
    number: int
    state: str
    ground: str
    reason: str
    answer: str
    appeal_due: datetime | None


class ReplyOut(Schema):
    text: str
    decision: str
    reason: str


class QuestionOut(Schema):
    id: int
    number: int
    kind: str
    text: str
    options: list[str]
    low: int
    high: int


class ConsultationOut(Schema):
    id: int
    matter: str
    visit: str
    organ: OrganOut | None
    title: str
    intro: str
    status: str
    adds: bool
    opened_at: datetime | None
    until: datetime | None
    closed_at: datetime | None


class ConsultationShown(ConsultationOut):
    statements: list[StatementOut]
    comments: list[CommentOut]
    withheld: list[WithheldOut]
    replies: list[ReplyOut]
    questions: list[QuestionOut]


class ViewOut(Schema):
    """A statement and the share of those who saw it, in steps of five per cent; `agree`: or the share against it."""

    statement: int
    text: str
    agree: bool
    share: int


class GroupOut(Schema):
    """`name` is a letter; `people` at least ten; `x`, `y` the middle of the group in -1..1."""

    name: str
    people: int
    x: float
    y: float
    says: list[ViewOut]


class MapOut(Schema):
    """Counts of fewer than ten people are null."""

    people: int | None
    votes: int | None
    groups: list[GroupOut]
    unites: list[ViewOut]
    withheld: int | None
    too_few: int | None


class OpeningIn(Sent):
    title: Annotated[Line, Field(min_length=1)]
    intro: Words = ""
    adds: bool = True
    until: datetime | None = None


class StatementsIn(Sent):
    statements: Annotated[list[Line], Field(min_length=1, max_length=100)]


class ContributionIn(Sent):
    kind: Literal["statement", "comment"]
    text: Said


class ContributionOut(Schema):
    id: int
    kind: str
    number: int
    state: str
    appeal_due: datetime | None = None


class VoteIn(Sent):
    """`back` takes the caller's vote back."""

    statement: Annotated[int, Field(ge=1, le=2**62)]
    answer: Literal["agree", "disagree", "pass", "back"]


class ModerationIn(Sent):
    """Without `ground` it is shown."""

    ground: Annotated[str, Field(max_length=20)] = ""
    reason: Line = ""


class AppealIn(Sent):
    why: Said


class AppealAnswerIn(Sent):
    upheld: bool
    answer: Annotated[Line, Field(min_length=1)]


class ReplyIn(Sent):
    text: Annotated[Line, Field(min_length=1)]
    decision: Literal["", "adopted", "partly", "not_adopted"] = ""
    reason: Words = ""


class RepliesIn(Sent):
    replies: Annotated[list[ReplyIn], Field(max_length=50)]


class SheetIn(Sent):
    """Answers by the question's id. `paper`: the number on a paper sheet, entered by staff."""

    answers: Annotated[dict[int, Words], Field(max_length=100)]
    paper: Line = ""


class InitiativeOut(Schema):
    """How many have signed of how many it takes. Who has signed is for the organ that counts."""

    id: int
    matter: str
    title: str
    rule: str
    law: str
    eligible: int
    needed: int
    count: int
    until: datetime | None
    reached_at: datetime | None
    closed_at: datetime | None


class EligibleIn(Sent):
    eligible: Annotated[int, Field(ge=1, le=99_999_999)]


class CountIn(Sent):
    documents: Annotated[dict[str, Words], Field(max_length=20)] = {}
