"""Sequential Phragmen: each project's cost is spread over its supporters so that the greatest load stays least.

In each turn every project is asked what load its supporters would carry if they took it over together with what they
carry already; the one with the least load is bought, and all its supporters carry that load. The rule stops when a
project with the least load does not fit the money left. Loads are compared as floats with a bound on their relative
error (all sums are of positive numbers) and as fractions where that does not settle it.
"""

from __future__ import annotations

from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np

from gongzhi.core.decision.budget.model import Election, Reason
from gongzhi.core.decision.budget.stakes import Stake, Stakes, stakes_of

UNIT = 2.0**-53
Queue = list[tuple[float, int, Stake]]


def phragmen(election: Election) -> tuple[Reason, ...]:
    """The reasons of all projects. Points of a ballot do not count here: whoever gives some is a supporter."""
    return _Loads(election, stakes_of(election, "count")).reasons()


class _Loads:
    """`last`: for each kind of ballot the number of its last purchase, from which its load follows; 0 is none."""

    def __init__(self, election: Election, stakes: Stakes) -> None:
        self.election = election
        self.stakes = stakes
        self.last = np.zeros(stakes.rows, dtype=np.int64)
        self.exact = [Fraction(0)]
        self.loads = np.zeros(1)
        self.free = election.money
        self.found: dict[str, Reason] = {}

    def reasons(self) -> tuple[Reason, ...]:
        queue: Queue = [(stake.cost / stake.supporters, stake.rank, stake)
                        for stake in self.stakes.of if stake.cost <= self.free]  # fmt: skip
        heapify(queue)
        while queue:
            least = self._least(queue)
            if any(stake.cost > self.free for stake in least):
                break
            self._buy(least, queue)
        return tuple(self.found.get(one.id) or self._loser(one.id) for one in self.election.projects)

    def _least(self, queue: Queue) -> list[Stake]:
        """The projects with the least load, off the queue, in the order of ties. Loads on the queue only grow."""
        fresh: dict[str, float] = {}
        while queue[0][2].name not in fresh:
            stake = heappop(queue)[2]
            fresh[stake.name] = self._load(stake)
            heappush(queue, (fresh[stake.name], stake.rank, stake))
        roof = queue[0][0] * (1 + self._error())
        near = []
        while queue and queue[0][0] <= roof:
            near.append(heappop(queue)[2])
        if len(near) == 1:
            return near
        return self._equal(near, queue)

    def _equal(self, near: list[Stake], queue: Queue) -> list[Stake]:
        exact = {stake.name: self._exactly(stake) for stake in near}
        least = min(exact.values())
        for stake in near:
            if exact[stake.name] > least:
                heappush(queue, (self._load(stake), stake.rank, stake))
        return sorted((stake for stake in near if exact[stake.name] == least), key=lambda stake: stake.rank)

    def _buy(self, least: list[Stake], queue: Queue) -> None:
        stake = least[0]
        for other in least[1:]:
            heappush(queue, (self._load(other), other.rank, other))
        load = self._exactly(stake)
        self.exact.append(load)
        self.loads = np.append(self.loads, float(load))
        self.last[stake.who] = len(self.exact) - 1
        self.free -= stake.cost
        tied = tuple(other.name for other in least[1:])
        self.found[stake.name] = _reason(stake, "bought", load, turn=len(self.exact) - 1, tied_with=tied)

    def _loser(self, name: str) -> Reason:
        stake = self.stakes.named().get(name)
        if stake is None:
            cost = self.election.by_id()[name].cost
            return Reason(name, "nobody", cost, 0, 0)
        if stake.cost > self.election.money:
            return _reason(stake, "too_dear", None, left=Fraction(self.election.money))
        code = "no_room" if stake.cost > self.free else "late"
        return _reason(stake, code, self._exactly(stake), left=Fraction(self.free))

    # --- loads ---

    def _load(self, stake: Stake) -> float:
        carried = self.loads.take(self.last.take(stake.who))
        return (stake.cost + float(stake.heads @ carried)) / stake.supporters

    def _exactly(self, stake: Stake) -> Fraction:
        heads = np.bincount(self.last.take(stake.who), weights=stake.heads, minlength=len(self.exact))
        carried = sum((load * int(many) for load, many in zip(self.exact, heads, strict=True) if many), Fraction(0))
        return (stake.cost + carried) / stake.supporters

    def _error(self) -> float:
        """How far, relatively, two loads may seem apart though they are equal: one sum over the rows for each."""
        return 8 * (self.stakes.rows + 8) * UNIT


def _reason(stake: Stake, code: str, load: Fraction | None, turn: int = 0, left: Fraction | None = None,
            tied_with: tuple[str, ...] = ()) -> Reason:  # fmt: skip
    full = stake.supporters if code == "bought" else 0
    return Reason(stake.name, code, stake.cost, stake.supporters, stake.total, turn, load, full, 0, left, tied_with)
