"""Figures of a place: what they are, by which formula, the file to count them again, entries and appeals of offices."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router, Status
from pydantic import Field

from gongzhi.api.auth import access
from gongzhi.api.lookups import caller, place_of
from gongzhi.api.problems import Problem
from gongzhi.api.schemas import figures as out
from gongzhi.core.charter.spec import Charter
from gongzhi.core.indicator.figure import Figure
from gongzhi.core.indicator.formula import formula_digest
from gongzhi.desk import figures as desk
from gongzhi.desk.figures import Point, Shown
from gongzhi.desk.figures_open import open_file
from gongzhi.records.figures import queries
from gongzhi.records.figures.actions import Typed
from gongzhi.records.figures.models import FigureAppeal
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.web import clock
from gongzhi.words.figures import between, figure_text, formula_words, target_text, title_of
from gongzhi.words.terms import Terms

router = Router(tags=["figures"])
Code = Annotated[str, Field(max_length=48)]
Key = Annotated[str, Path(max_length=130, pattern=r"^[a-z0-9_-]+\.[a-z0-9_]+$")]
Id = Annotated[int, Field(ge=1, le=2**62)]


@router.get("/places/{code}/figures", auth=access("public"), response=list[out.FigureOut], summary="List figures")
def index(request: HttpRequest, code: Code) -> list[out.FigureOut]:
    """Every indicator of a place with the newest period that is over."""
    return [_figure(one) for one in desk.board(place_of(code), clock.now()).shown]


@router.get("/places/{code}/figures/{key}", auth=access("public"), response=out.FigurePage, summary="One figure")
def one(request: HttpRequest, code: Code, key: Key) -> out.FigurePage:
    """All its periods with the formula then in force, by organ, and what offices say against it."""
    place, at = place_of(code), clock.now()
    found = next(iter(desk.board(place, at, key).shown), None)
    if found is None:
        raise Problem(404, "unknown_indicator", key=key)
    charters = [found.title_of] if found.title_of else desk.charters_here(place, at)
    appeals = [row for row in queries.appeals_of(place) if f"{row.charter}.{row.indicator}" == key]
    return out.FigurePage(
        **_figure(found).dict(),
        periods=[_point(found, point) for point in found.points],
        organs=[_organ(found, organ, told, charters) for organ, told in found.organs],
        appeals=[_appeal(row) for row in appeals],
    )


@router.get("/places/{code}/figure-data", auth=access("public"), response=out.OpenFigures, summary="Open data")
def data(request: HttpRequest, code: Code) -> out.OpenFigures:
    """Tallies, formulas and figures: `gongzhi indicators recompute FILE` counts every figure again from them."""
    return out.OpenFigures(**open_file(place_of(code), clock.now()))


@router.post("/figure-entries", auth=access("staff"), response={201: out.EntryOut}, summary="Enter a total")
def enter(request: HttpRequest, body: out.EntryIn) -> Status[out.EntryOut]:
    """Store a total that the caller's office answers for, or a new version of it with its reason."""
    typed = Typed(body.part, body.whole, body.source, body.why)
    row = desk.enter(caller(request).signed_in, body.figure, body.period, typed, clock.now())
    told = {name: getattr(row, name) for name in ("first", "last", "part", "whole", "late")}
    return Status(201, out.EntryOut(id=row.pk, corrects=row.corrects_id, **told))


@router.post(
    "/places/{code}/figures/{key}/appeals", auth=access("staff"), response={201: out.AppealOut},
    summary="Appeal a figure",
)  # fmt: skip
def appeal(request: HttpRequest, code: Code, key: Key, body: out.AppealIn) -> Status[out.AppealOut]:
    """An office says that a figure is wrong; another office answers within five working days."""
    place, organs = place_of(code), _organs(request)
    mine = next((one for one in organs if one.organ == body.organ and place.path.startswith(one.place.path)), None)
    if mine is None:
        raise Problem(403, "not_of_organ")
    return Status(201, _appeal(desk.appeal(place, key, body.period, mine, body.reason, clock.now())))


@router.post("/figure-appeals/{pk}/answer", auth=access("staff"), response=out.AppealOut, summary="Answer an appeal")
def answer(request: HttpRequest, pk: Id, body: out.AnswerIn) -> out.AppealOut:
    """Another office whose area holds the place answers, once, with the reason."""
    return _appeal(desk.answer(pk, _organs(request), body.upheld, body.text, clock.now()))


def _organs(request: HttpRequest) -> list[OrganInstance]:
    seats = caller(request).signed_in.seats(clock.now()).select_related("organ_instance__place")
    return [seat.organ_instance for seat in seats.order_by("pk")]


def _figure(found: Shown) -> out.FigureOut:
    one, charter = found.indicator, found.title_of
    organ = one.answers or (one.entered.by if one.entered else "")
    return out.FigureOut(
        key=found.key, title=title_of(one, charter), says=formula_words(one, charter), every=one.period,
        kind="entered" if one.entered else "asked" if one.survey else "counted", target=target_text(one),
        source=one.source or "", answers=Terms(charter).organ(organ) if charter and organ else "",
        now=_point(found, found.now),
    )  # fmt: skip


def _point(found: Shown, point: Point) -> out.PointOut:
    low, high = between(found.indicator, point.figure)
    return out.PointOut(
        period=point.period.label, **_numbers(found, point.figure), why=point.figure.why, met=point.figure.met,
        version=point.version, formula=formula_digest(point.formula) if point.formula else "", low=low, high=high,
        late=bool(point.entry and point.entry.late), corrected=bool(point.entry and point.entry.corrects_id),
    )  # fmt: skip


def _numbers(found: Shown, told: Figure) -> dict[str, Any]:
    value = str(told.value) if told.value is not None else None
    return {"part": told.part, "whole": told.whole, "value": value, "text": figure_text(found.indicator, told)}


def _organ(found: Shown, organ: str, told: Figure, charters: list[Charter]) -> out.OrganFigureOut:
    known = next((charter for charter in charters if organ in charter.organs), None)
    title = Terms(known).organ(organ) if known else organ
    return out.OrganFigureOut(organ=organ, title=title, **_numbers(found, told))


def _appeal(row: FigureAppeal) -> out.AppealOut:
    return out.AppealOut(
        id=row.pk, first=row.first, organ=row.organ.title, reason=row.reason, due=row.due, upheld=row.upheld,
        answer=row.answer, answered_by=row.answered_by.title if row.answered_by else "",
    )  # fmt: skip
