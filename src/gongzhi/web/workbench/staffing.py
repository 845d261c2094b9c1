"""岗位和任期: every seat of the reader's places with who holds it, until when, and what the reader may do about it."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from openpyxl import Workbook

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.spec import Seat
from gongzhi.desk import staffing as desk
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.people.appointing import open_resets
from gongzhi.records.people.models import SeatTerm
from gongzhi.records.people.posts import STAND_IN
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.workbench.page import Desk, desk_of, new_key, show
from gongzhi.words.terms import Terms

__all__ = ["basis_text", "staff", "staff_file"]

PAGE = 20
SOON = timedelta(days=90)
MOST = 2000  # organs of one list
FILTERS = ("all", "mine", "vacant", "soon")


@dataclass(frozen=True, slots=True)
class Line:
    """One seat of one organ. `key` is the seat's name, empty for work without a post."""

    organ: OrganInstance
    key: str
    title: str
    count: int
    holders: tuple[SeatTerm, ...]
    may: bool
    records: bool
    soon: bool
    basis: str

    @property
    def free(self) -> int:
        held = sum(term.basis != STAND_IN for term in self.holders)
        return max(0, self.count - held)


@requires("staff")
@never_cache
@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    """One page of the list, a page being twenty organs' worth of what the filters leave."""
    here = desk_of(request)
    asked, q = _asked(request)
    lines = _lines(here, asked, q)
    page, shown = page_of(request), lines[(page_of(request) - 1) * PAGE : page_of(request) * PAGE]
    resets = open_resets(here.at).select_related("person", "asked_by")
    rights = desk.rights_of(here.person, here.at)
    return show(
        request, "staff.html", rows=shown, total=len(lines), page=page, pages=pages_of(len(lines), PAGE), asked=asked,
        query=urlencode({"show": asked, "q": q}), fields=_fields(asked, q), key=new_key(), at=here.at,
        resets=[one for one in resets[:50] if desk.may_confirm(rights, one, here.at)],
        done=DONE.get(request.GET.get("done", ""), lambda: "")(), names=basis_text,
    )  # fmt: skip


DONE = {
    "appointed": lambda: _("办好了。新人还没有账户密码的，请给他办“重设登录”，当面交验证码。"),
    "ended": lambda: _("任期结束了。以前办的事都还在。"),
    "asked": lambda: _("申请好了。请他的单位或您单位里的另一位同事确认，验证码由他当面交给本人。"),
}


def _asked(request: HttpRequest) -> tuple[str, str]:
    asked = request.GET.get("show", "all")
    return (asked if asked in FILTERS else "all"), request.GET.get("q", "").strip()[:60]


def _fields(asked: str, q: str) -> list[dict[str, Any]]:
    said = [("all", _("全部")), ("mine", _("我能办的")), ("vacant", _("空着的")), ("soon", _("90天内到期"))]
    return [
        {"name": "q", "label": _("单位、岗位或姓名"), "value": q},
        {"name": "show", "label": _("看哪些"), "value": asked, "options": [{"value": v, "text": t} for v, t in said]},
    ]


def _lines(here: Desk, asked: str, q: str) -> list[Line]:
    """Three queries, whatever the number of organs and people."""
    rights = desk.rights_of(here.person, here.at)
    names = {seat.organ_instance.charter for seat in here.seats}
    places = Q(place__path__startswith=here.place.path)
    organs = OrganInstance.objects.filter(places | Q(pk__in=here.organs), charter__in=names, dissolved_at=None)
    rows = list(organs.select_related("place").order_by("place__path", "pk")[:MOST])
    held = _held(rows, here.at)
    lines = [line for organ in rows for line in _of(organ, rights, held, here.at)]
    return [line for line in lines if _fits(line, asked) and _found(line, q)]


def _held(rows: list[OrganInstance], at: datetime) -> dict[tuple[int, str], list[SeatTerm]]:
    found: dict[tuple[int, str], list[SeatTerm]] = defaultdict(list)
    terms = SeatTerm.objects.filter(Q(end=None) | Q(end__gt=at), organ_instance__in=[row.pk for row in rows])
    for term in terms.select_related("person", "appointment").order_by("slot", "start"):
        found[term.organ_instance_id, term.seat].append(term)
    return found


def _of(
    organ: OrganInstance, rights: desk.Rights, held: dict[tuple[int, str], list[SeatTerm]], at: datetime
) -> list[Line]:
    charter = rights.charter(organ)
    kind = charter.organs.get(organ.organ) if charter else None
    if charter is None or kind is None:
        return []
    seats: list[tuple[str, Seat | None]] = [*kind.seats.items(), ("", None)]
    return [_line(Terms(charter), organ, seat, key, rights, tuple(held[organ.pk, key]), at) for key, seat in seats]


def _line(
    terms: Terms, organ: OrganInstance, seat: Seat | None, key: str, rights: desk.Rights,
    holders: tuple[SeatTerm, ...], at: datetime,
) -> Line:  # fmt: skip
    right = rights.over(organ, seat)
    last = (in_china(at) + SOON).date()
    soon = any((term.due and term.due <= last) or (term.end and term.end <= at + SOON) for term in holders)
    title = terms.text(seat.title) if seat else _("没有职务的工作人员")
    return Line(organ, key, title, seat.count if seat else 0, holders, right is not None,
                bool(right and right.records), soon, (seat.basis or "") if seat else "")  # fmt: skip


def _fits(line: Line, asked: str) -> bool:
    if not line.key and not line.holders and not line.may:
        return False
    return {"all": True, "mine": line.may, "vacant": line.free > 0, "soon": line.soon}[asked]


def _found(line: Line, q: str) -> bool:
    names = [term.person.display_name for term in line.holders]
    return not q or any(q.lower() in text.lower() for text in (line.organ.title, line.title, *names))


def basis_text(basis: str) -> str:
    """How somebody comes to a seat, in the reader's language."""
    said = {
        "elected": _("选举"), "appointed": _("任命"), "recommended": _("推荐"), "concurrent": _("兼任"),
        STAND_IN: _("代理"),
    }  # fmt: skip
    return said.get(basis, "")


@requires("staff")
@never_cache
@require_GET
def staff_file(request: HttpRequest) -> HttpResponse:
    """The list as filtered, for Excel: posts and terms, no contact of anybody."""
    here, (asked, q) = desk_of(request), _asked(request)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("岗位和任期"))
    sheet.append([_("单位"), _("岗位"), _("姓名"), _("怎么上任的"), _("开始"), _("任期到"), _("依据")])
    for line in _lines(here, asked, q):
        for row in _rows(line):
            sheet.append([f"'{one}" if one[:1] in ("=", "+", "-", "@") else one for one in row])
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(
        out.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f'attachment; filename="seats-{in_china(here.at).date()}.xlsx"'
    return response


def _rows(line: Line) -> list[list[str]]:
    filled = [
        [line.organ.title, line.title, term.person.display_name, basis_text(term.basis),
         in_china(term.start).date().isoformat(), _until(term), _paper(term)]
        for term in line.holders
    ]  # fmt: skip
    return filled + [[line.organ.title, line.title, _("空着"), basis_text(line.basis), "", "", ""]] * line.free


def _until(term: SeatTerm) -> str:
    if term.end:
        return in_china(term.end).date().isoformat()
    return term.due.isoformat() if term.due else ""


def _paper(term: SeatTerm) -> str:
    return term.appointment.document if hasattr(term, "appointment") else ""
