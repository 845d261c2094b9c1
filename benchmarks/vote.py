"""One person, one vote on PostgreSQL: the whole way through the desk, beside a raw insert of the same mark.

Ours: find the voter's line of the roll, lock nothing but a share of the ballot, mark the entry once, add a stroke to a
sealed sheet of the tally, commit to disk. Raw: one insert of the mark by the same number of threads, each committed too.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg

from benchmarks.server import ground
from benchmarks.support import Report

VOTERS = int(os.environ.get("GONGZHI_BENCH_VOTERS", "2000"))
THREADS = int(os.environ.get("GONGZHI_BENCH_THREADS", "7"))
ENOUGH = 65.0  # votes a second that another program was measured at on one node


def run() -> Report:
    with ground() as place_of_work:
        from django.db import connections

        ballot, people, at = _polls()
        from gongzhi.desk.ballots_cast import cast

        ours = VOTERS / _at_once(people, lambda person: cast(ballot, person, ["yes"], at), connections.close_all)
        twice = _refused(lambda: cast(ballot, people[0], ["no"], at))
        counted = _count(ballot)
        raw = VOTERS / _raw(place_of_work.url, ballot.pk)
        connections.close_all()
    if not twice or counted != VOTERS:
        raise SystemExit(
            f"{counted} of {VOTERS} votes are in the tally; a second vote was {'refused' if twice else 'taken'}"
        )
    return Report(
        "vote",
        f"a secret vote at the desk, {THREADS} threads of one process, PostgreSQL with fsync",
        "psycopg inserting the mark alone, as many threads",
        {"our votes a second": ours, "raw inserts a second": raw, "votes in the tally": counted},
        ratio=ours / raw,
        goal=f"far above {ENOUGH:.0f} votes a second (3 times)",
        reached=ours >= 3 * ENOUGH,
        notes=[f"threads and database share {os.cpu_count()} cores; our threads share one interpreter"],
    )


def _polls() -> tuple[Any, list[Any], Any]:
    from tests.support.community import MONDAY, found_community
    from tests.support.voting import set_up_polls, voters

    polls = set_up_polls(found_community())
    ballot = polls.opened(voters(VOTERS))
    return ballot, [polls.voter(n) for n in range(1, VOTERS + 1)], MONDAY + timedelta(hours=1)


def _at_once(work: list[Any], deed: Callable[[Any], object], done: Callable[[], None]) -> float:
    """Seconds for all of `work`, shared among the threads."""
    faults: list[BaseException] = []
    start = threading.Barrier(THREADS + 1)

    def one(part: list[Any]) -> None:
        try:
            start.wait()
            for item in part:
                deed(item)
        except BaseException as fault:
            faults.append(fault)
        finally:
            done()

    threads = [threading.Thread(target=one, args=(work[n::THREADS],)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return time.perf_counter() - begun


def _refused(deed: Callable[[], object]) -> bool:
    from gongzhi.core.procedure.effects import Refused

    try:
        deed()
    except Refused:
        return True
    return False


def _count(ballot: Any) -> int:
    from gongzhi.records.ballots import tally

    return sum(tally.total(ballot).values())


def _raw(url: str, ballot: int) -> float:
    """The same marks into a copy of the table, one committed insert for each."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table raw_mark (like records_mark including all)")
        rows = connection.execute(
            "select ballot_id, entry_id, means, day, receipt from records_mark where ballot_id = %s", [ballot]
        ).fetchall()
    own = threading.local()
    insert = "insert into raw_mark (ballot_id, entry_id, means, day, receipt) values (%s, %s, %s, %s, %s)"

    def put(row: tuple[Any, ...]) -> None:
        if not hasattr(own, "connection"):
            own.connection = psycopg.connect(url, autocommit=True)
        own.connection.execute(insert, row, prepare=True)

    return _at_once(rows, put, lambda: own.connection.close())
