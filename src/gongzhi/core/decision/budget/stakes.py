"""A vote as arrays: who supports what, and how much a point of each project is worth to its supporters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from gongzhi.core.decision.budget.model import Election

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stake:
    """One project and its supporters.

    `who`: rows of ballots, rising. `heads`: voters behind each row; `points`: what one of them gave the project, None
    when all gave one. `worth`: by how much a point counts, so that price/`worth` is the price of one unit of content.
    `rank`: its place in the declared order of ties (by id, as text).
    """

    name: str
    cost: int
    worth: int
    rank: int
    who: Ints
    heads: Ints
    points: Ints | None
    weight: Floats
    total: int

    @property
    def supporters(self) -> int:
        return int(self.heads.sum())

    def points_float(self) -> Floats | None:
        return None if self.points is None else self.points.astype(np.float64)

    def point_heads(self) -> Ints:
        """Points given by each row, all its voters together."""
        return self.heads if self.points is None else self.heads * self.points


@dataclass(frozen=True, slots=True)
class Stakes:
    """All projects somebody supports, in the order of ties, and how many rows of ballots there are."""

    of: tuple[Stake, ...]
    rows: int
    voters: int

    def named(self) -> dict[str, Stake]:
        return {stake.name: stake for stake in self.of}


def stakes_of(election: Election, measure: str = "cost") -> Stakes:
    """The arrays of a vote. `measure`: a supported project counts by its `cost`, or as one (`count`); ballots with
    points count by their points whatever the measure."""
    by_project: dict[str, tuple[list[int], list[int], list[int]]] = {}
    for row, ballot in enumerate(election.ballots):
        for name, points in zip(ballot.projects, ballot.points, strict=True):
            rows, heads, given = by_project.setdefault(name, ([], [], []))
            rows.append(row)
            heads.append(ballot.count)
            given.append(points)
    order = sorted((project for project in election.projects if project.id in by_project), key=lambda one: one.id)
    by_cost = measure == "cost" and not election.weighted
    stakes = tuple(
        _stake(
            project.id, project.cost, project.cost if by_cost else 1, rank, by_project[project.id], election.weighted
        )
        for rank, project in enumerate(order)
    )
    return Stakes(stakes, len(election.ballots), election.voters)


def _stake(
    name: str, cost: int, worth: int, rank: int, lists: tuple[Sequence[int], Sequence[int], Sequence[int]], points: bool
) -> Stake:
    who, heads, given = (np.array(one, dtype=np.int64) for one in lists)
    weight = (heads * given if points else heads).astype(np.float64)
    return Stake(name, cost, worth, rank, who, heads, given if points else None, weight, int(weight.sum()))


def first_price(stake: Stake) -> Fraction:
    """What a point costs when no supporter is short of money."""
    return Fraction(stake.cost, stake.total)
