"""What BPMN has no word for, as elements of our own namespace: plain values of the charter language."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement

from gongzhi.core.charter.read import Node
from gongzhi.core.exchange.xml_tree import Branch

NAMESPACE = "urn:gongzhi:charter"
PREFIX = "gz"
_ENTRY = "entry"


def mark(parent: Element, kind: str, values: dict[str, Any], /, **attributes: str) -> Element:
    """Adds `<gz:kind>` with the values inside, in an `extensionElements` of its own."""
    extension = SubElement(parent, "bpmn:extensionElements")
    marked = SubElement(extension, f"{PREFIX}:{kind}", attributes)
    _fill(marked, values)
    return marked


def _fill(parent: Element, values: Any) -> None:
    pairs = values.items() if isinstance(values, dict) else ((None, item) for item in values)
    for key, value in pairs:
        _entry(parent, {"key": key} if key is not None else {}, value)


def _entry(parent: Element, attributes: dict[str, str], value: Any) -> None:
    if isinstance(value, dict | list):
        kind = "map" if isinstance(value, dict) else "list"
        _fill(SubElement(parent, f"{PREFIX}:{_ENTRY}", {**attributes, "kind": kind}), value)
        return
    kind = "yesno" if isinstance(value, bool) else "number" if isinstance(value, int) else "text"
    text = str(value).lower() if kind == "yesno" else str(value)
    SubElement(parent, f"{PREFIX}:{_ENTRY}", {**attributes, "kind": kind, "value": text})


def marked(branch: Branch, name: str) -> Branch | None:
    """The mark of this name on an element, if it has one."""
    for extension in branch.all("extensionElements"):
        for inner in extension.children:
            if inner.name == name and inner.namespace == NAMESPACE:
                return inner
    return None


def values_of(branch: Branch, file: str) -> dict[str, Node]:
    """The values inside a mark, each with the line it stands on."""
    found = _node(branch, "map", file)
    return dict(found.value)


def _node(branch: Branch, kind: str, file: str) -> Node:
    entries = [(item.get("key"), _value(item, file), item.line) for item in branch.children if item.name == _ENTRY]
    if kind == "map":
        keys = {key: line for key, _, line in entries}
        return Node({key: node for key, node, _ in entries}, file, branch.line, keys)
    return Node([node for _, node, _ in entries], file, branch.line)


def _value(branch: Branch, file: str) -> Node:
    kind, text = branch.get("kind"), branch.get("value")
    if kind in ("map", "list"):
        return _node(branch, kind, file)
    if kind == "number" and text.isascii() and text.isdigit() and len(text) < 16:
        return Node(int(text), file, branch.line)
    if kind == "yesno":
        return Node(text == "true", file, branch.line)
    return Node(text, file, branch.line)
