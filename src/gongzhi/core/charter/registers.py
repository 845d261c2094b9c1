"""`registers.yaml` of a charter: the classes of a place's register of organisations and catalogue of services.

It is pinned with the charter: its content is part of the digest, so that a class renamed later changes no version that
a place adopted.
"""

from __future__ import annotations

from typing import Any

from gongzhi.core.charter.parse import Parser, Wrong, closest
from gongzhi.core.charter.read import Node
from gongzhi.core.charter.types import TEXT, YESNO, listed, mapped

REGISTERS_FILE = "registers.yaml"
CLASSES = mapped(mapped(TEXT))  # key -> title (`title`) and English (`en`)
KEYS = {
    "covers": listed(TEXT),
    "usual": YESNO,
    "organisations": CLASSES,
    "services": CLASSES,
    "orders": TEXT,
}  # `orders`: the category a line of the catalogue is ordered under


def read_registers(node: Node, parser: Parser) -> Any:
    """The plain content, what is wrong with it reported; nothing where it is no map."""
    if node.kind != "map":
        parser.report("GZ103", node, wanted="map", found=node.kind)
        return None
    for key, item in node.items():
        if key not in KEYS:
            meant = closest(key, KEYS)
            parser.report("GZ101", node, node.line_of(key), key=key, noun="registers", meant=meant)
            continue
        try:
            parser.value(item, KEYS[key])
        except Wrong:
            continue  # reported where it stands
    return node.plain()
