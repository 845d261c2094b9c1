"""Decision rules as dated data (semantics R30): which conditions a law sets, from when, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from gongzhi.core.decision.condition import comparisons

HEADS = ("eligible", "present", "yes")
AREAS = ("area_total", "area_present", "area_yes")
KEYS = frozenset(
    (
        "title",
        "title_en",
        "law",
        "law_en",
        "from",
        "to",
        "counts",
        "quorum",
        "passes",
        "tie",
        "recused",
        "source",
    )
)


class RuleError(ValueError):
    """A rule that cannot be used, or none in force. `code` and `details` say why."""

    def __init__(self, code: str, text: str, *details: str | int) -> None:
        super().__init__(text)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One version of a decision rule by threshold.

    `counts` are names out of HEADS (persons, households or consents) and AREAS (units of 0.01 m2). `quorum`
    and `passes` are conditions over them (`condition.py`). `from_` and `to` are the first and last day in
    force, None when the text source does not say. `tie` has one value: as many for as against do not pass.
    `recused`: whoever steps aside `stay`s in the roll, or `leave`s it and thus changes the denominator.
    """

    name: str
    title: str
    law: str
    counts: tuple[str, ...]
    quorum: str
    passes: str
    from_: date | None = None
    to: date | None = None
    tie: Literal["fails"] = "fails"
    recused: Literal["stay", "leave"] = "leave"
    title_en: str = ""
    law_en: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        for key, value, known in (
            ("tie", self.tie, ("fails",)),
            ("recused", self.recused, ("stay", "leave")),
        ):
            if value not in known:
                raise _wrong(self.name, key, f"{value!r} is not one of {', '.join(known)}")
        for name in self.counts:
            if name not in HEADS + AREAS:
                raise _wrong(self.name, "counts", f"unknown count {name!r}; use {', '.join(HEADS + AREAS)}")
        for key, condition in (("quorum", self.quorum), ("passes", self.passes)):
            _check_condition(self.name, key, condition, self.counts)

    def in_force(self, on: date) -> bool:
        """Whether this version holds on that day."""
        return (self.from_ is None or self.from_ <= on) and (self.to is None or on <= self.to)


def rule_in_force(versions: Iterable[RuleVersion], on: date) -> RuleVersion:
    """The version of a rule that holds on a day: the day on which the roll was frozen. Raises RuleError."""
    for version in versions:
        if version.in_force(on):
            return version
    raise RuleError("rule_not_in_force", f"no version of this rule is in force on {on}", on.isoformat())


def load_rules(table: Mapping[str, object]) -> dict[str, tuple[RuleVersion, ...]]:
    """Every rule of a parsed `charters/_law/rules.yaml`, by name. Raises RuleError naming the rule."""
    sources, rules = table.get("sources") or {}, table.get("rules")
    if not isinstance(rules, Mapping) or not isinstance(sources, Mapping):
        raise RuleError("rules_incomplete", "a file of rules needs rules and sources")
    return {str(name): _versions(str(name), rows, sources) for name, rows in rules.items()}


def _versions(name: str, rows: object, sources: Mapping[str, object]) -> tuple[RuleVersion, ...]:
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        raise _wrong(name, "rules", "a list of dated versions is needed")
    versions = sorted((_version(name, row, sources) for row in rows), key=lambda one: one.from_ or date.min)
    for earlier, later in pairwise(versions):
        if earlier.to is None or later.from_ is None or later.from_ <= earlier.to:
            raise _wrong(name, "from", "two versions are in force on the same day")
    return tuple(versions)


def _version(name: str, row: object, sources: Mapping[str, object]) -> RuleVersion:
    if not isinstance(row, Mapping):
        raise _wrong(name, "rules", "a version is written as a mapping")
    for key in row:
        if key not in KEYS:
            raise _wrong(name, str(key), "unknown key")
    for key in ("title", "law", "counts", "quorum", "passes"):
        if not row.get(key):
            raise _wrong(name, key, "is missing")
    values = {key: value for key, value in row.items() if key not in ("from", "to", "counts", "source")}
    source = row.get("source")
    if source is not None and source not in sources:
        raise _wrong(name, "source", f"{source!r} is not listed under sources")
    return RuleVersion(
        name=name,
        counts=tuple(row["counts"]),
        from_=_day(name, "from", row.get("from")),
        to=_day(name, "to", row.get("to")),
        source=str(sources[source]) if source else "",
        **values,
    )


def _check_condition(name: str, key: str, condition: str, counts: tuple[str, ...]) -> None:
    try:
        parts = comparisons(condition)
    except ValueError as error:
        raise _wrong(name, key, str(error)) from None
    for part in parts:
        for used in (part.subject, part.of):
            if used and used not in counts:
                raise _wrong(name, key, f"{used!r} is not among the counts")


def _day(name: str, key: str, value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _wrong(name, key, f"{value!r} is not a day (YYYY-MM-DD)") from None


def _wrong(name: str, key: str, text: str) -> RuleError:
    return RuleError("rule_unusable", f"{name}.{key}: {text}", name, key, text)
