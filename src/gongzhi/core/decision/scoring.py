"""Scoring of options by criteria with sealed weights (semantics R46, QY-15): ranked or no quorum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from gongzhi.core.decision import terms as read
from gongzhi.core.decision.counts import REST, below, check_chain, check_names, check_needed, check_numbers, quorum_of
from gongzhi.core.decision.faults import BadCount, unusable
from gongzhi.core.decision.lots import lots_of, place_by_lot
from gongzhi.core.decision.rule import RuleVersion
from gongzhi.core.decision.verdict import Verdict
from gongzhi.core.fact import Fact

OUTCOMES = ("ranked", "no_quorum")
KEYS = ("criteria", "scale", "ties", "tie")


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is scored, and how much of 100 it weighs."""

    name: str
    title: str
    weight: int


@dataclass(frozen=True, slots=True)
class Scoring:
    """`least` and `most`: points of one scorer for one criterion. `ties`: criteria that decide between equal sums,
    in this order. `tie`: what happens to options equal even then, `shared` (one place) or `lot` (a published draw).
    """

    criteria: tuple[Criterion, ...]
    least: int
    most: int
    ties: tuple[str, ...]
    tie: str


def terms_of(rule: str, row: Mapping[str, Any]) -> Scoring:
    """The terms of a scoring as written. Raises RuleError: weights that do not add up, an undeclared tie."""
    criteria = read.table(rule, row, "criteria", ("weight",))
    weights = {name: read.number(rule, item, "weight") for name, item in criteria.items()}
    read.weights(rule, "criteria", weights)
    scale = row.get("scale")
    if not isinstance(scale, Mapping) or set(scale) != {"least", "most"}:
        raise unusable(rule, "scale", "needs exactly least, most")
    least = read.number(rule, scale, "least")
    ties = tuple(map(str, row.get("ties") or ()))
    if not set(ties) <= set(criteria) or len(set(ties)) < len(ties):
        raise unusable(rule, "ties", "names criteria, each once")
    return Scoring(
        tuple(Criterion(name, read.title(item, name), weights[name]) for name, item in criteria.items()),
        least,
        read.number(rule, scale, "most", least + 1),
        ties,
        read.choice(rule, row, "tie", ("shared", "lot")),
    )


def decide(rule: RuleVersion, counts: Mapping[str, int]) -> Verdict:
    """The options from first to last by the weighted sum of their points. Raises BadCount.

    Facts: quorum lines, then for each option `ranked` (option, place, sum, next one's tie-breaker or '') where
    sum is weight x points over all criteria and scorers, in hundredths of a point.
    """
    terms: Scoring = rule.terms
    _check(rule, counts)
    quorum, facts = quorum_of(rule.quorum, counts, rule.counts)
    if not quorum:
        return Verdict("no_quorum", False, tuple(facts))
    points = _points(terms, counts)
    groups = _in_order(terms, points, counts)
    place, order = 1, list[str]()
    for group in groups:
        facts += [Fact("ranked", (name, place, _sum(terms, points[name]))) for name in group]
        facts += [Fact("place_shared", (place, len(group)))] if len(group) > 1 else []
        place += len(group)
        order += group
    return Verdict("ranked", True, tuple(facts), tuple(order))


def _check(rule: RuleVersion, counts: Mapping[str, int]) -> None:
    check_needed(counts, rule.counts)
    check_names(counts, ("eligible", "present", *REST), ("score", "lot"))
    check_numbers(counts)
    check_chain(counts, ("eligible", "present"))


def _points(terms: Scoring, counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Points by option and criterion; each option has every criterion, within what the scorers could give."""
    names, points = [one.name for one in terms.criteria], dict[str, dict[str, int]]()
    for name, number in below(counts, "score").items():
        option, _, criterion = name.rpartition(".")
        if criterion not in names or not option or "." in option:
            raise BadCount("unknown_count", f"score.{name} names no criterion of this rule", f"score.{name}")
        if number > counts["present"] * terms.most:
            raise BadCount("beyond_scale", f"score.{name} is more than all could give", option, criterion, number)
        points.setdefault(option, {})[criterion] = number
    if not points:
        raise BadCount("no_options", "there is no option to score")
    for option, given in points.items():
        check_needed({f"score.{option}.{name}": 0 for name in given}, [f"score.{option}.{name}" for name in names])
    return points


def _sum(terms: Scoring, points: Mapping[str, int]) -> int:
    return sum(one.weight * points[one.name] for one in terms.criteria)


def _in_order(terms: Scoring, points: Mapping[str, Mapping[str, int]], counts: Mapping[str, int]) -> list[list[str]]:
    """Groups of options that share a place, best first; with lots every group has one option."""

    def merit(name: str) -> tuple[int, ...]:
        return (_sum(terms, points[name]), *(points[name][tie] for tie in terms.ties))

    best_first = sorted(sorted(points), key=merit, reverse=True)
    groups = [list(group) for _, group in groupby(best_first, key=merit)]
    if terms.tie == "shared":
        return groups
    lots = lots_of(counts, points)
    return [[name] for group in groups for name in place_by_lot(group, lots)]
