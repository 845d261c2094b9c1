"""Several matters that go together: merged ones follow a leader (R35), joined ones wait for an agenda item (R34).

A follower keeps its number, filer, rating, right to reopen and limits. Its own step stands still with what was left
of its time, and a clock `follow` runs until the leader's deadline. What is true of the leader travels in the act.
"""

from __future__ import annotations

from datetime import datetime

from gongzhi.core.calendar import Remaining
from gongzhi.core.charter.spec import Step
from gongzhi.core.procedure import moves
from gongzhi.core.procedure.acts import FILER, SYSTEM, Act
from gongzhi.core.procedure.case import Clock, Control, Pairs, evolve, get, put
from gongzhi.core.procedure.effects import Joined, LeaderEnded, Led, Left, Merged, Refused, Unfollowed
from gongzhi.core.procedure.gate import check_holder, is_holder
from gongzhi.core.procedure.handover import complained_of
from gongzhi.core.procedure.moves import PEOPLE, WITHDRAWN, Setting
from gongzhi.core.procedure.passing import accepted
from gongzhi.core.procedure.run import Run

MERGED = "*merged"
MERGED_AT_MOST = 3
STAYS_ALONE = "stays_alone"
FIXED = ("ballot", "payment", "notice")  # what has begun there must end there (R35, R37)


def check_mergeable(on: Setting, control: Control, links: Pairs) -> None:
    """Raises Refused unless the matter stands where it may be merged into another."""
    step = on.step(control)
    if on.procedure.after_merge is None or control.holder in PEOPLE or step.do == "wait":
        raise Refused("no_merge")
    if get(links, STAYS_ALONE):
        raise Refused("stays_alone")
    check_unfixed(step, control)
    if get(control.uses, MERGED, 0) >= MERGED_AT_MOST:
        raise Refused("too_often", times=MERGED_AT_MOST)


def check_unfixed(step: Step, control: Control) -> None:
    """Raises Refused while a ballot, notice or payment is under way, or child matters are open."""
    children = any(name.startswith("child.") and state == "open" for name, state in control.parts)
    if step.do in FIXED or children:
        raise Refused("finish_first", step=step.name)


def merge(run: Run, act: Act) -> None:
    """Whoever holds the step lets the matter follow another one."""
    check_mergeable(run.on, run.control, run.history.links)
    check_holder(run.on, run.control, act.by)
    answers = _answering(run, act)
    if run.case.cast.get(answers) != str(act.fields.get("instance", "")):
        raise Refused("other_line", organ=answers)
    if run.control.phase == "offered":
        accepted(run, act)
    _stand_still(run, act.at)
    run.did(act.by)
    times = get(run.control.uses, MERGED, 0) + 1
    run.control = evolve(
        run.control, status="following", leader=act.to, led_by=answers, breach=False, paused=False,
        uses=put(run.control.uses, MERGED, times),
    )  # fmt: skip
    _follow_until(run, act)
    run.say(Merged(act.at, act.to, answers, act.ground))


def _answering(run: Run, act: Act) -> str:
    """Who answers for the leader, as the act says; never an organ that this matter complains about (R39)."""
    organ = moves.organ_of(str(act.fields.get("answers", "")))
    if organ not in run.on.charter.organs:
        raise Refused("unknown_organ", organ=organ)
    if complained_of(run.on, run.control, organ):
        raise Refused("barred", organ=organ)
    return organ


def _follow_until(run: Run, act: Act) -> None:
    due = max(datetime.fromisoformat(str(act.fields["due"])), act.at)
    run.clocks["follow"] = Clock("follow", act.at, due, None, "leader")


def _stand_still(run: Run, at: datetime) -> None:
    """The clocks of the visit stop; limits run on. A step that is late keeps nothing (R23)."""
    clock, left = run.clocks.get("step"), run.history.paused_left
    if clock is not None and clock.span is not None:
        left = run.calendar.remaining(at, clock.due, clock.span.unit)
    run.history = evolve(run.history, paused_left=left)
    run.drop(*[name for name in run.clocks if not name.startswith("limit:")])


