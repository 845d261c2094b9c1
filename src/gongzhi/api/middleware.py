"""What surrounds every address of the API: the reader's language, the size of a body, and one form of error."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from gongzhi.api.problems import MEDIA_TYPE, Problem, problem_response

PREFIX = "/api/"
BODY_MAX = 25 * 1024 * 1024  # a photo of 20 MB with its form; JSON is held to Django's own limit

log = logging.getLogger("gongzhi.api")

CODES = {400: "bad_request", 403: "not_allowed", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


class ApiMiddleware:
    """Also turns what Django itself refuses (an unknown address, a wrong method, a fault) into our error form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        with translation.override(language_of(request)):
            response = self._answer(request)
        response.headers["Content-Language"] = "en" if language_of(request) == "en" else "zh-Hans"
        patch_vary_headers(response, ["Accept-Language", "Cookie", "Authorization"])
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        most = BODY_MAX if is_upload(request) else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if body_size(request) > most:
            return problem_response(request, Problem(413, "too_large", mb=most // 1024 // 1024))
        response = self.get_response(request)
        if response.status_code < 400 or response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        return problem_response(request, _translated(response))

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """A fault of ours is logged with its trace; the reader gets a sentence without it."""
        if not request.path.startswith(PREFIX) or isinstance(fault, Http404):
            return None
        if isinstance(fault, RequestDataTooBig):
            return problem_response(request, Problem(413, "too_large", mb=2))
        log.error("fault in %s %s", request.method, request.resolver_match and request.resolver_match.route,
                  exc_info=fault)  # fmt: skip
        return problem_response(request, Problem(500, "server_fault"))


def _translated(response: HttpResponse) -> Problem:
    status = response.status_code
    return Problem(status, CODES.get(status, "server_fault" if status >= 500 else "bad_request"))


def language_of(request: HttpRequest) -> str:
    """`Accept-Language` where it is sent, as programs do; else what the person chose in the pages; else Chinese."""
    if request.headers.get("Accept-Language"):
        return "en" if get_language_from_request(request) == "en" else "zh-hans"
    return "en" if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) == "en" else "zh-hans"


def is_upload(request: HttpRequest) -> bool:
    return (request.content_type or "").startswith("multipart/")


def body_size(request: HttpRequest) -> int:
    """The announced size of the body in bytes; 0 where none is announced or it is no number."""
    length = request.headers.get("Content-Length") or "0"
    return int(length) if length.isdecimal() else 0
