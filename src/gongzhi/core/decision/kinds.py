"""The kinds of rule: what each asks of its writer, which outcomes it has, how it decides. One line per kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gongzhi.core.decision import election, rating, scoring, sharing, threshold
from gongzhi.core.decision.rule import RuleVersion
from gongzhi.core.decision.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Kind:
    """`keys`: what a rule of this kind may say beside what all may; `counts`: plain counts it needs (None: written).

    `terms` reads those keys (None: there are none), `decide` gives the verdict on counts.
    """

    outcomes: tuple[str, ...]
    keys: tuple[str, ...]
    counts: tuple[str, ...] | None
    terms: Callable[[str, Mapping[str, Any]], Any] | None
    decide: Callable[[RuleVersion, Mapping[str, int]], Verdict]


PRESENCE = ("eligible", "present")
BY_OPTION = ("scoring", "election")  # what is counted depends on the options, which no charter knows

KINDS: dict[str, Kind] = {
    "threshold": Kind(threshold.OUTCOMES, ("counts", "passes", "tie", "recused"), None, None, threshold.decide),
    "scoring": Kind(scoring.OUTCOMES, scoring.KEYS, PRESENCE, scoring.terms_of, scoring.decide),
    "rating": Kind(rating.OUTCOMES, rating.KEYS, PRESENCE, rating.terms_of, rating.decide),
    "budget": Kind(sharing.OUTCOMES, sharing.KEYS, PRESENCE, sharing.terms_of, sharing.decide),
    "election": Kind(election.OUTCOMES, election.KEYS, PRESENCE, election.terms_of, election.decide),
}


def asked_of(rule: RuleVersion) -> tuple[str, ...]:
    """The counts a rule needs, as far as it names them: those of options (BY_OPTION) come beside them."""
    if rule.kind == "rating":
        pairs = ((group.name, grade.name) for group in rule.terms.groups for grade in rule.terms.grades)
        return (*rule.counts, *(f"grade.{group}.{grade}" for group, grade in pairs))
    if rule.kind == "election" and rule.terms.seats is None:
        return (*rule.counts, "seats")
    return rule.counts


def count(rule: RuleVersion, counts: Mapping[str, int], recused: int = 0) -> Verdict:
    """The verdict of a rule of any kind on a count (names: docs/decisions/0041). Raises BadCount."""
    return KINDS[rule.kind].decide(rule, {**counts, "recused": recused} if recused else counts)
