"""该开的会、该公开的事: what has to be held or published how often, with what is missing in red."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.desk.recurring_calendar import Due, Shown, disclosures, turns
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.page import community_of, show
from gongzhi.words.derivation import span_text
from gongzhi.words.terms import Terms

__all__ = ["due_view", "recurring_page"]

STATES = ("missing", "open", "done")


@requires("public")
@require_GET
def recurring_page(request: HttpRequest) -> HttpResponse:
    """What comes back, period by period, then publications; the filter is in the address."""
    community, at = community_of(request), now()
    rows = turns(community, at)
    wanted = request.GET.get("state", "")
    kept = [one for one in rows if wanted not in STATES or _group(one) == wanted]
    counts = [
        {"number": sum(_group(one) == state for one in rows), "text": text, "current": wanted == state,
         "href": f"?state={state}"}
        for state, text in (("missing", _("没有做")), ("open", _("在期限内")), ("done", _("做了")))
    ]  # fmt: skip
    return show(
        request, "board/recurring.html", rows=[due_view(one) for one in kept], counts=counts, wanted=wanted,
        published=[_shown_view(one) for one in disclosures(community, at)],
    )  # fmt: skip


def _group(one: Due) -> str:
    return "done" if one.state == "linked" else one.state


def due_view(one: Due) -> dict[str, Any]:
    """One period in the reader's language."""
    terms, recurring = Terms(one.charter), one.charter.recurring[one.period.of]
    return {
        "due": one,
        "title": terms.text(recurring.title),
        "who": terms.holder(one.period.subject) if one.period.subject else "",
        "every": span_text(recurring.every.n, recurring.every.unit),
    }


def _shown_view(one: Shown) -> dict[str, Any]:
    terms = Terms(one.charter)
    return {
        "title": terms.text(one.disclosure.title), "law": terms.text(one.disclosure.law or ""), "decided": one.decided,
        "within": span_text(one.disclosure.within.n, one.disclosure.within.unit),
        "for": span_text(one.disclosure.for_.n, one.disclosure.for_.unit), "missing": one.missing,
    }  # fmt: skip
