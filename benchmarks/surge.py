"""Two thousand reports about one burst pipe in one community, filed at the desk by several threads on PostgreSQL, and
then held to the promises: nothing lost, each with a number, a receipt, one answerable organ and a running clock of its own;
each finds another of the same pipe; those that staff merge follow the first and keep what is theirs; every chain replays.

GONGZHI_BENCH_REPORTS says how many (2,000 unless told). Sketches, seals, logs and messages are all written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from benchmarks.server import community, ground
from benchmarks.support import Report

REPORTS = int(os.environ.get("GONGZHI_BENCH_REPORTS", "2000"))
THREADS, PEOPLE = 4, 200
MERGED, LOOKED = min(50, REPORTS - 1), min(200, REPORTS)
SAID = (
    "{n}号楼门前水管爆裂，水流到马路上",
    "马路上水管爆裂，水没过脚了，{n}栋门前",
    "水管爆裂流到马路，{n}号门口没人修",
)


def run() -> Report:
    with ground():
        place: Any = community()
        from django.utils import timezone

        at = timezone.now()
        who = _residents(place, at)
        started = time.perf_counter()
        numbers = _filed(place, who, at)
        seconds = time.perf_counter() - started
        figures = {"reports": float(REPORTS), "seconds": seconds, "filed a minute": REPORTS / seconds * 60}
        figures |= _held(numbers) | _merged(numbers, at)
    whole = ("numbers", "with an organ and a clock", "with a receipt", "with a message that it came")
    kept = all(figures[name] == REPORTS for name in whole) and figures["of those looked at, finding another"] == LOOKED
    kept = kept and figures["merged that follow and keep their clock"] == MERGED and not figures["broken chains"]
    return Report("surge", f"{REPORTS} reports about one pipe, {THREADS} threads", "2,000 a minute", figures,
                  figures["filed a minute"] / 2000, ">= 2,000 a minute, promises hold",
                  kept and figures["filed a minute"] >= 2000, [f"load {os.getloadavg()[0]:.1f} at the end"])  # fmt: skip


def _residents(place: Any, at: datetime) -> list[Any]:
    from gongzhi.records.people.actions import register_resident
    from gongzhi.records.people.contacts import parse_contact

    return [register_resident(parse_contact(f"r{n}@example.org"), place, at) for n in range(PEOPLE)]


def _filed(place: Any, who: Sequence[Any], at: datetime) -> list[str]:
    from gongzhi.desk.draft import NewMatter
    from gongzhi.desk.propose import propose
    from gongzhi.desk.step import file_matter
    from gongzhi.records.institutions.queries import charter_for, charter_of

    version = charter_for(place, at)
    assert version is not None
    charter = charter_of(version)

    def file(n: int) -> str:
        said = SAID[n % len(SAID)].format(n=n)
        new = NewMatter(place, propose(charter, said), words={"what": said}, public=True)
        return file_matter(new, who[n % len(who)], at, f"r{n}").matter.number

    with ThreadPoolExecutor(THREADS) as pool:  # each thread takes connections of its own from the pool
        return list(pool.map(file, range(REPORTS)))


def _held(numbers: Sequence[str]) -> dict[str, float]:
    from gongzhi.records.knowledge.queries import alike_to
    from gongzhi.records.matters.chain import receipt_code
    from gongzhi.records.matters.models import Act, Matter, Message

    rows = Matter.objects.filter(number__in=numbers)
    heads = Act.objects.filter(matter__in=rows, seq=1).values_list("hash", flat=True)
    return {
        "numbers": float(len(set(numbers) & set(rows.values_list("number", flat=True)))),
        "with an organ and a clock": float(rows.filter(answers__isnull=False, wake__isnull=False).count()),
        "with a receipt": float(len({receipt_code(one) for one in heads})),
        "with a message that it came": float(
            Message.objects.filter(matter__in=rows).values("matter").distinct().count()
        ),
        "of those looked at, finding another": float(sum(bool(alike_to(row)) for row in rows[:LOOKED])),
    }


def _merged(numbers: Sequence[str], at: datetime) -> dict[str, float]:
    from gongzhi.desk.audit import audit
    from gongzhi.desk.draft import Draft
    from gongzhi.desk.step import take_step
    from gongzhi.records.matters.models import Matter

    first, later = Matter.objects.get(number=numbers[0]), at + timedelta(minutes=5)
    by = _who_may_merge(numbers[1], first, later)
    started = time.perf_counter()
    for number in numbers[1 : MERGED + 1]:
        if Matter.objects.get(number=number).status != "following":
            take_step(number, Draft("merge", to=first.number, ground="同一处水管"), by, later, None)
    seconds = time.perf_counter() - started
    following = Matter.objects.filter(status="following", goes_with=first.number)
    return {
        "merged that follow and keep their clock": float(following.filter(wake__isnull=False).count()),
        "one merging, ms": seconds / max(1, MERGED - 1) * 1e3,
        "broken chains": float(len(list(audit().broken))),
    }


def _who_may_merge(number: str, first: Any, at: datetime) -> Any:
    """Somebody of the organ that answers; the first merge is theirs."""
    from gongzhi.core.procedure.effects import Refused
    from gongzhi.desk.draft import Draft
    from gongzhi.desk.step import take_step
    from gongzhi.records.people.models import SeatTerm

    said = ""
    for seat in SeatTerm.objects.filter(end=None).select_related("person"):
        try:
            take_step(number, Draft("merge", to=first.number, ground="同一处水管"), seat.person, at, None)
        except Refused as refused:
            said = refused.code
            continue
        return seat.person
    raise SystemExit(f"nobody could merge: {said}")
