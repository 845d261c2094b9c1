"""What the `{facts}` of a paper's template stand for in one matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import override

from gongzhi.core.calendar import in_china
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.case import Case, get
from gongzhi.core.procedure.moves import PEOPLE
from gongzhi.words import formats
from gongzhi.words.sheets import Sheet, fill
from gongzhi.words.terms import SIGN, Terms

__all__ = ["Facts", "sheet_of"]

CHINESE = "zh-hans"


@dataclass(frozen=True)
class Facts:
    """One matter as a paper sees it. `paper` gives the latest text of another document, "" where it may not be read.

    `kept` gives lines of what the records keep beside the matter, by name.
    """

    charter: Charter
    case: Case
    number: str
    subject: str
    place: str
    now: datetime
    paper: Callable[[str], str]
    kept: Callable[[str], str] = lambda name: ""

    def __call__(self, name: str) -> str:
        kind, dot, key = name.partition(".")
        return KINDS[kind](self, key) if dot else FACTS[kind](self)

    @property
    def terms(self) -> Terms:
        return Terms(self.charter)


def sheet_of(facts: Facts, document: str) -> Sheet | None:
    """The paper of a document, as far as the matter knows it; None where the charter has no template for it."""
    template = facts.charter.templates.get(document)
    if template is None:
        return None
    with override(CHINESE):
        return fill(template, facts.charter.documents[document], facts.number, facts)


def _day(value: datetime | str | None) -> str:
    if not value:
        return ""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return formats.day(in_china(moment), CHINESE)


def _due(facts: Facts) -> str:
    clock = facts.case.clock("step")
    return _day(clock.due) if clock else ""


def _holder(facts: Facts) -> str:
    control = facts.case.control
    holder = control.asked_by if control.holder in PEOPLE else control.holder
    return facts.terms.organ(holder.partition(".")[0])


def _signed(facts: Facts) -> str:
    """Who has signed in the program; nothing of who did not."""
    step = facts.charter.procedures[facts.case.procedure].steps.get(facts.case.control.step)
    names = [name for name, state in facts.case.control.parts if name.startswith(SIGN) and state == "done"]
    return "；".join(facts.terms.part(step, name) for name in names) if step else ""


def _field(facts: Facts, name: str) -> str:
    declared = facts.charter.procedures[facts.case.procedure].fields.get(name)
    value = get(facts.case.control.given, name)
    if declared is None or value is None:
        return ""
    return VALUES.get(declared.type, _as_it_is)(facts.terms, declared.choices, value)


def _as_it_is(terms: Terms, choices: Any, value: Any) -> str:
    return str(value)


VALUES: dict[str, Callable[[Terms, Any, Any], str]] = {
    "yesno": lambda terms, choices, value: "是" if value else "否",
    "choice": lambda terms, choices, value: choices.get(value, value),
    "organ": lambda terms, choices, value: terms.holder(str(value)),
    "subject": lambda terms, choices, value: terms.holder(str(value)),
}
KINDS: dict[str, Callable[[Facts, str], str]] = {
    "field": _field,
    "organ": lambda facts, name: facts.terms.organ(name),
    "paper": lambda facts, name: facts.paper(name),
    "kept": lambda facts, name: facts.kept(name),
}
FACTS: dict[str, Callable[[Facts], str]] = {
    "number": lambda facts: facts.number,
    "subject": lambda facts: facts.subject,
    "place": lambda facts: facts.place,
    "category": lambda facts: facts.terms.category(facts.case.category),
    "filed": lambda facts: _day(facts.case.history.filed),
    "today": lambda facts: _day(facts.now),
    "due": _due,
    "holder": _holder,
    "signed": _signed,
}
