"""The Scottish count by hand, and beside a second one written differently on small elections of chance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.decision import BadCount
from gongzhi.core.decision.tally import decimals, stv

FIVE = Decimal("0.00001")


@dataclass
class Slow:
    """Paper by paper with decimals. `run` gives only who is elected, in no particular order."""

    size: int
    papers: list[tuple[int, ...]]
    seats: int
    order: list[int]

    def run(self) -> list[int]:
        self.quota = Decimal(len(self.papers) // (self.seats + 1) + 1)
        self.holder, self.worth = [mark[0] for mark in self.papers], [Decimal(1)] * len(self.papers)
        self.state, self.history, self.done = ["in"] * self.size, list[list[Decimal]](), set[int]()
        while True:
            total = [self.quota if one in self.done else self.held(one) for one in range(self.size)]
            self.history.append(total)
            for one in self.those("in"):
                self.state[one] = "won" if total[one] >= self.quota else "in"
            won, left = self.those("won"), self.those("in")
            if len(won) == self.seats or len(won) + len(left) <= self.seats:
                return won if len(won) == self.seats else won + left
            over = [one for one in won if one not in self.done and total[one] > self.quota]
            self.move(max(over, key=self.rank), total) if over else self.drop(min(left, key=self.rank))

    def held(self, who: int) -> Decimal:
        return sum((w for h, w in zip(self.holder, self.worth, strict=True) if h == who), Decimal(0))

    def those(self, state: str) -> list[int]:
        return [one for one in range(self.size) if self.state[one] == state]

    def rank(self, one: int) -> tuple[Decimal | int, ...]:
        return (*(stage[one] for stage in reversed(self.history)), -self.order.index(one))

    def move(self, who: int, total: list[Decimal]) -> None:
        self.done.add(who)
        for at, holder in enumerate(self.holder):
            if holder == who:
                value = (total[who] - self.quota) * self.worth[at] / total[who]
                self.worth[at] = value.quantize(FIVE, ROUND_DOWN)
        self.pass_on(who)

    def drop(self, who: int) -> None:
        self.state[who] = "out"
        self.pass_on(who)

    def pass_on(self, who: int) -> None:
        for at, mark in enumerate(self.papers):
            if self.holder[at] == who:
                rest = [one for one in mark[mark.index(who) + 1 :] if self.state[one] == "in"]
                self.holder[at] = rest[0] if rest else -1


@st.composite
def elections(draw: st.DrawFn) -> tuple[int, list[tuple[int, ...]], int, list[int]]:
    size = draw(st.integers(2, 6))
    mark = st.permutations(range(size)).flatmap(lambda p: st.integers(1, size).map(lambda n: tuple(p[:n])))
    some = draw(st.lists(mark, min_size=1, max_size=12))
    papers = [one for one in some for _ in range(draw(st.integers(1, 7)))]
    return size, papers, draw(st.integers(1, size)), list(draw(st.permutations(range(size))))


@settings(max_examples=120, deadline=None)
@given(elections())
def test_the_same_people_as_a_slow_count(election: tuple[int, list[tuple[int, ...]], int, list[int]]) -> None:
    size, papers, seats, order = election
    found = stv(size, Counter(papers), seats, order)
    assert sorted(found.elected) == sorted(Slow(size, papers, seats, order).run())
    assert len(set(found.elected)) == min(seats, size)
    for stage in found.rounds:
        assert sum(stage.votes) + stage.lost == len(papers) * 100_000


@settings(max_examples=50, deadline=None)
@given(elections())
def test_without_a_declared_order_the_result_is_that_of_any_order_or_refused(
    election: tuple[int, list[tuple[int, ...]], int, list[int]],
) -> None:
    size, papers, seats, order = election
    try:
        found = stv(size, Counter(papers), seats)
    except BadCount as error:
        assert error.code == "tie_undecided"
        return
    assert set(found.elected) == set(stv(size, Counter(papers), seats, order).elected)


@settings(max_examples=50, deadline=None)
@given(elections())
def test_a_solid_majority_is_never_left_out(election: tuple[int, list[tuple[int, ...]], int, list[int]]) -> None:
    """Who is first on a quota of papers is elected, whatever else happens."""
    size, papers, seats, order = election
    quota = len(papers) // (seats + 1) + 1
    firsts = Counter(mark[0] for mark in papers)
    elected = stv(size, Counter(papers), seats, order).elected
    assert {one for one, number in firsts.items() if number >= quota} <= set(elected)


def test_transfer_by_hand() -> None:
    """20 papers, 2 seats, quota 7. A has 13: each of them moves on at 6/13 = 0.46153, cut off."""
    found = stv(4, {(0, 1): 9, (0, 2): 4, (1,): 1, (2,): 3, (3, 2): 3}, 2)
    assert (found.quota, found.valid) == (7, 20)
    first, surplus, *_ = found.rounds
    assert (first.elected, surplus.action, surplus.who) == ((0,), "surplus", 0)
    assert [decimals(votes) for votes in surplus.votes] == ["7.00000", "5.15377", "4.84612", "3.00000"]
    assert decimals(surplus.lost) == "0.00011"
    assert (found.rounds[2].action, found.rounds[2].who, found.elected) == ("excluded", 3, (0, 2))


def test_a_tie_goes_to_the_most_recent_stage_that_differs() -> None:
    """1 and 2 are level after 3 is out; before that 2 had more, so 1 goes first."""
    found = stv(4, {(0,): 10, (1, 2): 5, (2, 0): 6, (3, 1): 1}, 1)
    assert [stage.who for stage in found.rounds] == [-1, 3, 1, 0]
    assert (found.rounds[2].tie, found.rounds[2].tied, found.elected) == ("earlier", (1, 2), (2,))


def test_a_tie_that_decides_is_refused_until_an_order_is_declared() -> None:
    with pytest.raises(BadCount) as error:
        stv(2, {(0,): 3, (1,): 3}, 1)
    assert (error.value.code, error.value.details) == ("tie_undecided", ("0", "1"))
    assert stv(2, {(0,): 3, (1,): 3}, 1, (1, 0)).elected == (1,)
    assert stv(2, {(0,): 3, (1,): 3}, 1, (0, 1)).rounds[1].tie == "order"


def test_a_tie_that_decides_nothing_is_no_obstacle() -> None:
    found = stv(4, {(0,): 9, (1,): 4}, 1)
    assert found.elected == (0,)
    found = stv(4, {(0,): 4, (1,): 3, (2, 0): 1, (3, 0): 1}, 1)
    assert (found.elected, found.rounds[1].tie) == ((0,), "any")


def test_as_many_seats_as_candidates_and_withdrawn_ones() -> None:
    assert sorted(stv(3, {(0,): 1, (1,): 1}, 3).elected) == [0, 1, 2]
    assert stv(3, {(1,): 1}, 2, gone=frozenset({0})).elected == (1, 2)


def test_of_two_earlier_stages_the_later_one_counts() -> None:
    """At first 1 is before 2, then 2 before 1, then they are level: 1 goes, as it was last behind."""
    found = stv(5, {(0,): 10, (1, 2): 5, (2,): 4, (3, 2): 2, (4, 1): 1, (4,): 2}, 1)
    assert [stage.who for stage in found.rounds[:4]] == [-1, 3, 4, 1]
    assert (found.rounds[3].tie, found.elected) == ("earlier", (2,))
