"""Keys for programs, and who the caller is."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from gongzhi.api import shape
from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, place_of
from gongzhi.api.problems import Problem, not_found, plain
from gongzhi.api.schemas.common import PersonOut, SeatOut, Sent
from gongzhi.api.sessions import prove_contact, prove_staff, send_code
from gongzhi.api.typed import Line
from gongzhi.desk.forget import forget_person, open_matters_of
from gongzhi.desk.own_data import own_data
from gongzhi.records.people.tokens import make_token, revoke_token, tokens_of
from gongzhi.web import clock

router = Router(tags=["sign-in"])


class CodeIn(Sent):
    contact: Annotated[Line, Field(min_length=1, description="phone number or mail address")]


class CodeSent(Schema):
    """The same for a known and an unknown contact."""

    seconds_until_next: int


class KeyIn(Sent):
    """Staff: `login`, `password` and the generated `code`. Residents: `contact` and the `code` sent to it."""

    login: Annotated[str, Field(max_length=60)] = ""
    password: Annotated[str, Field(max_length=200)] = ""
    contact: Line = ""
    code: Annotated[str, Field(min_length=1, max_length=20)]
    place: Annotated[str, Field(max_length=48, description="community of a resident who signs in first")] = ""
    label: Line = "API"


class KeyMade(Schema):
    """`key` is shown this once: `Authorization: Bearer <key>`."""

    id: int
    key: str
    label: str
    expires_at: datetime


class KeyOut(Schema):
    id: int
    label: str
    created_at: datetime
    expires_at: datetime
    last_seen: datetime | None


@router.post("/sign-in-codes", auth=access("public"), response={202: CodeSent}, summary="Send a code")
def code(request: HttpRequest, body: CodeIn) -> Status[CodeSent]:
    """Send a six-digit code to a resident's phone or mail. It works once, for 15 minutes."""
    return Status(202, CodeSent(seconds_until_next=send_code(request, body.contact)))


@router.post("/keys", auth=access("public"), response={201: KeyMade}, summary="Make a key")
def make(request: HttpRequest, body: KeyIn) -> Status[KeyMade]:
    """Sign in and get a key. A staff key without a second factor does not exist."""
    if body.login:
        person, strong = prove_staff(request, body.login, body.password, body.code), True
    else:
        person, strong = prove_contact(request, body.contact, body.code, body.place), False
    row, key = make_token(person, body.label or "API", strong, timezone.now())
    return Status(201, KeyMade(id=row.pk, key=key, label=row.label, expires_at=row.expires_at))


@router.get("/keys", auth=access("signed_in"), response=list[KeyOut], summary="My keys")
def keys(request: HttpRequest) -> list[KeyOut]:
    """The caller's living keys, without the keys themselves."""
    return [KeyOut.from_orm(row) for row in tokens_of(caller(request).signed_in, timezone.now())]


@router.delete("/keys/{key_id}", auth=access("signed_in"), response={204: None}, summary="Revoke a key")
def revoke(request: HttpRequest, key_id: Annotated[int, Field(le=2**62)]) -> Status[None]:
    """End a key of one's own at once."""
    if not revoke_token(caller(request).signed_in, key_id, timezone.now()):
        raise not_found()
    return Status(204, None)


@router.get("/me", auth=access("signed_in"), response=PersonOut, summary="Who I am")
def me(request: HttpRequest) -> PersonOut:
    """The caller, with the seats held now."""
    person = caller(request).signed_in
    return PersonOut(
        login=person.login,
        display_name=str(person.display_name),
        home=shape.place(person.home) if person.home else None,
        language=person.language,
        seats=[
            SeatOut(organ=term.organ_instance.organ, seat=term.seat, organ_title=term.organ_instance.title,
                    instance=term.organ_instance_id, start=term.start)
            for term in person.seats(clock.now())
        ],
    )  # fmt: skip


class MeIn(Sent):
    """What is given is changed. `home` empty: no community. Contacts change by signing in with the new one."""

    display_name: Annotated[Line, Field(max_length=60)] | None = None
    home: Annotated[str, Field(max_length=48)] | None = None
    language: Literal["zh-hans", "en"] | None = None
    text_size: Literal["std", "large", "xl"] | None = None
    contrast: Literal["off", "on"] | None = None


@router.patch("/me", auth=access("signed_in"), response=PersonOut, summary="Change my data")
def change(request: HttpRequest, body: MeIn) -> PersonOut:
    """Correct one's own name and community, and how pages are shown."""
    person = caller(request).signed_in
    given = body.dict(exclude_none=True)
    if "home" in given:
        given["home"] = place_of(given["home"], 422) if given["home"] else None
    for name, value in given.items():
        setattr(person, name, value)
    if given:
        person.save(update_fields=list(given))
    return me(request)


@router.delete("/me", auth=access("signed_in"), response={204: None}, summary="Erase my account")
def erase(request: HttpRequest) -> Status[None]:
    """Erase the account and every word of it that no law keeps; the log keeps its digests. Not while a matter is
    open, and not while one holds a seat."""
    person = caller(request).signed_in
    if person.is_staff_member(clock.now()):
        raise Problem(409, "holds_seat")
    if still_open := open_matters_of(person):
        raise Problem(409, "matters_open", numbers=[one.number for one in still_open])
    forget_person(person, clock.now())
    return Status(204, None)


@router.get("/me/data", auth=access("signed_in"), response=dict[str, Any], summary="My data")
def data(request: HttpRequest) -> dict[str, Any]:
    """Everything that is stored about the caller, in all rooms, to take along."""
    return plain(own_data(caller(request).signed_in))
