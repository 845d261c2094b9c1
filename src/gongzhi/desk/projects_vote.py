"""A counted vote over projects and money, read out of its published file: what anybody can do, done for the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gongzhi.core.decision import sharing
from gongzhi.core.decision.budget import Election, Outcome, Project, write_pabulib
from gongzhi.core.decision.budget.decide import plain
from gongzhi.core.recount import recount, rule_of

__all__ = ["because_in", "election_in", "is_sharing", "outcome_in", "write_pabulib"]

Published = Mapping[str, Any]


def is_sharing(file: Published) -> bool:
    """Whether the file is of a vote over projects and money."""
    return bool(file) and dict(file.get("rule") or {}).get("kind") == "budget"


def election_in(file: Published) -> Election:
    """Projects with their names, money and ballots; its unit is 0.01 yuan. Raises ValueError, BadCount."""
    ((_key, counts, _verdict), *_others) = recount(file)
    item = file["items"][0]
    names = dict(item["options"])
    election = sharing.election_of(rule_of(file["rule"]), counts)
    projects = tuple(Project(one.id, one.cost, names.get(one.id, "")) for one in election.projects)
    meta = {"description": str(file["title"]), "country": "China", "unit": str(file["matter"]),
            "instance": file["closed"], "date_end": file["closed"], "currency": "CNY",
            "rule": _rule_name(file)}  # fmt: skip
    return replace(election, projects=projects, meta=meta)


def outcome_in(file: Published) -> Outcome:
    """The rule on these ballots again, with a reason for every project. Too few voters: nothing is selected."""
    election = election_in(file)
    rule = rule_of(file["rule"])
    outcome = sharing.outcome_of(rule, election)
    ((_key, _counts, verdict), *_others) = recount(file)
    if verdict.quorum:
        return outcome
    return replace(outcome, reasons=tuple(replace(one, code="no_quorum", turn=0) for one in outcome.reasons))


def because_in(file: Published) -> dict[str, Any]:
    """The same as plain data: see `core.decision.budget.decide.plain`."""
    found = plain(election_in(file), outcome_in(file))
    return found["because"]  # type: ignore[return-value]


def _rule_name(file: Published) -> str:
    """As Pabulib names rules: equalshares/add1, greedy, phragmen."""
    own = file["rule"]["own"]
    method = str(own.get("method", "equal_shares")).replace("_", "")
    completion = str(own.get("completion", "none")).replace("_", "-")
    return method if completion == "none" else f"{method}/{completion}"
