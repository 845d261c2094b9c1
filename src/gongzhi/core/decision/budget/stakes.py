"""A vote as arrays: who supports what, and how much a point of each project is worth to its supporters."""

from __future__ import annotations

from dataclasses import dataclass

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
    known = {project.id: at for at, project in enumerate(election.projects)}
    flat: list[str] = []
    points: list[int] = []
    for ballot in election.ballots:
        flat += ballot.projects
        points += ballot.points
    sizes = np.fromiter((len(ballot.projects) for ballot in election.ballots), np.int64, len(election.ballots))
    heads = np.fromiter((ballot.count for ballot in election.ballots), np.int64, len(election.ballots))
    project = np.fromiter(map(known.__getitem__, flat), np.int64, len(flat))
    row = np.repeat(np.arange(len(sizes)), sizes)
    order = np.argsort(project, kind="stable")
    table = _Table(row[order], heads[row[order]], np.array(points, dtype=np.int64)[order], project[order])
    by_cost = measure == "cost" and not election.weighted
    return Stakes(_stakes(election, table, by_cost), len(sizes), int(heads.sum()))


@dataclass(frozen=True, slots=True)
class _Table:
    """Every support there is, those of one project together and by rising row."""

    row: Ints
    heads: Ints
    points: Ints
    project: Ints

    def part(self, project: int) -> slice:
        first, last = np.searchsorted(self.project, [project, project + 1])
        return slice(int(first), int(last))


def _stakes(election: Election, table: _Table, by_cost: bool) -> tuple[Stake, ...]:
    found: list[Stake] = []
    for at, project in sorted(enumerate(election.projects), key=lambda pair: pair[1].id):
        part = table.part(at)
        heads, points = table.heads[part], table.points[part] if election.weighted else None
        if len(heads):
            weight = heads if points is None else heads * points
            found.append(
                Stake(project.id, project.cost, project.cost if by_cost else 1, len(found), table.row[part], heads,
                      points, weight.astype(np.float64), int(weight.sum()))
            )  # fmt: skip
    return tuple(found)
