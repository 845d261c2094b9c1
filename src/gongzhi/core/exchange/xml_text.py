"""XML elements of ours as text that every reader of XML 1.0 accepts."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, indent, tostring

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def written(root: Element) -> str:
    """The whole document, indented. A line end inside a text is kept as a reference."""
    indent(root)
    return f"{HEAD}{fit(tostring(root, encoding='unicode'))}\n".replace("\r", "&#13;")


def fit(text: str) -> str:
    """The text without the few characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
