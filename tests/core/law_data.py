"""The shipped holiday tables and rules, read as they are."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from gongzhi.core.calendar import Calendar, load_calendar
from gongzhi.core.decision import RuleVersion, load_rules

LAW = Path(__file__).parents[2] / "charters" / "_law"


def read(name: str) -> dict[str, Any]:
    """A file of charters/_law as plain values."""
    return dict(YAML(typ="safe", pure=True).load((LAW / name).read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    return load_calendar(read("holidays.yaml"))


@lru_cache(maxsize=1)
def rules() -> dict[str, tuple[RuleVersion, ...]]:
    return load_rules(read("rules.yaml"))
