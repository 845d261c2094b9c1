"""What each group says, and what unites all of them: counts, and tests that keep small numbers quiet, as in Polis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gongzhi.core.opinion.votes import Numbers

__all__ = ["Said", "Shared", "representative", "shared"]

Z_90 = 1.2816  # one-sided, ninety per cent
MOST = 5


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that a group stands for: `yes` says whether by agreeing, `votes` of `seen` did so.

    `likely` is the share with one imaginary agreement and one disagreement added; `ratio` how much likelier than
    in the other groups; the two z values say how sure that is.
    """

    statement: int
    yes: bool
    votes: int
    seen: int
    likely: float
    z: float
    ratio: float
    z_ratio: float

    @property
    def weight(self) -> float:
        return self.ratio * self.z_ratio * self.likely * self.z


@dataclass(frozen=True, slots=True)
class Shared:
    """A statement all groups agree on (`yes`) or all refuse; `strength` multiplies the groups' likely shares."""

    statement: int
    yes: bool
    votes: int
    seen: int
    strength: float


@dataclass(frozen=True, slots=True)
class Counts:
    """For each statement how many agreed, disagreed and saw it."""

    agreed: Numbers
    disagreed: Numbers
    seen: Numbers


def _counts(votes: Numbers) -> Counts:
    seen = (~np.isnan(votes)).sum(axis=0).astype(np.float64)
    return Counts((votes == 1).sum(axis=0) * 1.0, (votes == -1).sum(axis=0) * 1.0, seen)


def _together(counted: Sequence[Counts], statements: int) -> Counts:
    nobody = np.zeros(statements)
    return Counts(
        sum((one.agreed for one in counted), nobody),
        sum((one.disagreed for one in counted), nobody),
        sum((one.seen for one in counted), nobody),
    )


def _likely(success: Numbers, seen: Numbers) -> Numbers:
    return (success + 1) / (seen + 2)


def _z(success: Numbers, seen: Numbers) -> Numbers:
    """Is the share above one half? One success and one trial are added, so that no vote gives no certainty."""
    found: Numbers = 2 * np.sqrt(seen + 1) * ((success + 1) / (seen + 1) - 0.5)
    return found


def _z_two(ours: Numbers, theirs: Numbers, seen: Numbers, seen_theirs: Numbers) -> Numbers:
    """Is our share above theirs? One success and one trial are added on both sides; certainty on both sides: 0."""
    a, b, n, m = ours + 1, theirs + 1, seen + 1, seen_theirs + 1
    both = (a + b) / (n + m)
    spread = np.sqrt(np.maximum(both * (1 - both), 0) * (1 / n + 1 / m))
    return np.where(spread > 0, (a / n - b / m) / np.where(spread > 0, spread, 1), 0.0)


@dataclass(frozen=True, slots=True)
class _Side:
    success: Numbers
    seen: Numbers
    likely: Numbers
    z: Numbers
    ratio: Numbers
    z_ratio: Numbers


def _side(ours: Numbers, theirs: Numbers, seen: Numbers, seen_theirs: Numbers) -> _Side:
    likely = _likely(ours, seen)
    return _Side(
        ours, seen, likely, _z(ours, seen), likely / _likely(theirs, seen_theirs),
        _z_two(ours, theirs, seen, seen_theirs),
    )  # fmt: skip


def representative(votes: Numbers, groups: Sequence[Sequence[int]], left_out: Sequence[int] = ()) -> list[list[Said]]:
    """For each group at most five statements it says more than others, agreements first; one at least if it voted."""
    counted = [_counts(votes[list(rows)]) for rows in groups]
    use = [column for column in range(votes.shape[1]) if column not in set(left_out)]
    return [_of_group(counted, group, use) for group in range(len(groups))]


def _of_group(counted: list[Counts], group: int, use: list[int]) -> list[Said]:
    ours, rest = counted[group], [one for at, one in enumerate(counted) if at != group]
    theirs = _together(rest, len(ours.seen))
    agree = _side(ours.agreed, theirs.agreed, ours.seen, theirs.seen)
    refuse = _side(ours.disagreed, theirs.disagreed, ours.seen, theirs.seen)
    sure = [column for column in use if _sure(agree, column) or _sure(refuse, column)]
    head = _best_agreed(agree, refuse, use)
    if not sure:
        best = head if head is not None else _loudest(agree, refuse, use)
        return [] if best is None else [_said(agree, refuse, best)]
    told = sorted((_said(agree, refuse, column) for column in sure if column != head), key=lambda one: -one.weight)
    first = [] if head is None else [_said(agree, refuse, head)]
    return sorted((first + told)[:MOST], key=lambda one: not one.yes)


def _sure(side: _Side, column: int) -> bool:
    return bool(side.z[column] > Z_90 and side.z_ratio[column] > Z_90)


def _best_agreed(agree: _Side, refuse: _Side, use: list[int]) -> int | None:
    """The statement the group agrees on most typically; none where agreement is nowhere likely."""
    best: int | None = None
    for column in use:
        if agree.success[column] + refuse.success[column] > 0 and _beats(agree, column, best):
            best = column
    return best


def _beats(agree: _Side, column: int, best: int | None) -> bool:
    strong = agree.likely * agree.z
    if best is None:
        return bool(agree.z[column] > Z_90 or (agree.ratio[column] > 1 and agree.likely[column] > 0.5))
    if agree.ratio[best] > 1:
        typical = strong * agree.ratio * agree.z_ratio
        return bool(typical[column] > typical[best])
    return bool(strong[column] > strong[best])


def _loudest(agree: _Side, refuse: _Side, use: list[int]) -> int | None:
    """Where nothing is sure: the statement on which the group differs most from the others."""
    voted = [column for column in use if agree.seen[column] > 0]
    return max(voted, key=lambda at: max(agree.z_ratio[at], refuse.z_ratio[at]), default=None)


def _said(agree: _Side, refuse: _Side, column: int) -> Said:
    yes = bool(agree.z_ratio[column] > refuse.z_ratio[column])
    side = agree if yes else refuse
    return Said(
        column, yes, int(side.success[column]), int(side.seen[column]), float(side.likely[column]),
        float(side.z[column]), float(side.ratio[column]), float(side.z_ratio[column]),
    )  # fmt: skip


def shared(votes: Numbers, groups: Sequence[Sequence[int]], left_out: Sequence[int] = ()) -> list[Shared]:
    """What unites the groups, the strongest first, at most five agreed and five refused.

    The likely shares of the groups are multiplied, so that a large group cannot carry a statement that a small one
    does not share. A statement counts when it is likelier than not in each group and surely so among all.
    """
    if not groups:
        return []
    counted = [_counts(votes[list(rows)]) for rows in groups]
    total = _together(counted, votes.shape[1])
    use = [column for column in range(votes.shape[1]) if column not in set(left_out)]
    return [one for yes in (True, False) for one in _united(counted, total, use, yes)]


def _united(counted: list[Counts], total: Counts, use: list[int], yes: bool) -> list[Shared]:
    shares = np.array([_likely(one.agreed if yes else one.disagreed, one.seen) for one in counted])
    success = total.agreed if yes else total.disagreed
    strength, least, z = shares.prod(axis=0), shares.min(axis=0), _z(success, total.seen)
    found = [column for column in use if least[column] > 0.5 and z[column] > Z_90]
    ranked = sorted(found, key=lambda column: -strength[column])[:MOST]
    return [
        Shared(column, yes, int(success[column]), int(total.seen[column]), float(strength[column])) for column in ranked
    ]
