"""谁超时了: which organ answers for how many overdue matters. Organs only; no person is listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongzhi.records.institutions.models import Place
from gongzhi.records.matters.matter import OPEN
from gongzhi.records.matters.models import Matter
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.looking import rows_of
from gongzhi.web.page import community_of, show
from gongzhi.web.portal.numbers import LATE, shown_by

__all__ = ["LateOrgan", "late", "late_organs"]

SHOWN = 50


@dataclass(frozen=True, slots=True)
class LateOrgan:
    """`late` of `open` matters that the organ answers for in this community are overdue."""

    title: str
    late: int
    open: int


def late_organs(community: Place, at: datetime) -> list[LateOrgan]:
    """Organs with overdue matters, most first, each with the number of all it answers for. One query."""
    rows = (
        Matter.objects.filter(place__path__startswith=community.path, status__in=OPEN)
        .values("answers__title")
        .annotate(all=Count("pk"), late_now=Count("pk", filter=Q(late=True) | Q(due__lt=at)))
        .filter(late_now__gt=0)
        .order_by("-late_now", "answers__title")
    )
    return [LateOrgan(row["answers__title"], row["late_now"], row["all"]) for row in rows]


@requires("public")
@require_GET
def late(request: HttpRequest) -> HttpResponse:
    """Who is late, with how much; then the overdue matters that are public."""
    community, at = community_of(request), now()
    here = Matter.objects.filter(shown_by(LATE, at), place__path__startswith=community.path)
    public = list(here.filter(public=True).select_related("answers", "place").order_by("due", "pk")[:SHOWN])
    organs = late_organs(community, at)
    total = sum(organ.late for organ in organs)
    return show(request, "board/late.html", organs=organs, total=total, rows=rows_of(public, at),
                hidden=total - len(public))  # fmt: skip
