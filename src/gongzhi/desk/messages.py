"""Messages of another program, one row each: what was said, when, and what was answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from gongzhi.core.calendar import CHINA

# Column of the table -> what it is. The table is the export format of the leaders' message boards.
COLUMNS = {
    "留言编号": "source",
    "留言用户": "who",
    "留言主题": "title",
    "留言时间": "said_at",
    "留言详情": "text",
    "答复意见": "reply",
    "答复时间": "replied_at",
}
LONGEST = 20_000  # characters
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
FORMS = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Message:
    """One message with its answer. Both times are local; `reply` is empty where nothing was answered."""

    source: str
    who: str
    title: str
    said_at: datetime
    text: str
    reply: str = ""
    replied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell: the column, what stood there, and a code for the sentence."""

    column: str
    value: str
    code: str


def missing_columns(header: list[str]) -> list[str]:
    return [name for name in COLUMNS if name not in header]


def read_message(row: Mapping[str, Any], today: datetime) -> tuple[Message | None, list[Fault]]:
    """The message of a row (column -> cell), or everything that is wrong with it."""
    faults: list[Fault] = []
    source = _identity(row["留言编号"])
    if not source:
        faults.append(Fault("留言编号", _shown(row["留言编号"]), "empty"))
    said_at = _moment(row, "留言时间", today, faults)
    text = _clean(row, "留言详情", faults, needed=True)
    title = _clean(row, "留言主题", faults)
    reply = _clean(row, "答复意见", faults)
    replied_at = _moment(row, "答复时间", today, faults) if reply else None
    if said_at and replied_at and replied_at < said_at:
        faults.append(Fault("答复时间", _shown(row["答复时间"]), "before_question"))
    if faults or said_at is None:
        return None, faults
    return Message(source, _shown(row["留言用户"]), title, said_at, text, reply, replied_at), []


def _identity(value: Any) -> str:
    """Numbers come out of workbooks as 6203.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _shown(value)


def _shown(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _clean(row: Mapping[str, Any], column: str, faults: list[Fault], needed: bool = False) -> str:
    text = CONTROL.sub("", _shown(row[column])).replace("\r\n", "\n")
    if needed and not text:
        faults.append(Fault(column, "", "empty"))
    if len(text) > LONGEST:
        faults.append(Fault(column, text[:40], "too_long"))
    return text


def _moment(row: Mapping[str, Any], column: str, today: datetime, faults: list[Fault]) -> datetime | None:
    value = row[column]
    found = _read_moment(value)
    if found is None:
        faults.append(Fault(column, _shown(value), "not_a_time" if _shown(value) else "empty"))
        return None
    if found > today:
        faults.append(Fault(column, _shown(value), "in_future"))
        return None
    return found


def _read_moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or CHINA)
    if isinstance(value, date):
        return datetime.combine(value, time(), CHINA)
    for form in FORMS:
        try:
            return datetime.strptime(_shown(value), form).replace(tzinfo=CHINA)
        except ValueError:
            continue
    return None
