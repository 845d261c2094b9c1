"""Decision rules as dated data (semantics R30, R46): what a law or a community sets, from when, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from gongzhi.core.decision.condition import comparisons
from gongzhi.core.decision.counts import AREAS, HEADS
from gongzhi.core.decision.faults import RuleError, unusable

__all__ = ["AREAS", "HEADS", "RuleError", "RuleVersion", "check_condition", "rule_in_force"]


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One version of a decision rule. `kind` says how it decides, `terms` holds what only that kind has.

    `counts` are the plain counts it needs: names out of HEADS (persons, households or consents) and AREAS (units
    of 0.01 m2). `quorum` and `passes` are conditions over them (`condition.py`). `from_` and `to` are the first
    and last day in force, None when the text source does not say. `tie`: as many for as against do not pass; the
    ties of other kinds are in `terms`. `recused`: whoever steps aside `stay`s in the roll, or `leave`s it and
    thus changes the denominator. `replaces`: the rule of the law a charter made stricter here;
    `local`: a charter's own rule. `own`: what `terms` was read from, as written.
    Raises RuleError.
    """

    name: str
    title: str
    law: str
    counts: tuple[str, ...]
    quorum: str
    passes: str = ""
    from_: date | None = None
    to: date | None = None
    tie: Literal["fails"] = "fails"
    recused: Literal["stay", "leave"] = "leave"
    title_en: str = ""
    law_en: str = ""
    source: str = ""
    kind: str = "threshold"
    terms: Any = None
    replaces: str = ""
    local: bool = False
    own: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, value, known in (
            ("tie", self.tie, ("fails",)),
            ("recused", self.recused, ("stay", "leave")),
        ):
            if value not in known:
                raise unusable(self.name, key, f"{value!r} is not one of {', '.join(known)}")
        for name in self.counts:
            if name not in HEADS + AREAS:
                raise unusable(self.name, "counts", f"unknown count {name!r}; use {', '.join(HEADS + AREAS)}")
        check_condition(self.name, "quorum", self.quorum, self.counts)
        if self.kind == "threshold":
            check_condition(self.name, "passes", self.passes, self.counts)

    def in_force(self, on: date) -> bool:
        """Whether this version holds on that day."""
        return (self.from_ is None or self.from_ <= on) and (self.to is None or on <= self.to)


def rule_in_force(versions: Iterable[RuleVersion], on: date) -> RuleVersion:
    """The version of a rule that holds on a day: the day on which the roll was frozen. Raises RuleError."""
    for version in versions:
        if version.in_force(on):
            return version
    raise RuleError("rule_not_in_force", f"no version of this rule is in force on {on}", on.isoformat())


def check_condition(rule: str, key: str, condition: str, counts: tuple[str, ...]) -> None:
    """A condition compares whole numbers and uses only these counts. Raises RuleError."""
    try:
        parts = comparisons(condition)
    except ValueError as error:
        raise unusable(rule, key, str(error)) from None
    for part in parts:
        for used in (part.subject, part.of):
            if used and used not in counts:
                raise unusable(rule, key, f"{used!r} is not among the counts")
