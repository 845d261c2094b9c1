"""Our verdict on procedures beside that of an outside checker of workflow nets (pm4py's Woflan), on the PNML we export.

A net forgets answers and counters. So it is our lean space that is compared, generated procedures have no choices, and
those are left out in which a used-up step leads back to itself at once: refused by the loop rule, fine for a net.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from benchmarks.support import Report, peer_python, run_peer
from gongzhi.core.charter.findings import Lines
from gongzhi.core.charter.load import load_charter
from gongzhi.core.charter.spec import Charter, Procedure
from gongzhi.core.check import loops, soundness
from gongzhi.core.check.space import explore
from gongzhi.core.exchange.pnml import to_pnml
from tests.core.check.procedures import charter_of, random_procedure
from tests.support.petri import faults, read_pnml

PM4PY = ["pm4py==2.7.23.11"]
CHARTERS = Path(__file__).parent.parent / "charters"
GENERATED = 600
NOWHERE = Lines({})


def run() -> Report:
    shipped, generated = dict(_shipped()), dict(_generated())
    start = time.process_time()
    ours = {name: verdict(*one) for name, one in {**shipped, **generated}.items()}
    seconds = time.process_time() - start
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, one) in {**shipped, **generated}.items():
            (Path(folder) / f"{name}.pnml").write_text(to_pnml(one, str), encoding="utf-8")
        theirs = run_peer(peer_python("woflan", PM4PY), "woflan.py", folder)
        player = {name: not faults(read_pnml((Path(folder) / f"{name}.pnml").read_text("utf-8"))) for name in ours}
    read = {name for name, said in theirs.items() if isinstance(said, bool)}
    apart = sorted(name for name in read if ours[name] is not theirs[name])
    apart += sorted(name for name in ours if ours[name] is not player[name])
    counts = Counter(theirs[name] for name in read)
    return Report(
        "soundness",
        "our lean exploration",
        "pm4py's Woflan, and a token player of our own",
        {
            "shipped procedures": len(shipped), "generated procedures": len(generated), "read by both": len(read),
            "called sound by both": counts[True], "called unsound by both": counts[False],
            "verdicts that differ": len(apart), "our seconds for all": seconds,
        },
        ratio=1 - len(apart) / len(read),
        goal="the same verdict on every procedure it can read",
        reached=not apart and len(read) == len(ours),
        notes=[f"differs: {name}" for name in apart[:9]] + [f"not read: {n}: {theirs[n]}" for n in theirs if n not in read][:5],
    )  # fmt: skip


def verdict(charter: Charter, one: Procedure) -> bool:
    """Every step is reached and every state can end, whatever people answer and however often a step was used."""
    space = explore(charter, one)
    alone = replace(charter, procedures={one.name: one})
    found = [*loops.check(alone, NOWHERE), *soundness.stuck(one, space, soundness.graph_of(space), NOWHERE)]
    return not {finding.code for finding in found} & {"GZ503", "GZ504", "GZ505"}


def _shipped() -> list[tuple[str, tuple[Charter, Procedure]]]:
    found = []
    for file in sorted(CHARTERS.glob("*/charter.yaml")):
        charter = load_charter(file.parent, CHARTERS / "_law").charter
        if charter is None:
            raise SystemExit(f"{file.parent.name} does not load")
        found += [(f"{charter.name}.{name}", (charter, one)) for name, one in charter.procedures.items()]
    return found


def _generated() -> list[tuple[str, tuple[Charter, Procedure]]]:
    found: list[tuple[str, tuple[Charter, Procedure]]] = []
    seed = 0
    while len(found) < GENERATED:
        one = random_procedure(seed)
        if all(step.do != "choice" for step in one.steps.values()) and not loops.runs_at_once(one):
            found.append((f"generated.{seed}", (charter_of(one), one)))
        seed += 1
    return found
