"""评议: what one is asked to rate, on a phone, in one tap and with words if one likes; sealed at once."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import reviews as desk
from gongzhi.records.institutions.models import Place
from gongzhi.records.people.models import Person
from gongzhi.records.reviews import queries
from gongzhi.records.reviews.models import ReviewRound
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, new_key, show, signed_in
from gongzhi.words.reviews import review_refusal
from gongzhi.words.terms import Terms

__all__ = ["review", "review_rate", "reviews"]

MOST = 30


@requires("signed_in")
@never_cache
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """Rounds that run here and ask this reader, with what was rated already."""
    person, place = signed_in(request), _place(request)
    rows = [_row(one, person) for one in queries.open_in(place)[:MOST]]
    return show(request, "portal/reviews.html", rows=[row for row in rows if row["groups"] or row["own"]])


def _place(request: HttpRequest) -> Place:
    return community_of(request)


def _row(found: ReviewRound, person: Person) -> dict[str, Any]:
    on = desk.setting_of(found)
    terms, at = Terms(on.charter), now()
    groups = desk.groups_for(person, on, at)
    rated = found.marks.filter(rater=queries.rater_of(found, person)).exists()
    return {
        "round": found, "title": found.title, "about": terms.holder(found.about) if found.about else "",
        "groups": [group_name(terms, one) for one in groups], "own": desk.rates_itself(person, on, at), "rated": rated,
        "grades": [{"value": one.name, "text": terms.text(one.title)} for one in on.rule.terms.grades],
        "due": found.matter.due,
    }  # fmt: skip


def group_name(terms: Terms, group: str) -> str:
    return terms.organ(group)


def _find(pk: int) -> ReviewRound:
    found = ReviewRound.objects.select_related("matter__place", "organ").filter(pk=pk).first()
    if found is None:
        raise Http404("no such review")
    return found


@requires("signed_in")
@never_cache
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One round with its form."""
    return _page(request, _find(pk))


def _page(request: HttpRequest, found: ReviewRound, error: str = "") -> HttpResponse:
    answer = show(
        request, "portal/review.html", row=_row(found, signed_in(request)), key=new_key(),
        typed=request.POST, errors=[{"text": error, "href": "#grade"}] if error else [],
        open=found.status == "open",
    )  # fmt: skip
    answer.status_code = 422 if error else 200
    return answer


@requires("signed_in")
@require_POST
def review_rate(request: HttpRequest, pk: int) -> HttpResponse:
    """One rating; what was typed stays where it was refused."""
    found = _find(pk)
    try:
        desk.rate(pk, signed_in(request), request.POST.get("grade", ""), request.POST.get("words", ""), now())
    except Refused as refused:
        return _page(request, found, review_refusal(refused.code))
    return redirect(f"{reverse('review', args=[pk])}?done=1")
