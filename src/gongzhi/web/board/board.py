"""公开栏: sentences first, each with the list behind it; what hangs now; who is late; the rest one tap away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.records.notices.queries import hanging
from gongzhi.web.access import requires
from gongzhi.web.board.lateness import late_organs
from gongzhi.web.board.matters import listed
from gongzhi.web.board.notices import soonest
from gongzhi.web.board.rooms import ROOMS
from gongzhi.web.clock import now
from gongzhi.web.looking import rows_of
from gongzhi.web.page import community_of, show
from gongzhi.web.portal.home import boards, month_facts
from gongzhi.web.portal.numbers import Month, month_of
from gongzhi.web.reach import facts_of
from gongzhi.web.rooms import cards

__all__ = ["board"]

SHOWN = 5


def sentence(month: Month) -> str:
    """The month in one sentence."""
    return _("本月收到%(received)d件，办结%(done)d件，现在超时%(late)d件。") % {
        "received": month.received,
        "done": month.done,
        "late": month.late,
    }


@requires("public")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The front of the board."""
    community, at = community_of(request), now()
    month = month_of(community, at)
    return show(
        request, "board/board.html", facts=month_facts(month), month_words=sentence(month),
        notices=soonest(hanging(boards(community), at))[:SHOWN], late=late_organs(community, at)[:SHOWN],
        rows=rows_of(list(listed(community)[:SHOWN]), at),
        place=facts_of(community), rooms=cards(ROOMS),
    )  # fmt: skip
