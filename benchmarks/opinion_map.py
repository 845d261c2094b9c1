"""The opinion map of 2,000 participants, 200 statements and 120,000 votes, beside red-dwarf.

Both start from the same list of votes and end with groups and what each says; both run as installed, the best of some
rounds by the clock counts. Beside it the processor's own time on one thread, which other work on the machine and the
threads of the linear algebra do not touch. Ours runs in several processes: not one bit may differ. With GONGZHI_BENCH_POLIS (a folder of conversations with the Polis server's own
results) the groups and the first component are compared with those of the Polis server.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.support import HERE, Report, peer_python, run_peer
from gongzhi.core.opinion import OpinionMap, opinion_map, table_of

RED_DWARF = "red-dwarf==0.4.0"
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
PEOPLE, STATEMENTS, EACH = 2000, 200, 60
Cast = list[tuple[Any, Any, int]]


def votes() -> Cast:
    """Three camps with noise, in the order in which the votes were cast; the same in every run."""
    rng = np.random.default_rng(20260316)
    leaning = rng.normal(size=(3, STATEMENTS))
    cast: Cast = []
    for who in range(PEOPLE):
        seen = rng.permutation(STATEMENTS)[:EACH]
        felt = leaning[who % 3, seen] + rng.normal(size=EACH)
        cast += [(who, int(what), int(np.sign(value)) if abs(value) > 0.3 else 0)
                 for what, value in zip(seen, felt, strict=True)]  # fmt: skip
    return cast


def run() -> Report:
    ours, alone = _of_a_process({}), _of_a_process(ONE_THREAD)
    figures = {"our map, s": ours["wall"], "our map, one thread, CPU s": alone["cpu"]}
    if os.environ.get("GONGZHI_BENCH_PEERS") != "0":
        theirs, theirs_alone = _red_dwarf({}), _red_dwarf(ONE_THREAD)
        figures |= {"red-dwarf's map, s": theirs["wall"], "red-dwarf's map, one thread, CPU s": theirs_alone["cpu"]}
    ratio = figures.get("red-dwarf's map, s", 0.0) / ours["wall"]
    same = _of_a_process({})["print"] == ours["print"]
    notes = ["bit-identical in two processes" if same else "NOT the same in two processes"]
    return Report(
        "opinion-map", "2,000 x 200, 120,000 votes", RED_DWARF, figures, ratio, ">= 10, bit-identical",
        ratio >= 10 and same, notes + _beside_polis(),
    )  # fmt: skip


def measured() -> dict[str, Any]:
    """The shortest of some rounds in this process, and the fingerprint of the map."""
    cast, wall, cpu = votes(), [], []
    for _ in range(9):
        start, worked = time.perf_counter(), time.process_time()
        found = opinion_map(table_of(cast))
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - worked)
    return {"wall": min(wall), "cpu": min(cpu), "print": fingerprint(found)}


def _red_dwarf(threads: dict[str, str]) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(votes(), file)
        file.flush()
        found: dict[str, float] = run_peer(
            peer_python("red_dwarf", [RED_DWARF]), "red_dwarf_map.py", file.name, env=threads
        )
    return found


def fingerprint(found: OpinionMap) -> str:
    """One hash over every number and every group."""
    bits = found.plane.places.tobytes() + found.plane.components.tobytes()
    return hashlib.sha256(bits + repr((found.groups, found.said, found.shared, found.silhouette)).encode()).hexdigest()


def _of_a_process(threads: dict[str, str]) -> dict[str, Any]:
    code = "import json; from benchmarks.opinion_map import measured; print(json.dumps(measured()))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=HERE.parent, capture_output=True, text=True, check=True, env={**os.environ, **threads}
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _beside_polis() -> list[str]:
    folder = os.environ.get("GONGZHI_BENCH_POLIS", "")
    if not folder:
        return ["not compared with the Polis server: set GONGZHI_BENCH_POLIS to a folder of its results"]
    found = [_conversation(one.parent) for one in sorted(Path(folder).glob("*/math-pca2.json"))]
    return found or [f"no conversation in {folder}"]


def _conversation(folder: Path) -> str:
    polis = json.loads((folder / "math-pca2.json").read_text())
    raw = sorted(json.loads((folder / "votes.json").read_text()), key=lambda one: float(one["modified"]))
    cast: Cast = [(one.get("participant_id", one.get("pid")), one.get("statement_id", one.get("tid")), one["vote"])
                  for one in raw]  # fmt: skip
    found = opinion_map(table_of(cast), len(polis["group-clusters"]), polis["mod-out"])
    return f"{folder.name}: adjusted Rand index {agreement(found, polis):.4f}, first component |cos| {cosine(found, polis):.6f}"


def agreement(found: OpinionMap, polis: dict[str, Any]) -> float:
    """The adjusted Rand index of our groups and Polis' own, over those whom both put into a group."""
    from sklearn.metrics import adjusted_rand_score

    members = dict(zip(polis["base-clusters"]["id"], polis["base-clusters"]["members"], strict=True))
    theirs = {
        who: group["id"] for group in polis["group-clusters"] for base in group["members"] for who in members[base]
    }
    ours = {found.table.participants[row]: at for at, group in enumerate(found.groups) for row in group}
    both = [who for who in ours if who in theirs]
    return float(adjusted_rand_score([theirs[who] for who in both], [ours[who] for who in both]))


def cosine(found: OpinionMap, polis: dict[str, Any]) -> float:
    """How nearly our first component points along Polis' own."""
    weight = dict(zip(polis["tids"], polis["pca"]["comps"][0], strict=True))
    theirs = np.array([weight[what] for what in found.table.statements])
    return float(abs(found.plane.components[0] @ theirs) / np.linalg.norm(theirs))
