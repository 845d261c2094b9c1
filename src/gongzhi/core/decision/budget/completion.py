"""Equal shares and its completions: what is done with the money that no group of supporters could claim.

`none`: nothing. `greedy`: by votes, what still fits. `add1`: every voter is given one unit of the currency more, again
and again, and the rule is run anew, until nothing supported fits any more or the next run would cost too much.
`add1-comparison`: the same without the first stop; then the greedy outcome is taken instead if more voters prefer it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from gongzhi.core.decision.budget.greedy import greedy, take, without_support
from gongzhi.core.decision.budget.ledger import Ledger
from gongzhi.core.decision.budget.model import Election, Outcome, Reason
from gongzhi.core.decision.budget.shares import Run
from gongzhi.core.decision.budget.shares_many import run_many
from gongzhi.core.decision.budget.stakes import Stake, Stakes, stakes_of

FIRST_BATCH = 8
LARGEST_BATCH = 256
CELLS = 600_000


def equal_shares(election: Election, completion: str, measure: str) -> Outcome:
    """The outcome of the method of equal shares with one of COMPLETIONS."""
    stakes = stakes_of(election, measure)
    if not stakes.of:
        return Outcome("equal-shares", completion, measure, without_support(election, stakes))
    start = Fraction(election.money, stakes.voters)
    steps = _steps(election, stakes, start, completion) if completion.startswith("add1") else 0
    run = Run(stakes, start + steps * election.scale)
    run.purchases()
    reasons = _reasons(election, stakes, run, completion)
    outcome = Outcome("equal-shares", completion, measure, reasons, run.endowment, steps)
    return _compared(election, outcome) if completion == "add1-comparison" else outcome


def _steps(election: Election, stakes: Stakes, start: Fraction, completion: str) -> int:
    """How many increments the run that counts has."""
    for step, bought in enumerate(_runs(election, stakes, start)):
        spent = sum(stake.cost for stake in bought)
        if spent > election.money:
            return max(step - 1, 0)
        if len(bought) == len(stakes.of) or (completion == "add1" and _exhaustive(election, stakes, bought, spent)):
            return step
    raise AssertionError("the runs never end")


def _runs(election: Election, stakes: Stakes, start: Fraction) -> Iterator[tuple[Stake, ...]]:
    """What is bought with 0, 1, 2 ... increments; many runs at once, ever more of them."""
    step, size, last = 0, FIRST_BATCH, tuple[Stake, ...]()
    while True:
        endowments = [start + (step + at) * election.scale for at in range(size)]
        for endowment, bought in zip(endowments, run_many(stakes, endowments, last), strict=True):
            last = tuple(Run(stakes, endowment).purchases()) if bought is None else bought
            yield last
        step += size
        size = max(FIRST_BATCH, min(2 * size, LARGEST_BATCH, CELLS // stakes.rows))


def _exhaustive(election: Election, stakes: Stakes, bought: tuple[Stake, ...], spent: int) -> bool:
    names = {stake.name for stake in bought}
    return all(stake.name in names or spent + stake.cost > election.money for stake in stakes.of)


# --- reasons ---


def _reasons(election: Election, stakes: Stakes, run: Run, completion: str) -> tuple[Reason, ...]:
    ledger = run.exact()
    bought = [Reason(paid.stake.name, "bought", paid.stake.cost, paid.stake.supporters, paid.stake.total, turn,
                     paid.price, paid.full, paid.rest, tied_with=run.ties.get(paid.stake.name, ()))
              for turn, paid in enumerate(ledger.paid, 1)]  # fmt: skip
    names = {reason.project for reason in bought}
    if completion == "greedy":
        others = take(election, stakes, names, "completed")
    else:
        others = [_short(election, stake, ledger) for stake in stakes.of if stake.name not in names]
    return (*bought, *others, *without_support(election, stakes))


def _short(election: Election, stake: Stake, ledger: Ledger) -> Reason:
    code = "too_dear" if stake.cost > election.money else "short"
    return Reason(stake.name, code, stake.cost, stake.supporters, stake.total, left=ledger.left(stake))


# --- comparison ---


def _compared(election: Election, shares: Outcome) -> Outcome:
    """The outcome that more voters prefer: in which more is spent on what they support. A draw keeps equal shares."""
    reasons = greedy(election, "cost")
    chosen = {reason.project for reason in reasons if reason.selected}
    for_shares, for_greedy = _preferences(election, set(shares.selected), chosen)
    replaced = for_greedy > for_shares
    return Outcome(
        shares.rule, shares.completion, shares.measure, reasons if replaced else shares.reasons, shares.endowment,
        shares.steps, (for_shares, for_greedy), replaced,
    )  # fmt: skip


def _preferences(election: Election, ours: set[str], theirs: set[str]) -> tuple[int, int]:
    cost = {project.id: project.cost for project in election.projects}
    first = second = 0
    for ballot in election.ballots:
        worth = [points if election.weighted else cost[name]
                 for name, points in zip(ballot.projects, ballot.points, strict=True)]  # fmt: skip
        mine = sum(value for name, value in zip(ballot.projects, worth, strict=True) if name in ours)
        other = sum(value for name, value in zip(ballot.projects, worth, strict=True) if name in theirs)
        first += ballot.count if mine > other else 0
        second += ballot.count if other > mine else 0
    return first, second
