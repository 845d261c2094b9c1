"""`gongzhi import messages`: a workbook of messages and answers becomes matters; rows with faults come back."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from gongzhi.commands.serve import prepare
from gongzhi.commands.workbook import Unreadable, rows_of
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.importing import import_message
from gongzhi.desk.messages import ALSO, LONGEST, BadColumn, Fault, mapped, missing_columns, read_message
from gongzhi.desk.setup import set_up_place, shipped_place
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for, charter_of, find_place
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms


@dataclass
class Result:
    """What became of a workbook. `faults`: row number, column, value, sentence."""

    rows: int = 0
    imported: int = 0
    already: int = 0
    faults: list[dict[str, Any]] = field(default_factory=list)
    bad_rows: list[list[Any]] = field(default_factory=list)


class Stop(Exception):
    """Nothing can be imported; the argument is the sentence that says why and what to do."""


def import_messages(
    file: Annotated[Path, typer.Argument(help="Workbook (.xlsx) with the columns of a message board.")],
    community: Annotated[str, typer.Option(help="Division code or short name of the community.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    column: Annotated[
        list[str] | None, typer.Option(help="A column under another name, e.g. 工单编号=留言编号; may be repeated.")
    ] = None,
) -> None:
    """Take over messages or orders of a 12345 hotline with their answers and original times. Safe to run twice."""
    started = time.monotonic()
    try:
        header, rows, columns = _open(file, column or [])
        prepare()
        place, charter = _place(community)
        result = _import_all(rows, header, columns, place, charter, quiet=as_json)
    except Stop as stop:
        print(json.dumps({"error": str(stop)}, ensure_ascii=False)) if as_json else print(stop, file=sys.stderr)
        raise typer.Exit(1) from stop
    returned = _give_back(file, header, result)
    _tell(result, columns, returned, time.monotonic() - started, as_json)
    if result.faults:
        raise typer.Exit(1)


def _place(community: str) -> tuple[Place, Charter]:
    place = find_place(community) or _shipped(community)
    if place is None:
        raise Stop(_("没有“{name}”这个社区。请用12位区划代码或社区简称。").format(name=community))
    version = charter_for(place, timezone.now())
    if version is None:
        raise Stop(_("{place}还没有采用章程，不能导入。").format(place=place.name))
    return place, charter_of(version)


def _shipped(community: str) -> Place | None:
    """A place that a charter of ours describes is set up on first use, without people in its seats."""
    folder = shipped_place(Path(settings.GONGZHI_CHARTERS), community)
    return set_up_place(folder)[0] if folder else None


Columns = dict[str, str]  # ours -> the file's


def _open(file: Path, told: list[str]) -> tuple[list[str], list[list[Any]], Columns]:
    try:
        found = list(rows_of(file))
    except Unreadable as fault:
        raise Stop(str(fault)) from fault
    if len(found) < 2:
        raise Stop(_("工作簿里没有数据行。第一行是列名，从第二行起是数据。"))
    header = [str(cell).strip() for cell in found[0]]
    columns = _columns(header, told)
    if missing := missing_columns(columns):
        names = _("、").join(
            _("{name}（或{also}）").format(name=name, also=_("、").join(ALSO[name])) for name in missing
        )
        raise Stop(
            _("缺少列：{names}。请把列名写在第一行，或用 --column 写明，如 --column 单号=留言编号。").format(
                names=names
            )
        )
    return header, found[1:], columns


def _columns(header: list[str], told: list[str]) -> Columns:
    pairs = dict(one.split("=", 1) for one in told if "=" in one)
    if len(pairs) != len(told):
        raise Stop(_("--column 要写成“文件里的列名=本系统的列名”，如 --column 工单编号=留言编号。"))
    try:
        return mapped(header, pairs)
    except BadColumn as fault:
        code, name = fault.args
        known = {
            "unknown_target": _("本系统没有“{name}”列。有这些：{names}。"),
            "unknown_column": _("文件里没有“{name}”列。"),
        }
        raise Stop(known[code].format(name=name, names=_("、").join(ALSO))) from fault


def _import_all(
    rows: list[list[Any]], header: list[str], columns: Columns, place: Place, charter: Charter, quiet: bool
) -> Result:
    result = Result(rows=len(rows))
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*shown, console=Console(stderr=True), disable=quiet) as progress:
        task = progress.add_task(_("导入留言"), total=len(rows))
        for number, row in enumerate(rows, 2):
            _import_row(result, number, row, header, columns, place, charter)
            progress.advance(task)
    return result


def _import_row(
    result: Result, number: int, row: list[Any], header: list[str], columns: Columns, place: Place, charter: Charter
) -> None:
    cells = dict(zip(header, [*row, *[""] * len(header)], strict=False))
    now = timezone.now()
    message, faults = read_message({ours: cells[theirs] for ours, theirs in columns.items()}, now)
    told = [(columns.get(fault.column, fault.column), fault.value, sentence(fault)) for fault in faults]
    if message is not None:
        try:
            done = import_message(message, place, charter, now)
        except Refused as refused:
            speaker = Speaker(Terms(charter), next(iter(charter.procedures.values())))
            told = [("", "", speaker.refusal(refused.code, refused.args_map))]
        else:
            result.already += done.repeated
            result.imported += not done.repeated
    if told:
        result.bad_rows.append([number, _("；").join(f"{c}：{why}" if c else why for c, _v, why in told), *row])
        result.faults += [{"row": number, "column": c, "value": v, "reason": why} for c, v, why in told]


def sentence(fault: Fault) -> str:
    """What is wrong with a cell and what to write instead."""
    return {
        "empty": _("没有填。请补上。"),
        "not_a_time": _("写了“{value}”，认不出时间。请写成 2026/3/16 8:30:00。").format(value=fault.value),
        "in_future": _("时间“{value}”还没到。请核对。").format(value=fault.value),
        "before_question": _("答复时间早于留言时间。请核对两个时间。"),
        "too_long": _("超过{n}字。请删短，或分成两行。").format(n=LONGEST),
    }[fault.code]


def _give_back(file: Path, header: list[str], result: Result) -> Path | None:
    """The rows with faults, with row number and reasons in front, to be mended and imported again."""
    if not result.bad_rows:
        return None
    folder = Path(settings.GONGZHI_HOME) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{file.stem}-{timezone.localtime():%Y%m%d-%H%M%S}-faults.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("要改的行"))
    for cells in _text_cells(sheet, [[_("原行号"), _("原因"), *header], *result.bad_rows]):
        sheet.append(cells)
    book.save(path)
    return path


def _text_cells(sheet: Any, rows: list[list[Any]]) -> Iterator[list[Any]]:
    """Cells as text, so that nobody's words become a formula in a clerk's program."""
    from openpyxl.cell import WriteOnlyCell

    for row in rows:
        cells = [WriteOnlyCell(sheet, value=value) for value in row]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
        yield cells


def _tell(result: Result, columns: Columns, returned: Path | None, seconds: float, as_json: bool) -> None:
    if as_json:
        shown = {"rows": result.rows, "imported": result.imported, "already": result.already, "faults": result.faults,
                 "columns": columns}  # fmt: skip
        print(json.dumps({**shown, "returned": returned and str(returned), "seconds": round(seconds, 1)}))
        return
    print(
        _("{rows}行：导入{imported}行，以前导入过{already}行，{bad}行要改。用时{seconds}秒。").format(
            rows=result.rows, imported=result.imported, already=result.already, bad=len(result.bad_rows),
            seconds=round(seconds),
        )
    )  # fmt: skip
    if renamed := {ours: theirs for ours, theirs in columns.items() if ours != theirs}:
        print(_("读了这些列：{columns}。").format(columns=_("、").join(f"{b}→{a}" for a, b in renamed.items())))
    for fault in result.faults[:20]:
        print(_("第{row}行“{column}”：{reason}").format(**fault))
    if returned:
        print(_("要改的行在：{path}。改好后再导入一次，已导入的不会重复。").format(path=returned))
