"""The same map by red-dwarf, from the same votes."""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
from reddwarf.implementations.polis import run_pipeline  # noqa: E402


def main() -> None:
    given = json.loads(Path(sys.argv[1]).read_text())
    votes = [{"participant_id": who, "statement_id": what, "vote": vote} for who, what, vote in given]
    wall, cpu = [], []
    for _ in range(5):
        start, worked = time.perf_counter(), time.process_time()
        run_pipeline(votes=votes)
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - worked)
    print(json.dumps({"wall": min(wall), "cpu": min(cpu)}))


if __name__ == "__main__":
    main()
