"""Before and after the vote of a review day: every project was heard, the weights are those sealed, and whoever leaves
the ranking says why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongzhi.core.charter.spec import Charter, Procedure, Step
from gongzhi.core.decision import RuleVersion
from gongzhi.core.decision import scoring_papers as scoring
from gongzhi.core.procedure import effects as core
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.carried import Carried
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.matters.models import Matter
from gongzhi.records.projects import actions, queries
from gongzhi.records.projects.models import DECIDED, ReviewDay, ReviewEntry

__all__ = ["Ranked", "check_ready", "left", "ranking", "unexplained", "voting_step", "weights_digest"]


def voting_step(procedure: Procedure) -> Step | None:
    """The step at which all present score, where a procedure has one."""
    steps = procedure.steps.values()
    return next((one for one in steps if one.ballot and one.ballot.form == scoring.FORM), None)


def weights_digest(rule: RuleVersion) -> str:
    """sha256 over criteria, weights, scale and ties. Anybody can compute it from the charter."""
    return hashlib.sha256(json.dumps(dict(rule.own), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def check_ready(ballot: Ballot, rule: RuleVersion | None) -> None:
    """May the scoring begin? Raises Refused `not_all_heard`, `weights_changed` and others."""
    if ballot.form != scoring.FORM:
        return
    day = queries.day_of(ballot.matter)
    if day is None or rule is None or not day.entries.exists():
        raise Refused("no_review_day")
    if waiting := queries.unheard(day):
        raise Refused("not_all_heard", entries=[one.title for one in waiting])
    if weights_digest(rule) != day.weights:
        raise Refused("weights_changed")
    if ballot.items != paper_of(day, rule):
        raise Refused("paper_not_entries")


def paper_of(day: ReviewDay, rule: RuleVersion) -> list[dict[str, Any]]:
    """The items of the ballot: every project on the day by every criterion."""
    named = [(one.key, f"{one.place.name}：{one.title}") for one in queries.entries_of(day)]
    return scoring.items_of(rule, named)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A project after the count: its place, the sum in hundredths of a point, and the points by criterion."""

    entry: ReviewEntry
    place: int
    sum: int
    points: Mapping[str, int]


def ranking(day: ReviewDay) -> list[Ranked]:
    """First to last, from the kept count; empty before it."""
    ballot = day.matter.ballots.filter(status="counted", form=scoring.FORM, outcome="ranked").order_by("-pk").first()
    if ballot is None:
        return []
    whole = ballot.result["items"][0]
    entries = {one.key: one for one in queries.entries_of(day)}
    points: dict[str, dict[str, int]] = {key: {} for key in entries}
    for name, number in whole["counts"].items():
        head, _dot, rest = name.partition(".")
        if head == "score":
            key, _dot, criterion = rest.partition(".")
            points[key][criterion] = number
    rows = [fact["args"] for fact in whole["because"] if fact["code"] == "ranked"]
    return [Ranked(entries[key], place, total, points[key]) for key, place, total in rows]


def unexplained(rows: list[Ranked]) -> list[ReviewEntry]:
    """Projects decided against the ranking without a public reason. Of so many funded, the foremost would have been.

    Funded deviates where as many stand before it; not funded, where it is among that many. Equal places are free.
    """
    many = sum(row.entry.outcome == "funded" for row in rows)

    def against(row: Ranked) -> bool:
        if row.entry.outcome == "funded":
            return sum(other.place < row.place for other in rows) >= many
        return sum(other.place <= row.place for other in rows) <= many

    return [row.entry for row in rows if against(row) and not row.entry.reason.strip()]


def left(carried: Carried, effect: core.Left) -> None:
    """The decision needs a word on every project, and a reason wherever it leaves the ranking; projects follow it."""
    if effect.assumed:
        return
    _as_decided(carried.matter, effect.outcome)
    day = queries.day_of(carried.matter)
    if day is None or not _decides(carried.charter, carried.procedure, effect.step):
        return
    rows = ranking(actions.locked(day))
    if not rows:
        return
    if waiting := [row.entry.title for row in rows if not row.entry.outcome]:
        raise Refused("not_all_decided", entries=waiting)
    if silent := unexplained(rows):
        raise Refused("deviation_unexplained", entries=[one.title for one in silent])
    day.decided_at = effect.at
    actions.save(day, ("decided_at",))


def _decides(charter: Charter, procedure: Procedure, step: str) -> bool:
    vote = voting_step(procedure)
    return vote is not None and vote.then["ranked"].go == step


def _as_decided(matter: Matter, outcome: str) -> None:
    if outcome not in DECIDED:
        return
    entry = ReviewEntry.objects.filter(project=matter, day__decided_at__isnull=False).order_by("-pk").first()
    if entry is not None and entry.outcome != outcome:
        raise Refused("not_as_decided", outcome=entry.outcome)
