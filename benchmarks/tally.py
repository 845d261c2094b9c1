"""The single transferable vote beside two libraries that share nothing with it: the same people elected, and how fast.

Real files: a folder of .blt files in GONGZHI_STV, and beside them an `elected.json` with names if there is one. Without
it, elections of chance from a fixed seed. Where the two libraries do not agree with each other (their rules differ in
cutting off fractions and in ties) an election counts for neither side and is reported. Processor time, as in
`engine`, since others work on the machine too; reading and preparing the papers is not counted for anyone.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.support import Report, peer_python, run_peer
from gongzhi.core.decision import BadCount
from gongzhi.core.decision.tally import Ballots, Candidate, read_blt, stv

PEERS = ["votekit==3.5.0", "pyrankvote==2.0.6"]
CHANCE, PAPERS = 12, 800


def run() -> Report:
    folder = os.environ.get("GONGZHI_STV", "")
    named = _files(Path(folder)) if folder else _chance()
    answers = _peers(list(named.values()))
    figures = {"elections": float(len(named)), "same as both": 0.0, "peers disagree": 0.0}
    notes: list[str] = []
    seconds = {"ours": 0.0, "votekit": 0.0, "pyrankvote": 0.0}
    for (name, ballots), answer in zip(named.items(), answers, strict=True):
        elected, spent = _ours(ballots)
        seconds["ours"] += spent
        for peer in ("votekit", "pyrankvote"):
            seconds[peer] += answer[peer][1]
        theirs = [answer[peer][0] for peer in ("votekit", "pyrankvote")]
        figures["same as both"] += theirs == [elected, elected]
        if theirs[0] != theirs[1]:
            figures["peers disagree"] += 1
        elif theirs[0] != elected:
            notes.append(f"{name}: ours {elected}, both peers {theirs[0]}")
    if folder:
        notes += _published(Path(folder), named)
    quickest = min(seconds["votekit"], seconds["pyrankvote"])
    figures |= {f"{name}, ms": value * 1000 for name, value in seconds.items()}
    return Report(
        "tally", "stv() as Scotland counts, cut off after five decimals", " and ".join(PEERS), figures,
        ratio=quickest / seconds["ours"], goal="the same people elected",
        reached=not notes, notes=notes,
    )  # fmt: skip


def _files(folder: Path) -> dict[str, Ballots]:
    return {file.name: read_blt(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.blt"))}


def _chance() -> dict[str, Ballots]:
    """Voters of a few leanings, so that candidates differ and ties are rare."""
    draw = random.Random(2007)
    made = {}
    for number in range(CHANCE):
        size = draw.randrange(5, 11)
        leanings = [[draw.random() for _ in range(size)] for _ in range(4)]
        marks: Counter[tuple[int, ...]] = Counter()
        for _ in range(PAPERS):
            leaning = draw.choice(leanings)
            order = sorted(range(size), key=lambda one, leaning=leaning: leaning[one] + draw.random())
            marks[tuple(order[: draw.randrange(1, size + 1)])] += 1
        people = tuple(Candidate(str(one)) for one in range(size))
        made[f"chance {number}"] = Ballots(people, marks, seats=draw.randrange(1, 5))
    return made


def _ours(ballots: Ballots) -> tuple[list[int] | None, float]:
    start = time.process_time()
    try:
        found = stv(len(ballots.candidates), ballots.marks, int(ballots.seats or 1), gone=ballots.withdrawn)
    except BadCount:
        return None, time.process_time() - start
    return sorted(found.elected), time.process_time() - start


def _peers(elections: list[Ballots]) -> list[dict[str, Any]]:
    plain = [
        {"size": len(one.candidates), "seats": one.seats, "ballots": [[list(m), n] for m, n in one.marks.items()]}
        for one in elections
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "elections.json"
        file.write_text(json.dumps(plain), encoding="utf-8")
        found: list[dict[str, Any]] = run_peer(peer_python("tally", PEERS), "transferable.py", str(file))
    return found


def _published(folder: Path, named: dict[str, Ballots]) -> list[str]:
    """Differences from `elected.json`: a list of {file, elected: names without parties}."""
    file = folder / "elected.json"
    if not file.exists():
        return []
    notes = []
    for row in json.loads(file.read_text(encoding="utf-8")):
        ballots = named[row["file"]]
        elected, _ = _ours(ballots)
        names = sorted(ballots.candidates[one].name.casefold() for one in elected or ())
        if names != sorted(name.casefold() for name in row["elected"]):
            notes.append(f"{row['file']}: {names} instead of {row['elected']}")
    return notes
