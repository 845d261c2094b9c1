"""Reviews: rounds one may rate, one's own rating, results; duties and tasks of plans of a place."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, place_of, version_at
from gongzhi.api.problems import Problem
from gongzhi.api.schemas.common import Sent
from gongzhi.api.typed import Name, Words
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import admissions, plans
from gongzhi.desk import reviews as desk
from gongzhi.records.institutions.queries import charter_of
from gongzhi.records.reviews import queries
from gongzhi.records.reviews.models import ReviewRound
from gongzhi.web import clock
from gongzhi.words.reviews import review_refusal
from gongzhi.words.terms import Terms

router = Router(tags=["reviews"])

Id = Annotated[int, Field(ge=1, le=2**62)]
Code = Annotated[str, Field(max_length=48)]
STATUS = {"review_unknown": 404, "rates_itself": 403, "not_a_rater": 403, "rated_already": 409, "review_closed": 409}
MOST = 100


class RatingIn(Sent):
    grade: Name
    words: Words = ""


class SideOut(Schema):
    """One group of raters. `grades` is empty while sealed, and for good where fewer than five rated."""

    group: str
    raters: int
    needed: int
    grades: dict[str, int]


class ReviewOut(Schema):
    """One round of a rating. `matter`: the number of the matter it belongs to.

    `appeal`: empty, `open`, `upheld` or `set_aside`; a rating set aside counts nowhere.
    """

    id: int
    matter: str
    title: str
    about: str
    status: str
    grade: str
    mean: int | None
    appeal: str
    due: datetime | None
    sides: list[SideOut]


class DutyOut(Schema):
    """One line of the duty list: `answers` is the one organ that answers."""

    category: str
    title: str
    level: str
    answers: str
    coordinates: str
    ground: str


class TaskOut(Schema):
    """One task of a plan. `share` in 10,000ths where there is a whole; `locked` says why it is not done."""

    plan: str
    task: str
    title: str
    goal: str
    units: list[str]
    until: str
    state: str
    matter: str
    share: int | None
    met: bool | None
    locked: str
    instead: str


class AdmissionOut(Schema):
    number: str
    subject: str
    until: date
    valid: bool
    used: int


@router.get("/places/{code}/reviews", auth=access("public"), response=list[ReviewOut], summary="List reviews")
def index(request: HttpRequest, code: Code) -> list[ReviewOut]:
    """Rounds of a place, those that run first."""
    place = place_of(code, 404)
    return [_out(one) for one in [*queries.open_in(place)[:MOST], *queries.closed_in(place)[:MOST]]]


@router.post("/reviews/{pk}/rating", auth=access("signed_in"), response={204: None}, summary="Rate")
def rate(request: HttpRequest, pk: Id, body: RatingIn) -> Status[None]:
    """Give one grade, once; it is sealed at once."""
    try:
        desk.rate(pk, caller(request).signed_in, body.grade, body.words, clock.now())
    except Refused as refused:
        raise Problem(STATUS.get(refused.code, 422), refused.code, review_refusal(refused.code)) from refused
    return Status(204, None)


@router.get("/places/{code}/duties", auth=access("public"), response=list[DutyOut], summary="Duty list")
def duties(request: HttpRequest, code: Code) -> list[DutyOut]:
    """Who answers for what: one organ for each line."""
    charter = charter_of(version_at(place_of(code, 404)))
    terms = Terms(charter)
    return [
        DutyOut(
            category=one.category, title=terms.category(one.category), level=one.at, answers=terms.organ(one.answers),
            coordinates=terms.organ(one.coordinates) if one.coordinates else "", ground=one.law or one.list or "",
        )
        for one in charter.duties
    ]  # fmt: skip


@router.get("/places/{code}/plans", auth=access("public"), response=list[TaskOut], summary="Plans")
def tasks(request: HttpRequest, code: Code) -> list[TaskOut]:
    """Every task of every plan, with what is not done here and why."""
    place, at = place_of(code, 404), clock.now()
    terms = Terms(charter_of(version_at(place)))
    cards = plans.board(place, at, next(iter(plans.years(place)), None))
    return [
        TaskOut(
            plan=card.plan.name, task=card.task.name, title=terms.text(card.task.title),
            goal=terms.text(card.task.goal), units=[terms.organ(one) for one in card.task.by],
            until=card.until.isoformat() if card.until else card.task.until, state=card.state,
            matter=card.matter.number if card.matter else "", share=card.share, met=card.met,
            locked=terms.text(card.task.locked), instead=terms.text(card.task.instead),
        )
        for card in cards
    ]  # fmt: skip


@router.get("/places/{code}/admissions", auth=access("public"), response=list[AdmissionOut], summary="Admissions")
def admitted(request: HttpRequest, code: Code) -> list[AdmissionOut]:
    """The register of work that may be handed down."""
    return [
        AdmissionOut(number=one.matter.number, subject=one.matter.subject, until=one.until, valid=one.valid,
                     used=one.used)
        for one in admissions.register(place_of(code, 404), clock.now())
    ]  # fmt: skip


def _out(found: ReviewRound) -> ReviewOut:
    on = desk.setting_of(found)
    return ReviewOut(
        id=found.pk, matter=found.matter.number, title=found.title, about=found.about, status=found.status,
        grade=found.grade, mean=found.mean, appeal=found.appeal,
        due=found.matter.due if found.status == "open" else None,
        sides=[SideOut(group=one.group, raters=one.raters, needed=one.needed, grades=dict(one.table or {}))
               for one in desk.sides(on)],
    )  # fmt: skip
