"""Many at once, in real threads with real transactions: one key one matter, one step one winner, no lost act.

Each of these was seen to fail with its guard taken away: the lock on the matter's row, the queue of writers on
SQLite, the unique key of a filing, the unique number of an act.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import filing
from gongzhi.desk.audit import audit
from gongzhi.desk.writing import Queue
from gongzhi.records.matters.models import Act, Matter
from tests.support.community import MONDAY, Community

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def together(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run all jobs at the same moment, each in its own thread and connection; results or exceptions, in order."""
    results: list[Any] = [None] * len(jobs)
    start = threading.Barrier(len(jobs))

    def run(place: int) -> None:
        try:
            start.wait()
            results[place] = jobs[place]()
        except Exception as fault:
            results[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results


def test_one_key_fifty_times_is_one_matter(committed: Community) -> None:
    found = together([lambda: committed.file(key="double click") for _ in range(50)])
    assert [one for one in found if isinstance(one, Exception)] == []
    assert Matter.objects.count() == 1 and Act.objects.count() == 1
    assert sum(not one.repeated for one in found) == 1 and len({one.matter.number for one in found}) == 1


def test_fifty_filings_are_fifty_matters(committed: Community) -> None:
    found = together([lambda: committed.file() for _ in range(50)])
    assert [one for one in found if isinstance(one, Exception)] == []
    assert Matter.objects.count() == 50 == len({one.matter.number for one in found})


def test_two_finish_one_step_at_once_and_one_wins(committed: Community) -> None:
    for turn in range(8):
        matter = committed.file(at=MONDAY + turn * timedelta(minutes=1)).matter
        at = MONDAY + HOUR + turn * timedelta(minutes=1)

        def finish(by: str, matter: Matter = matter, at: Any = at) -> Callable[[], Any]:
            words = {"receipt": by}
            return lambda: committed.do(matter, by, "done", at, visit="receive#1", outcome="simple", words=words)

        found = together([finish("director"), finish("member")])
        lost = [one for one in found if isinstance(one, Exception)]
        assert len(lost) == 1 and isinstance(lost[0], Refused) and lost[0].code == "moved_on"
        assert lost[0].args_map["organ"] == "committee" and lost[0].args_map["seat"] in ("director", "member")
        assert matter.acts.count() == 2
    assert audit().broken == []


def test_no_remark_is_lost_when_many_write_to_one_matter(committed: Community) -> None:
    matter = committed.file().matter
    jobs = [
        lambda n=n: committed.do(
            matter, "member", "note", MONDAY + timedelta(seconds=n), f"k{n}", words={"remark": str(n)}
        )
        for n in range(24)
    ]
    found = together([*jobs, *jobs])
    assert [one for one in found if isinstance(one, Exception)] == []
    assert sum(one.repeated for one in found) == 24
    assert [act.seq for act in matter.acts.order_by("seq")] == list(range(1, 26))
    assert audit().broken == []


def test_a_taken_number_is_drawn_again(committed: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    first = committed.file().matter.number
    drawn = iter([first, first, "LAMP20260316-0000005"])
    monkeypatch.setattr(filing, "draw_number", lambda place, day: next(drawn))
    assert committed.file().matter.number == "LAMP20260316-0000005"
    assert Matter.objects.count() == 2


def test_the_queue_lets_them_in_as_they_came() -> None:
    queue, order, ready = Queue(), [], []
    queue.__enter__()
    threads = []
    for n in range(20):
        turn = threading.Event()

        def wait(n: int = n, turn: threading.Event = turn) -> None:
            turn.set()
            with queue, queue:  # one thread may enter again inside itself
                order.append(n)

        threads.append(threading.Thread(target=wait))
        threads[-1].start()
        turn.wait()
        while len(queue._waiting) < n + 1:
            pass
        ready.append(n)
    queue.__exit__()
    for thread in threads:
        thread.join(10)
    assert order == ready
