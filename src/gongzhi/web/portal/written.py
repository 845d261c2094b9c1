"""Papers that a filer hands in with an answer, say a mandate: written on the page, or printed and brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongzhi.records.matters.sealing import NewWords, text
from gongzhi.web.looking import Looked
from gongzhi.web.sheets import blank_sheet
from gongzhi.words.actions import Action
from gongzhi.words.sheets import as_text, unfilled

__all__ = ["Wanted", "blanks_of", "wanted_papers", "written"]

PREFIX = "doc."


@dataclass(frozen=True, slots=True)
class Wanted:
    """`field` is its name in the form, `said` what stands in it, `form` whether there is a paper to print."""

    name: str
    title: str
    said: str
    form: bool

    @property
    def field(self) -> str:
        return PREFIX + self.name


def wanted_papers(looked: Looked, answers: tuple[Action, ...], typed: dict[str, str], at: datetime) -> list[Wanted]:
    """Each paper that one of the answers needs, once; empty ones start with their form."""
    needed = dict(pair for action in answers for pair in action.documents)
    found = []
    for name, title in needed.items():
        sheet = blank_sheet(looked, name, at, lambda _row: True)
        blank = as_text(sheet) if sheet else ""
        found.append(Wanted(name, title, typed.get(PREFIX + name) or blank, sheet is not None))
    return found


def written(typed: dict[str, str], documents: tuple[tuple[str, str], ...]) -> dict[str, NewWords]:
    """The papers of this answer as words; what was not written stays out, and the engine says what is missing."""
    names = [name for name, _title in documents if typed.get(PREFIX + name)]
    return {name: text(typed[PREFIX + name], archive=True) for name in names}


def blanks_of(typed: dict[str, str], documents: tuple[tuple[str, str], ...]) -> tuple[str, list[str]]:
    """The first paper with something still to fill in: its field and the labels; "" where none is."""
    for name, _title in documents:
        if labels := unfilled(typed.get(PREFIX + name, "")):
            return PREFIX + name, labels
    return "", []
