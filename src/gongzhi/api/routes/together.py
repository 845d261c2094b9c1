"""Matters that go together: see whom one follows and who follows it, merge, let it go alone."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from gongzhi.api import shape
from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, find_matter
from gongzhi.api.routes.matters import Key, Number
from gongzhi.api.schemas import matters as schemas
from gongzhi.api.schemas.common import Sent
from gongzhi.api.typed import Line
from gongzhi.desk.draft import Draft
from gongzhi.desk.permissions import at_least
from gongzhi.desk.step import take_step
from gongzhi.web import clock
from gongzhi.web.together import together

router = Router(tags=["matters"])


class MergeIn(Sent):
    """`leader`: the number of the matter it goes with from now on. `ground` is public and names nobody."""

    leader: Annotated[str, Field(min_length=1, max_length=60)]
    ground: Line = ""
    organ: Line = ""
    visit: Line = ""


class AloneIn(Sent):
    ground: Line = ""
    organ: Line = ""


class TogetherOut(Schema):
    """`leader` empty: it goes alone. `followers` for those who may see the course of the matter; `count` for all."""

    leader: str
    followers: list[str]
    count: int


@router.get("/matters/{number}/together", auth=access("matter:read"), response=TogetherOut, summary="Goes with")
def show(request: HttpRequest, number: Number) -> TogetherOut:
    """Which matter this one follows or waits for, and which go with it."""
    found = find_matter(request, number)
    told = together(found.matter, listed=True)
    numbers = [row.number for row in told.rows] if at_least(found.level, "course") else []
    return TogetherOut(leader=found.matter.goes_with, followers=numbers, count=told.count)


@router.post(
    "/matters/{number}/merge", auth=access("matter:act"), response={201: schemas.Taken, 200: schemas.Taken},
    summary="Merge",
)  # fmt: skip
def merge(request: HttpRequest, number: Number, body: MergeIn, key: Key) -> Status[schemas.Taken]:
    """The matter follows another one. It keeps its number, filer, rating, limits and right to reopen."""
    return _act(request, number, key, Draft("merge", body.visit, to=body.leader, ground=body.ground, organ=body.organ))


@router.post(
    "/matters/{number}/unmerge", auth=access("matter:act"), response={201: schemas.Taken, 200: schemas.Taken},
    summary="Go alone",
)  # fmt: skip
def unmerge(request: HttpRequest, number: Number, body: AloneIn, key: Key) -> Status[schemas.Taken]:
    """The matter goes on alone, with what was left of its time. An office says why; the resident need not."""
    return _act(request, number, key, Draft("unfollow", ground=body.ground, organ=body.organ))


def _act(request: HttpRequest, number: str, key: str, draft: Draft) -> Status[schemas.Taken]:
    person, now = caller(request).signed_in, clock.now()
    found = find_matter(request, number)
    done = take_step(found.matter.number, draft, person, now, key, now)
    return Status(200 if done.repeated else 201, shape.taken(done))
