"""准入清单: which work may be handed down to the community and until when, and how often figures were asked for."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.desk.admissions import register
from gongzhi.desk.figures import board
from gongzhi.records.plans.queries import asked
from gongzhi.web.access import requires
from gongzhi.web.board.figures import figure_view
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, show
from gongzhi.web.portal.say import charter_here

__all__ = ["admissions"]

YEAR = timedelta(days=366)
BURDEN = "-.house_burden"  # work handed down of all work (QY-01, CY-31)


@requires("public")
@require_GET
def admissions(request: HttpRequest) -> HttpResponse:
    """The register, requests for figures by department and month, how much of all work was handed down."""
    place, at = community_of(request), now()
    charter = charter_here(place)
    burden = next((figure_view(one) for one in board(place, at, BURDEN).shown), {})
    months = [*burden.get("points", ()), burden["running"]] if burden else []
    questions = [one.name for one in charter.procedures.values() if one.of == "question"]
    gated = any(one.admitted for one in charter.procedures.values())
    return show(
        request, "board/admissions.html", rows=register(place, at), gated=gated,
        asked=asked(place, questions, at - YEAR), burden=burden, burden_key=BURDEN,
        months=[one for one in reversed(months) if one["whole"]],
    )  # fmt: skip
