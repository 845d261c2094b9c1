"""我的: the hub, settings, what is stored about me and who read it, correcting, taking along, erasing."""

from __future__ import annotations

import json
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongzhi.desk.forget import forget_person, open_matters_of
from gongzhi.desk.own_data import own_data
from gongzhi.records.institutions.queries import find_place
from gongzhi.records.matters.access import readings_about
from gongzhi.records.people.models import CONTRASTS, LANGUAGES, TEXT_SIZES, Person
from gongzhi.records.people.queries import about
from gongzhi.web import clock
from gongzhi.web.access import is_staff, requires
from gongzhi.web.accounts.held import sections
from gongzhi.web.accounts.page import show
from gongzhi.web.accounts.residents import home_options
from gongzhi.web.accounts.resume import drop, waiting
from gongzhi.web.accounts.session import close, extend, keep_preferences

__all__ = ["correct", "data", "erase", "export", "go_on_page", "hub", "preferences", "readers", "sign_out", "stay"]

SHOWN_READERS = 200
LONGEST_NAME = 60


def _me(request: HttpRequest) -> Person:
    """The person of a view that requires somebody signed in."""
    return cast(Person, request.user)


@requires("signed_in")
@require_GET
def hub(request: HttpRequest) -> HttpResponse:
    """Everything of mine in one list."""
    person = _me(request)
    seats = [(term.organ_instance.title, term.seat) for term in person.seats(clock.now())]
    return show(request, "me.html", staff=is_staff(request), seats=seats)


@requires("signed_in")
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Text size, contrast, language: kept with the account, so that every device shows pages the same way."""
    person = _me(request)
    if request.method == "GET":
        return show(request, "settings.html", saved="saved" in request.GET)
    allowed = {"text_size": TEXT_SIZES, "contrast": CONTRASTS, "language": LANGUAGES}
    for name, values in allowed.items():
        if request.POST.get(name) in values:
            setattr(person, name, request.POST[name])
    person.save(update_fields=list(allowed))
    response = redirect("/settings?saved")
    for cookie in ("text_size", "contrast", settings.LANGUAGE_COOKIE_NAME):
        response.delete_cookie(cookie, samesite="Lax")
    keep_preferences(response, person, request.is_secure())
    return response


@requires("signed_in")
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """What is stored about me, what for, and until when."""
    person = _me(request)
    return show(request, "data.html", about=about(person), held=sections(person), saved="saved" in request.GET)


@requires("signed_in")
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Everything as one JSON file."""
    content = json.dumps(own_data(_me(request)), ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="gongzhi-my-data.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@requires("signed_in")
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """Name and home. A phone number or mail address is changed by signing in with the new one."""
    person = _me(request)
    options = [{"value": "", "text": _("不填")}, *home_options()]
    if request.method == "GET":
        home = person.home.code if person.home else ""
        return show(request, "correct.html", options=options, called=person.display_name, home=home)
    name = " ".join(request.POST.get("name", "").split())
    home = request.POST.get("home", "")
    if error := _name_error(name):
        errors = [{"text": error, "href": "#name"}]
        return show(request, "correct.html", 422, errors=errors, error=error, options=options, called=name, home=home)
    person.display_name = name
    person.home = find_place(home) if home in {option["value"] for option in options} and home else None
    person.save(update_fields=["display_name", "home"])
    return redirect("/me/data?saved")


def _name_error(name: str) -> str:
    if len(name) > LONGEST_NAME:
        return _("称呼最多{most}个字，您写了{n}个").format(most=LONGEST_NAME, n=len(name))
    if not name.isprintable():
        return _("称呼里有看不见的字符，请重新输入")
    return ""


@requires("signed_in")
@require_GET
def readers(request: HttpRequest) -> HttpResponse:
    """Who read my data or the words of my matters."""
    return show(request, "readers.html", rows=readings_about(_me(request))[:SHOWN_READERS])


@requires("signed_in")
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Erase the account at once; while a matter is open its organ still has to reach the person, so then not yet."""
    person = _me(request)
    still_open = open_matters_of(person)
    if request.method == "GET" or still_open or is_staff(request):
        return show(request, "erase.html", 200 if request.method == "GET" else 409, open=still_open,
                    staff=is_staff(request))  # fmt: skip
    forget_person(person, clock.now())
    close(request)
    return show(request, "erased.html")


# --- the session itself ---


@requires("public")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and say so."""
    close(request)
    return show(request, "signed_out.html")


@requires("signed_in")
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """The warning before the end: carry on."""
    ends = extend(request)
    if request.headers.get("HX-Request") or "json" in request.headers.get("Accept", ""):
        return HttpResponse(json.dumps({"ends": ends.isoformat()}), content_type="application/json")
    return redirect("me")


@requires("signed_in")
@require_http_methods(["GET", "POST"])
def go_on_page(request: HttpRequest) -> HttpResponse:
    """What was typed before the session ended; one button sends it on. POST: throw it away."""
    form = waiting(request)
    if request.method == "POST" or form is None:
        drop(request)
        return redirect("me")
    texts = [value for name, value in form.fields if name != "idempotency_key" and len(value) > 1]
    return show(request, "resume.html", form=form, texts=texts)
