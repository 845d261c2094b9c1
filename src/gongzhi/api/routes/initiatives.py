"""Initiatives: lists of signatures with the threshold of their rule. Counts are public, names are not."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Header, Router, Status

from gongzhi.api.auth import access
from gongzhi.api.lookups import place_of
from gongzhi.api.problems import Problem
from gongzhi.api.routes.consultations import MOST, Code, Id, me, spoken
from gongzhi.api.schemas.consultations import CountIn, EligibleIn, InitiativeOut
from gongzhi.desk import signatures as desk
from gongzhi.records.consultations import queries
from gongzhi.records.consultations.models import SignatureList
from gongzhi.web import clock

router = Router(tags=["initiatives"])

Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=64)]


@router.get("/places/{code}/initiatives", auth=access("public"), response=list[InitiativeOut], summary="List")
def index(request: HttpRequest, code: Code) -> list[InitiativeOut]:
    """Lists in a place, open ones first."""
    return [_told(row) for row in queries.lists_in(place_of(code))[:MOST]]


@router.get("/initiatives/mine", auth=access("staff"), response=list[InitiativeOut], summary="Mine")
def mine(request: HttpRequest) -> list[InitiativeOut]:
    """Lists that the caller's organs count, also before they are open."""
    organs = me(request).seats(clock.now()).values_list("organ_instance_id", flat=True)
    return [_told(row) for row in queries.lists_of_organs(organs)[:MOST]]


def _told(row: SignatureList) -> InitiativeOut:
    names = ("title", "rule", "law", "eligible", "needed", "until", "reached_at", "closed_at")
    columns = {name: getattr(row, name) for name in names}
    return InitiativeOut(id=row.pk, matter=row.matter.number, count=row.signatures.count(), **columns)


def _public(pk: int) -> None:
    if not SignatureList.objects.filter(pk=pk, matter__public=True, needed__gt=0).exists():
        raise Problem(404, "not_found")


@router.post("/initiatives/{pk}/signature", auth=access("signed_in"), response=InitiativeOut, summary="Sign")
def sign(request: HttpRequest, pk: Id) -> InitiativeOut:
    """One signature of a resident of the place."""
    _public(pk)
    with spoken():
        return _told(desk.sign(pk, me(request), clock.now()))


@router.delete("/initiatives/{pk}/signature", auth=access("signed_in"), response=InitiativeOut, summary="Take back")
def unsign(request: HttpRequest, pk: Id) -> InitiativeOut:
    """Take the signature back while the list runs; nothing of it is kept."""
    _public(pk)
    with spoken():
        return _told(desk.unsign(pk, me(request), clock.now()))


@router.post("/initiatives/{pk}/opening", auth=access("staff"), response=InitiativeOut, summary="Open")
def open_list(request: HttpRequest, pk: Id, body: EligibleIn) -> InitiativeOut:
    """Of how many people; the rule in force says how many have to sign."""
    with spoken():
        return _told(desk.open_list(pk, me(request), body.eligible, clock.now()))


@router.post("/initiatives/{pk}/count", auth=access("staff"), response={204: None}, summary="Count")
def count(request: HttpRequest, pk: Id, body: CountIn, key: Key) -> Status[None]:
    """The organ ends the list: an act on the matter with the numbers of the list, none typed."""
    with spoken():
        desk.hand_in(pk, me(request), clock.now(), key, body.documents)
    return Status(204, None)
