"""What a clock does when it runs out. Each lapse is stamped with the due time of its clock (R18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from gongzhi.core.procedure import handover, moves
from gongzhi.core.procedure.case import Clock, evolve
from gongzhi.core.procedure.effects import (
    Accepted,
    Assigned,
    Breached,
    Finalised,
    Left,
    ObjectionChanged,
    PartChanged,
    Raised,
    Resumed,
)
from gongzhi.core.procedure.gate import part_of
from gongzhi.core.procedure.run import REPEAT, Run


def settle(run: Run, until: datetime) -> None:
    """Carry out every clock with due < `until`, in order of (due, name), so that a late worker changes nothing."""
    while due := [clock for clock in run.clocks.values() if clock.due < until]:
        clock = min(due, key=lambda one: (one.due, one.name))
        del run.clocks[clock.name]
        run.history = evolve(run.history, last=max(run.history.last, clock.due))
        LAPSES[clock.name.partition(":")[0]](run, clock)


def _step(run: Run, clock: Clock) -> None:
    if run.step.for_ is not None:
        _time_run(run, clock.due)
    else:
        _late(run, clock)


def _time_run(run: Run, at: datetime) -> None:
    """A step that had to last has lasted; a notice still waits for the answers to objections (R31)."""
    outcome = moves.time_run(run.on, run.control)
    if outcome is None:
        run.control = evolve(run.control, ran_out=True)
        return
    assume(run, at, outcome)


def assume(run: Run, at: datetime, outcome: str) -> None:
    run.why("time_run" if run.step.for_ else "silence", step=run.control.step, outcome=outcome)
    run.say(Left(at, run.control.step, run.visit, outcome, assumed=True))
    run.left(at, outcome)
    run.go(moves.leave(run.on, run.control, outcome), at)


def _late(run: Run, clock: Clock) -> None:
    step, at = run.step, clock.due
    if run.control.raised < len(step.late.raise_):
        run.control = evolve(run.control, raised=run.control.raised + 1)
        run.say(Raised(at, step.late.raise_[run.control.raised - 1], run.control.raised))
        run.start("rung", at, step.late.rung, "raised")
    elif step.late.assume:
        assume(run, at, step.late.assume)
    else:
        _breach(run, clock, "repeat", "step")


def _breach(run: Run, clock: Clock, again: str, of: str) -> None:
    """Publish a breach now and every five working days: nothing moves by itself any more (R20)."""
    times = clock.times + 1 if clock.name == again else 1
    run.control = evolve(run.control, breach=True)
    run.say(Breached(clock.due, moves.answers(run.on, run.control), of, times))
    run.start(again, clock.due, REPEAT, "breach")
    run.clocks[again] = evolve(run.clocks[again], times=times)


def _repeat(run: Run, clock: Clock) -> None:
    _breach(run, clock, "repeat", "step")


def _follow(run: Run, clock: Clock) -> None:
    """The leader is late, and so is what goes together with it."""
    _breach(run, clock, "follow", "follow")


def _serve(run: Run, clock: Clock) -> None:
    _breach(run, clock, "serve", "serve")


def _offer(run: Run, clock: Clock) -> None:
    """Silence at the end of the window is acceptance (R10)."""
    run.control = handover.accept(run.control)
    run.why("silence_accepts", organ=run.control.holder)
    run.say(Accepted(clock.due, run.control.holder, silent=True))


def _ruling(run: Run, clock: Clock) -> None:
    adjudicator = moves.answers(run.on, run.control)
    run.say(Breached(clock.due, adjudicator, "ruling"))
    run.control = handover.assign_by_duty(run.on, run.control)
    run.why("duty_list_decides", organ=run.control.holder)
    run.say(Assigned(clock.due, run.control.holder, silent=True))
    run.start_step(clock.due)


def _part(run: Run, clock: Clock) -> None:
    """A silent part lapses, so that nobody vetoes by silence; a protecting part is raised, never waived (R7)."""
    name = clock.name.partition(":")[2]
    if dict(run.control.parts).get(name) != "open":
        return
    declared = part_of(run.step, name)
    state = "raised" if declared and declared.late == "blocks" else "lapsed"
    run.control = moves.set_part(run.control, name, state)
    run.say(PartChanged(clock.due, name, state))


def _pause(run: Run, clock: Clock) -> None:
    resume(run, clock.due)
    run.say(Resumed(clock.due, by_itself=True))


def resume(run: Run, at: datetime) -> None:
    """The step clock runs on with what was left, in its own unit (R23)."""
    left = run.history.paused_left
    run.drop("pause")
    run.control = evolve(run.control, paused=False)
    run.history = evolve(run.history, paused_left=None)
    if left is not None:
        due = run.calendar.add_remaining(at, left, run.step.ends_on)
        run.clocks["step"] = Clock("step", at, due.at, run.step.span, "resumed", due.provisional)
        run.start_parts(at)


def _reopen(run: Run, clock: Clock) -> None:
    run.control = moves.finalise(run.control)
    run.say(Finalised(clock.due))


def _object(run: Run, clock: Clock) -> None:
    """An objection nobody answered is raised once, then counts as upheld (R31)."""
    name = clock.name.partition(":")[2]
    state = "raised" if dict(run.control.objections).get(name) == "open" else "upheld"
    run.control = moves.set_objection(run.control, name, state)
    run.say(ObjectionChanged(clock.due, name, state))
    if state == "raised":
        run.start(clock.name, clock.due, run.step.late.rung, "raised")
    elif run.control.ran_out:
        _time_run(run, clock.due)


def _limit(run: Run, clock: Clock) -> None:
    name = clock.name.partition(":")[2]
    limit = next(limit for limit in run.on.procedure.limits if limit.name == name)
    organ = moves.answers(run.on, run.control)
    run.say(Breached(clock.due, organ, clock.name))
    for rung, raised in enumerate(limit.raise_, 1):
        run.say(Raised(clock.due, raised, rung, clock.name))


LAPSES: dict[str, Callable[[Run, Clock], None]] = {
    "step": _step,
    "rung": _late,
    "repeat": _repeat,
    "serve": _serve,
    "follow": _follow,
    "offer": _offer,
    "ruling": _ruling,
    "part": _part,
    "pause": _pause,
    "reopen": _reopen,
    "object": _object,
    "limit": _limit,
}
