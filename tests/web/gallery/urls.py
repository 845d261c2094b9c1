"""Addresses of the gallery's own server: the gallery, a form that counts what arrives, and the program's preferences."""

from __future__ import annotations

import html

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import include, path
from markupsafe import Markup

from gongzhi.web.jinja import lang
from tests.web.gallery.render import render_gallery

ARRIVED: list[dict[str, str]] = []


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component; htmx history can be tried with ?page=."""
    field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request))
    size = request.COOKIES.get("text_size", "std")
    return HttpResponse(render_gallery(lang(), size, request=request, csrf_input=field))


def arrive(request: HttpRequest) -> HttpResponse:
    """Keeps what a form sent."""
    ARRIVED.append({name: html.escape(str(value)) for name, value in request.POST.items()})
    return HttpResponseRedirect("/arrived")


def arrived(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"count": len(ARRIVED)})


TICKS: list[int] = []
SUMMARY = '<div class="govuk-error-summary" data-module="govuk-error-summary"><h2>422</h2></div>'
SAID = '<div id="live" hx-swap-oob="innerHTML">收到了</div>'


def live(request: HttpRequest, number: int = 1) -> HttpResponse:
    """A page whose parts htmx fetches; the same address is the whole page without htmx."""
    if request.headers.get("HX-Request"):
        return HttpResponse(f"page {number}")
    field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request))
    return HttpResponse(
        render_gallery(lang(), template="live.html", request=request, csrf_input=field, part=f"page {number}")
    )


def answer(_: HttpRequest, status: int) -> HttpResponse:
    """An answer with this status."""
    return HttpResponse({422: SUMMARY, 200: "fine" + SAID}.get(status, f"body of {status}"), status=status)


def tick(_: HttpRequest) -> HttpResponse:
    """Counts how often it is asked."""
    TICKS.append(1)
    return HttpResponse(str(len(TICKS)))


urlpatterns = [
    path("live", live),
    path("live/tick", tick),
    path("live/page/<int:number>", live),
    path("live/<int:status>", answer),
    path("", gallery),
    path("x", arrive),
    path("arrived", arrived),
    path("", include("gongzhi.web.preferences")),
]
