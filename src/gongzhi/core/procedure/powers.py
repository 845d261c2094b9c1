"""Delegated powers: an organ decides for another within what was delegated, and until that is over (CY-20)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.core.charter.spec import Delegation
from gongzhi.core.procedure.acts import Act
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.moves import organ_of

if TYPE_CHECKING:
    from gongzhi.core.procedure.run import Run

SINCE = "in_force"  # mark of a case: the day its charter came into force at the place, when powers were given
NO_POWER = "no_quorum"  # the outcome of a decision that cannot be taken here; every rule has it


def within_power(run: Run, act: Act, outcome: str) -> str:
    """The outcome, or `no_quorum` where the power to decide has ended, so that the matter goes where that leads.

    Raises Refused `not_delegated` for a procedure nobody delegated to the organ.
    """
    organ = organ_of(run.control.holder)
    given = [one for one in run.on.charter.delegations if one.to == organ]
    if not given:
        return outcome
    covers = next((one for one in given if run.on.procedure.name in one.in_), None)
    if covers is None:
        raise Refused("not_delegated", organ=organ, procedures=[name for one in given for name in one.in_])
    until = last_day(run, covers)
    if until is None or in_china(act.at).date() <= until:
        return outcome
    run.why("delegation_over", organ=organ, until=until.isoformat())
    return NO_POWER


def last_day(run: Run, given: Delegation) -> date | None:
    """The last day of a delegated power; None for a case that does not say since when its charter is in force."""
    since = run.case.marks.get(SINCE)
    if not since:
        return None
    start = datetime.combine(date.fromisoformat(since), time(), CHINA)
    return in_china(run.calendar.add(start, given.until).at).date()
