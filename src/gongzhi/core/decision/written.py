"""Rules as they are written: rows of `charters/_law/rules.yaml`, or of `rules:` in a charter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from gongzhi.core.decision.faults import RuleError, unusable
from gongzhi.core.decision.kinds import KINDS
from gongzhi.core.decision.rule import RuleVersion

COMMON = ("title", "title_en", "law", "law_en", "from", "to", "source", "kind", "quorum")
AS_THEY_ARE = ("title", "title_en", "law", "law_en", "quorum", "passes", "recused", "source", "replaces")


def load_rules(table: Mapping[str, object]) -> dict[str, tuple[RuleVersion, ...]]:
    """Every rule of a parsed `charters/_law/rules.yaml`, by name. Raises RuleError naming the rule."""
    sources, rules = table.get("sources") or {}, table.get("rules")
    if not isinstance(rules, Mapping) or not isinstance(sources, Mapping):
        raise RuleError("rules_incomplete", "a file of rules needs rules and sources")
    return {str(name): _versions(str(name), rows, sources) for name, rows in rules.items()}


def read_rule(name: str, row: Mapping[str, Any]) -> RuleVersion:
    """One version of a rule out of its written form. Raises RuleError naming the key."""
    kind = KINDS.get(str(row.get("kind", "threshold")))
    if kind is None:
        raise unusable(
            name, "kind", f"{row['kind']!r} is not one of {', '.join(KINDS)}", "unknown_kind", ", ".join(KINDS)
        )
    for key in row:
        if key not in (*COMMON, "replaces", *kind.keys):
            raise unusable(name, str(key), "unknown key", "unknown_key")
    for key in ("title", "law", "quorum", *(("counts", "passes") if kind.counts is None else ())):
        if not row.get(key):
            raise unusable(name, key, "is missing", "missing")
    values = {key: row[key] for key in AS_THEY_ARE if row.get(key) is not None}
    if kind.terms is None and "tie" in row:
        values["tie"] = row["tie"]
    return RuleVersion(
        name=name,
        counts=tuple(row["counts"]) if kind.counts is None else kind.counts,
        from_=_day(name, "from", row.get("from")),
        to=_day(name, "to", row.get("to")),
        kind=str(row.get("kind", "threshold")),
        terms=kind.terms(name, row) if kind.terms else None,
        own={key: row[key] for key in kind.keys if row.get(key) is not None} if kind.terms else {},
        **values,
    )


def as_row(rule: RuleVersion) -> dict[str, Any]:
    """A rule in its written form, as JSON can hold it: `read_rule(rule.name, as_row(rule))` is the rule again."""
    allowed = (*COMMON, "replaces", *KINDS[rule.kind].keys)
    row = {key: getattr(rule, key) for key in AS_THEY_ARE if key in allowed and getattr(rule, key)}
    row |= {"counts": list(rule.counts)} if "counts" in allowed else {}
    dates = {"from": rule.from_, "to": rule.to}
    return row | {"kind": rule.kind, **rule.own} | {key: day.isoformat() for key, day in dates.items() if day}


def _versions(name: str, rows: object, sources: Mapping[str, object]) -> tuple[RuleVersion, ...]:
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        raise unusable(name, "rules", "a list of dated versions is needed")
    versions = sorted((_version(name, row, sources) for row in rows), key=lambda one: one.from_ or date.min)
    for earlier, later in pairwise(versions):
        if earlier.to is None or later.from_ is None or later.from_ <= earlier.to:
            raise unusable(name, "from", "two versions are in force on the same day")
    return tuple(versions)


def _version(name: str, row: object, sources: Mapping[str, object]) -> RuleVersion:
    if not isinstance(row, Mapping):
        raise unusable(name, "rules", "a version is written as a mapping")
    source = row.get("source")
    if source is not None and source not in sources:
        raise unusable(name, "source", f"{source!r} is not listed under sources")
    return read_rule(name, {**row, **({"source": str(sources[source])} if source else {})})


def _day(name: str, key: str, value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise unusable(name, key, f"{value!r} is not a day (YYYY-MM-DD)") from None
