"""What every benchmark needs: peers in environments of their own, times, one way to report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def home() -> Path:
    """Where peers are installed: under GONGZHI_HOME, never in the project."""
    folder = Path(os.environ.get("GONGZHI_HOME", HERE.parent / "var")) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def peer_python(name: str, requirements: Sequence[str]) -> Path:
    """The Python of a throw-away environment with these packages; made on first use, kept for the next run."""
    folder = home() / name
    python, stamp = folder / "bin" / "python", folder / "installed.json"
    wanted = json.dumps(sorted(requirements))
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"installing peer {name}: {', '.join(requirements)}", file=sys.stderr)
    venv.create(folder, with_pip=True, clear=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True)
    stamp.write_text(wanted)
    return python


def run_peer(python: Path, script: str, *args: str, env: dict[str, str] | None = None) -> Any:
    """Run `benchmarks/peers/SCRIPT` in the peer's environment; it prints one JSON value."""
    done = subprocess.run(
        [python, HERE / "peers" / script, *args],
        check=True, capture_output=True, text=True, env={**os.environ, **(env or {})},
    )  # fmt: skip
    return json.loads(done.stdout)


def best_seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The shortest time of `work` over some rounds, after one that does not count: others on the machine only add."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


@dataclass
class Report:
    """One benchmark's result: figures with their unit, the ratio, and the goal it is held against."""

    name: str
    ours: str
    peer: str
    figures: dict[str, float] = field(default_factory=dict)
    ratio: float = 0.0
    goal: str = ""
    reached: bool = False
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return self.__dict__

    def text(self) -> str:
        lines = [f"{self.name}: {self.ours}  beside  {self.peer}"]
        lines += [f"  {name:<44} {value:>14,.3f}" for name, value in self.figures.items()]
        lines.append(f"  ratio {self.ratio:,.2f}   goal {self.goal}   {'reached' if self.reached else 'NOT reached'}")
        return "\n".join([*lines, *(f"  note: {note}" for note in self.notes)])
