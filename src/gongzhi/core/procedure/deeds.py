"""What each kind of act does, one function each, and the table that joins them (`DEEDS`)."""

from __future__ import annotations

from collections.abc import Callable

from gongzhi.core.procedure import moves
from gongzhi.core.procedure.acts import SYSTEM, Act
from gongzhi.core.procedure.apart import check_apart
from gongzhi.core.procedure.case import evolve, get, put
from gongzhi.core.procedure.effects import (
    Left,
    PartChanged,
    Refused,
)
from gongzhi.core.procedure.fulfilling import fulfil
from gongzhi.core.procedure.gate import (
    check_documents,
    check_fields,
    check_holder,
    check_parts,
    papers_of,
    part_of,
    takes_part,
)
from gongzhi.core.procedure.mending import correct, note, recast, set_aside
from gongzhi.core.procedure.moves import PARTIES, PEOPLE
from gongzhi.core.procedure.parties import party_of
from gongzhi.core.procedure.passing import accept, accepted, assign, decline
from gongzhi.core.procedure.run import Run
from gongzhi.core.procedure.timing import extend, pause, recalendar, resume
from gongzhi.core.procedure.together import check_choosable, delivered, join, lead, leader_ended, merge, unfollow
from gongzhi.core.procedure.verdicts import decide
from gongzhi.core.procedure.voices import answer_objection, object_to, reopen, serve, withdraw


def done(run: Run, act: Act) -> None:
    """The holder ends the step with an outcome; on an offered step, doing is accepting."""
    check_holder(run.on, run.control, act.by)
    step = run.step
    check_apart(run.on.procedure, run.control, run.history, act.by)
    outcome = decide(run, act) if step.rule else act.outcome
    _check_outcome(run, outcome)
    if run.control.holder != PARTIES:  # there the parties are the parts, and each of them ends its own by answering
        check_parts(step, run.control, outcome)
    check_fields(run.on, step, run.control, act.fields)
    made = tuple(sorted({*run.history.made, *papers_of(run.on, act)}))
    check_documents(step, outcome, made)
    if run.control.phase == "offered":
        accepted(run, act)
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
    check_choosable(run.on, step, outcome)
    if step.for_ is not None and run.control.holder not in PEOPLE:
        clock = run.clocks.get("step")
        raise Refused("too_early", until=clock.due if clock else None)


def _all_parties(run: Run, act: Act, outcome: str) -> bool:
    """A good outcome (the first named) needs every party; any other one decides at once (R47)."""
    name = f"party.{party_of(run.on.parties, run.control, act)}"
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
    attends = declared is not None and declared.do == "attend"
    if not attends:
        check_apart(run.on.procedure, run.control, run.history, act.by)
    refused = act.state == "refused"
    if declared and not refused and declared.by.kind == "group" and act.count < declared.at_least:
        raise Refused("too_few", count=act.count, at_least=declared.at_least)
    new = "refused" if refused else "done"
    if not attends:
        run.did(act.by)
    run.drop(f"part:{act.part}")
    run.history = evolve(run.history, made=tuple(sorted({*run.history.made, *papers_of(run.on, act)})))
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
    "merge": merge,
    "unfollow": unfollow,
    "lead": lead,
    "leader_ended": leader_ended,
    "join": join,
    "delivered": delivered,
    "set_aside": set_aside,
    "correct": correct,
    "recast": recast,
    "recalendar": recalendar,
    "note": note,
    "fulfil": fulfil,
    "rate": note,
}
