"""`gongzhi hotspots FILE.xlsx`: what many people say about one place, from a workbook of messages."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from gongzhi.commands.workbook import Unreadable, rows_of
from gongzhi.core.routing.hotspots import HotSpot, Message, hot_spots

__all__ = ["hotspots"]

NEEDED = ("留言编号", "留言主题", "留言时间", "留言详情")
SUPPORTERS = ("点赞数", "点赞")
TIMES = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")


class Stop(Exception):
    """The workbook cannot be used; the argument is the sentence that says why."""


def hotspots(
    file: Annotated[Path, typer.Argument(help="Workbook: 留言编号, 留言主题, 留言时间, 留言详情; 点赞数.")],
    at_least: Annotated[int, typer.Option(min=2, help="Messages in a cluster.")] = 2,
    top: Annotated[int, typer.Option(min=0, help="So many clusters; 0: all.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Clusters of one cause with place and growth, the hottest first. Counts only: nothing is read into feelings."""
    try:
        messages, skipped = _messages(file)
    except Stop as stop:
        print(json.dumps({"error": str(stop)}, ensure_ascii=False) if as_json else stop,
              file=sys.stdout if as_json else sys.stderr)  # fmt: skip
        raise typer.Exit(1) from stop
    spots = hot_spots(messages, at_least)
    shown = spots[:top] if top else spots
    if as_json:
        told = {"clusters": [as_data(one, messages) for one in shown], "messages": len(messages), "skipped": skipped}
        print(json.dumps(told, ensure_ascii=False))
        return
    print(_("{messages}条留言，{spots}处多人反映。").format(messages=len(messages), spots=len(spots)))
    print("\n".join(_lines(shown, messages, skipped)))


def as_data(spot: HotSpot, messages: Sequence[Message]) -> dict[str, Any]:
    """One cluster for other programs."""
    return {
        "ids": [messages[at].id for at in spot.messages], "title": spot.title, "place": spot.place, "heat": spot.heat,
        "people": spot.people, "supporters": spot.supporters,
        "from": messages[spot.messages[0]].day.isoformat(), "to": messages[spot.messages[-1]].day.isoformat(),
        "growth": [{"week": week.isoformat(), "messages": count} for week, count in spot.growth],
    }  # fmt: skip


def _messages(file: Path) -> tuple[list[Message], list[dict[str, Any]]]:
    """The messages, and the rows that could not be read with the reason."""
    try:
        rows = list(rows_of(file))
    except Unreadable as fault:
        raise Stop(str(fault)) from fault
    if len(rows) < 2:
        raise Stop(_("工作簿里没有数据行。第一行是列名，从第二行起是数据。"))
    header = [str(cell).strip() for cell in rows[0]]
    if missing := [name for name in NEEDED if name not in header]:
        raise Stop(_("缺少列：{names}。请把列名写在第一行。").format(names=_("、").join(missing)))
    found, skipped = [], []
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(header, row, strict=False))
        day = _day(cells["留言时间"])
        if day is None or not _text(cells["留言主题"]) + _text(cells["留言详情"]):
            reason = _("没有文字") if day else _("认不出时间“{value}”").format(value=cells["留言时间"])
            skipped.append({"row": number, "reason": reason})
            continue
        found.append(_message(cells, day))
    if not found:
        raise Stop(_("没有一行能用。第{row}行：{reason}").format(**skipped[0]))
    return found, skipped


def _message(cells: dict[str, Any], day: date) -> Message:
    number = cells["留言编号"]
    liked = next((cells[name] for name in SUPPORTERS if name in cells), 0)
    whole = isinstance(number, float) and number.is_integer()
    return Message(
        int(number) if whole else _text(number), _text(cells["留言主题"]), _text(cells["留言详情"]), day,
        _text(cells.get("留言用户", "")), max(0, int(liked)) if isinstance(liked, int | float) else 0,
    )  # fmt: skip


def _text(cell: Any) -> str:
    return str(cell).strip()


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for form in TIMES:
        try:
            return datetime.strptime(str(cell).strip(), form).date()  # noqa: DTZ007 - only the day is kept
        except ValueError:
            continue
    return None


def _lines(spots: Sequence[HotSpot], messages: Sequence[Message], skipped: Sequence[dict[str, Any]]) -> list[str]:
    lines = []
    for nth, spot in enumerate(spots, 1):
        first, last = messages[spot.messages[0]].day, messages[spot.messages[-1]].day
        lines.append(
            _("{nth}. 热度{heat} {place} {title}（{count}条，{people}人，{supporters}人赞同，{first}至{last}）").format(
                nth=nth, heat=spot.heat, place=spot.place, title=spot.title, count=len(spot.messages),
                people=spot.people, supporters=spot.supporters, first=first, last=last)
        )  # fmt: skip
    lines += [_("第{row}行没有算：{reason}").format(**one) for one in skipped[:20]]
    return lines
