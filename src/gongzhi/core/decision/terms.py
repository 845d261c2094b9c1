"""Reading what only one kind of rule has: whole numbers, names and choices out of a row. Raises RuleError."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongzhi.core.decision.counts import is_key
from gongzhi.core.decision.faults import unusable

WHOLE = 100  # what weights add up to


def table(rule: str, row: Mapping[str, Any], key: str, keys: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """A mapping of names to mappings with exactly these keys beside an optional `title`."""
    found = row.get(key)
    if not isinstance(found, Mapping) or not found:
        raise unusable(rule, key, "names with their values are needed")
    wanted = set(keys)
    for name, item in found.items():
        if not is_key(str(name)):
            raise unusable(rule, key, f"{name!r} is not a key like 'public_good'")
        if not isinstance(item, Mapping) or set(item) - {"title", "title_en"} != wanted:
            raise unusable(rule, f"{key}.{name}", f"needs exactly {', '.join(sorted(wanted))}")
    return {str(name): item for name, item in found.items()}


def number(rule: str, row: Mapping[str, Any], key: str, least: int = 0) -> int:
    """A whole number of at least `least`."""
    value = row.get(key)
    if type(value) is not int or value < least:
        raise unusable(rule, key, f"{value!r} is not a whole number of {least} or more")
    return value


def choice(rule: str, row: Mapping[str, Any], key: str, known: tuple[str, ...]) -> str:
    """One of the words of `known`; it has to be said."""
    value = row.get(key)
    if value not in known:
        words = ", ".join(known)
        why = "tie_undeclared" if key == "tie" and value is None else "wrong"
        raise unusable(rule, key, f"{value!r} is not one of {words}", why, words)
    return str(value)


def weights(rule: str, key: str, given: Mapping[str, int]) -> None:
    """Weights add up to WHOLE, and each counts for something."""
    if any(weight < 1 for weight in given.values()) or sum(given.values()) != WHOLE:
        total = sum(given.values())
        raise unusable(rule, key, f"weights must add up to {WHOLE}, not {total}", "weights_sum", WHOLE, total)


def title(item: Mapping[str, Any], name: str) -> str:
    return str(item.get("title") or name)
