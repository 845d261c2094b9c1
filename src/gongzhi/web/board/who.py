"""谁管什么: the duty list, searched in plain words; one organ answers, and the button reports it to that organ."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.core.charter.institution import Duty
from gongzhi.core.charter.spec import Charter
from gongzhi.desk.propose import choosable
from gongzhi.desk.who import found
from gongzhi.web.access import requires
from gongzhi.web.page import community_of, show
from gongzhi.web.portal.say import charter_here
from gongzhi.web.studio.labels import LEVELS
from gongzhi.web.texts import clean_line
from gongzhi.words.terms import Terms

__all__ = ["who"]

FEW = 5  # of a search; the whole list stands behind a link


@requires("public")
@require_GET
def who(request: HttpRequest) -> HttpResponse:
    """Lines of the duty list for what was asked, best first; without a question the whole list by organ."""
    charter, asked = charter_here(community_of(request)), clean_line(request.GET.get("q", ""))
    lines = found(charter, asked)
    sayable = {one.name for one in choosable(charter)}
    rows = [_line(charter, one, sayable) for one in (lines[:FEW] if asked else lines)]
    return show(request, "board/who.html", rows=rows, asked=asked, total=len(charter.duties))


def _line(charter: Charter, duty: Duty, sayable: set[str]) -> dict[str, Any]:
    terms = Terms(charter)
    category = charter.categories.get(duty.category)
    return {
        "title": terms.category(duty.category),
        "answers": terms.organ(duty.answers),
        "coordinates": terms.organ(duty.coordinates) if duty.coordinates else "",
        "level": _(LEVELS.get(duty.at, duty.at)),
        "ground": duty.law or "",
        "since": duty.from_,
        "procedure": terms.procedure(category.procedure) if category and category.procedure else "",
        "say": duty.category if duty.category in sayable else "",
    }
