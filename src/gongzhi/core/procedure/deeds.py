"""What each kind of act does, one function each, and the table that joins them (`DEEDS`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gongzhi.core.procedure import moves
from gongzhi.core.procedure.acts import FILER, SYSTEM, Act
from gongzhi.core.procedure.case import evolve, get, put
from gongzhi.core.procedure.effects import (
    Accepted,
    Assigned,
    Corrected,
    Declined,
    Left,
    Noted,
    ObjectionChanged,
    PartChanged,
    Referred,
    Refused,
    Reopened,
    Served,
    SetAside,
)
from gongzhi.core.procedure.gate import (
    check_apart,
    check_documents,
    check_fields,
    check_holder,
    check_parts,
    part_of,
    takes_part,
)
from gongzhi.core.procedure.lapses import assume
from gongzhi.core.procedure.moves import PARTIES, PEOPLE, organ_of
from gongzhi.core.procedure.run import Run
from gongzhi.core.procedure.timing import extend, pause, recalendar, resume
from gongzhi.core.procedure.verdicts import decide


def done(run: Run, act: Act) -> None:
    """The holder ends the step with an outcome; on an offered step, doing is accepting."""
    check_holder(run.on, run.control, act.by)
    step = run.step
    check_apart(step, run.history, act.by)
    outcome = decide(run, act) if step.rule else act.outcome
    _check_outcome(run, outcome)
    check_parts(step, run.control, outcome)
    check_fields(run.on, step, run.control, act.fields)
    made = tuple(sorted({*run.history.made, *_papers(run, act)}))
    check_documents(step, outcome, made)
    if run.control.phase == "offered":
        _accepted(run, act)
    given = run.control.given
    for name, value in act.fields.items():
        given = put(given, name, value)
    run.control = evolve(run.control, given=given)
    run.history = evolve(run.history, made=made)
    if run.control.holder == PARTIES and not _all_parties(run, act, outcome):
        return
    _leave(run, act, outcome)


def _check_outcome(run: Run, outcome: str) -> None:
    step = run.step
    if outcome not in step.then:
        raise Refused("outcome_unknown", outcome=outcome, outcomes=list(step.then))
    if run.control.holder in PEOPLE and outcome == step.late.assume:
        raise Refused("not_choosable", outcome=outcome)
    if step.for_ is not None and run.control.holder not in PEOPLE:
        clock = run.clocks.get("step")
        raise Refused("too_early", until=clock.due if clock else None)


def _papers(run: Run, act: Act) -> list[str]:
    known = run.on.charter.documents
    unknown = [name for name in act.documents if name not in known]
    if unknown:
        raise Refused("paper_unknown", documents=unknown)
    return list(act.documents)


def _all_parties(run: Run, act: Act, outcome: str) -> bool:
    """A good outcome (the first named) needs every party; any other one decides at once (R47)."""
    name = f"party.{act.by.seat}"
    if get(run.control.parts, name) is None:
        raise Refused("not_holder", holder=PARTIES)
    run.did(act.by)
    if outcome != next(iter(run.step.then)):
        return True
    run.control = moves.set_part(run.control, name, "done")
    run.say(PartChanged(act.at, name, "done"))
    return all(state == "done" for _, state in run.control.parts)


def _leave(run: Run, act: Act, outcome: str) -> None:
    step = run.step
    run.did(act.by)
    clock = run.clocks.get("step")
    if clock is not None:
        run.why("in_time", due=clock.due)
    elif run.control.raised or run.control.breach:
        run.why("late", rungs=run.control.raised)
    run.say(Left(act.at, step.name, run.visit, outcome))
    if not (step.do == "notice" and step.for_):
        run.publish(act.at)
    run.left(act.at, outcome)
    run.go(moves.leave(run.on, run.control, outcome), act.at)


def part(run: Run, act: Act) -> None:
    """Somebody who takes part has signed, come or helped, or says no."""
    state = get(run.control.parts, act.part)
    if state is None:
        raise Refused("part_unknown", part=act.part)
    if state not in ("open", "raised"):
        raise Refused("already_done", part=act.part, state=state)
    if not takes_part(run.on, run.control, act.part, act.by):
        raise Refused("not_holder", holder=act.part)
    declared = part_of(run.step, act.part)
    refused = act.state == "refused"
    if declared and not refused and declared.by.kind == "group" and act.count < declared.at_least:
        raise Refused("too_few", count=act.count, at_least=declared.at_least)
    new = "refused" if refused else "done"
    run.did(act.by)
    run.drop(f"part:{act.part}")
    run.history = evolve(run.history, made=tuple(sorted({*run.history.made, *_papers(run, act)})))
    run.control = moves.set_part(run.control, act.part, new)
    run.say(PartChanged(act.at, act.part, new, act.count))


def child(run: Run, act: Act) -> None:
    """A child matter ended; the step's gate counts it like a part (R33)."""
    name = f"child.{act.part}"
    if act.by.organ != SYSTEM:
        raise Refused("not_holder", holder=name)
    if get(run.control.parts, name) is None:
        return
    run.control = moves.set_part(run.control, name, "done")
    run.drop(f"part:{name}")
    run.say(PartChanged(act.at, name, "done"))


