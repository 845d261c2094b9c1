"""Decisions by threshold: enough took part, and enough of them agreed. Whole numbers only."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from gongzhi.core.decision.condition import Comparison, comparisons
from gongzhi.core.decision.rule import AREAS, HEADS, RuleVersion
from gongzhi.core.decision.verdict import Verdict
from gongzhi.core.fact import Fact

MOST = 10**13  # times the largest factor of a condition this still fits the 64 bits that CEL counts with


class BadCount(ValueError):
    """Counts that cannot be true. `code`: missing_count, unknown_count, not_whole, negative_count,
    count_too_large, more_than_possible, recused_of_area; `details` are the names and numbers concerned."""

    def __init__(self, code: str, text: str, *details: str | int) -> None:
        super().__init__(text)
        self.code = code
        self.details = details


def count(rule: RuleVersion, counts: Mapping[str, int], recused: int = 0) -> Verdict:
    """The verdict of a rule on a count, with what was needed and what was there.

    `counts` holds at least `rule.counts`: heads as they are, areas in 0.01 m2. `eligible` is the frozen roll
    with everybody on it; `present` and `yes` are without the `recused`, who have left the room. Under
    `recused: leave` they are taken off the roll; under `stay` they remain on it. Raises BadCount.

    Facts: `recused_left` (n, name), then for each comparison `quorum_met`/`quorum_short` and, with a quorum,
    `yes_enough`/`yes_short`, each with args (name, needed, had, of name, of number).
    """
    _check(rule, {**counts, "recused": recused})
    real, facts = _without(rule, counts, recused)
    gate = comparisons(rule.quorum)
    quorum = all(part.holds(real) for part in gate)
    facts += _facts(gate, real, "quorum_met", "quorum_short")
    if not quorum:
        return Verdict("no_quorum", False, tuple(facts))
    asked = comparisons(rule.passes)
    facts += _facts(asked, real, "yes_enough", "yes_short")
    return Verdict("passed" if all(part.holds(real) for part in asked) else "failed", True, tuple(facts))


def _without(rule: RuleVersion, counts: Mapping[str, int], recused: int) -> tuple[dict[str, int], list[Fact]]:
    real = dict(counts)
    if not recused or rule.recused == "stay":
        return real, []
    if any(name in AREAS for name in rule.counts):
        raise BadCount("recused_of_area", "a recusal by heads cannot be taken off an area", recused)
    real["eligible"] = real.get("eligible", 0) - recused
    _check(rule, real)
    return real, [Fact("recused_left", (recused, real["eligible"]))]


def _facts(parts: tuple[Comparison, ...], counts: Mapping[str, int], met: str, short: str) -> list[Fact]:
    """What each comparison needs and has. A comparison with zero is worth a line only when it fails."""
    facts = []
    for part in parts:
        holds = part.holds(counts)
        if holds and not part.of:
            continue
        line = (part.subject, part.needed(counts), counts[part.subject], part.of, counts.get(part.of, 0))
        facts.append(Fact(met if holds else short, line))
    return facts


def _check(rule: RuleVersion, counts: Mapping[str, int]) -> None:
    for name in rule.counts:
        if name not in counts:
            raise BadCount("missing_count", f"{name} is missing", name)
    for name, number in counts.items():
        _check_number(name, number)
    for chain in (HEADS, AREAS):
        given = [name for name in chain if name in counts]
        for larger, smaller in pairwise(given):
            if counts[smaller] > counts[larger]:
                _more(smaller, counts[smaller], larger, counts[larger])


def _check_number(name: str, number: object) -> None:
    if name not in (*HEADS, *AREAS, "recused"):
        raise BadCount("unknown_count", f"{name} is not a count; use {', '.join(HEADS + AREAS)}", name)
    if type(number) is not int:
        raise BadCount("not_whole", f"{name} must be a whole number, not {number!r}", name, str(number))
    if number < 0:
        raise BadCount("negative_count", f"{name} cannot be negative: {number}", name, number)
    if number > MOST:
        raise BadCount("count_too_large", f"{name} is too large: {number}", name, number)


def _more(smaller: str, number: int, larger: str, limit: int) -> None:
    raise BadCount(
        "more_than_possible",
        f"{smaller} ({number}) is more than {larger} ({limit})",
        smaller,
        number,
        larger,
        limit,
    )
