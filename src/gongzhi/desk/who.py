"""Who answers for what: the duty list searched with everyday words, one organ for each line (CY-03, FQ-20)."""

from __future__ import annotations

from collections.abc import Iterable

from gongzhi.core.charter.institution import Category, Duty
from gongzhi.core.charter.spec import Charter

__all__ = ["found"]

TITLE = 4  # a word of the title says more than one of the list beside it


def found(charter: Charter, text: str) -> list[Duty]:
    """Lines of the duty list that fit the words, best first; all of them, in the charter's order, without words.

    A category's own words are looked for in what was typed ("路灯坏了找谁" holds 路灯), and what was typed in them;
    titles of organs and categories count too, pair of signs by pair.
    """
    wanted = "".join(text.split()).lower()
    if not wanted:
        return list(charter.duties)
    scored = [(_score(charter, duty, wanted), -place, duty) for place, duty in enumerate(charter.duties)]
    return [duty for score, _place, duty in sorted(scored, key=lambda one: one[:2], reverse=True) if score]


def _score(charter: Charter, duty: Duty, wanted: str) -> int:
    category = charter.categories.get(duty.category)
    organs = [charter.organs.get(key or "") for key in (duty.answers, duty.coordinates)]
    names = [organ.title for organ in organs if organ]
    titles = [*names, *([category.title] if category else ())]
    titles += [charter.english[title] for title in titles if title in charter.english]
    return TITLE * _pairs(wanted, titles) + (_words(wanted, category) if category else 0)


def _words(wanted: str, category: Category) -> int:
    return sum(TITLE * len(word) for word in category.words if word.lower() in wanted or wanted in word.lower())


def _pairs(wanted: str, titles: Iterable[str]) -> int:
    """How many neighbouring signs of what was typed stand in one of the titles."""
    text = " ".join(titles).lower()
    return sum(wanted[n : n + 2] in text for n in range(len(wanted) - 1))
