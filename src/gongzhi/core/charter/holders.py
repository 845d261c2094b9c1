"""Who holds a step, as text: `organ`, `organ.seat`, `duty`, `filer`, `parties`, `field NAME`, `same STEP`, a group."""

from __future__ import annotations

import re

from gongzhi.core.charter.spec import GROUPS, Holder, HolderKind

NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\Z")
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*\Z")
LONGEST_NAME = 60

_ALONE: dict[str, HolderKind] = {"duty": "duty", "filer": "filer", "parties": "parties"}
_FOUND: dict[str, HolderKind] = {"field": "field", "same": "same"}


def read_holder(text: str) -> Holder | None:
    """The holder a text names, or None where it is written wrongly. Whether the organ exists is checked later."""
    if text in _ALONE:
        return Holder(_ALONE[text])
    if text in GROUPS:
        return Holder("group", text)
    word, _, rest = text.partition(" ")
    if rest:
        kind = _FOUND.get(word)
        return Holder(kind, rest) if kind and is_name(rest) else None
    organ, _, seat = text.partition(".")
    if not is_name(text) or "." in seat:
        return None
    return Holder("organ", organ, seat)


def is_name(text: str) -> bool:
    """ASCII, so that conditions can use it; parts of a name are joined by dots."""
    return len(text) <= LONGEST_NAME and bool(NAME.match(text))


def is_identifier(text: str) -> bool:
    return len(text) <= LONGEST_NAME and bool(IDENTIFIER.match(text))
