"""Who handled does not inspect, who inspected does not handle: one rule for holding a step, doing it, or a part (R38).

Looked at is everybody who did the other step, or a part of it, at any visit, and the organ that held it, even if it
said nothing. Who only attends does nothing: who did the work may come to its inspection and be heard. A step is
apart of another one whichever of the two the charter wrote it at.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.spec import Apart, Procedure, Step
from gongzhi.core.procedure.acts import FILER, Actor
from gongzhi.core.procedure.case import Control, History, get
from gongzhi.core.procedure.effects import Refused

PEOPLE = (FILER, "parties", "party", "resident")


def kept_apart(procedure: Procedure, step: Step) -> Iterator[Apart]:
    """The steps apart of `step`: those it names, and those that name it."""
    yield from step.apart_from
    for other in procedure.steps.values():
        yield from (Apart(other.name, rule.level) for rule in other.apart_from if rule.step == step.name)


def check_apart(procedure: Procedure, control: Control, history: History, actor: Actor) -> None:
    """Raises Refused `apart` when the actor, or its organ if the charter says so, did a step this one is apart of."""
    for rule in kept_apart(procedure, procedure.steps[control.step]):
        same_organ = rule.level == "organ" and actor.organ in _organs(rule, control, history)
        if same_organ or (rule.level != "organ" and actor.person in _persons(rule, history)):
            raise Refused("apart", step=rule.step, level=rule.level)


def is_apart(procedure: Procedure, control: Control, history: History | None, organ: str) -> bool:
    """May this organ not hold the step, because it did, held or is to hold one that is kept apart from it?"""
    rules = kept_apart(procedure, procedure.steps[control.step])
    return any(
        organ in _organs(rule, control, history) or _named(procedure, rule, organ)
        for rule in rules
        if rule.level == "organ"
    )


def _named(procedure: Procedure, rule: Apart, organ: str) -> bool:
    """Is this the organ that the charter names for the other step?"""
    by = procedure.steps[rule.step].by
    return by.kind == "organ" and by.name == organ


def _organs(rule: Apart, control: Control, history: History | None) -> set[str]:
    found = {doer.organ for doer in history.doers if doer.step == rule.step} if history else set()
    return {organ for organ in {*found, *_holder(rule, control)} if organ not in PEOPLE}


def _holder(rule: Apart, control: Control) -> Iterator[str]:
    held = str(get(control.kept, rule.step, ""))
    if held:
        yield held.partition(".")[0]


def _persons(rule: Apart, history: History) -> set[str]:
    return {doer.person for doer in history.doers if doer.step == rule.step}
