"""One door to the rules, and their answer as plain data that can be stored, shown and counted again."""

from __future__ import annotations

from fractions import Fraction

from gongzhi.core.decision.budget.completion import equal_shares
from gongzhi.core.decision.budget.greedy import greedy
from gongzhi.core.decision.budget.model import COMPLETIONS, MEASURES, RULES, BudgetFault, Election, Outcome, Reason
from gongzhi.core.decision.budget.phragmen import phragmen

PLACES = 6
LONGEST_FRACTION = 40
Plain = dict[str, object]


def decide(election: Election, rule: str, completion: str = "none", measure: str = "cost") -> Outcome:
    """What gets money by one of RULES. Only equal shares knows completions. Raises BudgetFault for an unknown name."""
    for code, name, known in (
        ("rule", rule, RULES),
        ("completion", completion, COMPLETIONS),
        ("measure", measure, MEASURES),
    ):
        if name not in known:
            raise BudgetFault(f"unknown_{code}", 0, name)
    if rule == "equal-shares":
        return equal_shares(election, completion, measure)
    if completion != "none":
        raise BudgetFault("completion_of_other_rule", 0, completion, rule)
    reasons = greedy(election, measure) if rule == "greedy" else phragmen(election)
    return Outcome(rule, "none", measure, reasons)


def plain(election: Election, outcome: Outcome) -> Plain:
    """`selected` in the order of ids, their `cost`, and `because`: everything a resident may ask. Money in the currency
    of the file, rounded to six places only where a fraction does not end."""
    because: Plain = {
        "rule": outcome.rule,
        "completion": outcome.completion,
        "measure": outcome.measure,
        "money": number(election.amount(election.money)),
        "voters": election.voters,
        "order": list(outcome.selected),
        "projects": {reason.project: _plain_reason(election, outcome, reason) for reason in outcome.reasons},
    }
    if outcome.endowment is not None:
        because |= {"endowment": number(election.amount(outcome.endowment)), "increments": outcome.steps}
    if outcome.preferred is not None:
        because |= {"prefer_shares": outcome.preferred[0], "prefer_greedy": outcome.preferred[1],
                    "replaced": outcome.replaced}  # fmt: skip
    cost = number(election.amount(outcome.cost))
    return {"selected": sorted(outcome.selected), "cost": cost, "because": because}


def number(value: Fraction) -> int | float:
    """A whole number as such, others rounded to six places."""
    return int(value) if value.denominator == 1 else float(round(value, PLACES))


def _plain_reason(election: Election, outcome: Outcome, reason: Reason) -> Plain:
    data: Plain = {"selected": reason.selected, "why": reason.code, "cost": number(election.amount(reason.cost)),
                   "supporters": reason.supporters}  # fmt: skip
    if reason.points != reason.supporters:
        data["points"] = reason.points
    if reason.turn:
        data["turn"] = reason.turn
    if reason.price is not None:
        data |= _price(election, outcome, reason)
    if reason.left is not None and not reason.selected:
        data |= {"left": number(election.amount(reason.left)), "missing": number(election.amount(reason.missing or 0))}
    if reason.tied_with:
        data["tied_with"] = list(reason.tied_with)
    return data


def _price(election: Election, outcome: Outcome, reason: Reason) -> Plain:
    price = election.amount(reason.price or 0)
    if outcome.rule == "phragmen":
        return {"load": number(price)}
    by_cost = outcome.measure == "cost" and not election.weighted
    rho = (reason.price or Fraction(0)) / (reason.cost if by_cost else election.scale)
    paid = reason.cost - (reason.price or Fraction(0)) * reason.full
    data: Plain = {
        "each_paid": number(price),
        "paid_in_full": reason.full,
        "paid_the_rest": reason.rest,
        "rho": _exact(rho),
    }
    if not election.weighted:
        data["rest_sum"] = number(election.amount(paid))
    return data


def _exact(value: Fraction) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_FRACTION else f"{float(value):.15g}"
