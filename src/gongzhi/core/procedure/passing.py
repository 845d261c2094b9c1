"""Acts of passing on: accept, decline, assign (R8 to R14)."""

from __future__ import annotations

from gongzhi.core.procedure import handover, moves
from gongzhi.core.procedure.acts import Act
from gongzhi.core.procedure.effects import Accepted, Assigned, Declined, Referred, Refused
from gongzhi.core.procedure.gate import check_holder
from gongzhi.core.procedure.moves import Setting, organ_of
from gongzhi.core.procedure.run import Run


def accept(run: Run, act: Act) -> None:
    if run.control.phase != "offered":
        raise Refused("not_offered")
    check_holder(run.on, run.control, act.by)
    accepted(run, act)


def accepted(run: Run, act: Act) -> None:
    run.control = handover.accept(run.control)
    run.drop("offer")
    run.say(Accepted(act.at, run.control.holder))


def decline(run: Run, act: Act) -> None:
    """Pass on, inside the window and with a line of the duty list, or another ground the charter names (R11)."""
    if run.control.phase != "offered":
        raise Refused("bound" if run.control.passes else "already_accepted")
    if organ_of(run.control.holder) != act.by.organ:
        raise Refused("not_holder", holder=run.control.holder)
    if not act.ground.strip():
        raise Refused("ground_missing")
    organ = organ_of(run.control.holder)
    check_ground(run.on, organ, act.ground)
    run.control = handover.decline(run.on, run.control, act.to, run.history)
    run.say(Declined(act.at, organ, act.ground, act.to, run.control.passes))
    run.drop("offer")
    if run.control.status == "ruling":
        _refer(run, act)
    elif run.control.phase == "offered":
        run.start_offer(act.at)
    else:
        run.say(Accepted(act.at, run.control.holder))


def check_ground(on: Setting, organ: str, ground: str) -> None:
    """The ground begins with the key of a line of the duty list, or of a ground the charter lists; words may follow."""
    listed = handover.grounds(on, organ)
    if (on.charter.duties or listed) and ground.split()[0] not in listed:
        raise Refused("ground_not_listed", grounds=list(listed))


def _refer(run: Run, act: Act) -> None:
    rule = run.on.handover
    if rule is None:
        raise Refused("not_offered")
    run.drop(*[name for name in run.clocks if not name.startswith("limit:")])
    run.why("passed_on_once_too_often", passes=run.control.passes, bound=rule.bound)
    run.say(Referred(act.at, rule.adjudicator))
    run.start("ruling", act.at, rule.ruling, "referred")


def assign(run: Run, act: Act) -> None:
    """The adjudicator decides who holds the step; the step clock restarts once (R13, R44)."""
    if run.control.status != "ruling":
        raise Refused("not_offered")
    if act.by.organ != moves.answers(run.on, run.control):
        raise Refused("not_holder", holder=moves.answers(run.on, run.control))
    run.control = handover.assign(run.on, run.control, act.to, run.history)
    run.drop("ruling")
    run.say(Assigned(act.at, act.to))
    run.start_step(act.at)
