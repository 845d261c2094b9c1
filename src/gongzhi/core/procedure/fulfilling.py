"""A duty that comes back is met by a meeting that was held for another reason (R36)."""

from __future__ import annotations

from datetime import date

from gongzhi.core.calendar import in_china
from gongzhi.core.procedure import moves
from gongzhi.core.procedure.acts import Act
from gongzhi.core.procedure.effects import Left, Refused
from gongzhi.core.procedure.gate import is_holder
from gongzhi.core.procedure.moves import answers
from gongzhi.core.procedure.run import Run


def fulfil(run: Run, act: Act) -> None:
    """End the matter as its duty says it is met. `fields.held` is the day of that meeting, `ground` says which one.

    Raises Refused: `no_duty_here`, `not_holder`, `ground_missing`, `not_in_period`.
    """
    duty = next((one for one in run.on.charter.recurring.values() if one.opens == run.on.procedure.name), None)
    if duty is None:
        raise Refused("no_duty_here")
    if not is_holder(run.on, run.control, act.by) and act.by.organ != answers(run.on, run.control):
        raise Refused("not_holder", holder=run.control.holder)
    if not act.ground.strip():
        raise Refused("ground_missing")
    held = _day(act.fields.get("held"))
    if held is None or not in_china(run.history.filed).date() <= held <= in_china(act.at).date():
        raise Refused("not_in_period", first=run.history.filed, last=act.at)
    run.did(act.by)
    run.why("fulfilled", ground=act.ground, held=held.isoformat())
    run.say(Left(act.at, run.control.step, run.visit, duty.met_by))
    run.go((moves.close(run.on, run.control, duty.met_by), ()), act.at)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
