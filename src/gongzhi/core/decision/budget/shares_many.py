"""Many runs of equal shares at once, with endowments that lie close together, as a completion needs them.

Such runs ask nearly the same questions in the same turn, so each question is answered for all of them as one matrix: a
row for each kind of ballot, a column for each run. Every number is a bound that holds for certain, as in `shares.Run`;
a run whose next purchase the bounds do not settle is left to it, and comes back as None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from gongzhi.core.decision.budget.stakes import Floats, Ints, Stake, Stakes

UNIT = 2.0**-53
TINY = 5e-324
STEPS = 40
Flags = NDArray[np.bool_]


@dataclass(slots=True)
class _Side:
    """A project's supporters: kinds of ballots that have money in at least one run."""

    stake: Stake
    who: Ints
    heads: Floats
    weight: Floats
    points: Floats | None

    def caps(self, prices: Floats) -> Floats:
        """The full part of each supporter (down) in each run (across) at a price per point."""
        return prices if self.points is None else self.points[:, None] * prices

    def keep(self, rows: Flags) -> None:
        self.who, self.heads, self.weight = self.who[rows], self.heads[rows], self.weight[rows]
        self.points = None if self.points is None else self.points[rows]


def run_many(
    stakes: Stakes, endowments: Sequence[Fraction], hint: Sequence[Stake] = ()
) -> list[tuple[Stake, ...] | None]:
    """For each endowment the projects bought in their order; None where only exact arithmetic can tell.

    `hint`: what a run with an endowment nearby bought. It saves time, and changes nothing.
    """
    runs = _Runs(stakes, endowments, hint)
    while runs.going.any():
        runs.turn()
    return [None if doubt else tuple(bought) for doubt, bought in zip(runs.doubt, runs.bought, strict=True)]


