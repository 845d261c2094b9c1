"""部件: the register of things of the town; a workbook out, and in again with faults by row."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from openpyxl import Workbook
from python_calamine import CalamineError, CalamineWorkbook

from gongzhi.desk.things import Checked, check_rows, put_checked, row_of_part, things
from gongzhi.records.patrols.ground_queries import parts_in
from gongzhi.records.patrols.units import Part
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.workbench.grid import CRS
from gongzhi.web.workbench.map import community_at, may_change
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.ground import part_fault, part_state
from gongzhi.words.terms import english

__all__ = ["parts", "parts_file", "parts_import"]

PAGE = 50
LARGEST = 8 * 1024 * 1024  # bytes
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("staff")
@never_cache
@require_GET
def parts(request: HttpRequest) -> HttpResponse:
    """One page of the register; `?q=` looks for a code, a name or a spot."""
    return _page(request)


def _page(request: HttpRequest, checked: Checked | None = None, fault: str = "") -> HttpResponse:
    desk = desk_of(request)
    asked, page = _asked(request), page_of(request)
    rows = _found(request, asked)
    total, known = rows.count(), things().parts
    shown = [
        {"part": row, "kind": _kind(row.kind), "state": part_state(row.state)}
        for row in rows[(page - 1) * PAGE : page * PAGE]
    ]
    faults = checked.faults if checked else ()
    said = fault or (_("有%(n)d行要改，一行也没有导入") % {"n": len(faults)} if faults else "")
    groups = {kind.code[:2]: kind.group_en if english() else kind.group for kind in known.values()}
    return show(
        request, "parts_register.html", 422 if said else 200, rows=shown, total=total, page=page, key=new_key(),
        pages=pages_of(total, PAGE), query=urlencode(asked), may=may_change(desk), crs=CRS, asked=asked,
        errors=[{"text": said, "href": "#file"}] if said else [], done=request.GET.get("done", ""),
        faults=[(number, part_fault(code, found)) for number, code, found in faults], source=things().source,
        fields=[
            {"name": "q", "label": _("编码、名称或位置"), "value": asked["q"]},
            {"name": "kind", "label": _("哪一类"), "value": asked["kind"],
             "options": [{"value": v, "text": t} for v, t in [("", _("全部")), *groups.items()]]},
        ],
    )  # fmt: skip


def _asked(request: HttpRequest) -> dict[str, str]:
    kind = request.GET.get("kind", "")
    return {"q": texts.clean_line(request.GET.get("q", ""))[:80], "kind": kind if kind.isdecimal() else ""}


def _found(request: HttpRequest, asked: dict[str, str]) -> QuerySet[Part]:
    rows = parts_in(community_at(desk_of(request))).filter(kind__startswith=asked["kind"])
    looked = Q(code__icontains=asked["q"]) | Q(name__icontains=asked["q"]) | Q(spot__icontains=asked["q"])
    return rows.filter(looked) if asked["q"] else rows


def _kind(code: str) -> str:
    kind = things().parts.get(code)
    return (kind.title_en if english() else kind.title) if kind else code


@requires("staff")
@require_POST
def parts_import(request: HttpRequest) -> HttpResponse:
    """A workbook in the columns of the export. All rows are taken, or none and each fault by its row."""
    desk, file = desk_of(request), request.FILES.get("file")
    if not may_change(desk):
        raise PermissionDenied("the register is kept by who works for the whole community")
    if file is None or (file.size or 0) > LARGEST:
        return _page(request, fault=_("请选一个Excel文件，不超过8 MB"))
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(file.read())).get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, KeyError, OSError):
        return _page(request, fault=_("打不开这个文件：请用表格软件另存为 .xlsx 再导入"))
    checked = check_rows(community_at(desk), rows[1:], request.POST.get("crs", "wgs84"))
    if checked.faults or not checked.rows:
        return _page(request, checked, "" if checked.faults else _("文件里没有一行部件"))
    counts = put_checked(checked, desk.at)
    return redirect(f"{reverse('work_parts')}?done={counts['added'] + counts['changed']}")


@requires("staff")
@never_cache
@require_GET
def parts_file(request: HttpRequest) -> HttpResponse:
    """The register as filtered, in the columns that can be imported again."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("部件"))
    sheet.freeze_panes = "A2"
    sheet.append(_headings())
    for part in _found(request, _asked(request)).iterator(chunk_size=500):
        sheet.append([_plain(cell) for cell in row_of_part(part)])
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="parts.xlsx"'
    return response


def _headings() -> list[str]:
    return [_("编码"), _("小类"), _("名称"), _("区域"), _("权属单位"), _("位置"), _("东经"), _("北纬"), _("状态")]


def _plain(cell: Any) -> Any:
    """A cell that begins like a formula would be computed by the reader's program."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell
