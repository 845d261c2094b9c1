"""Which written answers fit what somebody asks: pairs of characters both have, rare ones counting more.

Pairs and not words, for the reason of `similar`. No learning: a committee has some hundred answers, and the clerk on
the phone has to see the one that was published a minute ago.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

__all__ = ["best"]

LEAST = 0.2  # share of what was asked, weighed by rarity, that an answer has to cover
UNKNOWN = 0.25  # what a pair of the question counts that no answer has: people say more than they ask
TITLE = 2  # a pair in the question counts twice, one in the answer once
_SIGNS = re.compile(r"[\W\d_]+|[的了是在有和也都吗呢啊请问怎么什我你他您要办想到给]")


def best(asked: str, answers: Mapping[int, tuple[str, str]], most: int = 5) -> list[int]:
    """Keys of the answers (key -> question, text) that fit, the best first. Nothing fits: none."""
    wanted = _pairs(asked)
    if not wanted or not answers:
        return []
    held = {key: (_pairs(question), _pairs(text)) for key, (question, text) in answers.items()}
    often = Counter(pair for question, text in held.values() for pair in question | text)
    worth = {pair: (log(1 + len(held) / (1 + often[pair])) + 0.1) * (1 if often[pair] else UNKNOWN) for pair in wanted}
    whole = TITLE * sum(worth.values())
    scores = {key: _score(wanted, worth, both) / whole for key, both in held.items()}
    fitting = [key for key, score in scores.items() if score >= LEAST]
    return sorted(fitting, key=lambda key: (-scores[key], key))[:most]


def _score(wanted: set[str], worth: Mapping[str, float], both: Sequence[set[str]]) -> float:
    question, text = both
    return sum(worth[pair] * (TITLE if pair in question else 1 if pair in text else 0) for pair in wanted)


def _pairs(text: str) -> set[str]:
    parts = _SIGNS.split(text.lower()[:300])
    return {part[at : at + 2] for part in parts for at in range(max(1, len(part) - 1)) if part}
