"""准入 for staff: work handed down to refuse with one click, figures to give as computed, admissions one may use."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import admissions, handed_down
from gongzhi.desk.handed_down import Waiting
from gongzhi.records.plans.queries import senders_of
from gongzhi.web.access import requires
from gongzhi.web.workbench.found import find
from gongzhi.web.workbench.own import places_of
from gongzhi.web.workbench.page import Desk, desk_of, new_key, show
from gongzhi.web.workbench.refusals import sentence
from gongzhi.words.admissions import figure_paper, refusal_paper
from gongzhi.words.terms import Terms

__all__ = ["admission_answer", "admission_refuse", "work_admissions"]


@requires("staff")
@never_cache
@require_GET
def work_admissions(request: HttpRequest) -> HttpResponse:
    """What the reader's organs have in hand, and the admissions given to them."""
    return _page(request)


def _page(request: HttpRequest, error: str = "") -> HttpResponse:
    desk = desk_of(request)
    return show(
        request, "admissions.html", 422 if error else 200, key=new_key(),
        rows=[_row(one) for one in handed_down.waiting(desk.organs, desk.at)], mine=_mine(desk),
        errors=[{"text": error, "href": ""}] if error else [], done=request.GET.get("done", ""),
    )  # fmt: skip


def _row(one: Waiting) -> dict[str, Any]:
    terms = Terms(one.charter)
    return {
        "matter": one.matter, "grounds": [(key, terms.text(title)) for key, title in one.grounds.items()],
        "figure": figure_paper(one.figure) if one.figure else "", "procedure": terms.procedure(one.procedure.name),
    }  # fmt: skip


def _mine(desk: Desk) -> list[admissions.Line]:
    """Valid admissions that were given to the reader's organs."""
    found = {line.matter.pk: line for place in places_of(desk) for line in admissions.register(place, desk.at)}
    sender = senders_of(found)
    return [line for pk, line in found.items() if line.valid and sender.get(pk) in desk.organs]


def _waiting(request: HttpRequest, number: str) -> Waiting:
    found, desk = find(request, number), desk_of(request)
    rows = handed_down.waiting(desk.organs, desk.at)
    one = next((row for row in rows if row.matter.pk == found.matter.pk), None)
    if one is None:
        raise Http404("not in the hands of the reader's organs")
    return one


@requires("staff")
@require_POST
def admission_refuse(request: HttpRequest, number: str) -> HttpResponse:
    """One click: the ground that was clicked is the reply."""
    one, ground = _waiting(request, number), request.POST.get("ground", "")
    desk, key = desk_of(request), request.POST.get("idempotency_key", "")[:64] or None
    try:
        reply = refusal_paper(one.charter, one.grounds.get(ground, ""))
        handed_down.refuse(one, ground, reply, desk.person, desk.at, key)
    except Refused as refused:
        return _page(request, sentence(find(request, number), refused))
    return redirect(f"{reverse('work_admissions')}?done=refused")


@requires("staff")
@require_POST
def admission_answer(request: HttpRequest, number: str) -> HttpResponse:
    """Give the figure as it was computed."""
    one, desk = _waiting(request, number), desk_of(request)
    if one.figure is None:
        return _page(request, _("这个数系统里算不出来，请在事项里说明理由。"))
    key = request.POST.get("idempotency_key", "")[:64] or None
    try:
        handed_down.answer(one, figure_paper(one.figure), desk.person, desk.at, key)
    except Refused as refused:
        return _page(request, sentence(find(request, number), refused))
    return redirect(f"{reverse('work_admissions')}?done=answered")
