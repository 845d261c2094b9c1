"""Ten thousand generated and broken charters: never a crash, never a hang, never something proved that does not hold.

A third are small procedures made at random, whose verdict is compared with every state there is, counted by a simulator
that shares nothing with the engine. The others are good charters broken: each guard taken away alone, values and
references changed, texts cut. What still passes is looked at again: every state with its counters, and random walks of
the real engine that look at the promises. GONGZHI_BENCH_COUNT sets how many there are.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from benchmarks.mutants import LAW, Bases, Mutant
from benchmarks.support import Report
from gongzhi.core.calendar import Calendar
from gongzhi.core.charter.findings import Lines
from gongzhi.core.charter.load import load_charter
from gongzhi.core.charter.spec import Charter
from gongzhi.core.check import Report as Checked
from gongzhi.core.check import check_folder, soundness
from gongzhi.core.check.counted import explore_counted
from tests.charters.test_promises import check as promises
from tests.core.check.simulator import Simulator
from tests.core.check.test_counted import charter_with, holds, honest, random_one
from tests.support.walks import walk

LIMIT = 30.0  # seconds for one charter: the stated bound
STATES = 1200  # of one procedure that is counted again; larger ones are told apart
NOWHERE = Lines({})


@dataclass
class Tally:
    """What came of them; `bad` names each crash, hang and false proof."""

    counts: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    unseen: Counter[str] = field(default_factory=Counter)  # guards whose removal was no finding
    slowest: float = 0.0
    looked: int = 0


def run() -> Report:
    count = int(os.environ.get("GONGZHI_BENCH_COUNT", "10000"))
    start = time.perf_counter()
    tally = Tally()
    generated(tally, count // 3)
    broken(tally, count - count // 3)
    figures = {name: float(number) for name, number in sorted(tally.counts.items())}
    figures |= {"slowest charter, seconds": tally.slowest, "all, seconds": time.perf_counter() - start}
    unseen = ", ".join(f"{name} {number}" for name, number in tally.unseen.most_common())
    return Report(
        "mutations",
        f"{count} generated and broken charters checked",
        "a simulator, counting and walks",
        figures,
        ratio=float(len(tally.bad)),
        goal=f"no crash, none over {LIMIT:.0f} s, no false proof",
        reached=not tally.bad,
        notes=[*tally.bad[:20], f"guards that may go without a finding: {unseen}"],
    )


def generated(tally: Tally, count: int) -> None:
    """Procedures made at random: the verdict of the check is that of every state there is."""
    for seed in range(10**6, 10**6 + count):
        one = honest(random_one(seed))
        if one is None:
            tally.counts["generated: a loop that never waits"] += 1
            continue
        charter = charter_with(one)
        with bounded(tally, f"generated {seed}"):
            proved = soundness.examine(charter, one.name, NOWHERE).proved
            states = Simulator(charter, one).all(STATES)
            if states is None:
                tally.counts["generated: too large to enumerate"] += 1
                continue
            tally.counts["generated: proved" if proved else "generated: refuted"] += 1
            if proved != holds(states):
                tally.bad.append(f"verdict differs: generated {seed}, proved {proved}")


def broken(tally: Tally, count: int, bases: Bases | None = None) -> None:
    """Guards first, at most half of the count, then random changes; of every good charter unless told which."""
    bases, dice = bases or Bases.all(), random.Random(7)
    guards = list(bases.guards())
    dice.shuffle(guards)
    with tempfile.TemporaryDirectory() as folder:
        for mutant in _mutants(bases, guards, dice, count):
            one(tally, mutant, Path(folder) / mutant.base)


def _mutants(bases: Bases, guards: list[Mutant], dice: random.Random, count: int) -> Iterator[Mutant]:
    few = guards[: count // 2]
    yield from few
    yield from islice((bases.random(dice) for _ in range(count)), count - len(few))


def one(tally: Tally, mutant: Mutant, folder: Path) -> None:
    name = f"{mutant.base} {mutant.touched} {mutant.how}"
    folder.mkdir(parents=True, exist_ok=True)
    mutant.write(folder)
    kind = "guard" if mutant.how.startswith("without ") else mutant.how
    with bounded(tally, name):
        report = check_folder(folder, LAW)
        if (report.charter is None) != any(finding.severity == "error" for finding in report.findings):
            tally.bad.append(f"errors, and yet a charter: {name}")
        found = any(finding.severity != "notice" for finding in report.findings)
        tally.counts[f"{kind}: {'found' if found else 'passes'}"] += 1
        if not found and kind == "guard":
            tally.unseen[mutant.how.rpartition(".")[2].removeprefix("without ")] += 1
        if report.charter:
            tally.bad += [f"{problem}: {name}" for problem in false_proofs(report, mutant, folder)]


def false_proofs(report: Checked, mutant: Mutant, folder: Path) -> Iterator[str]:
    """What was called proved, looked at by counting and by walking; only the procedure that was touched, if one was."""
    charter = report.charter
    if charter is None:
        return
    stem = Path(mutant.touched).stem
    names = [stem] if stem in charter.procedures else sorted(charter.procedures)[:1]
    for name in names:
        if f"can_end:{name}" in report.proved:
            yield from _counted(charter, name)
        yield from _walked(charter, name, load_charter(folder, LAW).law.calendar)


def _counted(charter: Charter, name: str) -> Iterator[str]:
    procedure = charter.procedures[name]
    space = explore_counted(charter, procedure, STATES)
    if space.cut:
        return
    wrong = [*soundness.stuck(procedure, space, soundness.graph_of(space), NOWHERE)]
    wrong += soundness.circles(procedure, space, NOWHERE)
    yield from (f"proved, yet {finding.code}" for finding in wrong)
    if space.nobody:
        yield "proved, yet nobody answers"


def _walked(charter: Charter, name: str, calendar: Calendar) -> Iterator[str]:
    for seed in range(2):
        try:
            for turn in walk(charter, charter.procedures[name], calendar, seed, 20):
                promises(charter, turn.outcome.case)
        except AssertionError as broken_promise:
            yield f"a promise is broken on a walk: {str(broken_promise)[:120]}"


class Hang(Exception):
    """The time for one charter is over."""


@contextmanager
def bounded(tally: Tally, name: str) -> Iterator[None]:
    """Times the work, ends it when it takes too long, and notes whatever goes wrong in it."""
    start = time.perf_counter()
    signal.signal(signal.SIGALRM, _hang)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        yield
    except Hang:
        tally.bad.append(f"hang: {name}")
    except Exception as crash:
        tally.bad.append(f"crash: {name}: {type(crash).__name__}: {str(crash)[:100]}")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        tally.slowest = max(tally.slowest, time.perf_counter() - start)
        tally.looked += 1
        if tally.looked % 500 == 0:
            print(f"{tally.looked}: {dict(tally.counts)} {tally.bad}", file=sys.stderr, flush=True)


def _hang(*_: object) -> None:
    raise Hang
