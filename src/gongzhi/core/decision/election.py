"""Elections of one or several seats (semantics R46): filled, partly or void. Residents' committee: law art. 19.

Two methods. `votes`: each paper names whom it wants, each option needs enough of them (`wins`), the best take the
seats. `stv`: papers are orders of preference, counted as in `tally.stv`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongzhi.core.decision import terms as read
from gongzhi.core.decision.condition import Comparison, comparisons
from gongzhi.core.decision.counts import (
    REST,
    below,
    check_chain,
    check_names,
    check_needed,
    check_numbers,
    check_rest,
    more,
    quorum_of,
)
from gongzhi.core.decision.faults import BadCount, unusable
from gongzhi.core.decision.lots import lots_of, place_by_lot
from gongzhi.core.decision.preferences import by_preference
from gongzhi.core.decision.rule import RuleVersion, check_condition
from gongzhi.core.decision.verdict import Verdict
from gongzhi.core.fact import Fact

OUTCOMES = ("filled", "partly", "void")
KEYS = ("method", "seats", "wins", "tie", "rerun", "spare")


@dataclass(frozen=True, slots=True)
class Election:
    """`seats`: None when the act brings them. `wins`: condition on each option's own `yes`. `tie`: between options
    for the last seat, `open` (it stays open) or `lot`. `rerun`: how many more than the open seats stand again (None:
    no second ballot). `spare`: how many more options than seats there have to be.
    """

    method: str
    seats: int | None
    wins: str
    tie: str
    rerun: int | None
    spare: int


def terms_of(rule: str, row: Mapping[str, Any]) -> Election:
    """The terms of an election as written. Raises RuleError."""
    method = read.choice(rule, {"method": row.get("method", "votes")}, "method", ("votes", "stv"))
    wins = str(row.get("wins") or "")
    if (method == "votes") != bool(wins):
        raise unusable(rule, "wins", "is needed for method votes, and not for stv")
    if wins:
        check_condition(rule, "wins", wins, ("eligible", "present", "yes"))
    return Election(
        method,
        read.number(rule, row, "seats", 1) if row.get("seats") is not None else None,
        wins,
        read.choice(rule, row, "tie", ("open", "lot") if method == "votes" else ("lot",)),
        read.number(rule, row, "rerun") if row.get("rerun") is not None else None,
        read.number(rule, row, "spare") if row.get("spare") is not None else 0,
    )


def decide(rule: RuleVersion, counts: Mapping[str, int]) -> Verdict:
    """Who is elected. Raises BadCount.

    Facts: quorum lines; with `votes` for each option `elected` or `not_elected` (option, votes, needed, present),
    `tie_open` (options ...) and `rerun_among` (options ...); with `stv` `stv_quota` (quota, papers, seats) and
    `stv_elected` (option, stage); in the end `seats_filled` (filled, seats).
    """
    terms: Election = rule.terms
    seats = _check(rule, terms, counts)
    quorum, facts = quorum_of(rule.quorum, counts, rule.counts)
    if not quorum:
        return Verdict("void", False, tuple(facts))
    if terms.method == "stv":
        elected, told = by_preference(counts, seats)
    else:
        elected, told = _by_votes(terms, counts, seats)
    facts += [*told, Fact("seats_filled", (len(elected), seats))]
    return Verdict("filled" if len(elected) == seats else "partly", True, tuple(facts), tuple(elected))


def _check(rule: RuleVersion, terms: Election, counts: Mapping[str, int]) -> int:
    """The seats to fill, when the counts can be true."""
    own = () if terms.seats else ("seats",)
    head = "yes" if terms.method == "votes" else "rank"
    check_needed(counts, (*rule.counts, *own))
    check_names(counts, ("eligible", "present", *own, *REST), (head, "lot"))
    check_numbers(counts)
    check_chain(counts, ("eligible", "present"))
    check_rest(counts, ("abstain", "invalid"), "present")
    seats = terms.seats or counts["seats"]
    votes = below(counts, head)
    options = {name for key in votes for name in key.split(".")}
    if not options or seats < 1:
        raise BadCount("no_options", "there is nobody to elect, or no seat")
    if head == "yes" and len(options) < seats + terms.spare:
        raise BadCount("too_few_options", "fewer options than the rule asks for", len(options), seats + terms.spare)
    most = max(votes.values()) if head == "yes" else sum(votes.values())
    if most > counts["present"]:
        raise more("votes", most, "present", counts["present"])
    return seats


def _by_votes(terms: Election, counts: Mapping[str, int], seats: int) -> tuple[list[str], list[Fact]]:
    votes = below(counts, "yes")
    options = sorted(votes, key=lambda name: (-votes[name], name))
    asked = comparisons(terms.wins)
    enough = [name for name in options if _wins(asked, counts, votes[name])]
    elected, tied = _seated(terms, counts, votes, enough, seats)
    facts = [_told(asked, counts, name, votes[name], name in elected) for name in options]
    facts += [Fact("tie_open", tuple(tied))] if tied else []
    left = seats - len(elected)
    if left and terms.rerun is not None:
        facts.append(Fact("rerun_among", tuple(_again(options, elected, votes, left + terms.rerun))))
    return elected, facts


def _wins(asked: Sequence[Comparison], counts: Mapping[str, int], votes: int) -> bool:
    return all(part.holds(_own(counts, votes)) for part in asked)


def _own(counts: Mapping[str, int], votes: int) -> dict[str, int]:
    return {"eligible": counts["eligible"], "present": counts["present"], "yes": votes}


def _seated(
    terms: Election, counts: Mapping[str, int], votes: Mapping[str, int], enough: list[str], seats: int
) -> tuple[list[str], list[str]]:
    """Who takes a seat, and who is tied for the last ones and takes none (law art. 19 is silent on ties)."""
    if len(enough) <= seats:
        return enough, []
    edge = votes[enough[seats - 1]]
    above = [name for name in enough if votes[name] > edge]
    tied = [name for name in enough if votes[name] == edge]
    if len(above) + len(tied) == seats:
        return enough[:seats], []
    if terms.tie == "open":
        return above, tied
    drawn = place_by_lot(tied, lots_of(counts, votes))
    return [*above, *drawn][:seats], []


def _again(options: list[str], elected: list[str], votes: Mapping[str, int], most: int) -> list[str]:
    """The best of the others, `most` of them, and whoever has as many votes as the last of these."""
    rest = [name for name in options if name not in elected]
    return [name for name in rest if len(rest) <= most or votes[name] >= votes[rest[most - 1]]]


def _told(asked: Sequence[Comparison], counts: Mapping[str, int], name: str, votes: int, elected: bool) -> Fact:
    own = _own(counts, votes)
    needed = max(part.needed(own) for part in asked)
    return Fact("elected" if elected else "not_elected", (name, votes, needed, counts["present"]))
