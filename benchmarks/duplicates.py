"""Likely duplicates of one new message among a million, on PostgreSQL: sketching, the lookup, the sorting.

A million made-up messages lie in the table as filing leaves them, an eighth of them in one community; new messages ask
there and elsewhere. Beside it: the same question by trigrams of the words themselves would need the words in the clear,
which the house refuses, so the figure stands beside its goal only.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator

from benchmarks.server import community, ground
from benchmarks.support import Report

MESSAGES = int(os.environ.get("GONGZHI_BENCH_MESSAGES", "1000000"))
COMMUNITIES, ASKED = 200, 400
THINGS = [
    "路灯", "电梯", "水管", "垃圾桶", "车棚", "围墙", "井盖", "下水道", "健身器材", "消防通道",
    "充电桩", "门禁", "楼道灯", "绿化带", "停车位", "监控", "护栏", "地砖", "屋顶", "外墙",
]  # fmt: skip
TROUBLES = [
    "不亮", "坏了", "漏水", "堵塞", "满了没人清运", "被占用", "破损", "松动", "生锈", "噪音大",
    "有异味", "积水", "断裂", "塌陷", "脱落", "失灵", "被拆", "老化", "不够用", "太暗",
]  # fmt: skip
SPOTS = [
    "大门口", "东侧", "西门", "花园旁", "车库入口", "幼儿园对面", "三单元",
    "楼顶", "楼道拐角", "活动中心", "菜市场边", "河边", "公交站旁", "便利店门前", "地下室",
]  # fmt: skip
TAILS = [
    "晚上看不见路", "老人差点摔倒", "下雨天更严重", "已经半个月了",
    "影响出行", "小孩在旁边玩很危险", "上周刚修过又这样", "物业说等通知",
]  # fmt: skip


def said(chance: random.Random) -> str:
    one, other = chance.sample(THINGS, 2)
    return f"{chance.choice(SPOTS)}的{one}{chance.choice(TROUBLES)}，{chance.choice(TAILS)}，{other}也{chance.choice(TROUBLES)}"


def run() -> Report:
    with ground():
        community()
        rows = _fill()
        times, found = _ask()
        own, database = _apart()
    times.sort()
    p99 = times[int(len(times) * 0.99)] * 1e3
    figures = {
        "messages": MESSAGES, "rows in the table": rows, "p50, ms": times[len(times) // 2] * 1e3, "p99, ms": p99,
        "asked messages with something alike": found / ASKED, "our own processor, p50, ms": own,
        "the database's planning and execution, p50, ms": database,
    }  # fmt: skip
    return Report(
        "duplicates", f"one new message among {MESSAGES:,}, PostgreSQL", "the goal", figures, 20 / p99, "p99 <= 20 ms",
        p99 <= 20, [f"{COMMUNITIES} communities, an eighth of all messages in the first; {os.cpu_count()} cores shared",
                    f"load {os.getloadavg()[0]:.1f}: what is neither ours nor the database's is waiting for a processor"],
    )  # fmt: skip


def _fill() -> int:
    from django.db import connection

    count = 0
    with connection.cursor() as cursor:
        cursor.execute("alter table records_likeness drop constraint if exists " + _foreign_key(cursor))
        cursor.execute("drop index if exists likeness_newest")
        with cursor.copy('copy records_likeness (matter_id, line, number, "of") from stdin') as copy:
            for row in _rows():
                copy.write_row(row)
                count += 1
        cursor.execute("create index likeness_newest on records_likeness (line, number, matter_id desc)")
        cursor.execute("vacuum analyze records_likeness")
    return count


def _foreign_key(cursor: object) -> str:
    cursor.execute(  # type: ignore[attr-defined]
        "select conname from pg_constraint where conrelid = 'records_likeness'::regclass and contype = 'f'"
    )
    return f'"{cursor.fetchone()[0]}"'  # type: ignore[attr-defined]


def _rows() -> Iterator[tuple[int, str, int, int]]:
    from gongzhi.core.routing.similar import likeness
    from gongzhi.records.knowledge.actions import key

    chance, own = random.Random(7), key()
    texts = [likeness(said(chance), own) for _ in range(20_000)]  # made once: sketching is timed by the questions
    for matter in range(1, MESSAGES + 1):
        numbers = chance.choice(texts)
        line = f"{440304000000 + (0 if matter % 8 == 0 else 1 + matter % (COMMUNITIES - 1))}"
        for number in numbers:
            yield matter, line, number, len(numbers)


def _apart() -> tuple[float, float]:
    """What a question costs by itself, however many others want the processor: ours, and what the database says."""
    from django.db import connection

    from gongzhi.core.routing.similar import likeness
    from gongzhi.records.institutions.models import Place
    from gongzhi.records.knowledge.actions import key
    from gongzhi.records.knowledge.queries import alike_matters, statement

    chance, own, theirs, line = random.Random(9), [], [], "440304000000"
    for _ in range(ASKED // 8):
        text, started = said(chance), time.process_time()
        alike_matters(Place(code=line, path=line), text)
        own.append((time.process_time() - started) * 1e3)
        sql, values = statement(line, likeness(text, key()))
        with connection.cursor() as cursor:
            cursor.execute("explain (analyze, format json) " + sql, values)
            found = cursor.fetchone()[0][0]
        theirs.append(found["Planning Time"] + found["Execution Time"])
    return sorted(own)[len(own) // 2], sorted(theirs)[len(theirs) // 2]


def _ask() -> tuple[list[float], int]:
    from gongzhi.records.institutions.models import Place
    from gongzhi.records.knowledge.queries import alike_matters

    chance, times, found = random.Random(8), [], 0
    for nth in range(-20, ASKED):
        line = f"{440304000000 + (0 if nth % 2 else 1 + nth % (COMMUNITIES - 1))}"
        text, place = said(chance), Place(code=line, path=line)
        started = time.perf_counter()
        alike = alike_matters(place, text)
        if nth >= 0:
            times.append(time.perf_counter() - started)
            found += bool(alike)
    return times, found
