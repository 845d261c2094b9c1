"""The method of equal shares: everybody gets the same part of the money, and supporters buy projects together.

In each turn the project is bought for which one unit of content is cheapest (`rho`); all its supporters pay the same
per point, and who has less pays what is left. Numbers are floats with bounds that hold for certain; a comparison the
bounds do not settle is made again with fractions (`Ledger`), so that the outcome is that of exact arithmetic.
How and why: `docs/algorithms/equal-shares.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np

from gongzhi.core.decision.budget.ledger import Ledger
from gongzhi.core.decision.budget.stakes import Floats, Ints, Stake, Stakes

UNIT = 2.0**-53
NEVER = float("inf")
TINY = 5e-324


@dataclass(slots=True)
class _Offer:
    """A project in one run. Its price per point is certainly not below `low`; in the `turn` noted it is certainly not
    above `high`. Rows of supporters who have nothing left are dropped as they are found."""

    stake: Stake
    who: Ints
    heads: Floats
    weight: Floats
    points: Floats | None
    low: float
    high: float = NEVER
    turn: int = -1

    @property
    def floor(self) -> float:
        return self.low / self.stake.worth

    @property
    def roof(self) -> float:
        return self.high / self.stake.worth


Queue = list[tuple[float, int, _Offer]]


class Run:
    """One run with one `endowment` for every voter (units of the election)."""

    def __init__(self, stakes: Stakes, endowment: Fraction) -> None:
        self.stakes = stakes
        self.endowment = endowment
        self.held = np.full(stakes.rows, float(endowment))
        self.error = float(endowment) * 2 * UNIT
        self.turn = 0
        self.bought: list[tuple[Stake, float]] = []
        self.ties: dict[str, tuple[str, ...]] = {}
        self.ledger = Ledger(stakes, endowment)

    def purchases(self) -> list[Stake]:
        """The projects bought, in their order."""
        queue: Queue = [(offer.floor, offer.stake.rank, offer) for offer in map(_first_offer, self.stakes.of)]
        heapify(queue)
        while (best := self._cheapest(queue)) is not None:
            self._buy(best)
        return [stake for stake, _ in self.bought]

    def exact(self) -> Ledger:
        """What was bought with exact prices, and what everybody has left."""
        self._catch_up()
        return self.ledger

    # --- whose turn it is ---

    def _cheapest(self, queue: Queue) -> _Offer | None:
        """The offer with the least rho, taken off the queue; None when nothing can be bought any more."""
        while queue:
            offer = heappop(queue)[2]
            rival = queue[0][0] if queue else NEVER
            if offer.turn != self.turn and not self._settle(offer, rival):
                continue
            if offer.turn == self.turn and offer.roof < rival:
                return offer
            if offer.turn == self.turn and offer.floor <= rival:
                return self._among(self._near(offer, queue), queue)
            heappush(queue, (offer.floor, offer.stake.rank, offer))
        return None

    def _near(self, offer: _Offer, queue: Queue) -> list[_Offer]:
        """The offer and all that may be as cheap as it is, taken off the queue."""
        near, back = [offer], list[_Offer]()
        while queue and queue[0][0] <= offer.roof:
            other = heappop(queue)[2]
            if other.turn != self.turn and not self._settle(other, offer.roof):
                continue
            (near if other.turn == self.turn and other.floor <= offer.roof else back).append(other)
        for other in back:
            heappush(queue, (other.floor, other.stake.rank, other))
        return near

    def _among(self, near: list[_Offer], queue: Queue) -> _Offer:
        """The cheapest of offers too close for floats, by fractions; equal ones in the declared order."""
        if len(near) == 1:
            return near[0]
        exact = [(self._exact(offer), offer) for offer in near]
        least = min(rho for rho, _ in exact)
        equal = sorted((offer for rho, offer in exact if rho == least), key=lambda offer: offer.stake.rank)
        if len(equal) > 1:
            self.ties[equal[0].stake.name] = tuple(offer.stake.name for offer in equal[1:])
        for offer in near:
            if offer is not equal[0]:
                heappush(queue, (offer.floor, offer.stake.rank, offer))
        return equal[0]

    def _exact(self, offer: _Offer) -> Fraction:
        if self._untouched(offer):
            return Fraction(offer.stake.cost, offer.stake.total * offer.stake.worth)
        self._catch_up()
        price = self.ledger.price(offer.stake, offer.low)
        assert price is not None, "settled offers can be paid"  # noqa: S101
        return price / offer.stake.worth

    def _untouched(self, offer: _Offer) -> bool:
        """Whether for certain every supporter can pay a full part, so that the price is cost by points."""
        if len(offer.who) < len(offer.stake.who):
            return False
        return bool((self.held.take(offer.who) - self.error >= _caps(offer, offer.high)).all())

    def _catch_up(self) -> None:
        """The ledger learns what was bought since it was last asked; its floats are sharper, so they are taken over."""
        for stake, guess in self.bought[len(self.ledger.paid) :]:
            self.ledger.buy(stake, guess)
        self.held, self.error = self.ledger.held.copy(), self.ledger.error

    # --- what a project costs its supporters ---

    def _settle(self, offer: _Offer, rival: float) -> bool:
        """Brings an offer up to date, or so far that it is certainly dearer than `rival`. False: nobody can pay."""
        held = self._money(offer)
        most = held + self.error
        cost = float(offer.stake.cost)
        slack = _slack(len(held), cost)
        if float(offer.heads @ most) < cost - slack:
            return False
        missing = NEVER
        while missing > 2 * slack:
            caps = _caps(offer, offer.low)
            missing = cost - slack - float(offer.heads @ np.minimum(most, caps))
            slope = float(offer.weight @ (most > caps))
            if slope == 0.0:
                return self._settle_exactly(offer)
            if missing > 0:
                offer.low += missing / slope * (1 - 4 * UNIT)
            if offer.floor > rival:
                return True
        return self._bound(offer, held - self.error, cost, slack)

    def _bound(self, offer: _Offer, least: Floats, cost: float, slack: float) -> bool:
        """Finds a price at which the supporters pay too much for certain; that and `low` enclose the true one."""
        offer.high = offer.low
        for _ in range(8):
            caps = _caps(offer, offer.high)
            slope = float(offer.weight @ (least > caps))
            missing = cost + slack - float(offer.heads @ np.minimum(least, caps))
            if missing <= 0:
                break
            if slope == 0.0:
                return self._settle_exactly(offer)
            offer.high = (offer.high + (missing + slack) / slope) * (1 + 8 * UNIT) + TINY
        else:
            return self._settle_exactly(offer)
        if offer.high > offer.low * (1 + 1e-4):
            return self._settle_exactly(offer)
        offer.turn = self.turn
        return True

    def _settle_exactly(self, offer: _Offer) -> bool:
        self._catch_up()
        price = self.ledger.price(offer.stake)
        if price is None:
            return False
        offer.low = float(price) * (1 - 4 * UNIT)
        offer.high = float(price) * (1 + 4 * UNIT)
        offer.turn = self.turn
        return True

    def _money(self, offer: _Offer) -> Floats:
        """What each row of supporters holds; rows with nothing are dropped when there are many."""
        held: Floats = self.held.take(offer.who)
        alive = int(np.count_nonzero(held))
        if alive < 0.9 * len(held):
            keep = held > 0
            offer.who, offer.heads, offer.weight = offer.who[keep], offer.heads[keep], offer.weight[keep]
            offer.points = None if offer.points is None else offer.points[keep]
            held = held[keep]
        return held

    # --- buying ---

    def _buy(self, offer: _Offer) -> None:
        held = self._money(offer)
        price = (offer.low + offer.high) / 2
        left = np.maximum(held - _caps(offer, price), TINY)
        left[held + self.error <= _caps(offer, offer.low) * (1 - 2 * UNIT)] = 0.0
        self.held[offer.who] = left
        most = 1.0 if offer.points is None or not len(held) else float(offer.points.max())
        self.error += most * ((offer.high - offer.low) / 2 + 4 * UNIT * price) + 2 * UNIT * float(self.endowment)
        self.bought.append((offer.stake, price))
        self.turn += 1


def _first_offer(stake: Stake) -> _Offer:
    price = stake.cost / stake.total * (1 - 4 * UNIT)
    heads = stake.heads.astype(np.float64)
    return _Offer(stake, stake.who, heads, stake.weight, stake.points_float(), price)


def _caps(offer: _Offer, price: float) -> Floats | float:
    """The full part of each row at a price per point."""
    return price if offer.points is None else offer.points * price


def _slack(rows: int, cost: float) -> float:
    """How far a sum over the rows may be off by rounding."""
    return (rows + 8) * 2 * UNIT * cost