def _go_on(run: Run, at: datetime) -> None:
    """The step's clock runs on with what was left, or at once with nothing where it was late already."""
    left = run.history.paused_left or Remaining(0, "wd", 0)
    late = run.control.raised > 0 or run.history.paused_left is None
    run.history = evolve(run.history, paused_left=None)
    if run.step.before and not late:
        run.start_step(at)
        return
    name = "rung" if late else "step"
    due = run.calendar.add_remaining(at, left, run.step.ends_on)
    run.clocks[name] = Clock(name, at, due.at, run.step.span, "resumed", due.provisional)
    run.start_parts(at)


def unfollow(run: Run, act: Act) -> None:
    """Undo: the filer wants to go alone, the office merged what is not the same, or the leader was withdrawn."""
    control = run.control
    _check_following(run)
    if act.by.organ not in (FILER, SYSTEM, control.led_by) and not is_holder(run.on, control, act.by):
        raise Refused("not_holder", holder=control.holder)
    if act.by.organ == FILER:
        run.history = evolve(run.history, links=put(run.history.links, STAYS_ALONE, "yes"))
    elif not act.ground.strip():
        raise Refused("ground_missing")
    run.say(Unfollowed(act.at, control.leader, act.by.organ, act.ground))
    run.control = moves.alone(evolve(control, status="open", breach=False))
    run.drop("follow")
    _go_on(run, act.at)


def lead(run: Run, act: Act) -> None:
    """The leader moved, or another matter leads now: the follower's answering organ and deadline are those."""
    _check_machine(act)
    _check_following(run)
    answers = _answering(run, act)
    instance = str(act.fields.get("instance", ""))
    if instance and run.case.cast.get(answers) != instance:
        run.case = evolve(run.case, cast={**run.case.cast, answers: instance})
    run.control = evolve(run.control, leader=act.to, led_by=answers, breach=False)
    _follow_until(run, act)
    run.say(Led(act.at, act.to, answers, run.clocks["follow"].due))


def leader_ended(run: Run, act: Act) -> None:
    """The leader came to an end: now this matter's own resident is asked."""
    _check_machine(act)
    _check_following(run)
    run.say(LeaderEnded(act.at, run.control.leader, act.outcome))
    run.history = evolve(run.history, paused_left=None)
    run.go(moves.arrive(run.on, run.control, run.on.procedure.after_merge or ""), act.at)


def _check_machine(act: Act) -> None:
    if act.by.organ != SYSTEM:
        raise Refused("not_holder", holder=SYSTEM)


def _check_following(run: Run) -> None:
    if run.control.status != "following":
        raise Refused("not_following")


# --- many matters wait for one (R34) ---


def brought(on: Setting, step: Step) -> tuple[str, ...]:
    """Outcomes of a waiting step that the end of the other matter brings; nobody chooses them."""
    other = on.charter.procedures.get(step.for_matter or "")
    return (*other.ends, WITHDRAWN) if other else ()


def check_choosable(on: Setting, step: Step, outcome: str) -> None:
    if step.do == "wait" and outcome in brought(on, step):
        raise Refused("delivered", outcome=outcome)


def join(run: Run, act: Act) -> None:
    """The holder names the matter that this one waits for. Its own clock runs on."""
    if run.step.do != "wait" or run.step.for_matter is None:
        raise Refused("not_waiting")
    check_holder(run.on, run.control, act.by)
    run.control = evolve(run.control, awaits=act.to)
    run.say(Joined(act.at, act.to))


def delivered(run: Run, act: Act) -> None:
    """The matter waited for has ended; its end is this step's outcome."""
    _check_machine(act)
    if run.step.do != "wait" or not run.control.awaits:
        raise Refused("not_waiting")
    if act.outcome not in run.step.then:
        raise Refused("outcome_unknown", outcome=act.outcome, outcomes=list(run.step.then))
    run.why("other_ended", matter=run.control.awaits, end=act.outcome)
    run.say(Left(act.at, run.control.step, run.visit, act.outcome))
    run.left(act.at, act.outcome)
    run.go(moves.leave(run.on, run.control, act.outcome), act.at)
