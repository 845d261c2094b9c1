"""Who answers for what: the duty list searched with everyday words, one organ for each line (CY-03, FQ-20)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongzhi.core.charter.institution import Category, Duty
from gongzhi.core.charter.spec import Charter
from gongzhi.desk.everyday import like, plain_words

__all__ = ["found"]

TITLE = 4  # a word of the title says more than one of the list beside it
CHINESE = re.compile(r"[㐀-鿿]+")


def found(charter: Charter, text: str) -> list[Duty]:
    """Lines of the duty list that fit the words, best first; all of them, in the charter's order, without words.

    A category's own words are looked for in what was typed ("路灯坏了找谁" holds 路灯), and what was typed in them;
    titles of organs and categories count too: Chinese pair of signs by pair, English word by word. Everyday words of
    both languages stand for what lists call it ("who fixes the lamp?" asks for 路灯).
    """
    wanted = "".join(text.split()).lower()
    if not wanted:
        return list(charter.duties)
    scored = [(_score(charter, duty, text, wanted), -place, duty) for place, duty in enumerate(charter.duties)]
    return [duty for score, _place, duty in sorted(scored, key=lambda one: one[:2], reverse=True) if score]


def _score(charter: Charter, duty: Duty, text: str, wanted: str) -> int:
    category = charter.categories.get(duty.category)
    organs = [charter.organs.get(key or "") for key in (duty.answers, duty.coordinates)]
    titles = [*(organ.title for organ in organs if organ), *([category.title] if category else ())]
    english = [charter.english[title] for title in titles if title in charter.english]
    said, listed = like(text.lower())
    score = TITLE * (_pairs(wanted, titles) + _same(text, english))
    score += 2 * TITLE * sum(one in title for one in listed for title in titles)
    if category is None:
        return score
    return score + _words(wanted, category) + sum(TITLE * len(word) for word in category.words if word in said)


def _words(wanted: str, category: Category) -> int:
    return sum(TITLE * len(word) for word in category.words if word.lower() in wanted or wanted in word.lower())


def _pairs(wanted: str, titles: Iterable[str]) -> int:
    """How many neighbouring Chinese signs of what was typed stand in one of the titles."""
    text = " ".join(titles)
    return sum(run[n : n + 2] in text for run in CHINESE.findall(wanted) for n in range(len(run) - 1))


def _same(text: str, titles: Iterable[str]) -> int:
    """How many English words of what was typed stand in one of the titles."""
    known = {word for title in titles for word in plain_words(title)}
    return sum(word in known for word in set(plain_words(text)))
