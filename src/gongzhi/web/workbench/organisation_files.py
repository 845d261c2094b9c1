"""名录和目录的Excel: out in the columns that can be read in again, and in with faults by row."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from openpyxl import Workbook
from python_calamine import CalamineError, CalamineWorkbook

from gongzhi.desk import organisations as desk
from gongzhi.desk.register_rows import ORGANISATIONS, SERVICES, Sheet, check_rows, put_rows, row_of
from gongzhi.records.institutions.models import Place
from gongzhi.records.organisations import queries
from gongzhi.records.organisations.models import Service
from gongzhi.web.access import requires
from gongzhi.web.workbench.organisations import keeper, version_here
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.organisations import column_titles, row_fault

__all__ = ["register_file", "register_import"]

LARGEST = 4 * 1024 * 1024  # bytes
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEETS: dict[str, tuple[Sheet, Callable[[Place], Iterable[Any]]]] = {
    "organisations": (ORGANISATIONS, lambda place: queries.organisations_in(place)),
    "services": (SERVICES, lambda place: Service.objects.filter(place=place).order_by("title", "pk")),
}
Faults = list[tuple[int, str]]


def _sheet(of: str) -> Sheet:
    if of not in SHEETS:
        raise Http404("no such register")
    return SHEETS[of][0]


def _classes(request: HttpRequest, of: str) -> desk.Classes:
    return desk.classes(version_here(request), of)


@requires("staff")
@never_cache
@require_GET
def register_file(request: HttpRequest, of: str) -> HttpResponse:
    """What is registered at the keeper's own place, contacts with it: for those who keep it only."""
    sheet, place = _sheet(of), keeper(request)
    classes, titles = _classes(request, of), column_titles()
    book = Workbook(write_only=True)
    page = book.create_sheet(_("名录") if of == "organisations" else _("目录"))
    page.freeze_panes = "A2"
    page.append([titles[name] for name in sheet.columns])
    for row in SHEETS[of][1](place):
        page.append([_plain(cell) for cell in row_of(sheet, row, classes)])
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{of}.xlsx"'
    return response


def _plain(cell: Any) -> Any:
    """A cell that begins like a formula would be computed by the reader's program."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def register_import(request: HttpRequest, of: str) -> HttpResponse:
    """A workbook in the columns of the export. All rows are taken, or none and each fault by its row."""
    sheet, place = _sheet(of), keeper(request)
    if request.method == "GET":
        return _page(request, of, "", [])
    here, rows = desk_of(request), _rows(request)
    if isinstance(rows, str):
        return _page(request, of, rows, [])
    checked = check_rows(sheet, rows[1:], _classes(request, of))
    if checked.faults:
        faults = [(number, row_fault(code, found)) for number, code, found in checked.faults]
        return _page(request, of, _("有%(n)d行要改，一行也没有导入") % {"n": len(faults)}, faults)
    if not checked.rows:
        return _page(request, of, _("文件里没有一行"), [])
    put_rows(sheet, checked, place, here.person, here.at)
    return redirect(f"{reverse('work_organisations')}?done=1&state=registered")


def _rows(request: HttpRequest) -> list[list[Any]] | str:
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST:
        return _("请选一个Excel文件，不超过4 MB")
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(file.read())).get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, KeyError, OSError):
        return _("打不开这个文件：请用表格软件另存为 .xlsx 再导入")


def _page(request: HttpRequest, of: str, said: str, faults: Faults) -> HttpResponse:
    titles = column_titles()
    return show(
        request, "register_import.html", 422 if said else 200, of=of, key=new_key(), faults=faults, said=said,
        errors=[{"text": said, "href": "#file"}] if said else [],
        columns=[titles[name] for name in _sheet(of).columns], classes=_classes(request, of),
    )  # fmt: skip
