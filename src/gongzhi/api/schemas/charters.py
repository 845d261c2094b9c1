"""A charter and its procedures as programs read them."""

from __future__ import annotations

from typing import Any

from ninja import Schema

from gongzhi.api.schemas.common import Titled
from gongzhi.api.schemas.matters import FlowOut


class OrganType(Titled):
    at: str
    kind: str
    outside: bool
    seats: list[Titled]


class CategoryOut(Titled):
    """`answers` is the one organ of the duty list, `coordinates` who helps."""

    procedure: str | None
    answers: str | None
    coordinates: str | None
    law: str | None


class Relation(Schema):
    subject: str
    verb: str
    object: str


class FieldOut(Titled):
    """A fact asked for. Personal and sealed ones say what for, on which ground, and for how long they are kept."""

    type: str
    class_: str
    given: str | None
    choices: dict[str, str]
    purpose: str | None
    basis: str | None
    keep: str | None


class OutcomeOut(Titled):
    go: str
    documents: list[str]


class StepOut(Titled):
    """`by` is who holds the step; `parts` who else has to act; `within`, `lasts` and `late` its time."""

    do: str
    by: str
    parts: list[Titled]
    within: str | None
    lasts: str | None
    asks: list[str]
    documents: list[str]
    outcomes: list[OutcomeOut]
    raises_to: list[str]
    assumes: str | None
    at_most: int | None
    beyond: str | None


class ProcedureOut(Titled):
    of: str
    files: list[str]
    start: str
    steps: list[StepOut]
    ends: list[Titled]
    fields: list[FieldOut]
    covers: list[str]
    flow: FlowOut


class CharterOut(Schema):
    """A charter version; `digest` identifies its exact text, which matters pin."""

    name: str
    title: str
    version: int
    digest: str
    organs: list[OrganType]
    categories: list[CategoryOut]
    relations: list[Relation]
    procedures: list[Titled]
    documents: list[Titled]
    covers: list[str]


class CharterSource(Schema):
    """The exact texts of the charter's files, by name."""

    name: str
    version: int
    digest: str
    files: dict[str, Any]
