"""意见地图 and the report of a consultation: groups from ten people on, what unites, what was adopted, open data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.desk.opinions import Drawn, Group, drawn, open_data
from gongzhi.desk.surveys import FEWEST, results
from gongzhi.records.consultations import queries
from gongzhi.records.consultations.models import Consultation
from gongzhi.web.access import requires
from gongzhi.web.clock import now
from gongzhi.web.page import show
from gongzhi.web.portal.consult import consultation_or_404
from gongzhi.words.consultations import decision_names, ground_name
from gongzhi.words.opinion import group_name

__all__ = ["map_page", "report", "statements_csv", "votes_csv"]

WIDTH, HEIGHT, EDGE = 420, 300, 84
SMALLEST, LARGEST = 46, 80  # radius of a bubble


@dataclass(frozen=True, slots=True)
class Bubble:
    """A group on the drawing: its letter's name, middle and radius in the drawing's own units."""

    name: str
    people: int
    x: int
    y: int
    r: int


def bubbles(groups: Sequence[Group]) -> list[Bubble]:
    """Area as the number of people; groups that would overlap are moved apart, level by level."""
    most = max((group.people for group in groups), default=1)
    found: list[Bubble] = []
    for group in groups:
        r = max(SMALLEST, round(LARGEST * (group.people / most) ** 0.5))
        x = round(EDGE + (group.x + 1) / 2 * (WIDTH - 2 * EDGE))
        y = round(EDGE + (1 - group.y) / 2 * (HEIGHT - 2 * EDGE))
        found.append(_free(Bubble(group_name(group.index), group.people, x, y, r), found))
    return found


def _free(wanted: Bubble, others: Iterable[Bubble]) -> Bubble:
    """The nearest place beside where the bubble belongs that no other one covers."""
    placed = list(others)
    for away in range(0, WIDTH, 12):
        for x, y in ((away, 0), (-away, 0), (0, away), (0, -away)):
            here = Bubble(wanted.name, wanted.people, wanted.x + x, wanted.y + y, wanted.r)
            if _inside(here) and not any(_touch(here, other) for other in placed):
                return here
    return wanted


def _inside(one: Bubble) -> bool:
    return one.r <= one.x <= WIDTH - one.r and one.r <= one.y <= HEIGHT - one.r


def _touch(one: Bubble, other: Bubble) -> bool:
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2 < (one.r + other.r) ** 2


@requires("public")
@require_GET
def map_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Groups as areas with their size, what each says, what unites all; the same as a table."""
    found, at = consultation_or_404(request, pk), now()
    seen = drawn(found, at)
    return show(
        request, "portal/opinion_map.html", found=found, seen=seen, bubbles=bubbles(seen.groups),
        group_name=group_name, width=WIDTH, height=HEIGHT, data=_may_take(found, seen),
    )  # fmt: skip


def _may_take(found: Consultation, seen: Drawn) -> bool:
    """Open data appear when the consultation is over and enough took part."""
    return found.status == "closed" and seen.people - seen.too_few >= FEWEST


@requires("public")
@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked, how many took part, what they said, what was adopted and why."""
    found, at = consultation_or_404(request, pk), now()
    seen = drawn(found, at)
    return show(
        request, "portal/consultation_report.html", found=found, seen=seen, group_name=group_name,
        points=list(found.replies.order_by("number")), decisions=decision_names(), results=results(found),
        comments=queries.shown(found, "comment", at).count(), sheets=found.sheets.count(), fewest=FEWEST,
        withheld=_grounds(found, at), data=_may_take(found, seen), cut=found.sheets.exists(),
    )  # fmt: skip


def _grounds(found: Consultation, at: datetime) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for row in queries.withheld(found, at):
        counted[row.ground] = counted.get(row.ground, 0) + 1
    return [(ground_name(ground), count) for ground, count in counted.items()]


@requires("public")
@require_GET
def votes_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Participant, statement, vote; participants have shuffled numbers. Nothing below ten participants."""
    found = consultation_or_404(request, pk)
    data = open_data(found, now()) if found.status == "closed" else None
    if data is None:
        raise Http404("not closed, or too few took part")
    return _csv(f"votes-{pk}.csv", ("participant", "statement", "vote"), data)


@requires("public")
@require_GET
def statements_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The shown statements by number."""
    found = consultation_or_404(request, pk)
    rows = [(row.number, row.text) for row in queries.shown(found, "statement", now())]
    return _csv(f"statements-{pk}.csv", ("statement", _("观点")), rows)


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_tame(cell) for cell in row] for row in rows)
    return HttpResponse(
        "\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


def _tame(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets a mark in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")) else cell
