"""The charters this project ships, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gongzhi.core.charter.load import Loaded, load_charter

CHARTERS = Path(__file__).parents[2] / "charters"
NAMES = sorted(p.name for p in CHARTERS.iterdir() if p.is_dir() and not p.name.startswith("_") and p.name != "template")


@cache
def shipped(name: str) -> Loaded:
    loaded = load_charter(CHARTERS / name, CHARTERS / "_law")
    assert loaded.charter is not None, loaded.findings
    return loaded


PROCEDURES = [(name, procedure) for name in NAMES for procedure in sorted(shipped(name).charter.procedures)]  # type: ignore[union-attr]
