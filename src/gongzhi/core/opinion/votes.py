"""Votes on statements as a table, and the same from a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["ENOUGH", "BadVotes", "Table", "read_csv", "table_of"]

ENOUGH = 7  # votes from which on somebody has a place on the map, as in Polis; fewer where there are fewer statements
COLUMNS = ("participant", "statement", "vote")
TIME = "time"

Numbers = NDArray[np.float64]


class BadVotes(Exception):
    """A line of a file of votes that cannot be used. `code` names the sentence, `args_map` its numbers and words."""

    def __init__(self, code: str, line: int, **args: str | int) -> None:
        super().__init__(code, line, args)
        self.code, self.line, self.args_map = code, line, args


@dataclass(frozen=True, slots=True)
class Table:
    """Participants by statements: 1 agree, -1 disagree, 0 pass, nan not seen.

    `entered` lists the rows of those with enough votes, in the order in which they cast the vote that was enough.
    """

    participants: tuple[Hashable, ...]
    statements: tuple[Hashable, ...]
    votes: Numbers
    entered: tuple[int, ...]

    @property
    def too_few(self) -> tuple[Hashable, ...]:
        """Who voted, but on too few statements to be put into a group."""
        inside = set(self.entered)
        return tuple(who for row, who in enumerate(self.participants) if row not in inside)


def table_of(cast: Sequence[tuple[Hashable, Hashable, int]], enough: int = ENOUGH) -> Table:
    """The table of votes `(participant, statement, vote)`, given in the order in which they were cast.

    A later vote of the same participant on the same statement replaces the earlier one.
    """
    who, what, vote = zip(*cast, strict=True) if cast else ((), (), ())
    people = {name: row for row, name in enumerate(dict.fromkeys(who))}
    columns = {name: column for column, name in enumerate(_in_order(set(what)))}
    rows = np.fromiter(map(people.__getitem__, who), np.int64, len(cast))
    cells = rows * len(columns) + np.fromiter(map(columns.__getitem__, what), np.int64, len(cast))
    votes = np.full(len(people) * len(columns), np.nan)
    votes[cells] = vote
    entered = _entered(rows[_first(cells, votes.size)], min(enough, len(columns)))
    return Table(tuple(people), tuple(columns), votes.reshape(len(people), len(columns)), entered)


def _first(cells: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """Which votes are the first of their participant on their statement."""
    earliest = np.empty(size, np.int64)
    order = np.arange(len(cells))
    earliest[cells[::-1]] = order[::-1]
    found: NDArray[np.bool_] = earliest[cells] == order
    return found


def _in_order(names: Iterable[Hashable]) -> list[Hashable]:
    """Numbers by size, everything else by its letters."""
    return sorted(names, key=lambda name: (0, int(str(name)), "") if _whole(name) else (1, 0, str(name)))


def _whole(name: Hashable) -> bool:
    text = str(name)
    return text.isascii() and text.removeprefix("-").isdecimal()


def _entered(rows: NDArray[np.int64], enough: int) -> tuple[int, ...]:
    """Who has enough votes, by the place of the vote that was enough; `rows` says whose vote each one is."""
    if not len(rows):
        return ()
    together = np.argsort(rows, kind="stable")
    starts = np.searchsorted(rows[together], np.arange(int(rows.max()) + 1))
    counts = np.bincount(rows)
    people = np.flatnonzero(counts >= enough)
    decisive = together[starts[people] + enough - 1]
    return tuple(int(one) for one in people[np.argsort(decisive)])


def read_csv(lines: Iterable[str], enough: int = ENOUGH) -> Table:
    """The table of a CSV file with the columns participant, statement, vote (1 agree, -1 disagree, 0 pass).

    The lines stand in the order in which the votes were cast; a column `time` puts them into it. Raises BadVotes.
    """
    reader = csv.reader(lines)
    try:
        return table_of(_cast(reader), enough)
    except csv.Error as error:
        raise BadVotes("not_csv", reader.line_num, why=str(error)) from None


def _cast(reader: Iterable[list[str]]) -> list[tuple[str, str, int]]:
    rows = iter(reader)
    header = [name.strip().lstrip("\ufeff").lower() for name in next(rows, [])]
    for column in COLUMNS:
        if header.count(column) != 1:
            raise BadVotes("no_column", 1, column=column)
    cast: list[tuple[float, str, str, int]] = []
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        line: int = reader.line_num  # type: ignore[attr-defined]
        if row:
            cast.append(_one(dict(zip(header, row, strict=False)), row, header, line, seen))
    if not cast:
        raise BadVotes("no_votes", 1)
    return [one[1:] for one in sorted(cast, key=lambda one: one[0])]


def _one(
    found: dict[str, str], row: list[str], header: list[str], line: int, seen: dict[tuple[str, str], int]
) -> tuple[float, str, str, int]:
    if len(row) != len(header):
        raise BadVotes("cells", line, found=len(row), wanted=len(header))
    who, what, vote = (found[name].strip() for name in COLUMNS)
    for name, value in zip(COLUMNS, (who, what, vote), strict=True):
        if not value:
            raise BadVotes("empty", line, column=name)
    if vote not in ("-1", "0", "1"):
        raise BadVotes("not_a_vote", line, found=vote)
    if (who, what) in seen:
        raise BadVotes("twice", line, participant=who, statement=what, first=seen[who, what])
    seen[who, what] = line
    return _time(found.get(TIME), line), who, what, int(vote)


def _time(value: str | None, line: int) -> float:
    if value is None:
        return 0.0
    try:
        found = float(value)
    except ValueError:
        raise BadVotes("not_a_time", line, found=value) from None
    if found != found or found in (float("inf"), float("-inf")):
        raise BadVotes("not_a_time", line, found=value)
    return found
