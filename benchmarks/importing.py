"""Messages with answers through the one door, beside the very rows they leave, written raw in the same portions."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import Any

import psycopg
from openpyxl import Workbook

from benchmarks.server import Ground, community, ground
from benchmarks.support import Report

MESSAGES = int(os.environ.get("GONGZHI_BENCH_MESSAGES", "400"))
TABLES = ("records_matter", "records_act", "records_words", "records_todo")
WORDS = [
    "路灯",
    "不亮",
    "小区",
    "停车",
    "噪音",
    "施工",
    "学校",
    "公交",
    "医院",
    "社保",
    "垃圾",
    "下水道",
    "电梯",
    "物业",
    "绿化",
    "工资",
    "房产证",
    "空气",
    "河道",
    "市场",
]


def run() -> Report:
    with ground() as place_of_work:
        place = community()
        file = _workbook(place_of_work.home / "messages.xlsx")
        ours = _imported(file, place)
        raw = _raw(place_of_work)
        from gongzhi.desk.audit import audit

        start = time.perf_counter()
        report = audit()
        audited = time.perf_counter() - start
        if report.broken:
            raise SystemExit(f"the audit found {report.broken[:3]}")
    return Report(
        "import",
        f"gongzhi import messages, {MESSAGES} rows",
        "the same rows of log, matters and words by raw INSERT, one transaction a message",
        {
            "our messages a second": MESSAGES / ours,
            "raw messages a second": MESSAGES / raw,
            "acts a message": report.acts / MESSAGES,
            "audited acts a second": report.acts / audited,
        },
        ratio=raw / ours,
        goal="told, no goal",
        reached=True,
        notes=["every act is decided, chained, sealed and told apart from the rows; the raw side only writes"],
    )


def _workbook(path: Path) -> Path:
    chance = random.Random(7)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"])
    for number in range(1, MESSAGES + 1):
        said, answered = (
            f"2019/{1 + number % 9}/{1 + number % 28} 9:10:00",
            f"2019/{2 + number % 9}/{1 + number % 28} 15:00:00",
        )
        text = "，".join(chance.choices(WORDS, k=60))
        sheet.append([number, f"U{number}", text[:20], said, text, text[:200], answered])
    book.save(path)
    return path


def _imported(file: Path, place: Any) -> float:
    from gongzhi.commands import messages

    header, rows, columns = messages._open(file, [])
    found, charter = messages._place(place.code)
    start = time.perf_counter()
    result = messages._import_all(rows, header, columns, found, charter, quiet=True)
    seconds = time.perf_counter() - start
    if result.imported != MESSAGES:
        raise SystemExit(f"{result.imported} of {MESSAGES} rows were imported: {result.faults[:3]}")
    return seconds


def _raw(place_of_work: Ground) -> float:
    """Write every row again into tables of the same shape, without triggers, message by message."""
    with psycopg.connect(place_of_work.url, autocommit=True) as connection:
        portions = _portions(connection)
        for table in TABLES:
            connection.execute(f"create table raw_{table} (like {table} including indexes including constraints)")
        start = time.perf_counter()
        for portion in portions:
            with connection.transaction():
                for statement, row in portion:
                    connection.execute(statement, row)
        return time.perf_counter() - start


def _portions(connection: psycopg.Connection[Any]) -> list[list[tuple[str, tuple[Any, ...]]]]:
    by_matter: dict[int, list[tuple[str, tuple[Any, ...]]]] = {}
    for table in TABLES:
        cursor = connection.execute(f"select * from {table}")
        names = [column.name for column in cursor.description or ()]
        owner = names.index("id" if table == "records_matter" else "matter_id")
        statement = f"insert into raw_{table} values ({', '.join(['%s'] * len(names))})"
        for row in cursor:
            by_matter.setdefault(row[owner], []).append((statement, row))
    return list(by_matter.values())
