"""Parameters and shared parts: `$name` becomes its value, `use:` becomes steps of the procedure.

Works on nodes, so that every expanded line still knows the file and line it was written in. One level deep:
a shared part cannot use another (semantics section 9).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gongzhi.core.charter.holders import is_identifier
from gongzhi.core.charter.parse import Parser, closest
from gongzhi.core.charter.read import Node

Values = Mapping[str, Any]
Rename = Mapping[str, str]


def substitute(node: Node, values: Values, parser: Parser) -> Node:
    """The node with every `$name` and `$name.seat` replaced by the value of that parameter."""
    if isinstance(node.value, dict):
        return replace(node, value={key: substitute(item, values, parser) for key, item in node.value.items()})
    if isinstance(node.value, list):
        return replace(node, value=[substitute(item, values, parser) for item in node.value])
    if not isinstance(node.value, str) or not node.value.startswith("$"):
        return node
    name, dot, rest = node.value[1:].partition(".")
    if name not in values:
        parser.report("GZ106", node, name=name[:60], meant=closest(name, values))
        return node
    value = values[name]
    return replace(node, value=f"{value}.{rest}" if dot else value)


@dataclass(frozen=True, slots=True)
class Expanded:
    """A procedure with its shared parts written out, and the documents those parts brought along."""

    procedure: Node
    documents: Mapping[str, Node]
    covers: tuple[str, ...] = ()


def expand(procedure: Node, library: Mapping[str, Node], parser: Parser) -> Expanded:
    """Write out every `use:` of a procedure."""
    _no_dots(procedure, parser)
    uses = procedure.get("use")
    if uses is None or uses.kind != "list" or procedure.kind != "map":
        return Expanded(procedure, {})
    steps, fields = _map(procedure, "steps"), _map(procedure, "fields")
    documents: dict[str, Node] = {}
    covers: list[str] = []
    lines: dict[str, int] = dict(getattr(procedure.get("steps"), "keys", {}))
    entries: dict[str, str] = {}
    for use in uses.value:
        found = _use(use, library, parser)
        if found is None:
            continue
        name, part, renamed = found
        entries[name] = f"{name}.{_start(part)}"
        steps |= renamed
        lines |= {f"{name}.{key}": part.value["steps"].line_of(key) for key in _map(part, "steps")}
        for key, value in _map(part, "fields").items():
            fields.setdefault(key, value)
        documents |= _map(part, "documents")
        covers += [str(item.value) for item in _list(part, "covers")]
    values = {key: value for key, value in procedure.value.items() if key != "use"}
    values["steps"] = Node({k: _step(v, entries) for k, v in steps.items()}, procedure.file, procedure.line, lines)
    values["fields"] = Node(fields, procedure.file, procedure.line)
    for key in ("start", "after_merge"):
        if key in values:
            values[key] = _renamed(values[key], entries)
    if "reopen" in values:
        values["reopen"] = _at(values["reopen"], "to", lambda node: _renamed(node, entries))
    return Expanded(replace(procedure, value=values), documents, tuple(covers))


def _no_dots(procedure: Node, parser: Parser) -> None:
    steps = procedure.get("steps")
    for name in _map(procedure, "steps") if steps else {}:
        if not is_identifier(name):
            parser.report("GZ107", steps, steps.line_of(name), name=name[:80])  # type: ignore[arg-type,union-attr]


def _use(use: Node, library: Mapping[str, Node], parser: Parser) -> tuple[str, Node, dict[str, Node]] | None:
    """Name, part with its parameters filled in, and its steps under their new names."""
    read = parser.noun(use, "use")
    part = library.get(read["part"])
    if part is None:
        if read["part"]:
            parser.report("GZ109", use, part=read["part"], meant=closest(read["part"], library))
        return None
    spec = Parser().noun(part, "library_part")  # its own findings were reported when the library was read
    values = _values(use, read["with"], spec["parameters"], parser)
    part = substitute(part, values, parser)
    name = read["as"]
    rename = {step: f"{name}.{step}" for step in _map(part, "steps")} | _exits(use, read, spec["exits"], parser)
    return name, part, {rename[step]: _step(node, rename) for step, node in _map(part, "steps").items()}


def _values(use: Node, given: Values, parameters: Mapping[str, Any], parser: Parser) -> dict[str, Any]:
    for name in given:
        if name not in parameters:
            parser.report("GZ106", use, name=name, meant=closest(name, parameters))
    values = {}
    for name, parameter in parameters.items():
        value = given.get(name, parameter["default"])
        if value is None:
            parser.report("GZ110", use, parameter=name)
        elif not _fits(value, parameter["type"]):
            parser.report("GZ112", use, parameter=name, wanted=parameter["type"])
        values[name] = value
    return values


def _fits(value: Any, wanted: str) -> bool:
    if wanted == "number":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str)


def _exits(use: Node, read: Values, exits: Values, parser: Parser) -> dict[str, str]:
    for name in exits:
        if name not in read["then"]:
            parser.report("GZ111", use, exit=name)
    for name in read["then"]:
        if name not in exits:
            parser.report("GZ114", use, exit=name, meant=closest(name, exits))
    return dict(read["then"])


def _start(part: Node) -> str:
    written = part.get("start")
    return str(written.value) if written else next(iter(_map(part, "steps")), "")


def _step(step: Node, rename: Rename) -> Node:
    """A step with every step it names renamed."""
    if step.kind != "map":
        return step

    def go(node: Node) -> Node:
        return _at(node, "go", lambda inner: _renamed(inner, rename)) if node.kind == "map" else _renamed(node, rename)

    def each(change: Callable[[Node], Node]) -> Callable[[Node], Node]:
        return lambda node: _each(node, change)

    changes: dict[str, Callable[[Node], Node]] = {
        "then": each(go),
        "when": each(go),
        "beyond": go,
        "from": lambda node: _event(node, rename),
        "by": lambda node: _same(node, rename),
        "asked_by": lambda node: _same(node, rename),
        "apart_from": each(lambda node: _at(node, "step", lambda inner: _renamed(inner, rename))),
        "roll": lambda node: _at(node, "frozen", lambda inner: _renamed(inner, rename)),
        "parts": each(lambda node: _at(node, "by", lambda inner: _same(inner, rename))),
    }
    return replace(step, value={k: changes[k](v) if k in changes else v for k, v in step.value.items()})


def _each(node: Node, change: Callable[[Node], Node]) -> Node:
    if isinstance(node.value, dict):
        return replace(node, value={key: change(item) for key, item in node.value.items()})
    if isinstance(node.value, list):
        return replace(node, value=[change(item) for item in node.value])
    return node


def _at(node: Node, key: str, change: Callable[[Node], Node]) -> Node:
    inner = node.get(key)
    return replace(node, value={**node.value, key: change(inner)}) if inner else node


def _renamed(node: Node, rename: Rename) -> Node:
    return replace(node, value=rename[node.value]) if isinstance(node.value, str) and node.value in rename else node


def _event(node: Node, rename: Rename) -> Node:
    if not isinstance(node.value, str):
        return node
    step, dot, outcome = node.value.rpartition(".")
    return replace(node, value=f"{rename[step]}.{outcome}") if dot and step in rename else node


def _same(node: Node, rename: Rename) -> Node:
    if not isinstance(node.value, str) or not node.value.startswith("same "):
        return node
    step = node.value.removeprefix("same ")
    return replace(node, value=f"same {rename.get(step, step)}")


def _map(node: Node, key: str) -> dict[str, Node]:
    inner = node.get(key)
    return dict(inner.value) if inner and isinstance(inner.value, dict) else {}


def _list(node: Node, key: str) -> list[Node]:
    inner = node.get(key)
    return list(inner.value) if inner and isinstance(inner.value, list) else []
