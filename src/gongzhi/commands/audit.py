"""`gongzhi audit`: is everything that is stored what the log says, and is the log whole?"""

from __future__ import annotations

import json
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gongzhi.commands.serve import has_records, require_records
from gongzhi.desk.audit import Report
from gongzhi.desk.audit import audit as look

SHOWN = 50  # damages listed one by one
console = Console(stderr=True, highlight=False)


def audit(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """Replay every matter, verify every chain and published digest. Exit code 1 when something is broken."""
    if as_json and not has_records():
        print(json.dumps(Report().as_json()))  # nothing was kept yet, so nothing can be broken
        return
    require_records()
    report = _look(as_json)
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _tell(report)
    if report.broken:
        raise typer.Exit(1)


def _look(quiet: bool) -> Report:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=quiet, transient=True) as progress:
        task = progress.add_task(_("逐件重放"), total=None)
        return look(lambda done, total: progress.update(task, completed=done, total=total))


def _tell(report: Report) -> None:
    print(_("重放了{matters}件事项、{acts}个办理动作。").format(matters=report.matters, acts=report.acts))
    if not report.broken:
        print(_("全部一致：记录、哈希链、每日摘要都对得上。"))
        return
    n = len(report.broken)
    print(ngettext("有{n}处对不上：", "有{n}处对不上：", n).format(n=n))
    for one in report.broken[:SHOWN]:
        print(f"  {one.matter or '-'} #{one.seq} {one.what}")
    if n > SHOWN:
        print(_("……其余{n}处见 --json。").format(n=n - SHOWN))
