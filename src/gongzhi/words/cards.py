"""Cards of two safety plans (`charters/cards.yaml`): every row as one that works, or a locked one that says why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from gongzhi.words.terms import english

__all__ = ["Card", "cards_of"]


@dataclass(frozen=True, slots=True)
class Card:
    """One row of a plan. `locked` is the guardrail it stops at; such a card says `why` and what is done `instead`.

    `shows`: indicators as charter.name; `task`: the task of a plan, as charter.plan.task.
    """

    item: str
    title: str
    en: str
    does: str = ""
    shows: tuple[str, ...] = ()
    task: str = ""
    note: str = ""
    note_en: str = ""
    locked: str = ""
    why: str = ""
    why_en: str = ""
    instead: str = ""
    instead_en: str = ""

    def told(self, name: str) -> str:
        """`note`, `why` or `instead` in the reader's language."""
        return str(getattr(self, f"{name}_en" if english() else name))


@lru_cache(maxsize=2)
def _read(file: Path, changed: int) -> tuple[Card, ...]:
    rows = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    return tuple(Card(**{**row, "shows": tuple(row.get("shows", ()))}) for row in rows)


def cards_of(charters: Path) -> tuple[Card, ...]:
    """The cards of a folder of charters; none where it has no file of them. Raises TypeError for a key
    that no card has."""
    file = charters / "cards.yaml"
    return _read(file, file.stat().st_mtime_ns) if file.exists() else ()
