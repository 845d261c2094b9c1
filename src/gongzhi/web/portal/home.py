"""The first page: say a word, your turn, my matters, what is open now, and one sentence of facts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import line_of, places_in
from gongzhi.records.institutions.served import communities
from gongzhi.records.matters.queries import filed_by, waiting_for_filer
from gongzhi.records.people.models import Person
from gongzhi.web.access import reader, requires
from gongzhi.web.clock import now
from gongzhi.web.looking import rows_of
from gongzhi.web.page import community_of, show
from gongzhi.web.portal import keep
from gongzhi.web.portal.gatherings import open_now
from gongzhi.web.portal.numbers import Month, month_of

__all__ = ["boards", "choose_community", "home", "month_facts"]

OPEN_NOW = 3
MINE = 3
TURNS = 5


@requires("public")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """有事，说一声."""
    person, community, at = reader(request), community_of(request), now()
    draft = keep.load(request, at)
    running = open_now(boards(community), community, at, OPEN_NOW)
    return show(
        request, "portal/home.html", facts=month_facts(month_of(community, at)), open_now=running,
        several=len(communities(at)) > 1,
        draft=draft if draft and draft.what else None, **_mine(person, at),
    )  # fmt: skip


@requires("public")
@require_GET
def choose_community(request: HttpRequest) -> HttpResponse:
    """换一个社区: the communities that this program serves."""
    return show(request, "portal/communities.html", communities=communities(now()))


def _mine(person: Person | None, at: datetime) -> dict[str, Any]:
    if person is None:
        return {"turns": [], "turn_count": 0, "rows": []}
    waiting = list(waiting_for_filer(person)[: TURNS + 1])
    latest = [one for one in filed_by(person)[: MINE + TURNS] if one.pk not in {w.pk for w in waiting}][:MINE]
    rows = rows_of([*waiting, *latest], at, own_words=True)
    return {"turns": rows[: min(len(waiting), TURNS)], "turn_count": len(waiting), "rows": rows[len(waiting) :]}


def boards(community: Place) -> list[Place]:
    """Everything whose notices concern the people of a community: what it lies in, itself, and what lies in it."""
    return [*line_of(community)[1:], *places_in(community)]


def month_facts(month: Month) -> list[dict[str, Any]]:
    """Received, done, late: each a number, its words, and the list it is the length of."""
    address = reverse("public_matters")
    return [
        {"number": month.received, "words": _("件本月收到"),
         "href": f"{address}?show=received", "link": _("看这些事项")},
        {"number": month.done, "words": _("件本月办结"),
         "href": f"{address}?show=done", "link": _("看这些事项")},
        {"number": month.late, "words": _("件现在超时"),
         "href": reverse("late"), "link": _("看谁超时了")},
    ]  # fmt: skip
