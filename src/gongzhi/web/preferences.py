"""Views behind the header: text size, contrast, pointer, language; plain forms that come back to the same page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.web.access import requires
from gongzhi.web.display import COOKIES, YEAR, keep_display

__all__ = ["choose_language", "choose_text_size", "urlpatterns"]


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the form came from, if it is one of ours."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else "/", status=303)


@requires("public")
@require_http_methods(["GET", "POST"])
def choose_text_size(request: HttpRequest) -> HttpResponse:
    """GET: the page 长辈版. POST: one of text_size, contrast, cursor; unknown values are refused with 400."""
    if request.method == "GET":
        return render(request, "display.html", {"next": "/settings/text-size"})
    response = _back(request)
    chosen = [(name, request.POST[name]) for name in COOKIES if name in request.POST]
    kept = [keep_display(response, name, value, secure=request.is_secure()) for name, value in chosen]
    return response if kept and all(kept) else HttpResponseBadRequest()


@requires("public")
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """POST language=zh-hans|en."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    response = _back(request)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


urlpatterns = [
    path("settings/text-size", choose_text_size, name="text_size"),
    path("settings/language", choose_language, name="language"),
]
