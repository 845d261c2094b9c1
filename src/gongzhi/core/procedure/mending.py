"""Acts that put right or remark: set aside, correct, recast, note (R3, R32). None of them moves a clock by itself."""

from __future__ import annotations

from dataclasses import replace

from gongzhi.core.calendar import in_china
from gongzhi.core.procedure import moves
from gongzhi.core.procedure.acts import Act
from gongzhi.core.procedure.case import evolve, get, put
from gongzhi.core.procedure.effects import Corrected, Noted, Refused, SetAside
from gongzhi.core.procedure.gate import check_fields, check_holder, papers_of
from gongzhi.core.procedure.moves import organ_of
from gongzhi.core.procedure.run import Run

ROLL_FROZEN = "roll_frozen"  # a note: who may vote is fixed; the rule in force on that day decides


def set_aside(run: Run, act: Act) -> None:
    if act.by.organ not in run.on.procedure.set_aside_by:
        raise Refused("not_holder", holder=", ".join(run.on.procedure.set_aside_by))
    if not act.ground.strip():
        raise Refused("ground_missing")
    if not get(run.history.visits, act.to):  # back to where it has been, never forward
        raise Refused("outcome_unknown", outcome=act.to)
    run.say(SetAside(act.at, run.control.step, act.to, act.ground))
    run.go(moves.set_aside(run.on, run.control, act.to), act.at)


def correct(run: Run, act: Act) -> None:
    """Both versions stay; the way the matter went is not computed again (R32).

    `act.visit` names the visit that is corrected; whoever did it may, and for the present one its holder.
    """
    check_fields(run.on, replace(run.step, asks=()), run.control, act.fields)
    visit = act.visit or run.visit
    allowed = {doer.organ for doer in run.history.doers if doer.visit == visit}
    if visit == run.visit:
        allowed.add(organ_of(run.control.holder))
    if act.by.organ not in allowed:
        raise Refused("not_holder", holder=run.control.holder)
    run.say(Corrected(act.at, visit, tuple(papers_of(run.on, act)), tuple(act.fields)))
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
    if act.state == ROLL_FROZEN:
        check_holder(run.on, run.control, act.by)
        run.history = evolve(run.history, dates=put(run.history.dates, "roll", in_china(act.at).isoformat()))
    run.say(Noted(act.at, act.state or act.kind))
