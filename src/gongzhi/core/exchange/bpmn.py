"""A procedure as BPMN 2.0 with its drawing, for bpmn.io and other tools.

What BPMN has words for is said in them: steps, lanes of those who hold them, outcomes, choices, ends, clocks. The rest
of the language stands beside it in marks of our own (`marks`), so that `bpmn_read` gives back an equal procedure.
Ways out of a step carry conditions on its outcome, so exactly one is taken; without them BPMN would take all.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from gongzhi.core.charter.spec import Procedure, Step
from gongzhi.core.exchange import bpmn_clocks
from gongzhi.core.exchange.bpmn_shapes import draw
from gongzhi.core.exchange.graph import Flow, Graph, Naming, graph_of, is_counted, step_id
from gongzhi.core.exchange.layers import place
from gongzhi.core.exchange.marks import NAMESPACE, PREFIX, mark
from gongzhi.core.exchange.plain import Plain, procedure_plain, step_plain
from gongzhi.core.exchange.xml_text import written

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NAMESPACES = {
    "xmlns:bpmn": MODEL,
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    f"xmlns:{PREFIX}": NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
SENT, WAITED = "sendTask", "receiveTask"
TASKS = {"task": "userTask", "file": "userTask", "confirm": "userTask", "notice": SENT, "wait": WAITED}
OTHER_TASK = "manualTask"  # people meet, vote, inspect, sign: not at a screen


def to_bpmn(procedure: Procedure, naming: Naming) -> str:
    """The XML text. `naming` gives the titles of holders (they are shown only); all else keeps its own title."""
    whole, clocks = graph_of(procedure), list(bpmn_clocks.clocks_of(procedure))
    graph = _without(whole, {f"flow.{clock.step.name}.then.{clock.assumed}" for clock in clocks if clock.alone})
    lanes = lanes_of(procedure, whole)
    root = Element("bpmn:definitions", {**NAMESPACES, "id": "definitions", "targetNamespace": NAMESPACE})
    together = SubElement(root, "bpmn:collaboration", {"id": "collaboration"})
    process_id = f"procedure.{procedure.name}"
    participant = {"id": "participant", "name": procedure.title, "processRef": process_id}
    SubElement(together, "bpmn:participant", participant)
    attributes = {"id": process_id, "name": procedure.title, "isExecutable": "false"}
    process = SubElement(root, "bpmn:process", attributes)
    _mark_process(process, procedure)
    _lane_set(process, lanes, clocks, naming)
    for element in _nodes(procedure, graph, clocks):
        process.append(element)
    bpmn_clocks.write(process, clocks, naming)
    for flow in graph.flows:
        _flow(process, procedure, flow)
    draw(root, graph, place(whole.nodes, whole.flows, lanes), clocks)
    return written(root)


def _without(graph: Graph, flows: set[str]) -> Graph:
    return Graph(graph.nodes, tuple(flow for flow in graph.flows if flow.id not in flows))


def lanes_of(procedure: Procedure, graph: Graph) -> dict[str, str]:
    """Whose lane each node is drawn in: the holder's, for what nobody holds that of the step before it."""
    lanes: dict[str, str] = {}
    for step in procedure.steps.values():
        if step.do != "choice":
            lanes[step_id(step.name)] = _holder(step)
            lanes[f"count.{step.name}"] = _holder(step)
    first = next(iter(lanes.values()), "")
    for _ in graph.nodes:  # a row of choices takes its lane one by one
        for flow in graph.flows:
            if flow.source in lanes:
                lanes.setdefault(flow.target, lanes[flow.source])
            elif flow.kind == "start" and flow.target in lanes:
                lanes.setdefault(flow.source, lanes[flow.target])
    return {node.id: lanes.get(node.id, first) for node in graph.nodes}


def _holder(step: Step) -> str:
    return str(step.by) if step.by.kind != "organ" or step.by.name else ""


def _mark_process(process: Element, procedure: Procedure) -> None:
    drawn = ("title", "start", "steps", "ends")
    mark(process, "procedure", {key: value for key, value in procedure_plain(procedure).items() if key not in drawn})


