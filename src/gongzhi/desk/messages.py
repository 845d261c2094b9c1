"""Messages of another program, one row each: what was said, when, and what was answered.

The columns are those of the leaders' message boards. Orders of a 12345 hotline say the same under other names, which
differ from city to city: the usual ones are known (`ALSO`), any other can be told (`mapped`).
"""

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
OPTIONAL = {"来电号码": "phone"}
NEEDED = ("留言编号", "留言时间", "留言详情")
# Column -> names under which exports of hotlines have it, the more exact first.
ALSO = {
    "留言编号": ("工单编号", "工单号", "受理编号", "诉求编号", "受理单号", "案件编号"),
    "留言用户": ("来电人", "诉求人", "来电人姓名", "诉求人姓名", "联系人", "姓名"),
    "来电号码": ("联系电话", "联系方式", "诉求人电话", "电话", "手机号"),
    "留言主题": ("诉求标题", "工单标题", "事项标题", "诉求主题", "标题", "主题"),
    "留言时间": ("来电时间", "受理时间", "诉求时间", "登记时间", "创建时间"),
    "留言详情": ("诉求内容", "来电内容", "工单内容", "问题描述", "诉求描述", "内容描述"),
    "答复意见": ("办理结果", "办理意见", "处理结果", "答复内容", "回复内容", "办理情况"),
    "答复时间": ("办结时间", "回复时间", "反馈时间", "办理时间", "答复日期"),
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
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell: the column, what stood there, and a code for the sentence."""

    column: str
    value: str
    code: str


class BadColumn(ValueError):
    """What was told of a column is not so; `args` are the code (unknown_target, unknown_column) and the name."""


def mapped(header: list[str], told: Mapping[str, str] | None = None) -> dict[str, str]:
    """Our column -> the file's: as told (file's -> ours), under our own or under a usual name. Raises BadColumn."""
    found: dict[str, str] = {}
    for theirs, ours in (told or {}).items():
        if ours not in (*COLUMNS, *OPTIONAL):
            raise BadColumn("unknown_target", ours)
        if theirs not in header:
            raise BadColumn("unknown_column", theirs)
        found[ours] = theirs
    for ours in (*COLUMNS, *OPTIONAL):
        named = next((name for name in (ours, *ALSO[ours]) if name in header and name not in found.values()), None)
        if named:
            found.setdefault(ours, named)
    return found


def missing_columns(columns: Mapping[str, str]) -> list[str]:
    """What no file can do without: who is told, titles and answers may be absent."""
    return [name for name in NEEDED if name not in columns]


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
    who, phone = _shown(row.get("留言用户")), _identity(row.get("来电号码"))
    return Message(source, who, title, said_at, text, reply, replied_at, phone), []


def _identity(value: Any) -> str:
    """Numbers come out of workbooks as 6203.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _shown(value)


def _shown(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _clean(row: Mapping[str, Any], column: str, faults: list[Fault], needed: bool = False) -> str:
    text = CONTROL.sub("", _shown(row.get(column))).replace("\r\n", "\n")
    if needed and not text:
        faults.append(Fault(column, "", "empty"))
    if len(text) > LONGEST:
        faults.append(Fault(column, text[:40], "too_long"))
    return text


def _moment(row: Mapping[str, Any], column: str, today: datetime, faults: list[Fault]) -> datetime | None:
    value = row.get(column)
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
