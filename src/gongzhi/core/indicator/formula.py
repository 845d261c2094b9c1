"""A formula as one line of text, and its digest: two figures are of one formula exactly when the digests agree."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from gongzhi.core.charter.commitments import Entered, Indicator, Surveyed

# What a title, a source or a better wording changes is not the formula.
SAYS_NOTHING = frozenset({"title", "source", "answers"})


def formula_text(indicator: Indicator) -> str:
    """Canonical JSON of what makes the number."""
    values = {name: value for name, value in asdict(indicator).items() if name not in SAYS_NOTHING and value}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=1024)
def formula_digest(indicator: Indicator) -> str:
    """Of the formula: 64 hexadecimal digits."""
    return hashlib.sha256(formula_text(indicator).encode()).hexdigest()


def formula_to(indicator: Indicator) -> dict[str, Any]:
    """A formula for an open file; `formula_from` reads it back."""
    return {name: value for name, value in asdict(indicator).items() if value}


def formula_from(values: Mapping[str, Any]) -> Indicator:
    """The formula of an open file. Raises TypeError for keys that no formula has."""
    told = dict(values)
    if told.get("entered"):
        told["entered"] = Entered(**told["entered"])
    if asked := told.get("survey"):
        told["survey"] = Surveyed(asked["asks"], tuple(asked.get("counts", ())), asked.get("at_least"))
    told["leaves_out"] = tuple(told.get("leaves_out", ()))
    return Indicator(**told)
