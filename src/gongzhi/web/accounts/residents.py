"""Sign-in of residents: phone or mail, then one code. The first success registers; the community is asked once."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import find_place, places_in
from gongzhi.records.institutions.served import communities
from gongzhi.records.people.actions import register_resident
from gongzhi.records.people.models import Person
from gongzhi.records.people.signin import contact_of
from gongzhi.web import clock
from gongzhi.web.access import requires
from gongzhi.web.accounts import codes
from gongzhi.web.accounts.codes import CodeRefused
from gongzhi.web.accounts.page import show
from gongzhi.web.accounts.resume import go_on, query_of, safe_next
from gongzhi.web.accounts.session import keep_preferences, open_session, put_pending

__all__ = ["code", "community", "contact", "resend"]


@requires("public")
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Where to send the code. The answer is the same whether or not somebody is registered."""
    target = _target(request)
    if request.method == "GET":
        return show(request, "login.html", next=target)
    typed = request.POST.get("contact", "")
    try:
        codes.send(request, codes.read_contact(typed))
    except CodeRefused as refused:
        errors = [{"text": refused.sentence, "href": "#contact"}]
        return show(request, "login.html", 422, errors=errors, error=refused.sentence, contact=typed, next=target)
    return redirect(reverse("login_code") + query_of(target))


@requires("public")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The six digits, in one field; spaces and full-width digits are read too."""
    target = _target(request)
    if codes.asked_of(request) is None:
        return redirect(reverse("login") + query_of(target))
    if request.method == "GET":
        return _show_code(request, target)
    try:
        proved = codes.prove(request, request.POST.get("code", ""))
    except CodeRefused as refused:
        return _show_code(request, target, refused.sentence)
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    return enter(request, register_resident(proved, None, timezone.now(), language), target)


def enter(request: HttpRequest, person: Person, target: str) -> HttpResponse:
    """The contact is proved. Who holds a seat still owes the second factor, whichever way they came."""
    if person.is_staff_member(clock.now()):
        put_pending(request, person)
        return redirect(reverse("login_second") + query_of(target))
    open_session(request, person, strong=False)
    if person.home_id is None and person.login is None:
        return redirect(reverse("login_community") + query_of(target))
    response = go_on(request, target)
    keep_preferences(response, person, request.is_secure())
    return response


def _show_code(request: HttpRequest, target: str, error: str = "") -> HttpResponse:
    row = codes.asked_of(request)
    errors = [{"text": error, "href": "#code"}] if error else []
    return show(
        request, "code.html", 422 if error else 200, errors=errors, error=error, next=target,
        sent_to=contact_of(row).masked if row else "", wait=codes.wait_to_resend(request),
    )  # fmt: skip


@requires("public")
@require_POST
def resend(request: HttpRequest) -> HttpResponse:
    """Another code to the same contact, after a minute."""
    target, row = _target(request), codes.asked_of(request)
    if row is None:
        return redirect(reverse("login") + query_of(target))
    if wait := codes.wait_to_resend(request):
        return _show_code(request, target, _("刚发过一个，{seconds}秒后可以再发").format(seconds=wait))
    try:
        codes.send(request, contact_of(row))
    except CodeRefused as refused:
        return _show_code(request, target, refused.sentence)
    return redirect(reverse("login_code") + query_of(target))


@requires("signed_in")
@require_http_methods(["GET", "POST"])
def community(request: HttpRequest) -> HttpResponse:
    """Where the person lives: asked once, may be left open, changed later in the settings."""
    person, target = cast(Person, request.user), _target(request)
    if request.method == "GET":
        return show(request, "community.html", options=home_options(), next=target)
    chosen = request.POST.get("home", "")
    place = find_place(chosen) if chosen in {option["value"] for option in home_options()} else None
    if place is None:
        error = _("请选您住的小区或社区；不在其中就点“以后再说”")
        errors = [{"text": error, "href": "#home"}]
        return show(request, "community.html", 422, errors=errors, error=error, options=home_options(), next=target)
    person.home = place
    person.save(update_fields=["home"])
    return go_on(request, target)


def home_options() -> list[dict[str, str]]:
    """The places a resident may say they live in: every community served here, and what lies inside it."""
    options = []
    for served in communities(clock.now()):
        inner = places_in(served).filter(level__in=("grid", "estate", "building")).order_by("path")
        options += [_option(served, served), *[_option(place, served) for place in inner]]
    return options


def _option(place: Place, served: Place) -> dict[str, str]:
    text = served.name if place == served else f"{served.name} {place.name}"
    return {"value": place.code, "text": text}


def _target(request: HttpRequest) -> str:
    return safe_next(request, request.POST.get("next", "") or request.GET.get("next", ""))
