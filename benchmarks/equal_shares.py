"""Equal shares beside pabutools: the same outcome on every file, and how much faster. GONGZHI_BENCH_FOLDER: .pb files.

Without a folder one vote is made (20,000 voters, 100 projects). Where the folder holds outcomes of pabutools
(`pabutools_outcomes.json`), each of them is compared too, so that nobody has to wait for it again.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.support import Report, best_seconds, peer_python, run_peer
from gongzhi.core.decision.budget import Ballot, BudgetFault, Election, Project, decide, read_pabulib, write_pabulib

PABUTOOLS = ["pabutools==1.2.3", "gmpy2==2.3.2"]
OUTCOMES = "pabutools_outcomes.json"
RULES = {
    "greedy_cost_sat": ("greedy", "none", "cost"),
    "greedy_cardinality_sat": ("greedy", "none", "count"),
    "mes_cost_sat": ("equal-shares", "none", "cost"),
    "mes_cardinality_sat": ("equal-shares", "none", "count"),
    "seq_phragmen": ("phragmen", "none", "cost"),
    "mes_cost_sat+greedy_completion": ("equal-shares", "greedy", "cost"),
    "mes_cost_sat_add1(voter_budget_increment=1)": ("equal-shares", "add1", "cost"),
    "mes_cost_sat_add1(exhaustion_by_budget_increase,step=num_voters)": ("equal-shares", "add1", "cost"),
}
LIVE = ("mes_cost_sat", "seq_phragmen", "greedy_cost_sat")


def run() -> Report:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(os.environ.get("GONGZHI_BENCH_FOLDER") or _made(Path(made)))
        return _measured(folder)


def _measured(folder: Path) -> Report:
    votes = {file: _read(file) for file in sorted(folder.glob("*.pb"))}
    report = Report("equal-shares", "method of equal shares, exact", "pabutools 1.2.3 with gmpy2", goal=">= 100")
    largest = max(votes, key=lambda file: votes[file].voters)
    live = run_peer(peer_python("pabutools", PABUTOOLS), "pabutools_rules.py", str(largest), *LIVE)
    _compare(report, folder, votes, largest, live)
    ours = best_seconds(lambda: decide(votes[largest], "equal-shares"))
    report.figures |= {f"{largest.stem}, ours, seconds": ours,
                       f"{largest.stem}, pabutools, seconds": live["mes_cost_sat"]["seconds"]}  # fmt: skip
    report.figures |= _add1(votes)
    report.ratio = live["mes_cost_sat"]["seconds"] / ours
    report.reached = report.ratio >= 100 and not report.figures["outcomes that differ"]
    return report


def _read(file: Path) -> Election:
    try:
        return read_pabulib(file.read_text(encoding="utf-8-sig"))
    except BudgetFault as fault:
        raise SystemExit(f"{file}: {fault}") from fault


def _compare(report: Report, folder: Path, votes: dict[Path, Election], largest: Path, live: dict[str, Any]) -> None:
    """Every outcome known of pabutools beside ours, and every official one."""
    known = [(largest, rule, row["selected"]) for rule, row in live.items()]
    if (folder / OUTCOMES).exists():
        for row in json.loads((folder / OUTCOMES).read_text(encoding="utf-8")):
            known += [(folder / row["file"], rule, one["selected"]) for rule, one in row["rules"].items()
                      if one.get("selected")]  # fmt: skip
    differ = [(file.name, rule) for file, rule, chosen in known
              if sorted(decide(votes[file], *RULES[rule]).selected) != sorted(chosen)]  # fmt: skip
    official = [(file, rule, chosen) for file, vote in votes.items() for rule, chosen in _official(vote)]
    wrong = [(file.name, rule) for file, rule, chosen in official
             if set(decide(votes[file], "equal-shares", rule).selected) != chosen]  # fmt: skip
    report.figures |= {"outcomes of pabutools compared": len(known), "outcomes that differ": len(differ),
                       "official equal-shares results": len(official), "official ones that differ": len(wrong)}  # fmt: skip
    report.notes += [f"differs: {name} {rule}" for name, rule in [*differ, *wrong]]


def _official(vote: Election) -> list[tuple[str, set[str]]]:
    """The completion and the projects that a city says it selected by equal shares."""
    method, _, completion = vote.meta.get("rule", "").partition("/")
    if method != "equalshares" or completion not in ("add1", "add1-comparison"):
        return []
    return [(completion, {one.id for one in vote.projects if one.about.get("selected") == "1"})]


def _add1(votes: dict[Path, Election]) -> dict[str, float]:
    """The slowest file with the Add1 completion, in seconds with its reading."""
    times = {}
    for file in votes:
        start = time.perf_counter()
        decide(_read(file), "equal-shares", "add1")
        times[file.stem] = time.perf_counter() - start
    worst = max(times, key=lambda name: times[name])
    return {f"Add1, all {len(times)} files, seconds": sum(times.values()), f"Add1, {worst}, seconds": times[worst]}


def _made(folder: Path) -> Path:
    chance = random.Random(5)
    projects = tuple(Project(f"p{at:02}", 1000 * chance.randint(5, 400)) for at in range(100))
    weights = [1 / (5 + at) for at in range(100)]
    ballots = []
    for _ in range(20_000):
        names = tuple(sorted(set(chance.choices([one.id for one in projects], weights, k=chance.randint(1, 10)))))
        ballots.append(Ballot(names, (1,) * len(names)))
    (folder / "made.pb").write_text(write_pabulib(Election(8_000_000, projects, tuple(ballots))), encoding="utf-8")
    return folder
