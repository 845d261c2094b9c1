"""A procedure as nodes and flows, the one view that every drawing and net is made from.

A counted step (`at_most`) has a gate before it: what arrives once too often goes `beyond` instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from gongzhi.core.charter.spec import Procedure, Step

NodeKind = Literal["start", "step", "choice", "count", "end"]
FlowKind = Literal["start", "outcome", "when", "enter", "beyond"]
Naming = Callable[[str], str]
"""Titles of organs and holders in the reader's language: `residents_committee.director` -> its title."""

START = "start"


@dataclass(frozen=True, slots=True)
class Node:
    """`name` is the step or end it stands for; ids are unique in the drawing and good as XML ids."""

    id: str
    kind: NodeKind
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Flow:
    """One way between two nodes. `key` names the outcome; `condition` is the CEL text of a choice."""

    id: str
    kind: FlowKind
    source: str
    target: str
    title: str = ""
    key: str = ""
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]


def graph_of(procedure: Procedure) -> Graph:
    """The whole procedure. Raises KeyError where a step leads to something that is not there."""
    return Graph(tuple(_nodes(procedure)), tuple(_flows(procedure)))


def step_id(name: str) -> str:
    return f"step.{name}"


def is_counted(step: Step) -> bool:
    return step.at_most is not None and step.beyond is not None


def arrival(procedure: Procedure, name: str) -> str:
    """The node at which one arrives who goes to this step or end."""
    if name in procedure.ends and name not in procedure.steps:
        return f"end.{name}"
    step = procedure.steps[name]
    return f"count.{name}" if is_counted(step) else step_id(name)


def _nodes(procedure: Procedure) -> Iterator[Node]:
    yield Node(START, "start", "", "")
    for step in procedure.steps.values():
        if is_counted(step):
            yield Node(f"count.{step.name}", "count", step.name, f"≤ {step.at_most}")
        yield Node(step_id(step.name), "choice" if step.do == "choice" else "step", step.name, step.title)
    for end in procedure.ends.values():
        yield Node(f"end.{end.name}", "end", end.name, end.title)


def _flows(procedure: Procedure) -> Iterator[Flow]:
    yield Flow("flow.start", "start", START, arrival(procedure, procedure.start))
    for step in procedure.steps.values():
        here = step_id(step.name)
        if is_counted(step):
            gate, over = f"count.{step.name}", arrival(procedure, str(step.beyond))
            yield Flow(f"flow.enter.{step.name}", "enter", gate, here)
            yield Flow(f"flow.beyond.{step.name}", "beyond", gate, over, f"> {step.at_most}")
        for result in step.then.values():
            target = arrival(procedure, result.go)
            yield Flow(f"flow.{step.name}.then.{result.name}", "outcome", here, target, result.title, result.name)
        for number, line in enumerate(step.when):
            target = arrival(procedure, line.go)
            yield Flow(f"flow.{step.name}.when.{number}", "when", here, target, condition=line.if_)
