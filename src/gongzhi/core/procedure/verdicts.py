"""Steps that decide by a rule: the act brings counts, the engine computes the outcome (R30)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gongzhi.core.calendar import in_china
from gongzhi.core.decision import BadCount, RuleError, count, rule_in_force
from gongzhi.core.procedure.acts import Act
from gongzhi.core.procedure.case import get
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.powers import within_power

if TYPE_CHECKING:
    from gongzhi.core.procedure.run import Run


def decide(run: Run, act: Act) -> str:
    """The outcome of a decision, by the version of the rule in force when its roll was frozen."""
    if act.outcome:
        raise Refused("outcome_computed")
    versions = run.on.charter.rules.get(run.step.rule or "", ())
    try:
        version = rule_in_force(versions, _frozen_on(run, act))
        verdict = count(version, act.counts)
    except (BadCount, RuleError) as wrong:
        raise Refused("count_wrong", problem=wrong.code, details=list(wrong.details)) from wrong
    run.why(
        "verdict",
        rule=version.name,
        law=version.law,
        outcome=verdict.outcome,
        counts=tuple(sorted(act.counts.items())),
    )
    for fact in verdict.because:
        run.why(fact.code, args=fact.args)
    return within_power(run, act, verdict.outcome)


def _frozen_on(run: Run, act: Act) -> date:
    roll = run.step.roll
    stamps = [at for key, at in run.history.dates if roll and roll.frozen and key.startswith(roll.frozen + ".")]
    stamp = max(stamps, default=get(run.history.dates, "roll", ""))
    return date.fromisoformat(str(stamp)[:10]) if stamp else in_china(act.at).date()
