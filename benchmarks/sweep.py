"""The deadline sweep with the same number of matters due, among few open matters and among a hundred times as many."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import Any

from benchmarks.rows import multiply, tidy
from benchmarks.server import community, ground
from benchmarks.support import Report

SMALL = int(os.environ.get("GONGZHI_BENCH_SWEEP", "10000"))
TIMES = 100
DUE = 200


def run() -> Report:
    with ground():
        place = community()
        one = _one(place)
        _fill(one.pk, SMALL, 2)
        few = _timed(place)
        _fill(one.pk, SMALL * (TIMES - 1), SMALL + 2)
        many = _timed(place)
    return Report(
        "sweep",
        f"settle {DUE} due matters among {SMALL * TIMES:,} open ones",
        f"the same among {SMALL:,}",
        {
            f"among {SMALL:,}, ms a matter": few / DUE * 1e3,
            f"among {SMALL * TIMES:,}, ms a matter": many / DUE * 1e3,
        },
        ratio=many / few,
        goal="<= 1.3",
        reached=many / few <= 1.3,
    )


def _one(place: Any) -> Any:
    """A matter that will not be due for a long time, to be multiplied."""
    from django.utils import timezone

    return _file(place, timezone.now()).matter


def _file(place: Any, at: Any) -> Any:
    from gongzhi.desk.draft import NewMatter
    from gongzhi.desk.propose import elsewhere
    from gongzhi.desk.step import file_matter
    from gongzhi.records.institutions.queries import charter_for, charter_of

    charter = charter_of(charter_for(place, at))
    new = NewMatter(place, elsewhere(charter), {"what": "三号楼路灯不亮"})
    return file_matter(new, None, at, None)


def _fill(like: int, many: int, first: int) -> None:
    """Open matters whose clocks run out in a year; their logs stay out, as nobody reads them here."""
    later = "now() + interval '300 days' + n * interval '1 second'"
    multiply("records_matter", like, many, {"number": "'B' || n", "wake": later, "due": later}, first)
    tidy("records_matter")


def _timed(place: Any) -> float:
    """Seconds to settle matters that have just become due; the best of five rounds."""
    from django.utils import timezone

    from gongzhi.desk.worker import Round, sweep

    rounds = []
    for _ in range(5):
        past = timezone.now() - timedelta(days=60)
        for _ in range(DUE):
            _file(place, past)
        done = Round()
        start = time.perf_counter()
        sweep(timezone.now() - timedelta(days=50), done)
        rounds.append(time.perf_counter() - start)
        if done.settled != DUE:
            raise SystemExit(f"{done.settled} matters were settled, not {DUE}")
        _forget()
    return min(rounds)


def _forget() -> None:
    """The matters just settled are out of the way of the next round."""
    from gongzhi.records.matters.models import Matter

    Matter.objects.exclude(number__startswith="B").exclude(wake=None).update(wake="2999-01-01T00:00+08:00")
