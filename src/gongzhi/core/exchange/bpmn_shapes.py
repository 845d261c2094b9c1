"""The drawing of a BPMN process: a shape for every node, a line for every flow (BPMN DI)."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from gongzhi.core.exchange.bpmn_clocks import Clock
from gongzhi.core.exchange.graph import Graph, step_id
from gongzhi.core.exchange.layers import Box, Layout, Point, route, route_below

TIMER = 36


def draw(root: Element, graph: Graph, layout: Layout, clocks: list[Clock]) -> None:
    """Adds the diagram to the definitions."""
    diagram = SubElement(root, "bpmndi:BPMNDiagram", {"id": "diagram"})
    plane = SubElement(diagram, "bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
    _shape(plane, "participant", layout.whole, isHorizontal="true")
    for number, box in enumerate(layout.lanes.values()):
        _shape(plane, f"lane.{number}", box, isHorizontal="true")
    for node in graph.nodes:
        more = {"isMarkerVisible": "true"} if node.kind in ("choice", "count") else {}
        _shape(plane, node.id, layout.boxes[node.id], **more)
    timers = {clock.id: _timer(layout.boxes[step_id(clock.step.name)], clock) for clock in clocks}
    for clock in clocks:
        _shape(plane, clock.id, timers[clock.id])
        if clock.end:
            _shape(plane, clock.end, _below(timers[clock.id]))
    for number, flow in enumerate(graph.flows):
        _edge(plane, flow.id, route(layout, flow, number))
    for number, clock in enumerate(clocks):
        timer = timers[clock.id]
        down = [(timer.middle[0], timer.bottom), (timer.middle[0], _below(timer).y)]
        _edge(plane, clock.flow, down if clock.end else route_below(layout, timer, clock.target, number))


def _timer(step: Box, clock: Clock) -> Box:
    """On the lower edge of the step: who answers on the left, what silence assumes on the right."""
    middle = step.x + step.width * (3 if clock.target else 1) // 4
    return Box(middle - TIMER // 2, step.bottom - TIMER // 2, TIMER, TIMER)


def _below(timer: Box) -> Box:
    return Box(timer.x, timer.bottom + 18, TIMER, TIMER)


def _shape(plane: Element, element: str, box: Box, **more: str) -> None:
    shape = SubElement(plane, "bpmndi:BPMNShape", {"id": f"shape.{element}", "bpmnElement": element, **more})
    sizes = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    SubElement(shape, "dc:Bounds", {key: str(value) for key, value in sizes.items()})


def _edge(plane: Element, element: str, points: Iterable[Point]) -> None:
    edge = SubElement(plane, "bpmndi:BPMNEdge", {"id": f"line.{element}", "bpmnElement": element})
    for x, y in points:
        SubElement(edge, "di:waypoint", {"x": str(x), "y": str(y)})
