"""Plans and the gate before a community, as a charter writes them.

A plan is a list of tasks; each open task becomes a matter of the plan's procedure, with its own clock, organ and
inspection. `Admitted` says which procedures hand work down and may be filed only with an admission that is valid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongzhi.core.calendar import Span
from gongzhi.core.charter.types import MONTHDAY, NAME, NUMBER, SPAN, TEXT, Key, listed, mapped, may, must, noun, one_of

NAMES = listed(NAME)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Filing needs a matter of the procedure `by`, ended as `as_`, not longer ago than `for_`."""

    by: str
    as_: str
    for_: Span


@dataclass(frozen=True, slots=True)
class Target:
    """`part` of `whole` in 10,000ths, or a plain number without `whole`; at least or at most `value`."""

    part: str
    value: int
    sign: str = "at_least"
    whole: str = ""


@dataclass(frozen=True, slots=True)
class PlanTask:
    """`by`: the organs responsible, the first of them leads. `until`: MM-DD, since sources leave the year open.

    `locked`: why this is not done here; such a task is shown with its reason and becomes no matter.
    """

    name: str
    title: str
    goal: str
    by: tuple[str, ...]
    until: str
    section: str = ""
    target: Target | None = None
    locked: str = ""
    instead: str = ""
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """`procedure`: what each task goes through; it takes a `lead` (organ) and an `until` (date) at filing."""

    name: str
    title: str
    procedure: str
    tasks: Mapping[str, PlanTask]
    sections: Mapping[str, str]
    phases: tuple[str, ...] = ()
    source: str = ""


PLAN_NOUNS: dict[str, dict[str, Key]] = {
    "admitted": {"by": must(NAME), "as": must(NAME), "for": must(SPAN)},
    "plan": {
        "title": must(TEXT),
        "procedure": must(NAME),
        "tasks": must(mapped(noun("plan_task"))),
        "sections": may(mapped(TEXT), {}),
        "phases": may(listed(TEXT), ()),
        "source": may(TEXT, ""),
    },
    "plan_task": {
        "title": must(TEXT),
        "goal": must(TEXT),
        "by": must(NAMES),
        "until": must(MONTHDAY),
        "section": may(NAME, ""),
        "target": may(noun("plan_target")),
        "locked": may(TEXT, ""),
        "instead": may(TEXT, ""),
        "covers": may(listed(TEXT), ()),
    },
    "plan_target": {
        "part": must(TEXT),
        "value": must(NUMBER),
        "sign": may(one_of("at_least", "at_most"), "at_least"),
        "whole": may(TEXT, ""),
    },
}


def admitted(values: Mapping[str, Any] | None) -> Admitted | None:
    return Admitted(values["by"], values["as"], values["for"]) if values else None


def plan(name: str, values: Mapping[str, Any]) -> Plan:
    tasks = {key: _task(key, item) for key, item in values["tasks"].items()}
    return Plan(
        name, values["title"], values["procedure"], tasks, values["sections"], tuple(values["phases"]),
        values["source"],
    )  # fmt: skip


def _task(name: str, values: Mapping[str, Any]) -> PlanTask:
    target = Target(**values["target"]) if values["target"] else None
    tuples = {"by": tuple(values["by"]), "covers": tuple(values["covers"])}
    return PlanTask(name, **{**values, **tuples, "target": target})
