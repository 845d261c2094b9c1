"""A message as words, and as the pieces (grams) a model counts.

Training texts may come cut into words without stop words, messages come raw. So that both look alike, every text
loses its spaces, place codes and numbers and is cut anew; its head is made of words the training knew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from operator import add

import numpy as np
import rjieba
from numpy.typing import NDArray

__all__ = ["BLOCKS", "CHARACTERS", "Codes", "Grams", "cleaned", "codes", "codes_of", "cut", "grams", "known_words",
           "runs"]  # fmt: skip

# Digits and codes such as "A7区" or "*****" stand for one place or person: a model must not learn them (guardrail H7).
_CODES = re.compile(r"[A-Za-z]+\d+|\d+|\*+")
# A space means something only between two letters of an alphabet.
_SPACES = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")
LONGEST = 4000  # characters; what follows repeats, and nobody may slow the desk by length
HEAD_CHARACTERS, HEAD_WORDS = 24, 10  # the title, or where there is none the first sentence

BLOCKS = ("words", "characters", "head", "head words")  # each weighed by itself
CHARACTERS = 1  # the block that is the text itself: its pairs and triples are looked up as numbers, not one by one
Grams = tuple[list[str], str, list[str], list[str]]
Codes = NDArray[np.int64]
_SIGN = 21  # bits of a character: three fit a signed 64-bit number


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
    """The pieces of a text as often as they occur, one list per block of `BLOCKS`; of `CHARACTERS` the text."""
    kept = [word for word in words if word in known]
    head = "".join(kept)[:HEAD_CHARACTERS]
    return kept, "".join(words), [*head, *runs(head)], kept[:HEAD_WORDS]


def runs(text: str) -> list[str]:
    """The characters in twos and threes."""
    pairs = list(map(add, text, text[1:]))
    return [*pairs, *map(add, pairs, text[2:])]


def codes(text: str) -> Codes:
    """`runs` of a text as numbers."""
    signs = _signs(text)
    pairs = signs[:-1] << _SIGN | signs[1:]
    return np.concatenate((pairs, pairs[:-1] << _SIGN | signs[2:]))


def codes_of(pieces: Iterable[str]) -> Codes:
    """Each piece of two or three characters, none of them a line break, as its number."""
    signs = _signs("".join(f"{piece}\n" for piece in pieces))
    ends = np.flatnonzero(signs == ord("\n"))
    pairs = signs[ends - 2] << _SIGN | signs[ends - 1]
    long = np.diff(ends, prepend=-1) == len("abc") + 1
    return np.where(long, signs[ends - len("abc")] << 2 * _SIGN | pairs, pairs)


def _signs(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
