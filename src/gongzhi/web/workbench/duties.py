"""职责清单 for staff: each category at each level once, with its ground; gaps and overlaps; print and a workbook."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from openpyxl import Workbook

from gongzhi.core.charter.spec import Charter, Duty
from gongzhi.desk.who import found
from gongzhi.web.access import requires
from gongzhi.web.studio.labels import LEVELS
from gongzhi.web.texts import clean_line
from gongzhi.web.workbench.filing import charter_of_desk
from gongzhi.web.workbench.page import desk_of, show
from gongzhi.words.terms import Terms

__all__ = ["duties_xlsx", "work_duties"]

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAW, CHARTER, SUNK = "law", "charter", "sunk"
GAP, OVERLAP = "gap", "overlap"


def list_of(charter: Charter, duty: Duty) -> str:
    """Which of the three lists a line stands on: set by law, agreed in the charter, handed down under an admission."""
    category = charter.categories.get(duty.category)
    procedure = charter.procedures.get(category.procedure or "") if category else None
    if procedure and procedure.admitted:
        return SUNK
    return LAW if duty.law else CHARTER


def gaps_of(charter: Charter) -> list[str]:
    """Categories for which nobody answers."""
    answered = {one.category for one in charter.duties}
    return [name for name in charter.categories if name not in answered]


def overlaps_of(charter: Charter) -> set[tuple[str, str]]:
    """Category and level for which more than one line stands: nobody would know who answers."""
    seen = Counter((one.category, one.at) for one in charter.duties)
    return {key for key, many in seen.items() if many > 1}


@requires("staff")
@never_cache
@require_GET
def work_duties(request: HttpRequest) -> HttpResponse:
    """The list with its search and filters in the address."""
    charter = charter_of_desk(desk_of(request))
    rows, asked, wanted = _found(request, charter)
    titles = _lists()
    counts = Counter(list_of(charter, one) for one in charter.duties)
    links = [{"number": counts[key], "text": text, "current": wanted == key, "href": f"?list={key}"}
             for key, text in titles.items()]  # fmt: skip
    return show(
        request, "duties.html", rows=[row_view(charter, one) for one in rows], asked=asked, wanted=wanted,
        counts=links, total=len(charter.duties), gaps=[Terms(charter).category(one) for one in gaps_of(charter)],
        overlaps=[f"{Terms(charter).category(name)} · {_(LEVELS.get(at, at))}" for name, at in
                  sorted(overlaps_of(charter))],
        query=request.GET.urlencode(),
    )  # fmt: skip


def _lists() -> dict[str, str]:
    return {LAW: _("法定清单"), CHARTER: _("约定清单"), SUNK: _("准入清单")}


def _found(request: HttpRequest, charter: Charter) -> tuple[list[Duty], str, str]:
    asked, wanted = clean_line(request.GET.get("q", ""))[:80], request.GET.get("list", "")
    wanted = wanted if wanted in _lists() else ""
    return [one for one in found(charter, asked) if wanted in ("", list_of(charter, one))], asked, wanted


def row_view(charter: Charter, duty: Duty) -> dict[str, Any]:
    """One line in the reader's language."""
    terms, category = Terms(charter), charter.categories.get(duty.category)
    return {
        "category": terms.category(duty.category), "level": _(LEVELS.get(duty.at, duty.at)),
        "answers": terms.organ(duty.answers), "coordinates": terms.organ(duty.coordinates) if duty.coordinates else "",
        "list": _lists()[list_of(charter, duty)], "law": terms.text(duty.law or ""), "source": duty.list or "",
        "since": duty.from_, "until": duty.until,
        "procedure": terms.procedure(category.procedure) if category and category.procedure else "",
        "twice": (duty.category, duty.at) in overlaps_of(charter),
    }  # fmt: skip


@requires("staff")
@never_cache
@require_GET
def duties_xlsx(request: HttpRequest) -> HttpResponse:
    """The lines as filtered, as a workbook."""
    charter = charter_of_desk(desk_of(request))
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("职责清单"))
    sheet.append([_("哪一类"), _("哪一级"), _("谁负责"), _("谁协调"), _("哪一张清单"), _("法律依据"), _("来源"),
                  _("从哪天起"), _("到哪天止"), _("怎么办")])  # fmt: skip
    for one in _found(request, charter)[0]:
        row = row_view(charter, one)
        sheet.append([row[name] for name in ("category", "level", "answers", "coordinates", "list", "law", "source",
                                             "since", "until", "procedure")])  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=SHEET)
    response["Content-Disposition"] = 'attachment; filename="duties.xlsx"'
    return response
