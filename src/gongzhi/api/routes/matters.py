"""File a matter, find matters, see one with everything the caller may see, act on it."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Header, Query, Router, Status
from pydantic import Field

from gongzhi.api import lists, shape
from gongzhi.api.auth import access
from gongzhi.api.drafts import draft_of, new_matter
from gongzhi.api.lookups import caller, find_matter, place_of, speak_of, version_at
from gongzhi.api.problems import Problem, too_often
from gongzhi.api.schemas import matters as schemas
from gongzhi.desk.step import file_matter, take_step
from gongzhi.desk.writing import writing
from gongzhi.records.institutions.queries import charter_of
from gongzhi.records.matters import queries
from gongzhi.records.people import limits
from gongzhi.web import clock

router = Router(tags=["matters"])

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key", min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_\-]+$",
        description="The same for every repeat of one request; a new one for a new request.",
    ),
]  # fmt: skip
Number = Annotated[str, Field(max_length=60)]


@router.post("/matters", auth=access("signed_in"), response={201: schemas.Taken, 200: schemas.Taken}, summary="File")
def file(request: HttpRequest, body: schemas.FileIn, key: Key) -> Status[schemas.Taken]:
    """Open a matter. 201 with its number and receipt; 200 when this key opened it before."""
    person, now = caller(request).signed_in, clock.now()
    place = place_of(body.place, 422)
    charter = charter_of(version_at(place))
    if body.category not in charter.categories:
        raise Problem(422, "unknown_category", category=body.category)
    speak_of(request, charter, body.procedure or charter.categories[body.category].procedure or "")
    if not body.organ and (wait := limits.spend(limits.FILING, person.digest, now)):
        raise too_often(wait)
    at = body.at or now
    new = new_matter(body, person, place, at)
    with writing() if new.consent else nullcontext():  # matter and consent are stored together
        done = file_matter(new, person, at, key, now)
        if new.consent and not done.repeated:
            new.consent.save()
    return Status(200 if done.repeated else 201, shape.taken(done))


@router.get("/matters", auth=access("public"), response=schemas.MatterPage, summary="List")
def index(
    request: HttpRequest,
    scope: Literal["worklist", "mine", "public"] = "public",
    place: Annotated[str, Query(max_length=48)] = "",
    organ: Annotated[str, Query(max_length=120, description="one of the caller's organs; empty: all")] = "",
    status: Literal["open", "late", "closed", "all"] = "open",
    category: Annotated[str, Query(max_length=120)] = "",
    text: Annotated[str, Query(max_length=40, description="a number or its beginning")] = "",
    after: Annotated[str, Query(max_length=80, description="cursor of the page before")] = "",
    size: Annotated[int, Query(ge=1, le=100)] = 50,
) -> schemas.MatterPage:
    """`worklist`: what waits for the caller's organs, nearest deadline first. `mine`: what the caller filed.
    `public`: matters of a place that everybody may see."""
    narrowed = queries.Filter(status="" if status == "all" else status, category=category, text=text)
    return lists.page(caller(request), lists.Wanted(scope, place, organ, after or None, size), narrowed)


@router.get("/matters/{number}", auth=access("matter:read"), response=schemas.MatterOut, summary="Show")
def show(request: HttpRequest, number: Number) -> schemas.MatterOut:
    """One matter as it stands now: who answers, until when and why, what may come next."""
    return shape.matter(find_matter(request, number))


@router.get("/matters/{number}/acts", auth=access("matter:read"), response=list[schemas.ActOut], summary="Log")
def acts(request: HttpRequest, number: Number) -> list[schemas.ActOut]:
    """The log of a matter, oldest first, with the hashes that chain it."""
    found = find_matter(request, number)
    return [shape.act(found, row) for row in queries.log_of(found.matter)]


@router.post(
    "/matters/{number}/acts", auth=access("matter:act"), response={201: schemas.Taken, 200: schemas.Taken},
    summary="Act",
)  # fmt: skip
def act(request: HttpRequest, number: Number, body: schemas.ActIn, key: Key) -> Status[schemas.Taken]:
    """Do one thing: finish a step, sign, come, accept, decline, assign, tell, object, confirm, rate ..."""
    person, now = caller(request).signed_in, clock.now()
    found = find_matter(request, number)
    done = take_step(found.matter.number, draft_of(body, person), person, body.at or now, key, now)
    return Status(200 if done.repeated else 201, shape.taken(done))
