"""Ratings by groups of people with weights (semantics R46): rated, withheld or no quorum. Nobody is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gongzhi.core.decision import terms as read
from gongzhi.core.decision.counts import (
    REST,
    below,
    check_chain,
    check_names,
    check_needed,
    check_numbers,
    more,
    quorum_of,
)
from gongzhi.core.decision.faults import BadCount, unusable
from gongzhi.core.decision.rule import RuleVersion
from gongzhi.core.decision.verdict import Verdict
from gongzhi.core.fact import Fact

OUTCOMES = ("rated", "withheld", "no_quorum")
KEYS = ("grades", "groups")


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade one can give: worth `points` (0 to 100), and given as the result from a mean of `from_` on."""

    name: str
    title: str
    points: int
    from_: int


@dataclass(frozen=True, slots=True)
class Group:
    """Who rates: how much of 100 the group weighs, and how many of it have to rate so that nobody can be guessed."""

    name: str
    title: str
    weight: int
    least: int


@dataclass(frozen=True, slots=True)
class Rating:
    """`grades` from best to worst."""

    grades: tuple[Grade, ...]
    groups: tuple[Group, ...]


def terms_of(rule: str, row: Mapping[str, Any]) -> Rating:
    """The terms of a rating as written. Raises RuleError: weights that do not add up, grades that leave a gap."""
    grades = [
        Grade(name, read.title(item, name), read.number(rule, item, "points"), read.number(rule, item, "from"))
        for name, item in read.table(rule, row, "grades", ("points", "from")).items()
    ]
    groups = [
        Group(name, read.title(item, name), read.number(rule, item, "weight"), read.number(rule, item, "least", 1))
        for name, item in read.table(rule, row, "groups", ("weight", "least")).items()
    ]
    read.weights(rule, "groups", {group.name: group.weight for group in groups})
    bounds = sorted({grade.from_ for grade in grades})
    if len(bounds) < len(grades) or bounds[0] != 0 or any(grade.points > read.WHOLE for grade in grades):
        raise unusable(rule, "grades", "points go up to 100; each grade has its own `from`, the lowest is 0")
    return Rating(tuple(sorted(grades, key=lambda grade: -grade.from_)), tuple(groups))


def decide(rule: RuleVersion, counts: Mapping[str, int]) -> Verdict:
    """The grade that the weighted mean of the groups' means gives. Raises BadCount.

    Facts: quorum lines; `group_small` (group, needed, had) when withheld; else `group_rated` (group, raters,
    weight, mean) for each group and `rated` (grade, mean), means in hundredths of a point, cut off.
    """
    terms: Rating = rule.terms
    _check(rule, terms, counts)
    quorum, facts = quorum_of(rule.quorum, counts, rule.counts)
    if not quorum:
        return Verdict("no_quorum", False, tuple(facts))
    given = {group.name: _given(terms, counts, group.name) for group in terms.groups}
    small = [group for group in terms.groups if sum(given[group.name].values()) < group.least]
    if small:
        facts += [Fact("group_small", (one.name, one.least, sum(given[one.name].values()))) for one in small]
        return Verdict("withheld", True, tuple(facts))
    means = {name: _mean(terms, grades) for name, grades in given.items()}
    for group in terms.groups:
        raters = sum(given[group.name].values())
        facts.append(Fact("group_rated", (group.name, raters, group.weight, _hundredths(means[group.name]))))
    whole = sum((means[group.name] * group.weight for group in terms.groups), Fraction(0)) / read.WHOLE
    grade = next(grade for grade in terms.grades if whole >= grade.from_)
    facts.append(Fact("rated", (grade.name, _hundredths(whole))))
    return Verdict("rated", True, tuple(facts), (grade.name,))


def _check(rule: RuleVersion, terms: Rating, counts: Mapping[str, int]) -> None:
    check_needed(counts, rule.counts)
    check_names(counts, ("eligible", "present", *REST), ("grade", "eligible"))
    check_numbers(counts)
    check_chain(counts, ("eligible", "present"))
    groups, grades = {group.name for group in terms.groups}, {grade.name for grade in terms.grades}
    for name in below(counts, "grade"):
        group, _, grade = name.partition(".")
        if group not in groups or grade not in grades:
            raise BadCount("unknown_option", f"grade.{name}: no such group or grade", name)
    raters = 0
    for name in groups:
        given, roll = sum(_given(terms, counts, name).values()), counts.get(f"eligible.{name}")
        raters += given
        if roll is not None and given > roll:
            raise more(f"grade.{name}", given, f"eligible.{name}", roll)
    if raters > counts["present"]:
        raise more("votes", raters, "present", counts["present"])


def _given(terms: Rating, counts: Mapping[str, int], group: str) -> dict[str, int]:
    return {grade.name: counts.get(f"grade.{group}.{grade.name}", 0) for grade in terms.grades}


def _mean(terms: Rating, given: Mapping[str, int]) -> Fraction:
    return Fraction(sum(grade.points * given[grade.name] for grade in terms.grades), sum(given.values()))


def _hundredths(value: Fraction) -> int:
    return value.numerator * 100 // value.denominator
