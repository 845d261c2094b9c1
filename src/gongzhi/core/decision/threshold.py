"""Decisions by threshold: enough took part, and enough of them agreed. Whole numbers only."""

from __future__ import annotations

from collections.abc import Mapping

from gongzhi.core.decision.condition import comparisons
from gongzhi.core.decision.counts import (
    AREA_REST,
    AREAS,
    HEADS,
    REST,
    check_chain,
    check_names,
    check_needed,
    check_numbers,
    check_rest,
    facts_of,
    quorum_of,
)
from gongzhi.core.decision.faults import BadCount
from gongzhi.core.decision.rule import RuleVersion
from gongzhi.core.decision.verdict import Verdict
from gongzhi.core.fact import Fact

OUTCOMES = ("passed", "failed", "no_quorum")
_KNOWN = (*HEADS, *AREAS, *REST, *AREA_REST, "recused")


def decide(rule: RuleVersion, counts: Mapping[str, int]) -> Verdict:
    """The verdict of a rule on a count, with what was needed and what was there.

    `counts` holds at least `rule.counts`: heads as they are, areas in 0.01 m2. `eligible` is the frozen roll
    with everybody on it; `present` and `yes` are without the `recused`, who have left the room. Under
    `recused: leave` they are taken off the roll; under `stay` they remain on it. Raises BadCount.

    Facts: `recused_left` (n, name), then for each comparison `quorum_met`/`quorum_short` and, with a quorum,
    `yes_enough`/`yes_short`, each with args (name, needed, had, of name, of number).
    """
    _check(rule, counts)
    real, facts = _without(rule, counts)
    quorum, took_part = quorum_of(rule.quorum, real, [name for name in HEADS[:2] if name in rule.counts])
    facts += took_part
    if not quorum:
        return Verdict("no_quorum", False, tuple(facts))
    asked = comparisons(rule.passes)
    facts += facts_of(asked, real, "yes_enough", "yes_short")
    return Verdict("passed" if all(part.holds(real) for part in asked) else "failed", True, tuple(facts))


def _without(rule: RuleVersion, counts: Mapping[str, int]) -> tuple[dict[str, int], list[Fact]]:
    real = dict(counts)
    recused = real.pop("recused", 0)
    if not recused or rule.recused == "stay":
        return real, []
    if any(name in AREAS for name in rule.counts):
        raise BadCount("recused_of_area", "a recusal by heads cannot be taken off an area", recused)
    real["eligible"] = real.get("eligible", 0) - recused
    _check(rule, real)
    return real, [Fact("recused_left", (recused, real["eligible"]))]


def _check(rule: RuleVersion, counts: Mapping[str, int]) -> None:
    check_needed(counts, rule.counts)
    check_names(counts, _KNOWN)
    check_numbers(counts)
    check_chain(counts, HEADS)
    check_chain(counts, AREAS)
    check_rest(counts, ("yes", *REST), "present" if "present" in counts else "eligible")
    check_rest(counts, ("area_yes", *AREA_REST), "area_present")
