"""Acts around residents: telling them, hanging notices, objections, withdrawing, reopening."""

from __future__ import annotations

from gongzhi.core.procedure import moves
from gongzhi.core.procedure.acts import FILER, SYSTEM, Act
from gongzhi.core.procedure.case import evolve, get
from gongzhi.core.procedure.effects import Left, ObjectionChanged, Refused, Reopened, Served
from gongzhi.core.procedure.gate import check_documents, check_holder, papers_of
from gongzhi.core.procedure.lapses import assume
from gongzhi.core.procedure.run import Run


def serve(run: Run, act: Act) -> None:
    """The resident was told, or the notice hangs: only now does the time run (R22)."""
    if run.control.served:
        raise Refused("not_served")
    if run.step.do == "notice":
        check_holder(run.on, run.control, act.by)
        run.history = evolve(run.history, made=tuple(sorted({*run.history.made, *papers_of(run.on, act)})))
        check_documents(run.step, next(iter(run.step.then)), run.history.made)
    elif act.by.organ not in (SYSTEM, run.control.asked_by):
        raise Refused("not_holder", holder=run.control.asked_by)
    run.control = evolve(run.control, served=True, breach=False)
    run.drop("serve")
    run.say(Served(act.at, act.channel))
    run.start_step(act.at)


def object_to(run: Run, act: Act) -> None:
    """An objection to a notice becomes something that must be answered (R31)."""
    rule = run.step.object
    if rule is None:
        raise Refused("part_unknown", part=act.part)
    if not run.control.served or run.control.ran_out:
        raise Refused("too_late" if run.control.ran_out else "too_early", until=None)
    if get(run.control.objections, act.part) is not None:
        raise Refused("already_done", part=act.part, state="open")
    run.control = moves.set_objection(run.control, act.part, "open")
    run.say(ObjectionChanged(act.at, act.part, "open"))
    run.start(f"object:{act.part}", act.at, rule.answer, "objection")


def answer_objection(run: Run, act: Act) -> None:
    check_holder(run.on, run.control, act.by)
    if get(run.control.objections, act.part) not in ("open", "raised"):
        raise Refused("part_unknown", part=act.part)
    if act.state not in ("upheld", "rejected"):
        raise Refused("outcome_unknown", outcome=act.state, outcomes=["upheld", "rejected"])
    if not act.ground.strip():
        raise Refused("ground_missing")
    run.control = moves.set_objection(run.control, act.part, act.state)
    run.drop(f"object:{act.part}")
    run.did(act.by)
    run.say(ObjectionChanged(act.at, act.part, act.state))
    outcome = moves.time_run(run.on, run.control) if run.control.ran_out else None
    if outcome:
        assume(run, act.at, outcome)


def withdraw(run: Run, act: Act) -> None:
    if act.by.organ != FILER or not run.on.procedure.withdraw or run.step.do == "ballot":
        raise Refused("no_withdrawal")
    run.say(Left(act.at, run.control.step, run.visit, moves.WITHDRAWN))
    run.go((moves.close(run.on, run.control, moves.WITHDRAWN), ()), act.at)


def reopen(run: Run, act: Act) -> None:
    """The filer says that it is not settled; uses and passes go on where they were (R29)."""
    if act.by.organ != FILER:
        raise Refused("not_holder", holder=FILER)
    if not act.ground.strip():
        raise Refused("ground_missing")
    moved = moves.reopen(run.on, run.control)
    run.say(Reopened(act.at, act.ground))
    run.go(moved, act.at)
