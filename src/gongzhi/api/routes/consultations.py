"""Consultations: statements and votes, comments, moderation with appeal, surveys, the map, what was adopted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from gongzhi.api import shape
from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, place_of
from gongzhi.api.problems import Problem
from gongzhi.api.schemas import consultations as out
from gongzhi.api.sessions import address_of
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import consultations as desk
from gongzhi.desk import surveys
from gongzhi.desk.opinions import FEWEST, View, drawn
from gongzhi.records.consultations import queries
from gongzhi.records.consultations.models import Consultation, Contribution
from gongzhi.records.people.models import Person
from gongzhi.web import clock
from gongzhi.words.refusals_consultations import consultation_refusal

router = Router(tags=["consultations"])

Id = Annotated[int, Field(ge=1, le=2**62)]
Code = Annotated[str, Field(max_length=48)]
ANSWERS = {"agree": 1, "disagree": -1, "pass": 0}
SAID: dict[int, out.Answer] = {1: "agree", -1: "disagree", 0: "pass"}
MOST = 200
STATUS = {
    "too_many_contributions": 429, "no_consultation": 404, "voted_already": 409, "consultation_closed": 409,
    "moderated_already": 409, "answered_already": 409, "sheet_entered": 409, "survey_begun": 409, "list_begun": 409,
    "list_closed": 409, "signed_already": 409, "not_signed": 409, "not_resident": 403, "not_of_organ": 403,
}  # fmt: skip


@contextmanager
def spoken() -> Iterator[None]:
    """A refusal of these rooms becomes a problem with its sentence; others go on as they are."""
    try:
        yield
    except Refused as refused:
        sentence = consultation_refusal(refused.code, refused.args_map)
        if not sentence:
            raise
        raise Problem(STATUS.get(refused.code, 422), refused.code, sentence, **refused.args_map) from refused


def me(request: HttpRequest) -> Person:
    return caller(request).signed_in


@router.get("/places/{code}/consultations", auth=access("public"), response=list[out.ConsultationOut], summary="List")
def index(request: HttpRequest, code: Code) -> list[out.ConsultationOut]:
    """Consultations that were opened in a place, the newest first."""
    return [out.ConsultationOut(**_columns(row)) for row in queries.public_in(place_of(code))[:MOST]]


@router.get("/consultations/mine", auth=access("staff"), response=list[out.ConsultationOut], summary="Mine")
def mine(request: HttpRequest) -> list[out.ConsultationOut]:
    """What the caller's organs hold or hear appeals of, also before it is opened."""
    organs = me(request).seats(clock.now()).values_list("organ_instance_id", flat=True)
    return [out.ConsultationOut(**_columns(row)) for row in queries.of_organs(organs)[:MOST]]


def _columns(row: Consultation) -> dict[str, Any]:
    names = ("visit", "title", "intro", "status", "adds", "opened_at", "until", "closed_at")
    return {"id": row.pk, "matter": row.matter.number, "organ": shape.organ(row.organ)} | {
        name: getattr(row, name) for name in names
    }


def _find(pk: int) -> Consultation:
    found = Consultation.objects.select_related("matter", "organ").exclude(opened_at=None).filter(pk=pk).first()
    if found is None or not found.matter.public:
        raise Problem(404, "not_found")
    return found


@router.get("/consultations/{pk}", auth=access("public"), response=out.ConsultationShown, summary="Show")
def show(request: HttpRequest, pk: Id) -> out.ConsultationShown:
    """Statements with the caller's own votes, comments, what is withheld and why, the points and their answers."""
    found, now, person = _find(pk), clock.now(), caller(request).person
    own = queries.own_stances(found, person) if person else {}
    return out.ConsultationShown(
        **_columns(found),
        statements=[
            out.StatementOut(id=row.pk, number=row.number, text=row.text, answer=SAID.get(own.get(row.pk, 9)))
            for row in queries.shown(found, "statement", now)
        ],
        comments=[out.CommentOut.from_orm(row) for row in _comments(found)],
        withheld=[out.WithheldOut.from_orm(row) for row in queries.withheld(found, now)],
        replies=[out.ReplyOut.from_orm(row) for row in found.replies.order_by("number")],
        questions=[out.QuestionOut.from_orm(row) for row in found.questions.order_by("number")],
    )


def _comments(found: Consultation) -> QuerySet[Contribution]:
    return queries.shown(found, "comment", clock.now()).order_by("-number")[:MOST]


