"""Indicators over 20 million acts: our declared counts beside DuckDB written by hand, and the board from its rollups.

DuckDB itself makes the acts from a fixed seed, as one Parquet file in a temporary directory, within a bound of memory.
Ours: the SQL composed from the table of counts (`core.indicator.vocabulary`), every count a column, by community,
month, organ and procedure, and the durations behind the medians. By hand: the same as somebody would write it for this
one question (`indicators_by_hand.py`). The rows of both are compared. Then the rows of the largest community go into a database as the worker
keeps them, and its board is asked for over HTTP; again with a tenth of its acts. `--acts` makes it smaller.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.indicators_by_hand import COUNTS_BY_HAND, DURATIONS_BY_HAND, MAKE
from benchmarks.support import Report, home
from gongzhi.core.calendar import CHINA
from gongzhi.core.indicator.sql import durations_sql, rollup_sql
from gongzhi.core.indicator.vocabulary import COUNTS

ACTS = int(os.environ.get("GONGZHI_INDICATOR_ACTS", "20000000"))
COMMUNITIES, MONTHS = 200, 24
MEMORY, THREADS, ROUNDS = "2GB", 2, 3
AT = datetime(2025, 12, 20, 9, tzinfo=CHINA)  # near the end of the acts
CHARTER = "bench"
BOARD_MS = 100


def run() -> Report:
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(dir=home(), prefix="indicators-") as name:
        folder = Path(name)
        base = _made(folder)
        ours = [rollup_sql("acts"), durations_sql("acts")]
        hand = [COUNTS_BY_HAND, DURATIONS_BY_HAND]
        same, rows = _compared(base, ours, hand)
        mine, theirs = _both(base, ours, hand)
        many, few = _boards(base, folder)
    ratio = mine / theirs
    figures = {
        "acts": float(ACTS), "ours, processor s": mine, "by hand, processor s": theirs, "rollup rows": float(rows),
        "rows of the community of the page": float(many.rows), "its board, processor ms": many.ms,
        "its board by the clock, ms": many.clock_ms, "queries of the page": float(many.queries),
        "board with a tenth of the acts, processor ms": few.ms, "rows with a tenth": float(few.rows),
        "queries with a tenth": float(few.queries), "load of the machine before": load,
        "load after": os.getloadavg()[0],
    }  # fmt: skip
    reached = same and ratio <= 1.15 and many.ms < BOARD_MS and many.queries == few.queries
    return Report(
        "indicators", "counts as declared, composed to SQL", "DuckDB by hand", figures, ratio=ratio,
        goal="<= 1.15x, board < 100 ms", reached=reached,
        notes=[] if same else ["the two do not give the same rows"],
    )  # fmt: skip


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def _made(folder: Path) -> duckdb.DuckDBPyConnection:
    """The acts, in slices so that progress can be told; memory bounded, the rest on disk."""
    base = duckdb.connect()
    base.execute(f"SET memory_limit = '{MEMORY}'")
    base.execute(f"SET threads = {THREADS}")
    base.execute(f"SET temp_directory = '{folder / 'spill'}'")
    base.execute("SET preserve_insertion_order = false")
    slice_ = max(1, -(-ACTS // 10))
    for nth, first in enumerate(range(0, ACTS, slice_)):
        file = folder / f"acts-{nth}.parquet"
        base.execute(MAKE.format(communities=COMMUNITIES, months=MONTHS, first=first,
                                 last=min(first + slice_, ACTS), file=file))  # fmt: skip
        _say(f"made {min(first + slice_, ACTS):,} of {ACTS:,} acts")
    base.execute(f"CREATE VIEW acts AS SELECT * FROM read_parquet('{folder}/acts-*.parquet')")
    return base


def _compared(base: duckdb.DuckDBPyConnection, ours: list[str], hand: list[str]) -> tuple[bool, int]:
    """Whether both give the same rows, compared inside DuckDB, and how many there are."""
    same, rows = True, 0
    for nth, (one, other) in enumerate(zip(ours, hand, strict=True)):
        base.execute(f"CREATE TABLE ours{nth} AS {one}")
        base.execute(f"CREATE TABLE hand{nth} AS {other}")
        both = (f"(FROM ours{nth} EXCEPT FROM hand{nth})", f"(FROM hand{nth} EXCEPT FROM ours{nth})")
        same = same and not any(_one(base, f"SELECT count(*) FROM {side}") for side in both)
        rows += _one(base, f"SELECT count(*) FROM ours{nth}")
        same = same and rows > 0
    _say(f"compared {rows:,} rows: {'the same' if same else 'NOT the same'}")
    return same, rows


def _one(base: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = base.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _both(base: duckdb.DuckDBPyConnection, *sides: list[str]) -> list[float]:
    """The least processor time of each side over some rounds, taken in turns: others work on the machine too."""
    times: list[list[float]] = [[] for _ in sides]
    for nth in range(ROUNDS):
        for told, queries in zip(times, sides, strict=True):
            start = time.process_time()
            for query in queries:
                base.execute(f"CREATE OR REPLACE TEMP TABLE told AS {query}")
            told.append(time.process_time() - start)
        _say(f"round {nth + 1} of {ROUNDS}: " + ", ".join(f"{told[-1]:.2f} s" for told in times))
    return [min(told) for told in times]


class Page:
    """What a page cost: milliseconds of the processor (the database is in the same process) and by the clock,
    queries, and rows it rests on."""

    def __init__(self, rows: int) -> None:
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        client = Client()
        assert client.get("/board/figures").status_code == 200
        times, clock = [], []
        for _ in range(9):
            start, wall = time.process_time(), time.perf_counter()
            client.get("/board/figures")
            times.append(time.process_time() - start)
            clock.append(time.perf_counter() - wall)
        with CaptureQueriesContext(connection) as told:
            client.get("/board/figures")
        self.rows, self.queries = rows, len(told)
        self.ms, self.clock_ms = min(times) * 1000, min(clock) * 1000


def _boards(base: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Page, Page]:
    """The page of the community with most rows, with all its acts and with a tenth of them."""
    place = _database(folder)
    largest = _one(base, "SELECT place FROM ours0 GROUP BY place ORDER BY sum(filed) DESC, place LIMIT 1")
    pages = []
    for tenth in (False, True):
        relation = f"(FROM acts WHERE place = {largest}{f' AND i // {COMMUNITIES} % 10 = 0' if tenth else ''})"
        pages.append(Page(_stored(place, list(_tallies(base, relation)))))
        _say(f"board{' with a tenth of the acts' if tenth else ''}: {pages[-1].ms:.1f} ms")
    return pages[0], pages[1]


def _database(folder: Path) -> Any:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'board.sqlite3'}"
    os.environ["GONGZHI_HOME"] = str(folder)
    os.environ["GONGZHI_ALLOWED_HOSTS"] = "testserver"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from gongzhi.desk.setup import set_up_place
    from gongzhi.web import clock

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.GONGZHI_STORY_CLOCK = True
    call_command("migrate", verbosity=0)
    clock.set_story_time(AT)
    return set_up_place(Path(settings.GONGZHI_CHARTERS) / "fuqu")[0]


def _tallies(base: duckdb.DuckDBPyConnection, relation: str) -> Iterator[tuple[Any, ...]]:
    """Month, organ, procedure, kind, name, hours, n: the rows the worker would keep."""
    counts = ", ".join(COUNTS)
    yield from base.execute(
        f"SELECT month, organ, procedure, kind, name, 0, n FROM (UNPIVOT ({rollup_sql(relation)}) "
        f"ON {counts} INTO NAME name VALUE n) WHERE n > 0"
    ).fetchall()
    yield from base.execute(
        f"SELECT month, organ, procedure, kind, name, hours, n FROM ({durations_sql(relation)})"
    ).fetchall()


def _stored(place: Any, rows: list[tuple[Any, ...]]) -> int:
    from gongzhi.records.figures.models import Tally

    Tally.objects.all().delete()
    Tally.objects.bulk_create(
        (Tally(place=place, charter=CHARTER, month=month, organ=organ, procedure=procedure, kind=kind, name=name,
               hours=hours, n=n) for month, organ, procedure, kind, name, hours, n in rows),
        batch_size=2000,
    )  # fmt: skip
    return len(rows)
