"""Passing on, pure like all moves: an offer, its acceptance, a bounded number of declines, a ruling (R8 to R14)."""

from __future__ import annotations

from gongzhi.core.procedure.case import Control, evolve, get, put
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.moves import Setting, organ_of, resolve


def accept(control: Control) -> Control:
    return evolve(control, phase="doing", sender="", kept=put(control.kept, control.step, control.holder))


def decline(on: Setting, control: Control, to: str) -> Control:
    """Pass on to `to`; after the charter's bound the adjudicator takes it, never a third office (R12)."""
    organ = organ_of(control.holder)
    if to == organ:
        raise Refused("same_organ", organ=to)
    if to not in on.charter.organs:
        raise Refused("unknown_organ", organ=to)
    passed = evolve(control, passes=control.passes + 1, declined_by=(*control.declined_by, organ))
    bound = on.handover.bound if on.handover else 0
    if passed.passes > bound or to in passed.declined_by:
        return refer(passed)
    if barred(on, control, to):
        raise Refused("barred", organ=to)
    moved = evolve(passed, holder=to, raised=0, breach=False)
    return accept(moved) if to in (control.sender, control.receiver) else moved


def refer(control: Control) -> Control:
    return evolve(control, status="ruling", phase="doing", raised=0, breach=False)


def assign(on: Setting, control: Control, to: str) -> Control:
    """The adjudicator's word binds; it cannot be declined (R13)."""
    if to not in on.charter.organs:
        raise Refused("unknown_organ", organ=to)
    if barred(on, control, to):
        raise Refused("barred", organ=to)
    return _bind(control, to)


def assign_by_duty(on: Setting, control: Control) -> Control:
    """A silent adjudicator: the duty list holds, so that this ends without anybody (R13)."""
    return _bind(control, organ_of(resolve(on, control, on.step(control).by)))


def _bind(control: Control, to: str) -> Control:
    return accept(evolve(control, status="open", holder=to, raised=0, breach=False))


def barred(on: Setting, control: Control, organ: str) -> bool:
    """May this organ not hold the step? Separation, both ways, and complaints against it (R39, R43)."""
    step = on.step(control)
    if any(get(control.given, field) == organ for field in on.procedure.never):
        return True
    kept = {organ_of(str(get(control.kept, rule.step, ""))) for rule in step.apart_from if rule.level == "organ"}
    if organ in kept:
        return True
    return any(
        organ == later.by.name
        for later in on.procedure.steps.values()
        for rule in later.apart_from
        if rule.level == "organ" and rule.step == step.name and later.by.kind == "organ"
    )
