"""A message as words, and as the pieces (grams) a model counts.

Training texts may come cut into words without stop words, messages come raw. So that both look alike, every text
loses its spaces, place codes and numbers and is cut anew; its head is made of words the training knew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from operator import add

import rjieba

__all__ = ["BLOCKS", "Grams", "cleaned", "cut", "grams", "known_words"]

# Digits and codes such as "A7区" or "*****" stand for one place or person: a model must not learn them (guardrail H7).
_CODES = re.compile(r"[A-Za-z]+\d+|\d+|\*+")
# A space means something only between two letters of an alphabet.
_SPACES = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")
LONGEST = 4000  # characters; what follows repeats, and nobody may slow the desk by length
HEAD_CHARACTERS, HEAD_WORDS = 24, 10  # the title, or where there is none the first sentence

BLOCKS = ("words", "characters", "head", "head words")  # each weighed by itself
Grams = tuple[list[str], ...]


def cleaned(text: str) -> str:
    """The text as it is cut: no codes, no digits, no spaces but between two words of an alphabet."""
    return _CODES.sub("", _SPACES.sub("", text))[:LONGEST]


def cut(text: str) -> list[str]:
    """The words of a text, in order."""
    return [word for word in rjieba.cut(cleaned(text)) if not word.isspace()]


def known_words(texts: Iterable[list[str]]) -> set[str]:
    """The words that more than one of some texts has."""
    found = Counter(word for words in texts for word in set(words))
    return {word for word, count in found.items() if count > 1}


def grams(words: list[str], known: Container[str]) -> Grams:
    """The pieces of a text as often as they occur, one list per block of `BLOCKS`."""
    kept = [word for word in words if word in known]
    letters, runs = _runs("".join(kept)[:HEAD_CHARACTERS])
    return kept, _runs("".join(words))[1], letters + runs, kept[:HEAD_WORDS]


def _runs(text: str) -> tuple[list[str], list[str]]:
    """The characters one by one, and in twos and threes."""
    pairs = list(map(add, text, text[1:]))
    return list(text), [*pairs, *map(add, pairs, text[2:])]
