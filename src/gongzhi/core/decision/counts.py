"""Names and numbers of the counts an act brings (docs/decisions/0041): one flat mapping for every kind of rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from gongzhi.core.decision.condition import Comparison, comparisons
from gongzhi.core.decision.faults import BadCount
from gongzhi.core.fact import Fact

HEADS = ("eligible", "present", "yes")
AREAS = ("area_total", "area_present", "area_yes")
REST = ("no", "abstain", "invalid")  # told for completeness; with `yes` never more than who took part
AREA_REST = ("area_no", "area_abstain")
TOTALS = ("eligible", "present", "recused", *REST)
MOST = 10**13  # times the largest factor of a condition this still fits the 64 bits that CEL counts with

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def is_key(text: str) -> bool:
    """Whether this can name an option, criterion, group or grade."""
    return _KEY.fullmatch(text) is not None


def check_numbers(counts: Mapping[str, int]) -> None:
    """Every count is a whole number, not negative and not absurd. Raises BadCount."""
    for name, number in counts.items():
        if type(number) is not int:
            raise BadCount("not_whole", f"{name} must be a whole number, not {number!r}", name, str(number))
        if number < 0:
            raise BadCount("negative_count", f"{name} cannot be negative: {number}", name, number)
        if number > MOST:
            raise BadCount("count_too_large", f"{name} is too large: {number}", name, number)


def check_names(counts: Mapping[str, int], plain: Iterable[str], dotted: Iterable[str] = ()) -> None:
    """Only counts this kind of rule knows: `plain` names, and names below a `dotted` word. Raises BadCount."""
    known, heads = set(plain), set(dotted)
    for name in counts:
        head, dot, rest = name.partition(".")
        if name not in known and not (dot and head in heads and all(map(is_key, rest.split(".")))):
            raise BadCount("unknown_count", f"{name} is not a count of this rule; it knows {', '.join(known)}", name)


def check_needed(counts: Mapping[str, int], needed: Iterable[str]) -> None:
    """Nothing that the rule counts is missing. Raises BadCount."""
    for name in needed:
        if name not in counts:
            raise BadCount("missing_count", f"{name} is missing", name)


def check_chain(counts: Mapping[str, int], chain: Iterable[str]) -> None:
    """Each count of a chain is at most the one before it. Raises BadCount."""
    for larger, smaller in pairwise([name for name in chain if name in counts]):
        check_most(counts, smaller, larger)


def check_most(counts: Mapping[str, int], smaller: str, larger: str) -> None:
    """`smaller` is at most `larger`. Raises BadCount."""
    if counts[smaller] > counts[larger]:
        raise more(smaller, counts[smaller], larger, counts[larger])


def check_rest(counts: Mapping[str, int], parts: Iterable[str], whole: str) -> None:
    """`parts` together are not more than `whole`, where it is given. Raises BadCount."""
    total = sum(counts.get(part, 0) for part in parts)
    if whole in counts and total > counts[whole]:
        raise more("votes", total, whole, counts[whole])


def more(smaller: str, number: int, larger: str, limit: int) -> BadCount:
    """The fault of a part that is larger than its whole."""
    text = f"{smaller} ({number}) is more than {larger} ({limit})"
    return BadCount("more_than_possible", text, smaller, number, larger, limit)


def below(counts: Mapping[str, int], head: str) -> dict[str, int]:
    """The counts named `head.REST`, by REST, in the order given."""
    start = head + "."
    return {name.removeprefix(start): number for name, number in counts.items() if name.startswith(start)}


def of_item(counts: Mapping[str, int], item: str) -> dict[str, int]:
    """The plain counts of one of several items on one paper, for a rule by threshold."""
    own = {name.removesuffix("." + item): number for name, number in counts.items() if name.endswith("." + item)}
    return {name: number for name, number in counts.items() if "." not in name} | own


def quorum_of(condition: str, counts: Mapping[str, int], people: Iterable[str] = ()) -> tuple[bool, list[Fact]]:
    """Whether enough took part, with a fact for each comparison. Nobody at all (`people`) is never enough."""
    gate = list(comparisons(condition))
    written = {part.text for part in gate}
    for name in people:
        somebody = f"{name} > 0"
        gate += comparisons(somebody) if counts[name] == 0 and somebody not in written else ()
    return all(part.holds(counts) for part in gate), facts_of(gate, counts, "quorum_met", "quorum_short")


def facts_of(parts: Iterable[Comparison], counts: Mapping[str, int], met: str, short: str) -> list[Fact]:
    """What each comparison needs and has. A comparison with zero is worth a line only when it fails."""
    facts = []
    for part in parts:
        holds = part.holds(counts)
        if holds and not part.of:
            continue
        line = (part.subject, part.needed(counts), counts[part.subject], part.of, counts.get(part.of, 0))
        facts.append(Fact(met if holds else short, line))
    return facts
