"""Is a meeting called in time, and are enough people there? Questions with an answer, asked before each act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from gongzhi.core.calendar import Calendar, in_china
from gongzhi.core.charter.meeting import MeetingRules
from gongzhi.core.charter.spec import Charter, Step
from gongzhi.core.decision import RuleError, RuleVersion, Verdict, count, rule_in_force
from gongzhi.core.procedure.effects import Refused

EXACT = ("h", "wh", "min")


def earliest(rules: MeetingRules | None, invited: datetime, calendar: Calendar) -> datetime:
    """The first moment for which a meeting can be called by an invitation that goes out at `invited`.

    The day of the invitation does not count, the day of the meeting does: 15 days before 06-30 is 06-15.
    """
    if rules is None or rules.invite is None:
        return invited
    due = calendar.add(invited, rules.invite).at
    return due if rules.invite.unit in EXACT else due.replace(hour=0, minute=0, second=0, microsecond=0)


def check_notice(rules: MeetingRules | None, invited: datetime, meets: datetime, calendar: Calendar) -> None:
    """Raises Refused `notice_too_short` with the first day that would do."""
    if rules is None or rules.invite is None:
        return
    first = earliest(rules, invited, calendar)
    if meets < first:
        raise Refused("notice_too_short", at=meets, earliest=first, n=rules.invite.n, unit=rules.invite.unit)


def check_materials(rules: MeetingRules | None, there: set[str]) -> None:
    """Raises Refused `documents_missing`: nobody is invited to talk about papers that do not exist."""
    missing = [name for name in rules.materials if name not in there] if rules else []
    if missing:
        raise Refused("documents_missing", documents=missing)


def rule_of(charter: Charter, step: Step, on: date) -> RuleVersion | None:
    """The version of the rule by which this meeting decides, in force on the day its roll was frozen. None: none."""
    name = (step.meeting.votes if step.meeting else None) or step.rule
    if name is None:
        return None
    try:
        return rule_in_force(charter.rules.get(name, ()), on)
    except RuleError as wrong:
        raise Refused("count_wrong", problem=wrong.code, details=list(wrong.details)) from wrong


def verdict_of(rule: RuleVersion, counts: Mapping[str, int]) -> Verdict:
    """The verdict on `eligible`, `present`, `yes` and `recused`, as counted in the room."""
    heads = {name: counts.get(name, 0) for name in ("eligible", "present", "yes")}
    return count(rule, heads, counts.get("recused", 0))


def quorum_of(rule: RuleVersion, eligible: int, present: int, recused: int) -> tuple[bool, int]:
    """Enough people for a vote? And how many would be."""
    verdict = verdict_of(rule, {"eligible": eligible, "present": present, "yes": 0, "recused": recused})
    needed = [int(fact.args[1]) for fact in verdict.because if fact.code in ("quorum_met", "quorum_short")]
    return verdict.quorum, max(needed, default=0)


def check_quorum(rule: RuleVersion, eligible: int, present: int, recused: int) -> None:
    """Raises Refused `quorum_lost`."""
    enough, needed = quorum_of(rule, eligible, present, recused)
    if not enough:
        raise Refused("quorum_lost", needed=needed, had=present)


def day_of(at: datetime | None, otherwise: datetime) -> date:
    """The day in China on which something was frozen."""
    return in_china(at or otherwise).date()
