"""Norms in numbers: which side of a norm weighs what, what would be enough, and how many places are left after merging.

A norm is a condition over numbers of a place that the charter states (`norms:`); everything here is read from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gongzhi.core.charter.commitments import Norm
from gongzhi.core.procedure.conditions import program

MOST = 3_001  # values tried one by one; beyond them in steps of a fifth, then halved
LARGEST = 10**9
_COMPARES = re.compile(r"(.+?)\s*(>=|<=|==|!=|>|<)\s*(.+)")


@dataclass(frozen=True, slots=True)
class Side:
    """One condition of a norm: `left`, `sign`, `right` as written, the numbers they come to, and whether it holds."""

    left: str
    sign: str
    right: str
    left_value: int
    right_value: int
    holds: bool


def sides(norm: Norm, facts: Mapping[str, int]) -> list[Side]:
    """Each comparison of a norm that is joined to the others by `&&`, with its numbers."""
    found = []
    for text in norm.test.split("&&"):
        match = _COMPARES.fullmatch(text.strip())
        if match is None or ("(" in text and text.count("(") != text.count(")")) or "||" in text:
            continue  # a condition with alternatives has no two sides
        left, sign, right = match.groups()
        values = dict(facts)
        found.append(
            Side(left, sign, right, _number(left, values), _number(right, values), bool(_value(text.strip(), values)))
        )
    return found


def least(norm: Norm, known: Mapping[str, int], wanted: str) -> int | None:
    """The smallest number of one fact with which the norm is met, the others being known; None where there is none."""
    meets = _meets(norm, known, wanted)
    found = next((number for number in range(MOST) if meets(number)), None)
    return found if found is not None else _doubled(meets)


def greatest(norm: Norm, known: Mapping[str, int], wanted: str) -> int | None:
    """The largest number of one fact with which the norm is met; None where there is none, or no largest.

    Between the smallest and the largest every number has to do, as it is for sums that are compared.
    """
    low, meets = least(norm, known, wanted), _meets(norm, known, wanted)
    if low is None or meets(LARGEST):
        return None
    high = LARGEST
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if meets(middle) else (low, middle)
    return low


def merged(sizes: Sequence[int], most: int) -> list[tuple[int, ...]]:
    """Neighbours put together, in the order given, as long as a group stays within `most`: the fewest groups there are.

    What is larger than `most` alone stays alone.
    """
    groups: list[tuple[int, ...]] = []
    for size in sizes:
        if groups and sum(groups[-1]) + size <= most:
            groups[-1] = (*groups[-1], size)
        else:
            groups.append((size,))
    return groups


def change(before: int, after: int) -> float:
    """The change in per cent, to one digit. Raises ZeroDivisionError for nothing before."""
    return round((after - before) / before * 100, 1)


def _meets(norm: Norm, known: Mapping[str, int], wanted: str) -> Callable[[int], bool]:
    test = program(norm.test)
    return lambda number: bool(test.execute({**known, wanted: number}))


def _doubled(meets: Callable[[int], bool]) -> int | None:
    low = high = MOST - 1
    while high <= LARGEST and not meets(high):
        low, high = high, high + high // 5
    if high > LARGEST:
        return None
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (low, middle) if meets(middle) else (middle, high)
    return high


def _value(text: str, facts: Mapping[str, int]) -> object:
    return program(text).execute(dict(facts))


def _number(text: str, facts: Mapping[str, int]) -> int:
    value = _value(text, facts)
    return value if isinstance(value, int) else 0
