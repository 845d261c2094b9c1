"""Ballots of one vote, equal ones together, and what can be wrong with the file they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class BallotFileError(ValueError):
    """A ballot file that cannot be read. `code` and `details` say why, `line` where (from 1; 0: the whole file)."""

    def __init__(self, code: str, line: int, *details: str | int) -> None:
        super().__init__(f"line {line}: {code} {details}")
        self.code = code
        self.line = line
        self.details = details


@dataclass(frozen=True, slots=True)
class Candidate:
    """An option on the paper; `party` is what the file says behind the name."""

    name: str
    party: str = ""


@dataclass(frozen=True, slots=True)
class Ballots:
    """`marks`: what is on a paper -> how many such papers. What a mark is depends on the rule: for `stv` and
    `plurality` the candidates by number in order of preference, for `approval` those ticked, for `score` the points
    of each candidate in turn, for `yes_no` 1, 0 or -1 (yes, no, abstained) for each. `blank`: papers without any.
    """

    candidates: tuple[Candidate, ...]
    marks: Mapping[tuple[int, ...], int]
    seats: int | None = None
    title: str = ""
    blank: int = 0
    withdrawn: frozenset[int] = field(default_factory=frozenset)

    @property
    def valid(self) -> int:
        """How many papers count."""
        return sum(self.marks.values())
