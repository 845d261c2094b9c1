"""Ballots beside a matter: made when their step begins, opened and frozen by acts, counted by the act that ends it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.ballot import BallotTerms
from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.decision import RuleError, RuleVersion, rule_in_force
from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.mending import ROLL_FROZEN
from gongzhi.desk.carried import Carried
from gongzhi.records.ballots import actions, tally
from gongzhi.records.ballots.models import Ballot, Roll
from gongzhi.records.ballots.queries import ballot_of, locked

__all__ = [
    "BALLOT",
    "BALLOT_OPENED",
    "ROLL_FROZEN",
    "begin",
    "noted",
    "rule_of",
    "statutory",
    "terms_digest",
    "terms_of",
    "written",
]

BALLOT = "ballot"
BALLOT_OPENED = "ballot_opened"
PAPER_ONLY = ("paper",)


def begin(carried: Carried, effect: core.Entered) -> None:
    """A ballot step has its ballot from the moment it begins, and its roll where another step freezes it earlier."""
    procedure = carried.procedure
    if not any(step.do == BALLOT for step in procedure.steps.values()):
        return
    for step in procedure.steps.values():
        if step.do == BALLOT and step.roll and step.roll.frozen:
            actions.begin_roll(carried.matter, step.roll.of)
    step, organ = carried.step(effect.step), carried.organ(effect.holder)
    if step.do == BALLOT and organ is not None:
        terms = terms_of(procedure, carried.charter, step)
        more = {"title": step.title, "form": terms.form, "secrecy": terms.secrecy, "means": list(terms.means),
                "proxies": terms.proxies}  # fmt: skip
        actions.begin(carried.matter, effect.visit, organ, step.roll.of if step.roll else "residents", more)


def terms_of(procedure: Procedure, charter: Charter, step: Step) -> BallotTerms:
    """How the step is voted. Elections of self-government are on paper, whatever a charter says.

    居民委员会组织法 19 and 村民委员会组织法 18 ask for a secret booth; nothing authorises a vote from elsewhere.
    """
    terms = step.ballot or BallotTerms()
    return BallotTerms(terms.secrecy, PAPER_ONLY, terms.proxies, terms.form) if statutory(procedure, charter) else terms


def statutory(procedure: Procedure, charter: Charter) -> bool:
    """Does the procedure fill posts of a residents' or villagers' committee?"""
    kinds = {charter.organs[name].kind for name in procedure.elects if name in charter.organs}
    return "self_government" in kinds


def rule_of(charter: Charter, step: Step | None, at: datetime) -> RuleVersion | None:
    """The version of the step's rule in force on a day; None where it has none."""
    try:
        return rule_in_force(charter.rules.get(step.rule or "", ()), in_china(at).date()) if step else None
    except RuleError:
        return None


def noted(carried: Carried, effect: core.Noted) -> None:
    """The acts that freeze a roll and open a ballot. Both carry the digest of what they make final."""
    if effect.kind == ROLL_FROZEN:
        _freeze(carried, effect.at)
    elif effect.kind == BALLOT_OPENED:
        _open(carried, effect.at)


def _freeze(carried: Carried, at: datetime) -> None:
    digest = carried.act.ground
    for roll in Roll.objects.select_for_update().filter(matter=carried.matter, frozen_at=None):
        if actions.roll_digest(roll) == digest and roll.entries.exists():
            step = next((one for one in carried.procedure.steps.values() if one.roll and one.roll.of == roll.of), None)
            actions.freeze(roll, digest, written(rule_of(carried.charter, step, at)), at)
            return
    raise Refused("roll_changed")


def written(rule: RuleVersion | None) -> dict[str, Any]:
    """A rule as it is kept beside the roll and stands in the published file."""
    if rule is None:
        return {}
    kept = ("name", "title", "law", "counts", "quorum", "passes", "recused", "title_en", "law_en", "kind")
    known = {name: value for name, value in asdict(rule).items() if name in kept}
    known |= {"own": dict(rule.own)} if rule.own else {}
    return {**known, "from": rule.from_.isoformat() if rule.from_ else "", "to": rule.to.isoformat() if rule.to else ""}


def _open(carried: Carried, at: datetime) -> None:
    found = ballot_of(carried.matter, carried.case.visit)
    if found is None or carried.act.ground != terms_digest(found):
        raise Refused("ballot_changed")
    ballot = locked(found.pk)
    if ballot.status != "planned":
        raise Refused("ballot_changed")
    ballot.status, ballot.opens_at = "open", at
    ballot.save(update_fields=["status", "opens_at"])
    if ballot.secrecy == "secret":
        tally.lay_out(ballot)


def terms_digest(ballot: Ballot) -> str:
    """What everybody is asked, how, until when, and on which roll."""
    facts = {
        "title": ballot.title, "about": ballot.about, "form": ballot.form, "secrecy": ballot.secrecy,
        "means": ballot.means, "proxies": ballot.proxies, "items": ballot.items, "seats": ballot.seats,
        "closes_at": ballot.closes_at.isoformat() if ballot.closes_at else "", "roll": ballot.roll.digest,
        "given": ballot.given.count(),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