# --- handover ---


def accept(run: Run, act: Act) -> None:
    if run.control.phase != "offered":
        raise Refused("not_offered")
    check_holder(run.on, run.control, act.by)
    _accepted(run, act)


def _accepted(run: Run, act: Act) -> None:
    run.control = moves.accept(run.control)
    run.drop("offer")
    run.say(Accepted(act.at, run.control.holder))


def decline(run: Run, act: Act) -> None:
    """Pass on, inside the window and with a line of the duty list (R11)."""
    if run.control.phase != "offered":
        raise Refused("bound" if run.control.passes else "already_accepted")
    if organ_of(run.control.holder) != act.by.organ:
        raise Refused("not_holder", holder=run.control.holder)
    if not act.ground.strip():
        raise Refused("ground_missing")
    organ = organ_of(run.control.holder)
    run.control = moves.decline(run.on, run.control, act.to)
    run.say(Declined(act.at, organ, act.ground, act.to, run.control.passes))
    run.drop("offer")
    if run.control.status == "ruling":
        _refer(run, act)
    elif run.control.phase == "offered":
        run.start_offer(act.at)
    else:
        run.say(Accepted(act.at, run.control.holder))


def _refer(run: Run, act: Act) -> None:
    handover = run.on.handover
    if handover is None:
        raise Refused("not_offered")
    run.drop(*[name for name in run.clocks if not name.startswith("limit:")])
    run.why("passed_on_once_too_often", passes=run.control.passes, bound=handover.bound)
    run.say(Referred(act.at, handover.adjudicator))
    run.start("ruling", act.at, handover.ruling, "referred")


def assign(run: Run, act: Act) -> None:
    """The adjudicator decides who holds the step; the step clock restarts once (R13, R44)."""
    if run.control.status != "ruling":
        raise Refused("not_offered")
    if act.by.organ != moves.answers(run.on, run.control):
        raise Refused("not_holder", holder=moves.answers(run.on, run.control))
    run.control = moves.assign(run.on, run.control, act.to)
    run.drop("ruling")
    run.say(Assigned(act.at, act.to))
    run.start_step(act.at)


# --- residents and notices ---


def serve(run: Run, act: Act) -> None:
    """The resident was told, or the notice hangs: only now does the time run (R22)."""
    if run.control.served:
        raise Refused("not_served")
    if run.step.do == "notice":
        check_holder(run.on, run.control, act.by)
        run.history = evolve(run.history, made=tuple(sorted({*run.history.made, *_papers(run, act)})))
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


# --- the filer ---


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


# --- corrections ---


def set_aside(run: Run, act: Act) -> None:
    if act.by.organ not in run.on.procedure.set_aside_by:
        raise Refused("not_holder", holder=", ".join(run.on.procedure.set_aside_by))
    if not act.ground.strip():
        raise Refused("ground_missing")
    run.say(SetAside(act.at, run.control.step, act.to, act.ground))
    run.go(moves.set_aside(run.on, run.control, act.to), act.at)


def correct(run: Run, act: Act) -> None:
    """Both versions stay; the way the matter went is not computed again (R32)."""
    check_fields(run.on, replace(run.step, asks=()), run.control, act.fields)
    doers = [d for d in run.history.doers if f"{d.visit}" == (act.visit or run.visit)]
    if act.by.organ not in {d.organ for d in doers} | {organ_of(run.control.holder)}:
        raise Refused("not_holder", holder=run.control.holder)
    run.say(Corrected(act.at, act.visit or run.visit, tuple(_papers(run, act)), tuple(act.fields)))
    given = run.control.given
    for name, value in act.fields.items():
        given = put(given, name, value)
    run.control = evolve(run.control, given=given)


def recast(run: Run, act: Act) -> None:
    """An organ was dissolved, merged or renamed: another instance takes its place in this matter (R3)."""
    unknown = [name for name in act.fields if name not in run.on.charter.organs]
    if unknown:
        raise Refused("unknown_organ", organ=unknown[0])
    run.case = evolve(run.case, cast={**run.case.cast, **{k: str(v) for k, v in act.fields.items()}})
    run.say(Noted(act.at, "recast"))


def note(run: Run, act: Act) -> None:
    """A remark or a rating. It never moves a clock (promise 5)."""
    if act.state == "related":
        run.history = evolve(run.history, links=put(run.history.links, f"related:{act.by.person}", "yes"))
    run.say(Noted(act.at, act.state or act.kind))


DEEDS: dict[str, Callable[[Run, Act], None]] = {
    "done": done,
    "part": part,
    "child": child,
    "accept": accept,
    "decline": decline,
    "assign": assign,
    "serve": serve,
    "object": object_to,
    "answer_objection": answer_objection,
    "pause": pause,
    "resume": resume,
    "extend": extend,
    "withdraw": withdraw,
    "reopen": reopen,
    "set_aside": set_aside,
    "correct": correct,
    "recast": recast,
    "recalendar": recalendar,
    "note": note,
    "rate": note,
}
