"""Plain values of the charter language back to a `Procedure`, with a finding for whatever is wrong."""

from __future__ import annotations

from gongzhi.core.charter.build import build_procedure
from gongzhi.core.charter.findings import Finding, has_errors
from gongzhi.core.charter.parse import Parser
from gongzhi.core.charter.read import Node
from gongzhi.core.charter.spec import Procedure


def rebuild(node: Node) -> tuple[Procedure | None, list[Finding]]:
    """The procedure that a node says, or None with the findings. Names of organs are not looked up here."""
    parser = Parser()
    values = parser.noun(node, "procedure")
    if has_errors(parser.findings):
        return None, parser.findings
    return build_procedure(values, {}, ()), parser.findings


def noded(plain: object, file: str = "", line: int = 0) -> Node:
    """Plain values as nodes that all stand on one line."""
    if isinstance(plain, dict):
        inner = {str(key): noded(item, file, line) for key, item in plain.items()}
        return Node(inner, file, line)
    if isinstance(plain, list):
        return Node([noded(item, file, line) for item in plain], file, line)
    return Node(plain, file, line)