@router.get("/consultations/{pk}/map", auth=access("public"), response=out.MapOut, summary="Opinion map")
def opinion_map(request: HttpRequest, pk: Id) -> out.MapOut:
    """Groups from ten people on, what each says, what unites all. Never a person."""
    seen = drawn(_find(pk), clock.now())
    return out.MapOut(
        people=_small(seen.people), votes=_small(seen.votes), withheld=_small(seen.withheld),
        too_few=_small(seen.too_few), unites=[_view(one) for one in seen.unites],
        groups=[
            out.GroupOut(name=chr(ord("A") + one.index), people=one.people, x=one.x, y=one.y,
                         says=[_view(view) for view in one.says])
            for one in seen.groups
        ],
    )  # fmt: skip


def _small(count: int) -> int | None:
    return count if count == 0 or count >= FEWEST else None


def _view(one: View) -> out.ViewOut:
    return out.ViewOut(statement=one.statement.number, text=one.statement.text, agree=one.yes, share=one.share)


@router.post("/consultations/{pk}/votes", auth=access("signed_in"), response={204: None}, summary="Vote")
def vote(request: HttpRequest, pk: Id, body: out.VoteIn) -> Status[None]:
    """One vote on one statement, once; `back` takes it back."""
    with spoken():
        if body.answer == "back":
            desk.unvote(pk, body.statement, me(request), clock.now())
        else:
            desk.vote(pk, body.statement, me(request), ANSWERS[body.answer], clock.now())
    return Status(204, None)


@router.post(
    "/consultations/{pk}/contributions", auth=access("signed_in"), response={201: out.ContributionOut}, summary="Say"
)
def contribute(request: HttpRequest, pk: Id, body: out.ContributionIn) -> Status[out.ContributionOut]:
    """A statement or comment of a resident; it is shown when somebody of the organ has looked at it."""
    with spoken():
        by = desk.Speaker(me(request), address_of(request))
        made = desk.contribute(pk, by, body.kind, body.text, clock.now())
    return Status(201, _told(made))


def _told(row: Contribution) -> out.ContributionOut:
    return out.ContributionOut(id=row.pk, kind=row.kind, number=row.number, state=row.state, appeal_due=row.appeal_due)


@router.post("/contributions/{pk}/moderation", auth=access("staff"), response=out.ContributionOut, summary="Moderate")
def moderate(request: HttpRequest, pk: Id, body: out.ModerationIn) -> out.ContributionOut:
    """Show it, or not with a ground and a reason for all to read."""
    with spoken():
        return _told(desk.moderate(pk, me(request), clock.now(), body.ground, body.reason))


@router.post("/contributions/{pk}/appeal", auth=access("signed_in"), response=out.ContributionOut, summary="Appeal")
def appeal(request: HttpRequest, pk: Id, body: out.AppealIn) -> out.ContributionOut:
    """The author asks another organ; `appeal_due` is its last day. Unanswered, the words are shown again."""
    with spoken():
        return _told(desk.appeal(pk, me(request), body.why, clock.now()))


@router.post("/contributions/{pk}/appeal/answer", auth=access("staff"), response=out.ContributionOut, summary="Answer")
def answer_appeal(request: HttpRequest, pk: Id, body: out.AppealAnswerIn) -> out.ContributionOut:
    """The other organ's decision, with its public reason."""
    with spoken():
        return _told(desk.answer_appeal(pk, me(request), body.upheld, body.answer, clock.now()))


@router.post("/consultations/{pk}/statements", auth=access("staff"), response={204: None}, summary="Seed")
def seed(request: HttpRequest, pk: Id, body: out.StatementsIn) -> Status[None]:
    """Statements to begin with."""
    with spoken():
        desk.seed(pk, me(request), [one for one in body.statements if one], clock.now())
    return Status(204, None)


@router.post("/consultations/{pk}/opening", auth=access("staff"), response=out.ConsultationOut, summary="Open")
def open_up(request: HttpRequest, pk: Id, body: out.OpeningIn) -> out.ConsultationOut:
    """Open it for everybody, or change what it says."""
    with spoken():
        found = desk.open_up(pk, me(request), body.dict(), clock.now())
    return out.ConsultationOut(**_columns(found))


@router.post("/consultations/{pk}/replies", auth=access("staff"), response={204: None}, summary="Adopted or not")
def replies(request: HttpRequest, pk: Id, body: out.RepliesIn) -> Status[None]:
    """The table of main points with what became of them and why; the step does not end before all are answered."""
    with spoken():
        desk.answer_points(pk, me(request), [one.dict() for one in body.replies], clock.now())
    return Status(204, None)


@router.post("/consultations/{pk}/sheets", auth=access("signed_in"), response={204: None}, summary="Survey")
def sheet(request: HttpRequest, pk: Id, body: out.SheetIn) -> Status[None]:
    """A resident's own sheet, or with `paper` one that staff enter by its number."""
    with spoken():
        if body.paper:
            surveys.enter_paper(pk, me(request), body.paper, body.answers, clock.now())
        else:
            surveys.fill_in(pk, me(request), body.answers, clock.now())
    return Status(204, None)
