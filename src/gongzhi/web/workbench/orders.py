"""点单、建单、接单: orders by where they stand, with their clocks; what those who ordered said of them, in sums."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gongzhi.core.charter.spec import Charter
from gongzhi.desk import calendars
from gongzhi.desk.organisations import PHASES, in_phase, order_of
from gongzhi.records.institutions.models import CharterVersion
from gongzhi.records.institutions.queries import charter_for, charter_of, places_in
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.queries import involving
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.workbench.page import Desk, desk_of, show
from gongzhi.web.workbench.rows import row_of_matter
from gongzhi.words.organisations import order_phases
from gongzhi.words.terms import Terms

__all__ = ["orders"]

PAGE = 30


@requires("staff")
@never_cache
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """Orders the reader's organs have a part in, of one phase; composing and accepting is done on their pages."""
    desk = desk_of(request)
    version = _version(desk)
    if version is None:
        return show(request, "orders.html", category="")
    charter, category = charter_of(version), order_of(version)
    procedure = charter.categories[category].procedure or ""
    rows = involving(desk.organs, places_in(desk.place)).filter(category=category)
    phase, page = request.GET.get("phase", ""), page_of(request)
    phase = phase if phase in PHASES else _first(rows, charter, procedure)
    found, (calendar, _digest) = in_phase(rows, charter, procedure, phase), calendars.current()
    total, newest = found.count(), found.select_related("answers").order_by("due", "-filed_at", "pk")
    return show(
        request, "orders.html", category=category, phase=phase, total=total, page=page, pages=pages_of(total, PAGE),
        rows=[row_of_matter(one, desk.at, calendar) for one in newest[(page - 1) * PAGE : page * PAGE]],
        counts=_counts(rows, charter, procedure, phase), ends=_ends(rows, charter, procedure),
        query=urlencode({"phase": phase}),
    )  # fmt: skip


def _version(desk: Desk) -> CharterVersion | None:
    """The first version with orders among those in force that the reader works under."""
    names = dict.fromkeys(organ.charter for organ in desk.organs.values())
    found = [version for name in names if (version := charter_for(desk.place, desk.at, name))]
    return next((version for version in found if order_of(version)), None)


def _first(rows: QuerySet[Matter], charter: Charter, procedure: str) -> str:
    """The first phase in which something waits."""
    return next((phase for phase in PHASES if in_phase(rows, charter, procedure, phase).exists()), PHASES[0])


def _counts(rows: QuerySet[Matter], charter: Charter, procedure: str, now: str) -> list[dict[str, Any]]:
    return [
        {"number": in_phase(rows, charter, procedure, phase).count(), "text": title, "href": f"?phase={phase}",
         "current": phase == now}
        for phase, title in order_phases().items()
    ]  # fmt: skip


def _ends(rows: QuerySet[Matter], charter: Charter, procedure: str) -> list[tuple[str, int]]:
    """How orders ended, by the ends of the charter: content, without an answer, not settled, told where to go."""
    counted = dict(rows.exclude(end="").order_by().values_list("end").annotate(n=Count("pk")))
    terms, found = Terms(charter), charter.procedures[procedure]
    return [(terms.end(found, end) or _("其他"), n) for end, n in counted.items() if end in found.ends]
