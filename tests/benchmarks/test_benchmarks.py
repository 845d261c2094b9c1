"""Every benchmark still runs and says what it has to say: tiny sizes, peers left out. The figures mean nothing here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import engine, load, raw_rows
from gongzhi.commands.bench import names
from gongzhi.config.environment import REPOSITORY

TINY = {
    "GONGZHI_BENCH_SECONDS": "1",
    "GONGZHI_BENCH_ROUNDS": "1",
    "GONGZHI_BENCH_RESIDENTS": "40",
    "GONGZHI_BENCH_HELPDESK": "0",
    "GONGZHI_BENCH_MATTERS": "2000",
    "GONGZHI_BENCH_SWEEP": "300",
    "GONGZHI_BENCH_MESSAGES": "5",
}


def report(name: str, home: Path) -> dict[str, Any]:
    environment = {**os.environ, **TINY, "GONGZHI_HOME": str(home), "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", name, "--json"],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["worklist", "import"])  # the longer ones run by `make bench`
def test_a_benchmark_reports_figures_ratio_and_goal(name: str, home: Path) -> None:
    found = report(name, home)
    assert found["name"] == name
    assert found["ratio"] > 0 and all(value > 0 for value in found["figures"].values())
    assert found["goal"] and found["ours"] and found["peer"]


def test_the_engine_s_matter_ends_as_it_should() -> None:
    steps, seconds = engine._play(*engine._charter(), 2)
    assert steps == 2 * len(engine.STEPS) and seconds > 0


def test_the_command_knows_the_benchmarks_and_not_their_helpers() -> None:
    assert {"engine", "file-matter", "worklist", "sweep", "import", "check", "soundness", "mutations"} <= set(names())
    assert not {"load", "helpdesk", "raw-rows", "rows", "server", "support"} & set(names())


def test_a_literal_for_pgbench_is_one_line_without_colons() -> None:
    assert raw_rows.quoted("a:'b'\n\\") == r"E'a\x3a\x27b\x27\x0a\x5c'"


def test_requests_differ_from_sender_to_sender() -> None:
    plan = load.Plan(1, "/x", {"Key": "{who}-{n}"}, '{"n": {n}}', ["a", "b"])
    requests = load.Round(plan).requests
    first, second = next(requests), next(requests)
    assert b"Key: a-0\r\n" in first and first.endswith(b'\r\n\r\n{"n": 0}')
    assert b"Key: b-1\r\n" in second
