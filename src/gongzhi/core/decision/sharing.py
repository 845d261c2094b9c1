"""The kind of rule `budget`: money shared among projects by a vote. It ends `selected`, or `none` when nothing is.

    my_rule: {kind: budget, method: equal_shares, completion: add1, money: 50000, quorum: present > 0, title: ...}

The act brings `money` (0.01 yuan, unless the rule has it), `cost.A` of each project in 0.01 yuan, and how many papers
said what: `set.A.B` support exactly A and B, `rank.A.B` in this order, `points.A_3.B_1` gave A three points and B one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongzhi.core.decision import terms as read
from gongzhi.core.decision.counts import (
    below,
    check_chain,
    check_names,
    check_needed,
    check_numbers,
    is_key,
    more,
    quorum_of,
)
from gongzhi.core.decision.faults import BadCount
from gongzhi.core.decision.rule import RuleVersion
from gongzhi.core.decision.verdict import Verdict
from gongzhi.core.fact import Fact

if TYPE_CHECKING:
    from gongzhi.core.decision.budget.model import Election, Outcome

OUTCOMES = ("selected", "none")
KEYS = ("method", "completion", "money")
METHODS = ("equal_shares", "greedy", "phragmen")
COMPLETIONS = ("none", "add1", "add1_comparison", "greedy")
PAPERS = {"set": "approval", "rank": "ordinal", "points": "scoring"}
FEN = 100
EMPTY = "none"  # a paper on which nothing is chosen: set.none, rank.none, points.none


@dataclass(frozen=True, slots=True)
class Sharing:
    """`money` in whole yuan, None when the act brings it."""

    method: str
    completion: str
    money: int | None


def terms_of(rule: str, row: Mapping[str, Any]) -> Sharing:
    """The terms as written. Raises RuleError."""
    method = read.choice(rule, {"method": row.get("method", "equal_shares")}, "method", METHODS)
    known = COMPLETIONS if method == "equal_shares" else ("none",)
    completion = read.choice(rule, {"completion": row.get("completion", "none")}, "completion", known)
    return Sharing(method, completion, read.number(rule, row, "money", 1) if row.get("money") is not None else None)


def decide(rule: RuleVersion, counts: Mapping[str, int]) -> Verdict:
    """Which projects get money. Raises BadCount.

    Facts: quorum lines; `budget_money` (money, spent, voters); for each project selected `budget_in` (project, cost,
    supporters) in the order of selection, for others `budget_out` (project, cost, supporters, missing). 0.01 yuan.
    """
    _check(rule, counts)
    quorum, facts = quorum_of(rule.quorum, counts, rule.counts)
    if not quorum:
        return Verdict("none", False, tuple(facts))
    election = election_of(rule, counts)
    if not election.voters:
        return Verdict("none", True, tuple(facts))
    outcome = outcome_of(rule, election)
    chosen = outcome.selected
    facts.append(Fact("budget_money", (election.money, outcome.cost, election.voters)))
    known = {one.project: one for one in outcome.reasons}
    facts += [Fact("budget_in", (name, known[name].cost, known[name].supporters)) for name in chosen]
    facts += [Fact("budget_out", (one.project, one.cost, one.supporters, round(one.missing or 0)))
              for one in outcome.reasons if not one.selected]  # fmt: skip
    return Verdict("selected" if chosen else "none", True, tuple(facts), chosen)


def outcome_of(rule: RuleVersion, election: Election) -> Outcome:
    """The rule on the election, with the reason of every project."""
    from gongzhi.core.decision.budget.decide import decide as share

    terms: Sharing = rule.terms
    return share(election, terms.method.replace("_", "-"), terms.completion.replace("_", "-"))


def election_of(rule: RuleVersion, counts: Mapping[str, int]) -> Election:
    """The vote that the counts describe; its unit is 0.01 yuan."""
    from gongzhi.core.decision.budget.model import Ballot, Election, Project

    terms: Sharing = rule.terms
    head = _head(counts)
    projects = tuple(Project(name, cost) for name, cost in below(counts, "cost").items())
    papers = [(name, number) for name, number in below(counts, head).items() if number]
    ballots = tuple(Ballot(*_paper(head, name, len(projects)), number) for name, number in papers)
    money = terms.money * FEN if terms.money else counts["money"]
    return Election(money, projects, ballots, PAPERS[head], FEN)


def _head(counts: Mapping[str, int]) -> str:
    return next((head for head in PAPERS if below(counts, head)), "set")


def _paper(head: str, name: str, places: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Projects and points of one way of marking."""
    if name == EMPTY:
        return (), ()
    parts = name.split(".")
    if head == "set":
        return tuple(sorted(parts)), (1,) * len(parts)
    if head == "rank":
        return tuple(parts), tuple(places - at for at in range(len(parts)))
    pairs = sorted((key, int(points)) for key, _, points in (part.rpartition("_") for part in parts))
    return tuple(key for key, _ in pairs), tuple(points for _, points in pairs)


def _check(rule: RuleVersion, counts: Mapping[str, int]) -> None:
    own = () if rule.terms.money else ("money",)
    check_needed(counts, (*rule.counts, *own))
    check_names(counts, ("eligible", "present", "abstain", "invalid", "money"), ("cost", *PAPERS))
    check_numbers(counts)
    check_chain(counts, ("eligible", "present"))
    costs = below(counts, "cost")
    if not costs or not all(costs.values()) or (own and not counts["money"]):
        raise BadCount("no_options", "there is no project with a cost, or no money")
    heads = [head for head in PAPERS if below(counts, head)]
    if len(heads) > 1:
        raise BadCount("unknown_count", f"papers of two kinds: {', '.join(heads)}", heads[1])
    for head in heads:
        _check_papers(head, below(counts, head), costs, counts["present"])


def _check_papers(head: str, papers: Mapping[str, int], costs: Mapping[str, int], present: int) -> None:
    for name in papers:
        names = [] if name == EMPTY else name.split(".")
        keys = [_key(head, one) for one in names]
        if len(set(keys)) < len(keys) or not set(keys) <= set(costs):
            raise BadCount("unknown_count", f"{head}.{name} names no project, or one twice", f"{head}.{name}")
    if sum(papers.values()) > present:
        raise more("votes", sum(papers.values()), "present", present)


def _key(head: str, part: str) -> str:
    if head != "points":
        return part
    key, _, points = part.rpartition("_")
    return key if is_key(key) and points.isascii() and points.isdigit() and 0 < len(points) < 5 and int(points) else ""
