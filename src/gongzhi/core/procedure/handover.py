"""Passing on, pure like all moves: an offer, its acceptance, a bounded number of declines, a ruling (R8 to R14)."""

from __future__ import annotations

from gongzhi.core.procedure.apart import is_apart
from gongzhi.core.procedure.case import Control, History, evolve, get, put
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.moves import Setting, organ_of, resolve


def accept(control: Control) -> Control:
    return evolve(control, phase="doing", sender="", kept=put(control.kept, control.step, control.holder))


def decline(on: Setting, control: Control, to: str, history: History | None = None) -> Control:
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
    if barred(on, control, to, history):
        raise Refused("barred", organ=to)
    moved = evolve(passed, holder=to, raised=0, breach=False)
    return accept(moved) if to in (control.sender, control.receiver) else moved


def refer(control: Control) -> Control:
    return evolve(control, status="ruling", phase="doing", raised=0, breach=False)


def assign(on: Setting, control: Control, to: str, history: History | None = None) -> Control:
    """The adjudicator's word binds; it cannot be declined (R13)."""
    if to not in on.charter.organs:
        raise Refused("unknown_organ", organ=to)
    if barred(on, control, to, history):
        raise Refused("barred", organ=to)
    return _bind(control, to)


def assign_by_duty(on: Setting, control: Control) -> Control:
    """A silent adjudicator: the duty list holds, so that this ends without anybody (R13)."""
    return _bind(control, organ_of(resolve(on, control, on.step(control).by)))


def _bind(control: Control, to: str) -> Control:
    return accept(evolve(control, status="open", holder=to, raised=0, breach=False))


def grounds(on: Setting, organ: str) -> tuple[str, ...]:
    """Grounds on which `organ` may pass on: lines of the duty list that name another one, those of the matter's
    category first, then what the charter lists beside them. A line's key is `category:organ`."""
    others = [duty for duty in on.charter.duties if duty.answers != organ]
    lines = [f"{duty.category}:{duty.answers}" for duty in sorted(others, key=lambda one: one.category != on.category)]
    return tuple(dict.fromkeys([*lines, *(on.handover.grounds if on.handover else ())]))


def barred(on: Setting, control: Control, organ: str, history: History | None = None) -> bool:
    """May this organ not hold the step? Separation, both ways, and complaints against it (R39, R43)."""
    return complained_of(on, control, organ) or is_apart(on.procedure, control, history, organ)


def complained_of(on: Setting, control: Control, organ: str) -> bool:
    """Is this the organ that the matter complains about (R39)?"""
    return any(get(control.given, field) == organ for field in on.procedure.never)
