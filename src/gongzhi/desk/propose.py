"""Which category somebody's words point to. The machine proposes by the charter's own words; a person decides."""

from __future__ import annotations

from gongzhi.core.charter.spec import Category, Charter
from gongzhi.desk.permissions import EVERYBODY

__all__ = ["choosable", "elsewhere", "propose"]


def choosable(charter: Charter) -> list[Category]:
    """Categories a resident can file under, in the charter's order."""
    return [one for one in charter.categories.values() if one.procedure and _open_to_all(charter, one.procedure)]


def _open_to_all(charter: Charter, procedure: str) -> bool:
    found = charter.procedures.get(procedure)
    return found is not None and bool(EVERYBODY & {name.partition(".")[0] for name in found.files})


def propose(charter: Charter, text: str, procedure: str = "") -> str:
    """The category whose words cover most of the text; the one for everything else when none does.

    `procedure`: only categories that go through it.
    """
    best, most = "", 0
    for category in choosable(charter):
        if procedure not in ("", category.procedure):
            continue
        found = sum(len(word) * text.count(word) for word in category.words)
        if found > most:
            best, most = category.name, found
    return best or elsewhere(charter)


def elsewhere(charter: Charter) -> str:
    """The category for what fits nowhere: the first without words of its own, else the last. Empty: there is none."""
    found = choosable(charter)
    if not found:
        return ""
    return next((one.name for one in found if not one.words), found[-1].name)
