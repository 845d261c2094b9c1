"""社会组织和队伍: the register in sums and by name, for everybody. Numbers of people only; no contact, no member."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.records.organisations import queries
from gongzhi.records.organisations.models import STAGES
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.page import community_of, show
from gongzhi.web.portal.services import kinds
from gongzhi.words.organisations import stages

__all__ = ["board_organisations"]

PAGE = 30


@requires("public")
@require_GET
def board_organisations(request: HttpRequest) -> HttpResponse:
    """Sums by class and stage of incubation first; then the register, searched and filtered in the address."""
    place, titles, named = community_of(request), kinds(request, "organisations"), stages()
    asked = _asked(request, titles)
    found = queries.organisations_in(place, "registered", asked["kind"], asked["q"], asked["stage"])
    total, page = found.count(), page_of(request)
    by_kind, by_stage = queries.sums_by(place, "kind"), queries.sums_by(place, "stage")
    opened, listed = queries.opening_rate(place)
    return show(
        request, "board/organisations.html", rows=found[(page - 1) * PAGE : page * PAGE], total=total, page=page,
        pages=pages_of(total, PAGE), query=urlencode(asked), titles=titles, stages=named, opened=opened, listed=listed,
        by_kind=[(key, title, by_kind[key]) for key, title in titles.items() if key in by_kind],
        by_stage=[(key, title, by_stage[key]) for key, title in named.items() if key in by_stage and key != "none"],
        registered=sum(one.organisations for one in by_kind.values()), fields=_fields(asked, titles, named),
    )  # fmt: skip


def _asked(request: HttpRequest, titles: dict[str, str]) -> dict[str, str]:
    kind, stage = request.GET.get("kind", ""), request.GET.get("stage", "")
    q = texts.clean_line(request.GET.get("q", ""))[:60]
    return {"q": q, "kind": kind if kind in titles else "", "stage": stage if stage in STAGES else ""}


def _fields(asked: dict[str, str], titles: dict[str, str], named: dict[str, str]) -> list[dict[str, Any]]:
    def options(known: dict[str, str]) -> list[dict[str, str]]:
        return [{"value": "", "text": _("全部")}, *({"value": key, "text": text} for key, text in known.items())]

    return [
        {"name": "q", "label": _("找一找"), "value": asked["q"]},
        {"name": "kind", "label": _("按类别"), "value": asked["kind"], "options": options(titles)},
        {"name": "stage", "label": _("孵化"), "value": asked["stage"], "options": options(named)},
    ]
