"""吹哨报到: who was called, who came when. Organs in public; nobody who stood there is named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.core.whistle import Call, Standing, calls, counted
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Act, Matter
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.page import community_of, show
from gongzhi.words.terms import Terms

__all__ = ["whistles"]

PAGE, COUNTED = 20, 200  # shown on a page; the newest that the counts by organ look at


@dataclass(frozen=True, slots=True)
class Blown:
    """One whistle with the titles a page shows."""

    matter: Matter
    calls: tuple[tuple[Call, str], ...]
    terms: Terms


@requires("public")
@require_GET
def whistles(request: HttpRequest) -> HttpResponse:
    """Counts by organ first, then whistles, newest first."""
    place = community_of(request)
    rows = Matter.objects.filter(kind="whistle", public=True, place__path__startswith=place.path)
    total, page = rows.count(), page_of(request)
    acts = Prefetch("acts", Act.objects.order_by("seq").only("matter_id", "seq", "outcome"))
    newest = rows.select_related("place", "answers", "charter_version").prefetch_related(acts).order_by("-filed_at")
    blown = [_blown(one) for one in newest[:COUNTED]]
    shown = blown[(page - 1) * PAGE : page * PAGE]
    return show(
        request, "board/whistles.html", whistles=shown, standings=_standings(blown), page=page, total=total,
        pages=pages_of(min(total, COUNTED), PAGE),
    )  # fmt: skip


def _blown(matter: Matter) -> Blown:
    charter = charter_by_digest(matter.charter_version.digest)
    effects = chain.from_iterable(json.loads(act.outcome)["effects"] for act in matter.acts.all())
    terms = Terms(charter)
    found = calls(charter, read_state(matter.state), effects)
    return Blown(matter, tuple((one, terms.organ(one.organ)) for one in found), terms)


def _standings(blown: list[Blown]) -> list[dict[str, Any]]:
    titles = {call.organ: title for one in blown for call, title in one.calls}
    rows: list[Standing] = counted(call for one in blown for call, _title in one.calls)
    return [{"title": titles[row.organ], "row": row} for row in rows]
