"""A vote over projects held elsewhere, from a Pabulib file: its projects, and how often each way of marking came.

Nothing of a voter is kept, neither the numbers nor the columns about people that such files have.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongzhi.core.decision import RuleVersion
from gongzhi.core.decision import sharing_papers as papers
from gongzhi.core.decision.budget import Election
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.recount import counts_of, lines_of, sums_of
from gongzhi.desk.ballots import rule_of, written
from gongzhi.desk.ballots_lead import check_leads
from gongzhi.desk.draft import Draft, Taken
from gongzhi.desk.step import take_step
from gongzhi.desk.writing import writing
from gongzhi.records.ballots import queries
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.institutions.queries import charter_by_digest
from gongzhi.records.matters.actions import read_state
from gongzhi.records.people.models import Person

__all__ = ["import_election"]

FORMS = {"approval": ("approve", "knapsack"), "choose-1": ("approve", "knapsack"), "ordinal": ("rank",),
         "scoring": ("score",), "cumulative": ("score",)}  # fmt: skip
WAYS = 20_000  # different ways of marking: they stand in the act that ends the step
FEN = 100


def import_election(ballot: Ballot, election: Election, eligible: int, person: Person, at: datetime) -> Taken:
    """Count a vote held elsewhere by the rule of the step; one act. `eligible`: how many could vote.

    Raises Refused: `not_holder`, `ballot_fixed`, `not_about_money`, `form_differs`, `cost_not_cents`, `points_high`,
    `too_many_ways`, `eligible_too_few`, and what the step refuses.
    """
    check_leads(ballot.matter, person, at)
    with writing():
        own = queries.locked(ballot.pk)
        if own.status != "planned" or own.roll.frozen_at is not None or own.roll.entries.exists():
            raise Refused("ballot_fixed")
        rule = _money_rule(own, at)
        if eligible < election.voters:
            raise Refused("eligible_too_few", voters=election.voters, eligible=eligible)
        _keep(own, _item(own, election), _rows(own, election), rule, eligible, at)
        sums = sums_of(own.items, lines_of(own.file), own.form)[0]
        counts = counts_of(rule, sums, own.form, eligible, 0)
        return take_step(own.matter.number, Draft("done", visit=own.visit, counts=counts), person, at, None)


def _money_rule(ballot: Ballot, at: datetime) -> RuleVersion:
    case = read_state(ballot.matter.state)
    charter = charter_by_digest(case.digest)
    rule = rule_of(charter, charter.procedures[case.procedure].steps.get(case.control.step), at)
    if case.visit != ballot.visit or rule is None or rule.kind != "budget":
        raise Refused("not_about_money")
    return rule


def _item(ballot: Ballot, election: Election) -> dict[str, Any]:
    if ballot.form not in FORMS[election.vote_type]:
        raise Refused("form_differs", form=ballot.form, vote_type=election.vote_type)
    costs = {f"c{n}": _fen(election, one.cost) for n, one in enumerate(election.projects, 1)}
    options = [[f"c{n}", one.name or one.id] for n, one in enumerate(election.projects, 1)]
    title = election.meta.get("description") or ballot.title
    return {
        "key": "i1",
        "title": title[:200],
        "options": options,
        "money": _fen(election, election.money),
        "costs": costs,
    }


def _fen(election: Election, units: int) -> int:
    exact = election.amount(units) * FEN
    if exact.denominator != 1:
        raise Refused("cost_not_cents", amount=f"{float(election.amount(units)):g}")
    return int(exact)


def _rows(ballot: Ballot, election: Election) -> list[dict[str, Any]]:
    """Every way of marking with its number, in the order of the marks, so that nothing tells who or when."""
    keys = {one.id: f"c{n}" for n, one in enumerate(election.projects, 1)}
    ways: dict[str, int] = {}
    for one in election.ballots:
        mark = _mark(ballot.form, keys, one.projects, one.points)
        ways[mark] = ways.get(mark, 0) + one.count
    if len(ways) > WAYS:
        raise Refused("too_many_ways", n=len(ways), most=WAYS)
    return [{"n": n, "marks": {"i1": mark}} for mark, n in sorted(ways.items())]


def _mark(form: str, keys: Mapping[str, str], projects: tuple[str, ...], points: tuple[int, ...]) -> str:
    parts = [(keys[name], given) for name, given in zip(projects, points, strict=True)]
    if form == "score" and max(points, default=0) > papers.POINTS:
        raise Refused("points_high", points=max(points), most=papers.POINTS)
    ordered = parts if form == "rank" else sorted(parts, key=lambda pair: int(pair[0][1:]))
    return papers.mark_of(form, ordered)


def _keep(
    ballot: Ballot, item: dict[str, Any], rows: list[dict[str, Any]], rule: RuleVersion, eligible: int, at: datetime
) -> None:  # fmt: skip
    ballot.items, ballot.closes_at = [item], at
    ballot.file = {"form": ballot.form, "items": ballot.items, "ballots": rows}
    try:
        lines_of(ballot.file)
    except ValueError as wrong:  # a knapsack above the money
        raise Refused("choice_wrong") from wrong
    ballot.save(update_fields=["items", "closes_at", "file"])
    ballot.roll.rule, ballot.roll.size = written(rule), eligible
    ballot.roll.save(update_fields=["rule", "size"])
