"""网格事项清单: what the grid may deal with and until when, what a case costs, what neighbours settle themselves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.desk.grid_list import Line, Tally, grid_list
from gongzhi.records.patrols.ground_queries import units_at
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, show
from gongzhi.web.portal.say import charter_here
from gongzhi.words.terms import Terms

__all__ = ["board_grid"]


@requires("public")
@require_GET
def board_grid(request: HttpRequest) -> HttpResponse:
    """The list, the counts of a year, and who answers for each unit, as posts."""
    place, at = community_of(request), now()
    charter = charter_here(place)
    terms, found = Terms(charter), grid_list(charter, place, at)
    return show(
        request, "board/grid.html", lines=[_line(one, terms) for one in found.lines], total=_tally(found.total),
        partly=found.partly, units=list(units_at(place)), wide=True,
    )  # fmt: skip


def _line(one: Line, terms: Terms) -> dict[str, Any]:
    duty = one.duty
    return {
        "title": terms.category(one.category.name),
        "answers": terms.organ(duty.answers) if duty else "",
        "law": (duty.law or "") if duty else "",
        "from": duty.from_ if duty else None,
        "until": duty.until if duty else None,
        "state": one.state,
        "said": _state_said()[one.state],
        **_tally(one.tally),
    }


def _state_said() -> dict[str, str]:
    return {
        "valid": _("在清单内"), "soon": _("快到期，要复核"), "expired": _("到期了，巡查不再上报"),
        "open_ended": _("不在清单内，巡查不上报"),
    }  # fmt: skip


def _tally(found: Tally) -> dict[str, Any]:
    """`per_case` in yuan; shares as whole numbers of a hundred."""
    return {
        "filed": found.filed, "closed": found.closed, "own": found.own, "asked": found.asked, "priced": found.priced,
        "share": round(found.own_share * 100) if found.own_share is not None else None,
        "per_case": round(found.per_case, 2) if found.per_case is not None else None,
    }  # fmt: skip
