"""`gongzhi bench NAME`: one measurement beside its comparison, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"


def names() -> list[str]:
    """The benchmarks of this checkout."""
    found = {file.stem.replace("_", "-") for file in BENCHMARKS.glob("*.py") if file.stem not in HELPERS}
    return sorted("import" if name == "importing" else name for name in found)


HELPERS = {
    "__init__", "__main__", "support", "server", "rows", "raw_rows", "load", "helpdesk", "mutants",
    "indicators_by_hand",
}  # fmt: skip


def bench(
    name: Annotated[str, typer.Argument(help="engine, file-matter, worklist, sweep, import ...")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    count: Annotated[int, typer.Option(help="mutations: how many charters.")] = 10_000,
    acts: Annotated[int, typer.Option(help="indicators: over how many acts.")] = 20_000_000,
    folder: Annotated[str, typer.Option(help="equal-shares: a folder of .pb files to compare on.")] = "",
) -> None:
    """Measure beside a peer or a raw limit, in one run."""
    if name not in names():
        known = _("、").join(names())
        print(_("没有“{name}”这项测速。可以测：{known}。").format(name=name, known=known), file=sys.stderr)
        raise typer.Exit(1)
    command = [sys.executable, "-m", "benchmarks", name, *(["--json"] if as_json else [])]
    environment = {**os.environ, "PYTHONPATH": str(BENCHMARKS.parent), "GONGZHI_BENCH_COUNT": str(count)}
    environment["GONGZHI_INDICATOR_ACTS"] = str(acts)
    if folder:
        environment["GONGZHI_BENCH_FOLDER"] = str(Path(folder).resolve())
    done = subprocess.run(command, cwd=BENCHMARKS.parent, env=environment, check=False)  # noqa: S603 - our own module
    raise typer.Exit(done.returncode)
