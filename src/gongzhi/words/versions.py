"""What changed between two texts, sentence by sentence, for people who draft something together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from gongzhi.core.clauses import sentences_of

__all__ = ["Changed", "changes"]


@dataclass(frozen=True, slots=True)
class Changed:
    """kind: same, del (taken out), ins (put in)."""

    kind: Literal["same", "del", "ins"]
    text: str


def changes(old: str, new: str) -> list[Changed]:
    """Every sentence of both texts in order; a sentence that was changed is taken out and put in."""
    return list(_changes(sentences_of(old), sentences_of(new)))


def _changes(old: list[str], new: list[str]) -> Iterator[Changed]:
    for how, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            yield from (Changed("same", text) for text in old[start:end])
            continue
        yield from (Changed("del", text) for text in old[start:end])
        yield from (Changed("ins", text) for text in new[first:last])
