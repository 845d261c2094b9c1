"""Reading workbooks that people bring: old and new, damaged, locked, or no workbook at all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msoffcrypto
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

LARGEST = 64 * 1024 * 1024  # bytes


class Unreadable(Exception):
    """The file cannot be read; the argument says why and what to do."""


def rows_of(path: Path) -> Iterator[list[Any]]:
    """The rows of the first sheet. Raises Unreadable."""
    if not path.is_file():
        raise Unreadable(_("没有这个文件：{name}。请核对文件名和位置。").format(name=path.name))
    if path.stat().st_size > LARGEST:
        raise Unreadable(_("文件超过64 MB。请分成几个文件再导入。"))
    content = path.read_bytes()
    if _is_locked(content):
        raise Unreadable(_("这个工作簿有密码。请在表格软件里去掉密码，另存后再导入。"))
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        yield from sheet.to_python(skip_empty_area=True)
    except (CalamineError, WorksheetNotFound, ValueError, KeyError, OSError) as fault:
        raise Unreadable(
            _("打不开{name}：文件损坏，或者不是工作簿。请用表格软件打开，另存为 .xlsx 再导入。").format(name=path.name)
        ) from fault


def _is_locked(content: bytes) -> bool:
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    except Exception:
        return False
