"""The language of a page: what the person chose, else Chinese."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

__all__ = ["LanguageMiddleware"]

HTML_LANG = {"en": "en", "zh-hans": "zh-Hans"}


class LanguageMiddleware:
    """Reads the language cookie, not the browser's own wish: screens are Chinese first, and one tap changes that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", HTML_LANG.get(code, code))
        return response
