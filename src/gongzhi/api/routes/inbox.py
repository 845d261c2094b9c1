"""What the program told the caller, and who read the caller's words."""

from __future__ import annotations

from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from gongzhi.api.auth import access
from gongzhi.api.lookups import caller
from gongzhi.api.problems import Problem
from gongzhi.api.schemas.rooms import MessageOut, MessagePage, ReadOut
from gongzhi.desk.permissions import worklist_organs
from gongzhi.records.matters.access import readings_about
from gongzhi.records.matters.models import Message
from gongzhi.web import clock
from gongzhi.words.inbox import sentence

router = Router(tags=["me"])
Id = Annotated[int, Field(ge=1, le=2**62)]


@router.get("/me/messages", auth=access("signed_in"), response=MessagePage, summary="My messages")
def messages(
    request: HttpRequest,
    unread: bool = False,
    after: Annotated[int, Query(ge=0, le=2**62, description="cursor of the page before")] = 0,
    size: Annotated[int, Query(ge=1, le=100)] = 50,
) -> MessagePage:
    """Messages to the caller and to the caller's organs, newest first."""
    rows = _mine(request).select_related("matter", "matter__answers").order_by("-pk")
    if unread:
        rows = rows.filter(read_at=None)
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: size + 1])
    return MessagePage(
        items=[_out(row) for row in found[:size]], after=str(found[size - 1].pk) if len(found) > size else None
    )


@router.post("/me/messages/{message}/read", auth=access("signed_in"), response={204: None}, summary="Mark as read")
def read(request: HttpRequest, message: Id) -> Status[None]:
    """The caller has seen it."""
    rows = _mine(request).filter(pk=message)
    if not rows.exists():
        raise Problem(404, "not_found")
    rows.filter(read_at=None).update(read_at=clock.now())
    return Status(204, None)


@router.get("/me/reads", auth=access("signed_in"), response=list[ReadOut], summary="Who read my words")
def reads(request: HttpRequest, size: Annotated[int, Query(ge=1, le=200)] = 100) -> list[ReadOut]:
    """Every reading of personal words that concern the caller: when, for which organ, why; newest first."""
    rows = readings_about(caller(request).signed_in)
    return [
        ReadOut(at=row.at, role=row.role, reason=row.reason, matter=row.matter.number if row.matter else None)
        for row in rows[:size]
    ]


def _mine(request: HttpRequest) -> QuerySet[Message]:
    person = caller(request).signed_in
    to_me = Message.objects.filter(person=person, channel="in_app")
    return to_me | Message.objects.filter(organ__in=worklist_organs(person, clock.now()), channel="in_app")


def _out(row: Message) -> MessageOut:
    return MessageOut(
        id=row.pk,
        matter=row.matter.number if row.matter else None,
        code=row.code,
        args=row.args,
        text=sentence(row),
        visit=row.visit,
        created_at=row.created_at,
        read_at=row.read_at,
    )
