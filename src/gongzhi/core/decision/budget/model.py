"""What a vote over projects and money is made of: projects with a cost, ballots with weights, one sum of money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

VOTE_TYPES = ("approval", "choose-1", "scoring", "cumulative", "ordinal")
RULES = ("greedy", "equal-shares", "phragmen")
COMPLETIONS = ("none", "add1", "add1-comparison", "greedy")
MEASURES = ("cost", "count")


class BudgetFault(ValueError):
    """A vote that cannot be read or counted. `line` is where (0: nowhere in particular), `code` and `args` say why."""

    def __init__(self, code: str, line: int = 0, *details: str | int) -> None:
        super().__init__(f"line {line}: {code} {details}" if line else f"{code} {details}")
        self.code = code
        self.line = line
        self.details = details


@dataclass(frozen=True, slots=True)
class Project:
    """One proposal with its whole `cost` in units of `Election.scale`. `about`: further columns of the file."""

    id: str
    cost: int
    name: str = ""
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ballot:
    """What `count` voters wrote alike: the projects they support, and the points of each (1 if all weigh the same)."""

    projects: tuple[str, ...]
    points: tuple[int, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Election:
    """Everything a rule needs. `money` and the costs are whole numbers of 1/`scale` of the currency.

    Ballots with the same content are one `Ballot` with a count; `voters` is the number of all, empty ballots included.
    Points of an ordinal ballot are places counted from below (see `docs/algorithms/equal-shares.md`).
    """

    money: int
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    vote_type: str = "approval"
    scale: int = 1
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def voters(self) -> int:
        return sum(ballot.count for ballot in self.ballots)

    @property
    def weighted(self) -> bool:
        """Whether voters give some projects more weight than others."""
        return self.vote_type in ("scoring", "cumulative", "ordinal")

    def by_id(self) -> dict[str, Project]:
        return {project.id: project for project in self.projects}

    def amount(self, units: int | Fraction) -> Fraction:
        """Units of 1/`scale` as money."""
        return Fraction(units) / self.scale


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one project got its money or not, with the numbers that say so; money in units of the election.

    `code`: `bought` (its supporters paid), `chosen` (the greedy rule took it), `completed` (added with money left
    over), or `short` (supporters had too little left: `left` of `cost`), `no_room` (more than the money left in its
    turn: `left`), `late` (the rule had stopped before), `too_dear` (more than all the money), `nobody` (no supporter).
    `turn` counts from 1. `price`: what a supporter paid per point, `full` of them; `rest` paid what they still had.
    Under Phragmen `price` is the load that all supporters carry afterwards, for losers the load it would have taken.
    """

    project: str
    code: str
    cost: int
    supporters: int
    points: int
    turn: int = 0
    price: Fraction | None = None
    full: int = 0
    rest: int = 0
    left: Fraction | None = None
    tied_with: tuple[str, ...] = ()

    @property
    def selected(self) -> bool:
        return self.turn > 0

    @property
    def missing(self) -> Fraction | None:
        """What a losing project lacked, in units of the election."""
        return None if self.left is None or self.selected else max(Fraction(0), self.cost - self.left)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule selected, and why, for every project.

    `endowment`: what each voter held in the round that counts (units of the election; None when voters hold none).
    `steps`: how many increments the completion had added to it. `preferred`: where the comparison was made, how many
    voters liked the rule's own outcome better, and how many the greedy one; `replaced`: the greedy one was taken.
    """

    rule: str
    completion: str
    measure: str
    reasons: tuple[Reason, ...]
    endowment: Fraction | None = None
    steps: int = 0
    preferred: tuple[int, int] | None = None
    replaced: bool = False

    @property
    def selected(self) -> tuple[str, ...]:
        """Projects that get their money, in the order they got it."""
        return tuple(one.project for one in sorted(self.reasons, key=lambda one: one.turn) if one.selected)

    @property
    def cost(self) -> int:
        """What all of them cost together, in units of the election."""
        return sum(one.cost for one in self.reasons if one.selected)
