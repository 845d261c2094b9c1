"""How a procedure ends, may begin again, and is bounded as a whole. Read through `core.charter.spec`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongzhi.core.span import Span


@dataclass(frozen=True, slots=True)
class Limit:
    """A legal clock over the whole matter; it publishes a breach and never moves the position (R25)."""

    name: str
    title: str
    within: Span
    from_: str
    until: str | None = None
    law: str | None = None
    raise_: tuple[str, ...] = ()
    ends_on: Literal["working_day"] | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    within: Span
    to: str
    at_most: int = 1


@dataclass(frozen=True, slots=True)
class End:
    name: str
    title: str
    reopen: bool = True
