"""The single transferable vote as Scotland counts it: Scottish Local Government Elections Order 2007 (SSI 2007/42),
schedule 1, rules 46 to 52. Weighted inclusive Gregory method; transfer values are cut off after five decimals.

Votes are whole numbers of 1/100000 vote, so nothing is ever rounded but where the rule says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongzhi.core.decision.lots import undecided

SCALE = 100_000
MOST_BRANCHES = 300  # ways to break ties that are tried before a tie is called undecided

Order = tuple[int, ...]
Paper = tuple[Order, int, int, int]  # preferences, the one it now counts for, its value, how many such papers


@dataclass(frozen=True, slots=True)
class Round:
    """One stage. `action`: first, surplus, excluded, last; `who` it was about (-1: nobody).

    `votes` of each candidate at its end and `lost` (not transferable, and cut off), in 1/100000 vote; `elected`
    at its end; `tie`: how a tie before it was settled: earlier (stage), order (declared), any (same result either
    way), and between whom.
    """

    action: str
    who: int
    votes: tuple[int, ...]
    lost: int
    elected: tuple[int, ...] = ()
    tie: str = ""
    tied: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StvCount:
    """The quota in whole votes, every stage, and who is elected in the order of their election."""

    quota: int
    valid: int
    rounds: tuple[Round, ...]
    elected: tuple[int, ...]


def decimals(votes: int) -> str:
    """1/100000 votes as a decimal number of five places."""
    return f"{votes // SCALE}.{votes % SCALE:05d}"


def stv(
    size: int,
    marks: Mapping[Order, int],
    seats: int,
    order: Sequence[int] = (),
    gone: frozenset[int] = frozenset(),
) -> StvCount:
    """Who is elected out of `size` candidates by these ballots (preferences -> papers).

    Ties go to the most recent earlier stage at which the tied differed, then to the declared `order` (who stands
    earlier prevails). Without a declared order each way is tried: where all elect the same people the tie does not
    matter; where they do not, BadCount `tie_undecided` names the tied.
    """
    standing = [one for one in range(size) if one not in gone]
    if order:
        return _Count(size, standing, marks, seats, tuple(order)).run()
    found: list[StvCount] = []
    open_ways: list[Order] = [()]
    first: Order = ()
    while open_ways:
        way = open_ways.pop()
        try:
            found.append(_Count(size, standing, marks, seats, (), way).run())
        except _Undecided as tie:
            first = first or tie.tied
            open_ways += [(*way, one) for one in reversed(tie.tied)]
        if len({frozenset(one.elected) for one in found}) > 1 or len(found) + len(open_ways) > MOST_BRANCHES:
            raise undecided([str(one) for one in first])
    return found[0]


class _Undecided(Exception):
    """A tie that no earlier stage settles."""

    def __init__(self, tied: Order) -> None:
        self.tied = tied


@dataclass
class _Count:
    """One count. `order`: the declared order of ties; `way`: without one, how this try settles them in turn."""

    size: int
    standing: list[int]
    marks: Mapping[Order, int]
    seats: int
    order: Order
    way: Order = ()
    piles: dict[int, list[Paper]] = field(default_factory=dict)
    votes: list[int] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    elected: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)  # elected, surplus not yet transferred
    lost: int = 0
    quota: int = 0
    tie: tuple[str, Order] = ("", ())

    def run(self) -> StvCount:
        valid = sum(self.marks.values())
        self.quota = (valid // (self.seats + 1) + 1) * SCALE  # rule 46
        self.piles = {one: [] for one in self.standing}
        self.votes = [0] * self.size
        for mark, papers in self.marks.items():
            self._give((mark, 0, SCALE, papers), 0)
        self._end("first", -1)
        while len(self.elected) < self.seats and self.standing:
            if self.waiting:
                self._surplus()
            else:
                self._exclude()
        return StvCount(self.quota // SCALE, valid, tuple(self.rounds), tuple(self.elected))

    def _give(self, paper: Paper, start: int) -> int:
        """Credit papers to the next continuing candidate on them; what they are worth there, or 0 (rule 48)."""
        mark, _, value, papers = paper
        for at in range(start, len(mark)):
            if mark[at] in self.standing:
                self.piles[mark[at]].append((mark, at, value, papers))
                self.votes[mark[at]] += value * papers
                return value * papers
        return 0

    def _surplus(self) -> None:
        """Transfer the largest surplus: every paper on, at surplus x value / votes (rules 48, 49)."""
        who = self._chosen(self.waiting, most=True)
        self.waiting.remove(who)
        credited, surplus = self.votes[who], self.votes[who] - self.quota
        moved = 0
        for mark, at, value, papers in self.piles.pop(who):
            moved += self._give((mark, at, surplus * value // credited, papers), at + 1)
        self.votes[who] = self.quota
        self.lost += surplus - moved
        self._end("surplus", who)

    def _exclude(self) -> None:
        """Exclude the last; their papers move on at the value they came with (rule 50)."""
        who = self._chosen(self.standing, most=False)
        self.standing = [one for one in self.standing if one != who]
        moved = sum(self._give(paper, paper[1] + 1) for paper in self.piles.pop(who))
        self.lost += self.votes[who] - moved
        self.votes[who] = 0
        self._end("excluded", who)

    def _end(self, action: str, who: int) -> None:
        """The end of a stage: who has the quota is elected; as many left as seats are elected (rules 47, 52)."""
        new = [one for one in self.standing if self.votes[one] >= self.quota]
        new.sort(key=lambda one: -self.votes[one])
        self._elect(new)
        self.waiting += [one for one in new if self.votes[one] > self.quota]
        open_seats = self.seats - len(self.elected)
        rest: list[int] = []
        if 0 < len(self.standing) <= open_seats:
            rest = sorted(self.standing, key=lambda one: -self.votes[one])
            self._elect(rest)
        self.rounds.append(Round(action, who, tuple(self.votes), self.lost, (*new, *rest), *self.tie))
        self.tie = ("", ())

    def _elect(self, new: list[int]) -> None:
        self.elected += new
        self.standing = [one for one in self.standing if one not in new]

    def _chosen(self, among: Sequence[int], most: bool) -> int:
        """The one with most (or fewest) votes; equals by earlier stages, then by the declared order (rules 49, 51)."""
        side = max if most else min
        tied = list(among)
        for at, votes in enumerate((self.votes, *(one.votes for one in reversed(self.rounds)))):
            edge = side(votes[one] for one in tied)
            now = [one for one in tied if votes[one] == edge]
            if at and len(now) < len(tied):
                self.tie = ("earlier", tuple(tied))
            tied = now
            if len(tied) == 1:
                return tied[0]
        return self._settled(tuple(tied), most)

    def _settled(self, tied: Order, most: bool) -> int:
        if self.order:
            place = {one: at for at, one in enumerate(self.order)}
            ranked = sorted(tied, key=lambda one: place.get(one, self.size + one))
            self.tie = ("order", tied)
            return ranked[0] if most else ranked[-1]
        if not self.way:
            raise _Undecided(tied)
        who, *rest = self.way
        self.way, self.tie = tuple(rest), ("any", tied)
        return who
