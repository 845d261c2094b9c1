"""Our own BPMN back to a procedure, also after somebody has renamed, moved or redirected things in a drawing tool.

Steps, ends and flows keep who they are by our marks; titles, targets, conditions and lanes are taken from the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongzhi.core.charter.findings import Finding
from gongzhi.core.charter.read import Node
from gongzhi.core.charter.spec import Procedure
from gongzhi.core.exchange.bpmn import MODEL
from gongzhi.core.exchange.marks import marked, values_of
from gongzhi.core.exchange.rebuild import rebuild
from gongzhi.core.exchange.xml_tree import Branch, CannotRead, read_tree

TASKS = ("task", "userTask", "manualTask", "sendTask", "receiveTask", "serviceTask", "scriptTask", "businessRuleTask")
OTHER_WORK = ("callActivity", "subProcess", "transaction", "adHocSubProcess")
GATEWAYS = tuple(f"{kind}Gateway" for kind in ("exclusive", "parallel", "inclusive", "complex", "eventBased"))
EVENTS = tuple(f"{kind}Event" for kind in ("start", "end", "intermediateCatch", "intermediateThrow", "boundary"))
NODES = frozenset([*TASKS, *OTHER_WORK, *GATEWAYS, *EVENTS])


@dataclass(frozen=True)
class Read:
    """`procedure` is None where `findings` has an error."""

    procedure: Procedure | None
    findings: tuple[Finding, ...]


def from_bpmn(data: bytes, file: str) -> Read:
    """Reads one BPMN file. Raises CannotRead with code and line for what is no drawing of ours."""
    root = read_tree(data)
    if (root.namespace, root.name) != (MODEL, "definitions"):
        raise CannotRead("not_bpmn", root.line, found=root.name)
    drawing = _Drawing(_process(root), file)
    procedure, findings = rebuild(drawing.procedure())
    return Read(procedure, tuple(findings))


def _process(root: Branch) -> Branch:
    found = list(root.all("process"))
    ours = [process for process in found if marked(process, "procedure") is not None]
    if not ours:
        raise CannotRead("not_ours", found[0].line if found else root.line)
    if len(found) > 1:
        raise CannotRead("several", found[1].line)
    return ours[0]


@dataclass
class _Drawing:
    process: Branch
    file: str
    nodes: dict[str, Branch] = field(default_factory=dict)

    def procedure(self) -> Node:
        """The drawing as the node a YAML file would give."""
        mark = marked(self.process, "procedure")
        values = values_of(mark, self.file) if mark else {}
        for node in self.process.children:
            if node.name in NODES:
                self._remember(node)
        flows = list(self.process.all("sequenceFlow"))
        values["title"] = self._text(self.process, "name")
        for flow in flows:
            if self._node(flow, "sourceRef").name == "startEvent":
                values["start"] = self._goal(flow)
        values["steps"] = self._steps(flows)
        values["ends"] = self._map(self.process, dict(self._ends()))
        return self._map(self.process, values)

    def _remember(self, node: Branch) -> None:
        name = node.get("id")
        if not name or name in self.nodes:
            raise CannotRead("same_id", node.line, id=name)
        known = node.name in ("startEvent", "boundaryEvent") or self._marks(node)
        if not known:
            raise CannotRead("unknown_node", node.line, title=node.get("name") or name)
        self.nodes[name] = node

    def _marks(self, node: Branch) -> bool:
        return any(marked(node, kind) is not None for kind in ("step", "end", "count", "clock"))

    def _steps(self, flows: list[Branch]) -> Node:
        steps: dict[str, dict[str, Node]] = {}
        where: dict[str, Branch] = {}
        holders = dict(self._holders())
        for name, node in self.nodes.items():
            mark = marked(node, "step")
            if mark is None:
                continue
            key = mark.get("name")
            if key in steps:
                raise CannotRead("same_id", node.line, id=key)
            steps[key], where[key] = values_of(mark, self.file), node
            steps[key]["title"] = self._text(node, "name")
            if holders.get(name) and node.name != "exclusiveGateway":
                steps[key]["by"] = Node(holders[name], self.file, node.line)
        for flow in sorted(flows, key=_order):
            self._add(flow, steps)
        for flow in flows:
            self._agree(flow, steps)
        made = {key: self._map(where[key], values) for key, values in steps.items()}
        return Node(made, self.file, self.process.line, {key: node.line for key, node in where.items()})

    def _add(self, flow: Branch, steps: dict[str, dict[str, Node]]) -> None:
        """One flow as an outcome, a line of a choice, or where a used-up step leads."""
        source, mark = self._node(flow, "sourceRef"), marked(flow, "flow")
        if source.name == "boundaryEvent":
            if mark is None or mark.get("kind") != "outcome":
                return  # drawn beside the outcome it repeats
            source = self._node(source, "attachedToRef")
        count, step = marked(source, "count"), marked(source, "step")
        if count is not None:
            if marked(self._node(flow, "targetRef"), "step") is None or self._name(flow, "targetRef") != count.get(
                "of"
            ):
                steps.setdefault(count.get("of"), {})["beyond"] = self._goal(flow)
        elif step is not None and source.name == "exclusiveGateway":
            self._line(flow, steps[step.get("name")])
        elif step is not None:
            self._outcome(flow, source, steps[step.get("name")])

    def _outcome(self, flow: Branch, source: Branch, step: dict[str, Node]) -> None:
        mark = marked(flow, "flow")
        if mark is None or not mark.get("outcome"):
            raise CannotRead("no_outcome", flow.line, title=source.get("name"))
        then = step.setdefault("then", self._map(flow, {}))
        if mark.get("outcome") in then.value:
            raise CannotRead("same_id", flow.line, id=mark.get("outcome"))
        result = {"title": self._text(flow, "name"), "go": self._goal(flow), **values_of(mark, self.file)}
        then.value[mark.get("outcome")] = self._map(flow, result)

    def _agree(self, flow: Branch, steps: dict[str, dict[str, Node]]) -> None:
        """What silence assumes leads where the same outcome leads when somebody names it."""
        source, mark = self._node(flow, "sourceRef"), marked(flow, "flow")
        if source.name != "boundaryEvent" or mark is None or not mark.get("outcome"):
            return
        then = steps.get(self._name(source, "attachedToRef"), {}).get("then")
        named = then.get(mark.get("outcome")) if then else None
        go = named.get("go") if named else None
        if go is None or go.value != self._name(flow, "targetRef"):
            raise CannotRead("two_ways", flow.line, title=flow.get("name"))

    def _beyond(self, flow: Branch, counted: str, steps: dict[str, dict[str, Node]]) -> None:
        """The way from the gate before a counted step that does not enter it."""
        if counted not in steps:
            raise CannotRead("leads_nowhere", flow.line, title=counted)
        enters = marked(self._node(flow, "targetRef"), "step") is not None and self._name(flow, "targetRef") == counted
        if not enters:
            steps[counted]["beyond"] = self._goal(flow)

    def _line(self, flow: Branch, step: dict[str, Node]) -> None:
        condition = flow.first("conditionExpression")
        values = {"go": self._goal(flow)}
        if condition is not None and condition.text.strip():
            values["if"] = Node(condition.text.strip(), self.file, condition.line)
        step.setdefault("when", Node([], self.file, flow.line)).value.append(self._map(flow, values))

    def _ends(self) -> Iterator[tuple[str, Node]]:
        for node in self.nodes.values():
            mark = marked(node, "end")
            if mark is not None:
                values = {"title": self._text(node, "name"), **values_of(mark, self.file)}
                yield mark.get("name"), self._map(node, values)

    def _holders(self) -> Iterator[tuple[str, str]]:
        for lane_set in self.process.all("laneSet"):
            for lane in lane_set.all("lane"):
                mark = marked(lane, "by")
                if mark is None:
                    raise CannotRead("unknown_lane", lane.line, title=lane.get("name"))
                yield from ((ref.text.strip(), mark.get("holder")) for ref in lane.all("flowNodeRef"))

    def _goal(self, flow: Branch) -> Node:
        return Node(self._name(flow, "targetRef"), self.file, flow.line)

    def _name(self, flow: Branch, end: str) -> str:
        """The step or end at one end of a flow."""
        node = self._node(flow, end)
        for kind, attribute in (("step", "name"), ("end", "name"), ("count", "of")):
            mark = marked(node, kind)
            if mark is not None:
                return mark.get(attribute)
        raise CannotRead("leads_nowhere", flow.line, title=flow.get("name") or flow.get("id"))

    def _node(self, flow: Branch, end: str) -> Branch:
        found = self.nodes.get(flow.get(end))
        if found is None:
            raise CannotRead("leads_nowhere", flow.line, title=flow.get("name") or flow.get("id"))
        return found

    def _text(self, branch: Branch, attribute: str) -> Node:
        return Node(branch.get(attribute), self.file, branch.line)

    def _map(self, branch: Branch, values: dict[str, Node]) -> Node:
        return Node(values, self.file, branch.line, {key: node.line for key, node in values.items()})


def _order(flow: Branch) -> tuple[bool, int]:
    """Outcomes come in the order they were written in, whatever the drawing tool did; all else stays where it is."""
    mark = marked(flow, "flow")
    text = mark.get("order") if mark else ""
    known = text.isascii() and text.isdigit() and len(text) < 6
    return not known, int(text) if known else 0
