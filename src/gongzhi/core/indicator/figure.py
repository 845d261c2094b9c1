"""One figure: part of whole, or a median, or why there is none. Whole numbers and fractions, no rounding inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from gongzhi.core.charter.commitments import Indicator
from gongzhi.core.indicator.target import BadTarget, read_target
from gongzhi.core.indicator.vocabulary import KINDS, RATED

FEWEST = 10  # a cell below this could be somebody (guardrail H4, cross-cutting rule 3)
FEWEST_RATERS = 5  # guardrail H15
EXACT = Context(prec=28, rounding=ROUND_HALF_EVEN)
SIX = Decimal("0.000001")
Z95 = Decimal("1.959963984540054")  # of the normal distribution, for 95 %

Counted = Mapping[tuple[str, str, int], int]  # (name, kind, hours) -> how many


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is None where there is none, and `why` says so: no_whole, more_than_all, too_few, few_raters, nothing,
    not_entered, not_asked. `met` is None without a target."""

    part: int | None = None
    whole: int | None = None
    value: Fraction | None = None
    why: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which shares the true one lies, 95 times of 100, if those asked were drawn by lot."""

    low: Decimal
    high: Decimal


def figure(indicator: Indicator, counted: Counted) -> Figure:
    """The figure of a computed indicator from what was counted in its period."""
    kinds = [kind for kind in KINDS if kind not in indicator.leaves_out]
    if indicator.median:
        return _judged(indicator, _median_figure(indicator.median, counted, kinds))
    part = _sum(counted, indicator.part, kinds)
    if indicator.whole is None:
        return _judged(indicator, Figure(part, None, Fraction(part)))
    whole = _sum(counted, indicator.whole, kinds)
    if indicator.part in RATED and 0 < whole < FEWEST_RATERS:
        return Figure(why="few_raters")
    return _judged(indicator, share(part, whole))


def entered(indicator: Indicator, part: int | None, whole: int | None) -> Figure:
    """The figure of what an office typed in; hidden where a cell could be somebody."""
    if part is None:
        return Figure(why="not_entered")
    if indicator.entered is not None and indicator.entered.of_people and hidden(part, whole):
        return Figure(why="too_few")
    if whole is None:
        return _judged(indicator, Figure(part, None, Fraction(part)))
    return _judged(indicator, share(part, whole))


def surveyed(indicator: Indicator, part: int, whole: int) -> Figure:
    """The share of those asked that gave a counted answer; hidden where fewer than ten did, or did not, or answered."""
    if whole == 0:
        return Figure(why="not_asked")
    if hidden(part, whole):
        return Figure(why="too_few")
    return _judged(indicator, share(part, whole))


def share(part: int, whole: int) -> Figure:
    """Part of whole; a whole of nothing gives no figure rather than 0 or 100 %."""
    if whole == 0:
        return Figure(part, whole, None, "no_whole")
    return Figure(part, whole, Fraction(part, whole))


def hidden(part: int, whole: int | None) -> bool:
    """Is one of the numbers, or what is left between them, small enough to point at somebody?"""
    if part < FEWEST:
        return True
    return whole is not None and (whole < FEWEST or 0 < whole - part < FEWEST)


def median(sizes: Sequence[tuple[int, int]]) -> Fraction | None:
    """The middle of (size, how often) pairs; of an even number the mean of the middle two. None of nothing."""
    total = sum(often for _, often in sizes)
    if total == 0:
        return None
    middle = (_nth(sizes, (total - 1) // 2), _nth(sizes, total // 2))
    return Fraction(sum(middle), 2)


def wilson(part: int, whole: int) -> Interval:
    """Wilson's score interval, 95 %. Raises ValueError where part is not within whole or whole is nothing."""
    if not 0 <= part <= whole or whole == 0:
        raise ValueError("a share of nothing, or more than all")
    n, p, z = Decimal(whole), EXACT.divide(Decimal(part), Decimal(whole)), Z95
    square = z * z
    middle = EXACT.divide(p + square / (2 * n), 1 + square / n)
    inside = EXACT.sqrt(EXACT.divide(p * (1 - p), n) + square / (4 * n * n))
    reach = EXACT.divide(z * inside, 1 + square / n)
    low, high = (end.quantize(SIX) for end in (middle - reach, middle + reach))
    return Interval(max(Decimal(0), low), min(Decimal(1), high))


def _sum(counted: Counted, name: str | None, kinds: Iterable[str]) -> int:
    return sum(counted.get((str(name), kind, 0), 0) for kind in kinds)


def _median_figure(name: str, counted: Counted, kinds: Sequence[str]) -> Figure:
    sizes: dict[int, int] = {}
    for (of, kind, hours), often in counted.items():
        if of == name and kind in kinds:
            sizes[hours] = sizes.get(hours, 0) + often
    middle = median(sorted(sizes.items()))
    if middle is None:
        return Figure(why="nothing")
    return Figure(None, sum(sizes.values()), middle)


def _nth(sizes: Sequence[tuple[int, int]], nth: int) -> int:
    for size, often in sizes:
        if nth < often:
            return size
        nth -= often
    raise IndexError(nth)


def _judged(indicator: Indicator, found: Figure) -> Figure:
    if found.value is None or not indicator.target:
        return found
    try:
        met = read_target(indicator.target).met(found.value)
    except BadTarget:
        return found
    return Figure(found.part, found.whole, found.value, found.why, met)