def _lane_set(process: Element, lanes: dict[str, str], clocks: list[bpmn_clocks.Clock], naming: Naming) -> None:
    lane_set = SubElement(process, "bpmn:laneSet", {"id": "lanes"})
    for number, holder in enumerate(dict.fromkeys(lanes.values())):
        lane = SubElement(lane_set, "bpmn:lane", {"id": f"lane.{number}", "name": naming(holder) if holder else "-"})
        mark(lane, "by", {}, holder=holder)
        inside = [node for node, of in lanes.items() if of == holder]
        inside += [one for clock in clocks if lanes[step_id(clock.step.name)] == holder for one in clock.ids]
        for node in inside:
            SubElement(lane, "bpmn:flowNodeRef").text = node


def _nodes(procedure: Procedure, graph: Graph, clocks: list[bpmn_clocks.Clock]) -> Iterator[Element]:
    for node in graph.nodes:
        step = procedure.steps.get(node.name)
        if node.kind == "start":
            element = Element("bpmn:startEvent", {"id": node.id})
        elif node.kind == "end":
            element = Element("bpmn:endEvent", {"id": node.id, "name": node.title})
            mark(element, "end", {} if procedure.ends[node.name].reopen else {"reopen": False}, name=node.name)
        elif node.kind == "count":
            beyond = f"flow.beyond.{node.name}"
            element = Element("bpmn:exclusiveGateway", {"id": node.id, "name": node.title, "default": beyond})
            mark(element, "count", {}, of=node.name)
        else:
            tag = "exclusiveGateway" if node.kind == "choice" else TASKS.get(step.do if step else "", OTHER_TASK)
            element = Element(f"bpmn:{tag}", {"id": node.id, "name": node.title})
            if step:
                _mark_step(element, step)
        _ways(element, node.id, graph, clocks)
        yield element


def _mark_step(element: Element, step: Step) -> None:
    default = next((at for at, line in enumerate(step.when) if line.if_ is None), None)
    if default is not None:
        element.set("default", f"flow.{step.name}.when.{default}")
    drawn = {
        "title",
        "then",
        "when",
        *(["by"] if step.do != "choice" else []),
        *(["beyond"] if is_counted(step) else []),
    }
    mark(element, "step", {key: value for key, value in step_plain(step).items() if key not in drawn}, name=step.name)


def _ways(element: Element, node: str, graph: Graph, clocks: list[bpmn_clocks.Clock]) -> None:
    coming = [flow.id for flow in graph.flows if flow.target == node]
    for one in (*coming, *(clock.flow for clock in clocks if clock.target == node)):
        SubElement(element, "bpmn:incoming").text = one
    for flow in graph.flows:
        if flow.source == node:
            SubElement(element, "bpmn:outgoing").text = flow.id


def _flow(process: Element, procedure: Procedure, flow: Flow) -> None:
    attributes = {"id": flow.id, "sourceRef": flow.source, "targetRef": flow.target}
    name = flow.title or (flow.condition or "")
    element = SubElement(process, "bpmn:sequenceFlow", attributes | ({"name": name} if name else {}))
    values: Plain = {}
    more: dict[str, str] = {}
    step = procedure.steps.get(flow.source.removeprefix("step."))
    if flow.kind == "outcome" and step:
        values, more = bpmn_clocks.outcome_values(step.then[flow.key]), bpmn_clocks.outcome_attributes(step, flow.key)
    mark(element, "flow", values, kind=flow.kind, **more)
    if flow.kind == "outcome":
        _condition(element, f'outcome == "{flow.key}"')
    elif flow.condition is not None:
        _condition(element, flow.condition)
    elif flow.kind == "enter":
        step = procedure.steps[flow.target.removeprefix("step.")]
        _condition(element, f"uses < {step.at_most}")


def _condition(element: Element, text: str) -> None:
    SubElement(element, "bpmn:conditionExpression", {"xsi:type": "bpmn:tFormalExpression"}).text = text
