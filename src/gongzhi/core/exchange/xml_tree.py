"""XML from outside as a tree that knows its lines. No DTD, no entities, nothing fetched; size and depth are bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

MOST_BYTES = 4 * 1024 * 1024
DEEPEST = 60


class CannotRead(Exception):
    """XML that is not read, with a code and the line (0: the file as a whole)."""

    def __init__(self, code: str, line: int = 0, **args: Any) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.args_map = args


@dataclass(slots=True)
class Branch:
    """One element. `attributes` are those without a namespace."""

    namespace: str
    name: str
    line: int
    attributes: dict[str, str]
    children: list[Branch] = field(default_factory=list)
    text: str = ""

    def get(self, attribute: str) -> str:
        return self.attributes.get(attribute, "")

    def all(self, name: str) -> Iterator[Branch]:
        """Children of this name and of the same namespace as this element."""
        return (item for item in self.children if item.name == name and item.namespace == self.namespace)

    def first(self, name: str) -> Branch | None:
        return next(self.all(name), None)


def read_tree(data: bytes) -> Branch:
    """The root element. Raises CannotRead: too_big, too_deep, not_xml, forbidden."""
    if len(data) > MOST_BYTES:
        raise CannotRead("too_big", most=MOST_BYTES // 1024 // 1024)
    handler = _Grower()
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    try:
        parser.parse(BytesIO(data))
    except DefusedXmlException as error:
        raise CannotRead("forbidden", handler.line) from error
    except SAXParseException as error:
        raise CannotRead("not_xml", error.getLineNumber() or 0) from error
    except (SAXException, ValueError, LookupError) as error:  # an encoding nobody knows
        raise CannotRead("not_xml", handler.line) from error
    if handler.root is None:
        raise CannotRead("not_xml")
    return handler.root


class _Grower(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.root: Branch | None = None
        self.open: list[Branch] = []
        self.locator: Locator | None = None

    @property
    def line(self) -> int:
        return (self.locator.getLineNumber() or 0) if self.locator else 0

    def setDocumentLocator(self, locator: Locator) -> None:
        self.locator = locator

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl) -> None:
        if len(self.open) >= DEEPEST:
            raise CannotRead("too_deep", self.line, most=DEEPEST)
        plain = {key[1]: value for key, value in attrs.items() if not key[0]}
        branch = Branch(name[0] or "", name[1], self.line, plain)
        if self.open:
            self.open[-1].children.append(branch)
        else:
            self.root = branch
        self.open.append(branch)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        self.open.pop()

    def characters(self, content: str) -> None:
        if self.open:
            self.open[-1].text += content
