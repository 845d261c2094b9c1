"""Figures of a place as programs read and enter them. Nothing here is about a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from gongzhi.api.schemas.common import Sent

Label = Annotated[str, Field(min_length=4, max_length=7, pattern=r"^[0-9]{4}(-([0-9]{2}|Q[1-4]|H[12]))?$")]
Key = Annotated[str, Field(min_length=3, max_length=130, pattern=r"^[a-z0-9_-]+\.[a-z0-9_]+$")]
Number = Annotated[int, Field(ge=0, le=2_000_000_000)]


class PointOut(Schema):
    """One period. `value` is an exact fraction (`84/95`), `text` what the page says; without a value `why` says why.

    `formula` is the digest of the formula in force when the period began, `version` that of its charter; `low` and
    `high` are Wilson's interval of answers, 95 %.
    """

    period: str
    part: int | None
    whole: int | None
    value: str | None
    text: str
    why: str
    met: bool | None
    version: int
    formula: str
    low: str
    high: str
    late: bool
    corrected: bool


class FigureOut(Schema):
    """One indicator with its newest period that is over. `kind`: counted, entered or asked."""

    key: str
    title: str
    kind: str
    says: str
    every: str
    target: str
    source: str
    answers: str
    now: PointOut


class OrganFigureOut(Schema):
    organ: str
    title: str
    part: int | None
    whole: int | None
    value: str | None
    text: str


class AppealOut(Schema):
    """What an office said against the figure of a period; who answered says whether it holds, and why."""

    id: int
    first: date
    organ: str
    reason: str
    due: datetime
    upheld: bool | None
    answer: str
    answered_by: str


class FigurePage(FigureOut):
    """All periods, oldest first; by organ in the newest one."""

    periods: list[PointOut]
    organs: list[OrganFigureOut]
    appeals: list[AppealOut]


class OpenFigures(Schema):
    """All it takes to count every figure again. A row of `tallies`: charter, month, procedure, organ,
    name, kind, hours, how many.

    `gongzhi indicators recompute` reads this file, from here or from the board.
    """

    place: str
    counted_until: str | None
    tallies: list[list[Any]]
    formulas: dict[str, dict[str, Any]]
    figures: list[dict[str, Any]]


class EntryIn(Sent):
    """A total that the caller's office answers for. `why` only for a correction; both versions stay."""

    figure: Key
    period: Label
    part: Number
    whole: Number | None = None
    source: Annotated[str, Field(max_length=200)] = ""
    why: Annotated[str, Field(max_length=300)] = ""


class EntryOut(Schema):
    id: int
    first: date
    last: date
    part: int
    whole: int | None
    late: bool
    corrects: int | None


class AppealIn(Sent):
    """`organ`: the caller's organ, by its key in the charter."""

    organ: Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_]+$")]
    period: Label
    reason: Annotated[str, Field(max_length=500)]


class AnswerIn(Sent):
    upheld: bool
    text: Annotated[str, Field(max_length=500)]
