"""The one error form: RFC 9457 `application/problem+json`, with a sentence in the reader's language.

`code` is for programs and never changes; `detail` says what to do; `errors` points at the fields that are wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongzhi.api.sentences import sentence, title_of
from gongzhi.core.procedure.effects import Refused

MEDIA_TYPE = "application/problem+json"
DOCS = "/api/v1/docs"

# A refusal is about who asks (403), about where the matter stands (409), or about what was sent (422).
WHO = (
    "abstained",
    "apart",
    "barred",
    "not_filer",
    "not_holder",
    "helper_is_filer",
    "no_consent",
    "not_a_member",
    "not_on_roll",
    "not_teller",
)
WHAT = (
    "documents_missing", "field_unknown", "field_value", "fields_missing", "ground_missing", "ground_not_listed",
    "same_matter", "other_procedure", "ground_unknown",
    "in_future", "no_charter", "no_duty", "no_organ_here", "outcome_computed", "outcome_unknown", "paper_unknown",
    "part_unknown", "same_organ", "too_few", "unknown_act", "unknown_organ", "unknown_procedure", "unknown_category",
    "notice_too_short", "words_missing", "choice_unknown", "item_unknown", "hands_too_many", "roll_double",
    "roll_too_long", "resolution_due_missing", "code_wrong", "admission_missing", "admission_unknown",
)  # fmt: skip
STATUS = {"unknown_matter": 404, "try_again": 503, **dict.fromkeys(WHO, 403), **dict.fromkeys(WHAT, 422)}
WHERE_IT_STANDS = 409


class Problem(Exception):
    """Ends an operation with an error. `detail` empty: the sentence of the code."""

    def __init__(
        self, status: int, code: str, detail: str = "", errors: Sequence[Mapping[str, Any]] = (), **args: Any
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.errors, self.args_map = status, code, detail, errors, args


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer for a problem, in the language that is active."""
    args = plain(problem.args_map)
    body = {
        "type": f"{DOCS}#problem-{problem.code}",
        "title": title_of(problem.status),
        "status": problem.status,
        "detail": problem.detail or sentence(problem.code, args),
        "code": problem.code,
        "args": args,
        "instance": request.path,
        "errors": [dict(error) for error in problem.errors],
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=problem.status, content_type=MEDIA_TYPE)
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if wait := args.get("seconds"):
        response["Retry-After"] = str(wait)
    return response


def of_refusal(request: HttpRequest, refused: Refused) -> Problem:
    """A refusal of engine or desk. Where the matter is known, its charter gives the words (`request.speak`)."""
    speak = getattr(request, "speak", None)
    detail = speak(refused) if speak else ""
    status = STATUS.get(refused.code, WHERE_IT_STANDS)
    return Problem(status, refused.code, detail, **refused.args_map)


def plain(value: Any) -> Any:
    """Arguments as JSON has them: times as ISO text, everything unknown as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)


def not_found(what: str = "") -> Problem:
    return Problem(404, "not_found", what=what) if what else Problem(404, "not_found")


def too_often(seconds: int) -> Problem:
    return Problem(429, "too_often_tried", _("试得太多了，请在{n}秒后再试。").format(n=seconds), seconds=seconds)
