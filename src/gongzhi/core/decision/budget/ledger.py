"""Who has how much left, exactly: the purchases of a run replayed with fractions.

A voter with money left has paid the full price of everything bought that they support; so what is left is the
endowment less a sum of prices, and a few hundred fractions say everything about any number of voters. Floats only tell
which voters are clearly poor or clearly rich; who is neither is compared by fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from gongzhi.core.decision.budget.stakes import Floats, Stake, Stakes

ROUNDING = 2.0**-50


@dataclass(frozen=True, slots=True)
class Paid:
    """One purchase: the exact `price` per point, how many paid all of it, and how many paid what they still had."""

    stake: Stake
    price: Fraction
    full: int
    rest: int


class Ledger:
    """The exact state after some purchases of a run."""

    def __init__(self, stakes: Stakes, endowment: Fraction) -> None:
        self.endowment = endowment
        self.held = np.full(stakes.rows, float(endowment))
        self.spent = np.zeros(stakes.rows, dtype=bool)
        self.paid: list[Paid] = []
        self._shares: list[int] = []
        self._whole = 1

    @property
    def error(self) -> float:
        """How far a float of `held` may be from the truth."""
        return (len(self.paid) + 2) * float(self.endowment) * ROUNDING

    def buy(self, stake: Stake, guess: float | None = None) -> Fraction:
        """Enters a purchase and gives its exact price per point. `guess`: a price near it. Raises ValueError when its
        supporters cannot pay."""
        found = self._price(stake, guess)
        if found is None:
            raise ValueError(f"{stake.name} cannot be paid")
        price, poor = found
        rest = int(stake.heads[poor & ~self.spent[stake.who]].sum())
        gone = int(stake.heads[self.spent[stake.who]].sum())
        self.paid.append(Paid(stake, price, stake.supporters - rest - gone, rest))
        left = self.held[stake.who] - _caps(stake, price)
        self.held[stake.who] = np.where(poor, 0.0, np.maximum(left, 0.0))
        self.spent[stake.who] |= poor | self._just_spent(stake, price, left)
        self.held[self.spent] = 0.0
        return price

    def price(self, stake: Stake, guess: float | None = None) -> Fraction | None:
        """The exact price of a point if this project were bought now; None when its supporters cannot pay."""
        found = self._price(stake, guess)
        return found[0] if found else None

    def left(self, stake: Stake) -> Fraction:
        """What all supporters of a project still have together."""
        return self._sum(stake, ~self.spent[stake.who])

    def row_left(self, row: int) -> Fraction:
        """What one voter of a row of ballots still has."""
        if self.spent[row]:
            return Fraction(0)
        return self.endowment - sum((paid.price * _points_of(paid.stake, row) for paid in self.paid), Fraction(0))

    def _price(self, stake: Stake, guess: float | None) -> tuple[Fraction, np.ndarray] | None:
        """The price and which rows are poor (have less than their part): poor ones pay what they have."""
        spent = self.spent[stake.who]
        poor = spent.copy() if guess is None else spent | (self.held[stake.who] < _caps(stake, guess) - self.error)
        while True:
            rich = int(stake.point_heads()[~poor].sum())
            if rich == 0:
                return self._price(stake, None) if guess is not None else None
            price = (stake.cost - self._sum(stake, poor & ~spent)) / rich
            poorer = spent | self._poorer(stake, price)
            if np.array_equal(poorer, poor):
                return price, poor
            if guess is not None and (poor & ~poorer).any():
                return self._price(stake, None)
            poor = poorer

    def _poorer(self, stake: Stake, price: Fraction) -> np.ndarray:
        """Rows that have strictly less than their part at this price."""
        held, caps = self.held[stake.who], _caps(stake, price)
        margin = 2 * self.error + caps * ROUNDING
        poor = held < caps - margin
        for at in np.flatnonzero(np.abs(held - caps) <= margin):
            poor[at] = self.row_left(int(stake.who[at])) < price * _points_at(stake, int(at))
        return poor

    def _just_spent(self, stake: Stake, price: Fraction, left: Floats) -> np.ndarray:
        """Rows whose last money was exactly their part."""
        gone = np.zeros(len(left), dtype=bool)
        for at in np.flatnonzero(np.abs(left) <= 4 * self.error):
            row = int(stake.who[at])
            gone[at] = not self.spent[row] and self.row_left(row) <= 0
        return gone

    def _sum(self, stake: Stake, chosen: np.ndarray) -> Fraction:
        """What the chosen rows of supporters, none of them spent, have together."""
        if not chosen.any():
            return Fraction(0)
        flags = np.zeros(len(self.held), dtype=bool)
        flags[stake.who[chosen]] = True
        shares, whole = self._prices()
        gone = sum(
            share * int(paid.stake.point_heads()[flags[paid.stake.who]].sum())
            for share, paid in zip(shares, self.paid, strict=True)
        )
        return self.endowment * int(stake.heads[chosen].sum()) - Fraction(gone, whole)

    def _prices(self) -> tuple[list[int], int]:
        """All prices over one denominator: sums of whole numbers are much quicker than sums of fractions."""
        if len(self._shares) < len(self.paid):
            self._whole = lcm(*(paid.price.denominator for paid in self.paid))
            self._shares = [int(paid.price * self._whole) for paid in self.paid]
        return self._shares, self._whole


def _caps(stake: Stake, price: Fraction | float) -> Floats:
    """The full part of each row at a price per point."""
    points = np.ones(len(stake.who)) if stake.points is None else stake.points.astype(np.float64)
    return float(price) * points


def _points_at(stake: Stake, at: int) -> int:
    return 1 if stake.points is None else int(stake.points[at])


def _points_of(stake: Stake, row: int) -> int:
    at = int(np.searchsorted(stake.who, row))
    return _points_at(stake, at) if at < len(stake.who) and stake.who[at] == row else 0
