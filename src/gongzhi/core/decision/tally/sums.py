"""Votes that only have to be added up: plurality, approval, score, yes or no. Ties are never broken in secret."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.core.decision.faults import BadCount
from gongzhi.core.decision.lots import undecided
from gongzhi.core.decision.tally.ballots import Ballots


@dataclass(frozen=True, slots=True)
class Sums:
    """`totals` of each candidate in turn, and the numbers of those elected, most votes first."""

    totals: tuple[int, ...]
    elected: tuple[int, ...]


def plurality(ballots: Ballots, seats: int, order: Sequence[int] = ()) -> Sums:
    """One vote each: the first preference counts."""
    totals = [0] * len(ballots.candidates)
    for mark, papers in ballots.marks.items():
        totals[mark[0]] += papers
    return best(totals, seats, order, ballots.withdrawn)


def approval(ballots: Ballots, seats: int, order: Sequence[int] = ()) -> Sums:
    """Everybody named on a paper gets one vote."""
    totals = [0] * len(ballots.candidates)
    for mark, papers in ballots.marks.items():
        for one in mark:
            totals[one] += papers
    return best(totals, seats, order, ballots.withdrawn)


def score(ballots: Ballots, seats: int, order: Sequence[int] = ()) -> Sums:
    """Points are added up."""
    totals = [0] * len(ballots.candidates)
    for mark, papers in ballots.marks.items():
        for one, points in enumerate(mark):
            totals[one] += points * papers
    return best(totals, seats, order, ballots.withdrawn)


def yes_no(ballots: Ballots) -> tuple[tuple[int, int, int], ...]:
    """Yes, no and abstained for each item in turn."""
    counts = [[0, 0, 0] for _ in ballots.candidates]
    for mark, papers in ballots.marks.items():
        for one, voice in enumerate(mark):
            counts[one][{1: 0, 0: 1, -1: 2}[voice]] += papers
    return tuple((yes, no, abstained) for yes, no, abstained in counts)


def best(totals: Sequence[int], seats: int, order: Sequence[int] = (), gone: frozenset[int] = frozenset()) -> Sums:
    """The `seats` with most; among equals those earlier in `order`. Raises BadCount when that is not declared.

    The details of the fault are the numbers of the tied candidates.
    """
    place = {one: at for at, one in enumerate(order)}
    standing = [one for one in range(len(totals)) if one not in gone]
    ranked = sorted(standing, key=lambda one: (-totals[one], place.get(one, len(place)), one))
    if 0 < seats < len(ranked):
        edge = totals[ranked[seats - 1]]
        tied = [one for one in ranked if totals[one] == edge]
        if totals[ranked[seats]] == edge and not set(tied) <= set(place):
            raise _tied(tied)
    return Sums(tuple(totals), tuple(ranked[:seats]))


def _tied(tied: Sequence[int]) -> BadCount:
    return undecided([str(one) for one in tied])
