"""全部事项: the register with search and filters, and the same as an Excel file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from gongzhi.core.calendar import in_china
from gongzhi.desk import calendars
from gongzhi.records.institutions.queries import places_in
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.queries import Filter, involving, narrow, paged
from gongzhi.web.access import requires
from gongzhi.web.workbench.page import Desk, desk_of, show
from gongzhi.web.workbench.rows import row_of_matter
from gongzhi.web.workbench.today import categories, cursor

__all__ = ["export", "register"]

CHUNK = 64 * 1024
SIZE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as they stand in the address. status: open, late, closed or all."""

    status: str = "open"
    category: str = ""
    q: str = ""
    after: str = ""

    def query(self, name: str = "register", **changes: str) -> str:
        changed = replace(self, **{"after": "", **changes})
        values = {one: value for one in Asked.__slots__ if (value := getattr(changed, one))}
        return f"{reverse(name)}?{urlencode(values)}"


def _asked(request: HttpRequest) -> Asked:
    asked = Asked(**{name: request.GET[name].strip()[:200] for name in Asked.__slots__ if name in request.GET})
    return asked if asked.status in ("open", "late", "closed", "all") else replace(asked, status="open")


def _narrowed(asked: Asked) -> Filter:
    return Filter("" if asked.status == "all" else asked.status, asked.category, asked.q)


@requires("staff")
@never_cache
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """One page of the register of the places where the reader works."""
    desk, asked = desk_of(request), _asked(request)
    page = paged(_all(desk), _narrowed(asked), cursor(asked.after), SIZE)
    calendar, _digest = calendars.current()
    rows = [row_of_matter(one, desk.at, calendar) for one in page.rows if isinstance(one, Matter)]
    return show(
        request, "register.html", asked=asked, rows=rows, fields=_fields(desk, asked),
        more=asked.query(after=page.after) if page.after else "", export_href=asked.query("register_export"),
    )  # fmt: skip


def _fields(desk: Desk, asked: Asked) -> list[dict[str, Any]]:
    states = [("open", _("在办")), ("late", _("超时")), ("closed", _("办结")), ("all", _("全部"))]
    kinds = [{"value": "", "text": _("全部")}, *[{"value": k, "text": t} for k, t in categories(desk)]]
    return [
        {"name": "q", "label": _("找编号或标题"), "value": asked.q},
        {"name": "status", "label": _("状态"), "value": asked.status,
         "options": [{"value": value, "text": text} for value, text in states]},
        {"name": "category", "label": _("按类别"), "value": asked.category, "options": kinds},
    ]  # fmt: skip


# --- Excel ---


@requires("staff")
@never_cache
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The whole list as filtered, row by row. Public-safe columns only: nothing a resident wrote, no contact."""
    desk, asked = desk_of(request), _asked(request)
    response = StreamingHttpResponse(
        _workbook(narrow(_all(desk), _narrowed(asked)).order_by("-filed_at", "-pk")),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    day = in_china(desk.at).date().isoformat()
    response["Content-Disposition"] = f'attachment; filename="matters-{day}.xlsx"'
    return response


def _all(desk: Desk) -> QuerySet[Matter]:
    """What the reader may know of: public matters of the place, and those with a part of the reader's organs."""
    return involving(desk.organs, places_in(desk.place))


def _workbook(rows: QuerySet[Matter]) -> Iterator[bytes]:
    """The file in pieces. Rows are written as they are read; only the finished archive is held, on disk or small."""
    calendar, _digest = calendars.current()
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("全部事项"))
    heads = [
        _("编号"), _("公开标题"), _("区域"), _("状态"), _("现在谁负责"), _("办到哪一步"), _("哪一类"), _("人数"),
        _("收到"), _("期限"), _("办结"), _("公开"),
    ]  # fmt: skip
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJKL", (22, 36, 16, 8, 18, 18, 16, 6, 17, 17, 17, 6), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_bold(sheet, head) for head in heads])
    for matter in rows.iterator(chunk_size=500):
        sheet.append(_line(matter, calendar))
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    while piece := out.read(CHUNK):
        yield piece


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _line(matter: Matter, calendar: Any) -> list[Any]:
    row = row_of_matter(matter, matter.filed_at, calendar)
    state = _("办结") if matter.closed_at else _("超时") if matter.late else _("在办")
    times = [matter.filed_at, matter.due, matter.closed_at]
    filed, due, closed = (in_china(one).replace(tzinfo=None) if one else None for one in times)
    category = row.note.partition(" · ")[2]
    return [matter.number, _plain(row.title), matter.place.name, state, row.waits, row.next, category,
            matter.headcount, filed, due, closed, _("是") if matter.public else _("否")]  # fmt: skip


def _plain(text: str) -> str:
    """A cell that begins like a formula would be computed by the reader's program."""
    return f"'{text}" if text[:1] in "=+-@" else text
