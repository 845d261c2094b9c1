"""The API itself: its routers, its handlers of errors, its description."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gongzhi.api.describe import described
from gongzhi.api.problems import Problem, of_refusal, problem_response
from gongzhi.api.routes import (
    ballots,
    board,
    charters,
    consultations,
    documents,
    figures,
    forms,
    funds,
    ground,
    inbox,
    initiatives,
    matters,
    meeting_room,
    meetings,
    notices,
    organisations,
    places,
    projects,
    proofs,
    reviews,
    sense,
    signin,
    story,
    together,
)
from gongzhi.api.sentences import field_sentence
from gongzhi.core.procedure.effects import Refused

ABOUT = (
    "Everything that Gongzhi's pages do, for programs. Every change is a filing or an act; both need an "
    "Idempotency-Key. Errors are RFC 9457 problems with a sentence in the language of Accept-Language (zh, en)."
)


class Api(NinjaAPI):
    """Ninja's API with our description: what each operation needs, and the one form of error."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        return described(self, super().get_openapi_schema(*args, **kwargs))

    def set_default_exception_handlers(self) -> None:
        """None of Ninja's own: every error has our form, and a fault reaches our middleware."""


api = Api(title="共治 Gongzhi", version="1", description=ABOUT, urls_namespace="api", docs_url=None)
for found in (
    signin, places, charters, matters, together, documents, meetings, meeting_room, ballots, notices, inbox, proofs,
    organisations, board, consultations, initiatives, figures, forms, funds, ground, reviews, projects, sense, story,
):  # fmt: skip
    api.add_router("", found.router)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(request, problem)


@api.exception_handler(Refused)
def on_refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return problem_response(request, of_refusal(request, refused))


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    errors = [
        {
            "field": where(error["loc"]),
            "code": error["type"],
            "detail": field_sentence(error["type"], error.get("ctx") or {}),
        }
        for error in invalid.errors
    ]
    if any(error["field"] == "header.Idempotency-Key" for error in errors):
        return problem_response(request, Problem(422, "key_missing", errors=errors))
    return problem_response(request, Problem(422, "invalid", errors=errors))


def where(loc: tuple[str | int, ...]) -> str:
    """`body.what`, `header.Idempotency-Key`: without the name that our function gives to the whole body."""
    parts = (loc[0], *loc[2:]) if loc[0] == "body" else loc
    return ".".join(map(str, parts))


@api.exception_handler(AuthenticationError)
def on_unknown_caller(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem_response(request, Problem(401, "sign_in_first"))


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    code = {400: "not_json", 404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "bad_request")
    return problem_response(request, Problem(error.status_code, code))


@api.exception_handler(Http404)
def on_not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(request, Problem(404, "not_found"))


@api.exception_handler(RequestDataTooBig)
def on_too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem_response(request, Problem(413, "too_large", mb=2))
