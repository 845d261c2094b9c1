"""Acts that move a clock: pause, resume, extend, recalendar. Nothing else does (promise 5)."""

from __future__ import annotations

from gongzhi.core.procedure import lapses
from gongzhi.core.procedure.acts import SYSTEM, Act
from gongzhi.core.procedure.case import Clock, evolve
from gongzhi.core.procedure.effects import Extended, Paused, Recalendared, Refused, Resumed
from gongzhi.core.procedure.gate import check_holder
from gongzhi.core.procedure.moves import resolve
from gongzhi.core.procedure.run import Run


def pause(run: Run, act: Act) -> None:
    """Only as the charter declares: named grounds, so long, so often; never when already late (R23)."""
    rule, clock = run.step.pause, run.clocks.get("step")
    if rule is None or clock is None or run.control.paused or run.control.phase == "offered":
        raise Refused("no_pause")
    check_holder(run.on, run.control, act.by)
    if act.ground not in rule.grounds:
        raise Refused("ground_unknown", grounds=list(rule.grounds.values()))
    if run.history.pauses >= rule.at_most:
        raise Refused("no_pause")
    left = run.calendar.remaining(act.at, clock.due, clock.span.unit if clock.span else "d")
    run.control = evolve(run.control, paused=True)
    run.history = evolve(run.history, paused_left=left, pauses=run.history.pauses + 1)
    run.drop("step", *_with_step(run, clock))
    run.say(Paused(act.at, act.ground))
    run.start("pause", act.at, rule.up_to, "paused")


def _with_step(run: Run, step: Clock) -> list[str]:
    """Clocks of parts that have no time of their own: they stand and move with the step's."""
    return [c.name for c in run.clocks.values() if c.name.startswith("part:") and c.due == step.due]


def resume(run: Run, act: Act) -> None:
    if not run.control.paused:
        raise Refused("not_paused")
    check_holder(run.on, run.control, act.by)
    lapses.resume(run, act.at)
    run.say(Resumed(act.at))


def extend(run: Run, act: Act) -> None:
    """One act by the approver, before the deadline, with a ground; the new deadline is the old one plus the span."""
    rule, clock = run.step.extend, run.clocks.get("step")
    if rule is None or clock is None or run.history.extended >= rule.at_most:
        raise Refused("no_extension")
    approver = resolve(run.on, run.control, rule.approved_by)
    organ, _, seat = approver.partition(".")
    if act.by.organ != organ or (seat and act.by.seat != seat):
        raise Refused("not_holder", holder=approver)
    if not act.ground.strip():
        raise Refused("ground_missing")
    due = run.calendar.add(clock.due, rule.by, run.step.ends_on)
    longer = (*clock.extensions, (str(rule.by), act.ground))
    for name in ["step", *_with_step(run, clock)]:
        old = run.clocks[name]
        run.clocks[name] = evolve(old, due=due.at, provisional=old.provisional or due.provisional, extensions=longer)
    run.history = evolve(run.history, extended=run.history.extended + 1)
    run.say(Extended(act.at, act.ground, due.at, rule.tell or ""))


def recalendar(run: Run, act: Act) -> None:
    """A provisional year was published: every provisional deadline is computed again, in the open (R26).

    A deadline of a clock that was extended or paused keeps its old due time; so does one that would move earlier
    than now.
    """
    if act.by.organ != SYSTEM:
        raise Refused("not_holder", holder=SYSTEM)
    for clock in list(run.clocks.values()):
        if not clock.provisional or clock.span is None or clock.extensions:
            continue
        due = run.calendar.add(clock.start, clock.span)
        if due.at < act.at:
            continue
        if due.at != clock.due:
            run.say(Recalendared(act.at, clock.name, clock.due, due.at))
        run.clocks[clock.name] = evolve(clock, due=due.at, provisional=due.provisional)
