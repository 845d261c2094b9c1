"""Conditions in CEL over plain fields, `uses.STEP` and `passes` (R41). Never time, never people, never eval."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import cel

from gongzhi.core.charter.spec import Field, Procedure
from gongzhi.core.procedure.case import Control

ABSENT: Mapping[str, Any] = {"yesno": False, "number": 0, "money": 0}


@lru_cache(maxsize=4096)
def program(condition: str) -> Any:
    """The compiled condition. Raises ValueError when it is not CEL."""
    return cel.compile(condition)


def facts(procedure: Procedure, control: Control) -> dict[str, Any]:
    """What a condition can see. An unanswered field is false, zero or empty: the check finds such use before."""
    seen = {name: _absent(field) for name, field in procedure.fields.items() if field.class_ == "plain"}
    seen.update(control.given)
    seen["uses"] = {name: 0 for name, step in procedure.steps.items() if step.at_most} | dict(control.uses)
    seen["passes"] = control.passes
    return seen


def holds(condition: str, procedure: Procedure, control: Control) -> bool:
    return bool(program(condition).execute(facts(procedure, control)))


def _absent(field: Field) -> Any:
    return ABSENT.get(field.type, "")
