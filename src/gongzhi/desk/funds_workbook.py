"""Books as an Excel workbook, and such a workbook as tables again. Money is written as numbers with two decimals."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineError, CalamineWorkbook

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.funds_sheets import HEADS, Tables, Yuan

__all__ = ["read_workbook", "write_workbook"]

MONEY, DAY = "#,##0.00", "yyyy-mm-dd"


def write_workbook(tables: Tables) -> bytes:
    """One sheet for each table, headings bold and frozen."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, heads in HEADS.items():
        sheet = book.create_sheet(name)
        for nth, head in enumerate(heads, 1):
            sheet.cell(1, nth, head).font = Font(bold=True)
            sheet.column_dimensions[sheet.cell(1, nth).column_letter].width = 14
        sheet.freeze_panes = "A2"
        for row, cells in enumerate(tables[name], 2):
            _write(sheet, row, cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, row: int, cells: Sequence[Any]) -> None:
    for nth, value in enumerate(cells, 1):
        cell = sheet.cell(row, nth)
        if isinstance(value, Yuan):
            cell.value, cell.number_format = Decimal(int(value)) / 100, MONEY
        elif isinstance(value, date):
            cell.value, cell.number_format = value, DAY
        else:
            cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # what begins with an equals sign is a text, never a formula


def read_workbook(content: bytes) -> dict[str, list[list[Any]]]:
    """Sheet -> all rows with their heading. Raises Refused `file_unreadable` or `sheet_missing`."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        if missing := next((name for name in HEADS if name not in names), None):
            raise Refused("sheet_missing", sheet=missing)
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in HEADS}
    except (CalamineError, ValueError, KeyError, OSError) as fault:
        raise Refused("file_unreadable") from fault
