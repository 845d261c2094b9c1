"""填报和异议: offices enter totals they answer for, correct them, say that a figure is wrong, and answer that."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.calendar import in_china
from gongzhi.core.indicator.periods import period_of, periods_back
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import figures as desk
from gongzhi.records.figures import queries
from gongzhi.records.figures.actions import Typed
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.served import communities
from gongzhi.web.access import requires
from gongzhi.web.workbench.page import Desk, desk_of, new_key, show
from gongzhi.words.figures import formula_words, target_text, title_of
from gongzhi.words.refusals_figures import figure_refusal
from gongzhi.words.terms import Terms

__all__ = ["figure_answer", "figure_appeal", "figure_enter", "work_figures"]

OFFERED = 6  # periods one can choose from


@requires("staff")
@never_cache
@require_GET
def work_figures(request: HttpRequest) -> HttpResponse:
    """What the reader's office enters, and what offices said against figures."""
    return _page(request)


def _page(request: HttpRequest, error: str = "", typed: Any = None) -> HttpResponse:
    here = desk_of(request)
    mine = desk.to_enter(here.person, here.at)
    places, formulas = _places(here), desk.formulas_under(here.place, here.at)
    return show(
        request, "figures.html", 422 if error else 200, key=new_key(), typed=typed or {},
        errors=[{"text": error, "href": ""}] if error else [],
        rows=[_row(one, here) for one in mine],
        figures=[{"value": desk.key_of(charter, one), "text": title_of(one, charter)} for charter, one in formulas],
        places=[{"value": one.code, "text": one.name} for one in places],
        titles={desk.key_of(charter, one): title_of(one, charter) for charter, one in formulas},
        appeals=list(queries.appeals_of(here.place)[:50]), organs=list(here.organs), done=request.GET.get("done", ""),
    )  # fmt: skip


def _places(here: Desk) -> list[Place]:
    """Communities whose figures are about the reader's offices: inside their area."""
    return [one for one in communities(here.at) if one.path.startswith(here.place.path)] or [here.place]


def _row(one: desk.Mine, here: Desk) -> dict[str, Any]:
    typed, terms = one.indicator.entered, Terms(one.charter)
    last = periods_back(period_of(in_china(here.at).date(), one.indicator.period), OFFERED + 1)[:-1]
    versions = queries.versions_of([one.seat.organ_instance.place.path], one.charter.name, one.indicator.name)
    return {
        "key": one.key, "title": title_of(one.indicator, one.charter), "target": target_text(one.indicator),
        "formula": formula_words(one.indicator, one.charter), "part": terms.text(typed.part) if typed else "",
        "whole": terms.text(typed.whole) if typed and typed.whole else "",
        "of_people": bool(typed and typed.of_people), "organ": one.seat.organ_instance.title,
        "periods": [{"value": period.label, "text": period.label} for period in reversed(last)],
        "versions": list(versions[:OFFERED]),
    }  # fmt: skip


@requires("staff")
@require_POST
def figure_enter(request: HttpRequest) -> HttpResponse:
    """Store an entry or its correction; what was typed comes back with the reason when it is refused."""
    here, told = desk_of(request), request.POST
    try:
        typed = Typed(_number(told["part"]), _number(told["whole"]) if told.get("whole", "").strip() else None,
                      told.get("source", ""), told.get("why", ""))  # fmt: skip
        desk.enter(here.person, told.get("figure", ""), told.get("period", ""), typed, here.at)
    except (KeyError, ValueError):
        return _page(request, _("请填整数，比如 38"), told.dict())
    except Refused as refused:
        return _page(request, figure_refusal(refused.code, refused.args_map), told.dict())
    return redirect(f"{reverse('work_figures')}?done=entered")


def _number(text: str) -> int:
    """A whole number as people type it. Raises ValueError."""
    plain = text.strip().replace(",", "").replace("，", "")
    if not (plain.isascii() and plain.isdecimal()) or len(plain) > 12:
        raise ValueError(text)
    return int(plain)


@requires("staff")
@require_POST
def figure_appeal(request: HttpRequest) -> HttpResponse:
    """An office of the reader says that a figure is wrong."""
    here, told = desk_of(request), request.POST
    organ, code = next(iter(here.organs.values())), told.get("place", "")
    places = _places(here)
    place = next((one for one in places if one.code == code), places[0] if len(places) == 1 else None)
    if place is None:
        return _page(request, _("请选哪个社区"), told.dict())
    try:
        desk.appeal(place, told.get("figure", ""), told.get("period", ""), organ, told.get("reason", ""), here.at)
    except Refused as refused:
        return _page(request, figure_refusal(refused.code, refused.args_map), told.dict())
    return redirect(f"{reverse('work_figures')}?done=appealed")


@requires("staff")
@require_POST
def figure_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer another office's appeal, with the reason."""
    here, told = desk_of(request), request.POST
    try:
        desk.answer(pk, list(here.organs.values()), told.get("upheld") == "yes", told.get("text", ""), here.at)
    except Refused as refused:
        return _page(request, figure_refusal(refused.code, refused.args_map), told.dict())
    return redirect(f"{reverse('work_figures')}?done=answered")
