"""The opinion map: who votes alike, what each group says, what unites all. In words: docs/algorithms/opinion-map.md."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass

import numpy as np

from gongzhi.core.opinion.groups import groups_of
from gongzhi.core.opinion.projection import Plane, plane_of
from gongzhi.core.opinion.speaking import Said, Shared, representative, shared
from gongzhi.core.opinion.votes import ENOUGH, BadVotes, Table, read_csv, table_of

__all__ = ["ENOUGH", "BadVotes", "OpinionMap", "Said", "Shared", "Table", "opinion_map", "read_csv", "table_of"]


@dataclass(frozen=True, slots=True)
class OpinionMap:
    """Groups as lists of rows of the table, the largest first; what each says; what unites them; how clear it is."""

    table: Table
    plane: Plane
    groups: tuple[tuple[int, ...], ...]
    said: tuple[tuple[Said, ...], ...]
    shared: tuple[Shared, ...]
    silhouette: float

    def statement(self, column: int) -> Hashable:
        """The name of a statement by its column."""
        return self.table.statements[column]


def opinion_map(table: Table, k: int | None = None, left_out: Collection[Hashable] = ()) -> OpinionMap:
    """The map of a table of votes. Votes on statements `left_out` show that somebody took part and nothing else.

    No chance is used: the same votes in the same order give the same map, bit for bit.
    """
    hidden = [column for column, name in enumerate(table.statements) if name in left_out]
    votes = table.votes.copy()
    votes[:, hidden] = 0.0
    plane = plane_of(votes)
    entered = np.array(table.entered, dtype=np.int64)
    groups, clear = groups_of(plane.places[entered], k)
    rows = tuple(tuple(int(entered[at]) for at in group) for group in groups)
    said = representative(table.votes, rows, hidden)
    return OpinionMap(
        table, plane, rows, tuple(map(tuple, said)), tuple(shared(table.votes, rows, hidden)), clear
    )  # fmt: skip
