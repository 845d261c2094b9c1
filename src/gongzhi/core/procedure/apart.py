"""Who handled does not inspect, who inspected does not close: one rule for holding a step and for doing it (R38).

Looked at is everybody who did the earlier step at any visit, and the organ that held it, even if it said nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.core.charter.spec import Apart, Step
from gongzhi.core.procedure.acts import FILER, Actor
from gongzhi.core.procedure.case import Control, History, get
from gongzhi.core.procedure.effects import Refused

PEOPLE = (FILER, "parties", "party", "resident")


def check_apart(step: Step, control: Control, history: History, actor: Actor) -> None:
    """Raises Refused `apart` when the actor, or its organ if the charter says so, did a step this one is apart of."""
    for rule in step.apart_from:
        same_organ = rule.level == "organ" and actor.organ in _organs(rule, control, history)
        if same_organ or (rule.level != "organ" and actor.person in _persons(rule, history)):
            raise Refused("apart", step=rule.step, level=rule.level)


def is_apart(step: Step, control: Control, history: History | None, organ: str) -> bool:
    """May this organ not hold the step, because it did or held one that the charter keeps apart from it?"""
    return any(organ in _organs(rule, control, history) for rule in step.apart_from if rule.level == "organ")


def _organs(rule: Apart, control: Control, history: History | None) -> set[str]:
    found = {doer.organ for doer in history.doers if doer.step == rule.step} if history else set()
    return {organ for organ in {*found, *_holder(rule, control)} if organ not in PEOPLE}


def _holder(rule: Apart, control: Control) -> Iterator[str]:
    held = str(get(control.kept, rule.step, ""))
    if held:
        yield held.partition(".")[0]


def _persons(rule: Apart, history: History) -> set[str]:
    return {doer.person for doer in history.doers if doer.step == rule.step}
