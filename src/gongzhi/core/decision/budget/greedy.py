"""Greedy: projects in the order of their votes, each one that still fits the money left."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from gongzhi.core.decision.budget.model import Election, Reason
from gongzhi.core.decision.budget.stakes import Stake, Stakes, stakes_of


def greedy(election: Election, measure: str) -> tuple[Reason, ...]:
    """By votes (`cost`: content counts by cost, so content per yuan is the number of votes), or by votes per cost
    (`count`). Equal ones in the order of their ids as text. A project nobody supports gets nothing."""
    stakes = stakes_of(election, measure)
    return tuple(take(election, stakes, (), "chosen")) + without_support(election, stakes)


def take(election: Election, stakes: Stakes, before: Iterable[str], code: str) -> list[Reason]:
    """Greedy reasons of all supported projects not bought `before`, whose money is gone."""
    gone = set(before)
    free = election.money - sum(stake.cost for stake in stakes.of if stake.name in gone)
    order = sorted((stake for stake in stakes.of if stake.name not in gone), key=lambda one: (-density(one), one.rank))
    reasons, turn = [], len(gone)
    for stake in order:
        tied = tuple(other.name for other in order if other is not stake and density(other) == density(stake))
        if stake.cost <= free:
            turn += 1
            free -= stake.cost
            reasons.append(_reason(stake, code, turn=turn, tied_with=tied))
        else:
            missed = "too_dear" if stake.cost > election.money else "no_room"
            reasons.append(_reason(stake, missed, left=Fraction(free), tied_with=tied))
    return reasons


def without_support(election: Election, stakes: Stakes) -> tuple[Reason, ...]:
    """The projects nobody supports."""
    supported = {stake.name for stake in stakes.of}
    return tuple(Reason(one.id, "nobody", one.cost, 0, 0) for one in election.projects if one.id not in supported)


def density(stake: Stake) -> Fraction:
    """Content of all supporters per unit of money."""
    return Fraction(stake.total * stake.worth, stake.cost)


def _reason(stake: Stake, code: str, turn: int = 0, left: Fraction | None = None,
            tied_with: tuple[str, ...] = ()) -> Reason:  # fmt: skip
    return Reason(stake.name, code, stake.cost, stake.supporters, stake.total, turn, left=left, tied_with=tied_with)
