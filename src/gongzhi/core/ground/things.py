"""The two-level codes of parts and events of a town (GB/T 30428.2), read from data; no code is known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["BadThings", "Kind", "Things", "read_things"]


class BadThings(ValueError):
    """The table of codes is not in its form; the argument says where."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind with its class. `code` has four digits."""

    code: str
    title: str
    title_en: str
    group: str
    group_en: str


@dataclass(frozen=True, slots=True)
class Things:
    """All kinds by code, in the order of the table."""

    parts: Mapping[str, Kind]
    events: Mapping[str, Kind]
    source: str


def read_things(data: Any) -> Things:
    """The table as data. Raises `BadThings`."""
    if not isinstance(data, Mapping) or set(data) != {"source", "parts", "events"}:
        raise BadThings("source, parts, events")
    return Things(_kinds(data["parts"]), _kinds(data["events"]), str(data["source"]))


def _kinds(groups: Any) -> dict[str, Kind]:
    found = {}
    for group, about in groups.items():
        try:
            titles = str(about["title"]), str(about["title_en"])
            rows = [(str(kind), *map(str, names)) for kind, names in about["kinds"].items()]
        except (KeyError, TypeError, AttributeError):
            raise BadThings(str(group)) from None
        for row in rows:
            code = f"{group}{row[0]}"
            if len(row) != 3 or len(code) != 4 or not code.isdecimal() or code in found:
                raise BadThings(code)
            found[code] = Kind(code, row[1], row[2], *titles)
    return found