class _Runs:
    """Runs side by side. For each project (down) and run (across): `low`, a price per point that is certainly not too
    high, infinite when it cannot be bought any more; `high`, one that is certainly not too low, infinite when not
    known in this turn. Voters hold at most `held`, and at least `held` less `width`; nothing where it is zero."""

    def __init__(self, stakes: Stakes, endowments: Sequence[Fraction], hint: Sequence[Stake]) -> None:
        self.hint = [stake.rank for stake in hint]
        money = np.array([float(endowment) for endowment in endowments])
        self.width = money * 8 * UNIT
        self.richest = float(money.max())
        self.held = np.repeat((money * (1 + 4 * UNIT))[None, :], stakes.rows, axis=0)
        self.alive = np.ones(stakes.rows, dtype=bool)
        self.sides = [_Side(one, one.who, one.heads.astype(np.float64), one.weight, one.points_float())
                      for one in stakes.of]  # fmt: skip
        self.worth = np.array([[float(one.worth)] for one in stakes.of]).reshape(len(stakes.of), 1)
        first = np.array([one.cost / one.total * (1 - 4 * UNIT) for one in stakes.of])
        self.low = np.repeat(first[:, None], len(money), axis=1)
        self.high = np.full(self.low.shape, np.inf)
        self.going = np.full(len(money), bool(stakes.of))
        self.doubt = np.zeros(len(money), dtype=bool)
        self.bought: list[list[Stake]] = [[] for _ in money]

    def turn(self) -> None:
        """One purchase in every run that goes on; runs that end, or that floats cannot decide, stop."""
        best = self._settle_all()
        near = (self.low / self.worth <= best) & (self.low < np.inf)
        count, choice = near.sum(axis=0), np.argmax(near, axis=0)
        for column in np.flatnonzero((count != 1) & self.going):
            choice[column] = self._few(np.flatnonzero(near[:, column]), int(column))
        self.low[:, ~self.going] = np.inf
        for pick in np.unique(choice[self.going]):
            self._buy(int(pick), np.flatnonzero((choice == pick) & self.going))
        self.high.fill(np.inf)

    def _few(self, rows: Ints, column: int) -> int:
        """The choice where not exactly one project is left: none is the end of a run, several may be a plain tie."""
        if len(rows) and all(self._untouched(int(row), column) for row in rows):
            return int(min(rows, key=lambda row: (_plain(self.sides[row].stake), self.sides[row].stake.rank)))
        self.going[column] = False
        self.doubt[column] = len(rows) > 0
        return 0

    def _untouched(self, row: int, column: int) -> bool:
        """Whether for certain every supporter can pay a full part."""
        side, high = self.sides[row], self.high[row, column]
        if len(side.who) < len(side.stake.who) or not np.isfinite(high):
            return False
        caps = high if side.points is None else side.points * high
        return bool((self.held[side.who, column] - self.width[column] >= caps).all())

    # --- prices ---

    def _settle_all(self) -> Floats:
        """Raises the floors until in no run an unsettled project could be cheapest. Gives the least roof of each."""
        settled = np.zeros(self.low.shape, dtype=bool)
        best = np.full(len(self.going), np.inf)
        likely = next((row for row in self.hint if self.low[row].min() < np.inf), None)
        if likely is not None:
            columns = np.flatnonzero(self.low[likely] < np.inf)
            settled[likely, columns] = True
            self._settle(likely, columns, best[columns])
            np.minimum(best, self.high[likely] / self.worth[likely], out=best)
        while True:
            floors = self.low / self.worth
            wanted = (floors <= best) & (floors < np.inf) & ~settled
            least = np.where(wanted, floors, np.inf).min(axis=1, initial=np.inf)
            row = int(np.argmin(least)) if len(least) else 0
            if not len(least) or least[row] == np.inf:
                return best
            columns = np.flatnonzero(wanted[row])
            settled[row, columns] = True
            self._settle(row, columns, best[columns] * self.worth[row])
            np.minimum(best, self.high[row] / self.worth[row], out=best)

    def _settle(self, row: int, columns: Ints, enough: Floats) -> None:
        """Raises the floor of one project to its price, or past `enough`; encloses the price where it is below that."""
        side = self.sides[row]
        most = self._money(side, columns)
        cost = float(side.stake.cost)
        slack = (len(side.who) + 8) * 2 * UNIT * cost
        low = self.low[row, columns]
        low[side.heads @ most < cost - slack] = np.inf
        for _ in range(STEPS):
            caps = side.caps(low)
            missing = cost - slack - side.heads @ np.minimum(most, caps)
            short = (missing > 2 * slack) & (low <= enough) & (low < np.inf)
            if not short.any():
                break
            slope = side.weight @ (most > caps).astype(np.float64)
            step = np.where(short & (slope > 0), missing, 0.0) / np.where(slope > 0, slope, 1.0)
            low += step * (1 - 4 * UNIT)
            if not step.any():
                break
        self.low[row, columns] = low
        if (low <= enough).any():
            self.high[row, columns] = _roof(side, np.maximum(most - self.width[columns], 0.0), low, cost, slack)

    def _money(self, side: _Side, columns: Ints) -> Floats:
        """What each row holds at most; rows with nothing anywhere are dropped when there are many."""
        alive = self.alive.take(side.who)
        if np.count_nonzero(alive) < 0.95 * len(alive):
            side.keep(alive)
        held: Floats = self.held.take(side.who, axis=0)
        return held if len(columns) == len(self.going) else held.take(columns, axis=1)

    # --- buying ---

    def _buy(self, row: int, columns: Ints) -> None:
        side = self.sides[row]
        low, high = self.low[row, columns], self.high[row, columns]
        every = len(columns) == len(self.going)
        where = side.who if every else np.ix_(side.who, columns)
        had = self.held.take(side.who, axis=0) if every else self.held[where]
        caps = side.caps(low)
        left = np.maximum(had - caps, TINY)
        left[had <= caps * (1 - 2 * UNIT)] = 0.0
        self.held[where] = left
        spent = side.who[left[:, 0] == 0]
        self.alive[spent] = self.held.take(spent, axis=0).any(axis=1)
        most = 1.0 if side.points is None or not len(side.who) else float(side.points.max())
        self.width[columns] += most * (high - low + 8 * UNIT * high) + 8 * UNIT * self.richest
        self.low[row, columns] = np.inf
        for column in columns:
            self.bought[column].append(side.stake)


def _plain(stake: Stake) -> Fraction:
    """Rho when nobody is short of money."""
    return Fraction(stake.cost, stake.total * stake.worth)


def _roof(side: _Side, least: Floats, low: Floats, cost: float, slack: float) -> Floats:
    """Prices at which the supporters certainly pay too much; infinite where a few steps do not find one nearby."""
    high = np.where(np.isfinite(low), low, 0.0)
    missing = np.zeros(len(low))
    for _ in range(4):
        caps = side.caps(high)
        missing = cost + slack - side.heads @ np.minimum(least, caps)
        if (missing <= 0).all():
            break
        slope = side.weight @ (least > caps).astype(np.float64)
        step = (missing + slack) / np.where(slope > 0, slope, 1.0)
        high = np.where(missing > 0, (high + step) * (1 + 8 * UNIT) + TINY, high)
    known = (missing <= 0) & np.isfinite(low) & (high <= low * (1 + 1e-4))
    return np.where(known, high, np.inf)
