"""What helps to take in and answer: published answers, and hot spots for staff."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, place_of
from gongzhi.desk import hotspots as desk
from gongzhi.desk.hotspots import Spot
from gongzhi.desk.reading import worklist_organs
from gongzhi.records.knowledge import answers as kept
from gongzhi.records.knowledge.models import Answer
from gongzhi.web import clock
from gongzhi.web.texts import clean_line

router = Router(tags=["answers"])
Code = Annotated[str, Field(max_length=48)]
Asked = Annotated[str, Query(max_length=200, description="a question in anybody's words; empty: what helped most")]
Limit = Annotated[int, Query(ge=1, le=50)]


class AnswerOut(Schema):
    """A question and what is true of it, as staff published it."""

    id: int
    question: str
    text: str
    category: str
    published_at: datetime


class AnswerList(Schema):
    items: list[AnswerOut]


class Week(Schema):
    """Monday of a week, and how many matters were filed in it."""

    week: date
    matters: int


class HotSpotOut(Schema):
    """Open matters of one cause at one place. `heat`: 10 x people + supporters + 10 x people of the last 30 days."""

    numbers: list[str]
    title: str
    place: str
    heat: int
    people: int
    supporters: int
    words: list[str]
    growth: list[Week]


class HotSpotList(Schema):
    items: list[HotSpotOut]


@router.get("/places/{code}/answers", auth=access("public"), response=AnswerList, summary="Questions and answers")
def answers(request: HttpRequest, code: Code, q: Asked = "", limit: Limit = 20) -> AnswerList:
    """Those that fit the question, the best first; without one, those that helped most."""
    place, asked = place_of(code), clean_line(q)
    rows = kept.fitting(place, asked, most=limit) if asked else kept.published(place)[:limit]
    return AnswerList(items=[_answer(row) for row in rows])


@router.get("/places/{code}/hotspots", auth=access("staff"), response=HotSpotList, summary="Hot spots")
def hot_spots(request: HttpRequest, code: Code, limit: Limit = 20) -> HotSpotList:
    """Among the matters that the caller's organs may know of, the hottest first."""
    at = clock.now()
    found = desk.spots(place_of(code), worklist_organs(caller(request).signed_in, at), at)
    return HotSpotList(items=[_spot(one) for one in found[:limit]])


def _answer(row: Answer) -> AnswerOut:
    return AnswerOut(
        id=row.pk, question=row.question, text=row.text, category=row.category,
        published_at=row.published_at or row.written_at,
    )  # fmt: skip


def _spot(one: Spot) -> HotSpotOut:
    found = one.found
    return HotSpotOut(
        numbers=list(one.numbers), title=found.title, place=found.place, heat=found.heat, people=found.people,
        supporters=found.supporters, words=list(found.words),
        growth=[Week(week=week, matters=count) for week, count in found.growth],
    )  # fmt: skip
