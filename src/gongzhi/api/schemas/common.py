"""What all nouns share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import ConfigDict


class Sent(Schema):
    """The body of a request: a misspelt key is an error, never silently dropped."""

    model_config = ConfigDict(extra="forbid")


class Titled(Schema):
    """A key of the charter with its title in the reader's language."""

    key: str
    title: str


class FieldError(Schema):
    field: str
    code: str
    detail: str


class ProblemOut(Schema):
    """RFC 9457. `detail` is a sentence in the reader's language; `code` and `args` are for programs."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    args: dict[str, Any]
    instance: str
    errors: list[FieldError]


class PlaceOut(Schema):
    code: str
    name: str
    level: str
    short: str | None


class OrganOut(Schema):
    """An organ as it exists at a place; `key` is its type in the charter."""

    key: str
    title: str
    instance: int | None


class PersonOut(Schema):
    """The caller. Nobody else's name ever comes out of the API."""

    login: str | None
    display_name: str
    home: PlaceOut | None
    language: str
    seats: list[SeatOut]


class SeatOut(Schema):
    organ: str
    seat: str
    organ_title: str
    instance: int
    start: datetime


class Listed(Schema):
    """`after` is the cursor of the next page; null on the last one."""

    after: str | None


PersonOut.model_rebuild()
