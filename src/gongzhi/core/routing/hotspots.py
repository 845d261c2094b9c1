"""Clusters of messages about one cause at one place, and how much they weigh. In words: docs/algorithms/routing.md.

Two messages are near when they share rare words; only rare words are looked up, so the work grows with the number of
messages and not with its square. Clusters grow from the nearest pairs, and two join only while their messages are near
one another on average: a chain of half-similar messages does not become one cause. Nothing about feelings is computed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.sparse import csr_matrix

from gongzhi.core.routing.placing import AREA, names_in, place_of
from gongzhi.core.routing.text import cleaned, cut

__all__ = ["HotSpot", "Message", "hot_spots"]

BODY = 200  # characters of the text that count; what follows the first paragraph is seldom about the cause
COMMON, FEW, PART = 60, 10, 10  # a word in more messages tells no cause; of few messages: in more than a tenth of them
NEAR, ALIKE = 0.22, 0.17  # cosine: of a pair that may start a cluster; on average between two clusters that may join
CAUSE = 0.12  # cosine of a pair that may start one, the name of their place left out
APART = timedelta(days=180)  # messages further apart are not one flare-up
EACH, LATELY = 10, timedelta(days=30)
WORDS = 4


@dataclass(frozen=True, slots=True)
class Message:
    """`who` only tells messages of one person from those of several; `supporters` are people who said the same.

    `shown` stands for the title where that is not for everybody: it is shown, but not compared.
    """

    id: str | int
    title: str
    text: str
    day: date
    who: str = ""
    supporters: int = 0
    shown: str = ""

    @property
    def public(self) -> str:
        return self.shown or self.title


@dataclass(frozen=True, slots=True)
class HotSpot:
    """`messages` are positions in what was given, the first one filed first. `title` is that of the most typical one.

    `words`: what most of them have in common, said by two people at least, the most telling first.

    `heat` = 10 x people + supporters + 10 x people of the last 30 days before the newest message of all.
    """

    messages: tuple[int, ...]
    title: str
    place: str
    heat: int
    people: int
    supporters: int
    growth: tuple[tuple[date, int], ...]  # Monday of each week with messages, and how many
    words: tuple[str, ...] = ()


def hot_spots(given: Sequence[Message], at_least: int = 2) -> list[HotSpot]:
    """Clusters of at least so many messages, the hottest first. The same messages in the same order give the same."""
    if not given:
        return []
    found, known = _vectors(given)
    clusters = _grown(found, _near(found, known, given))
    newest = max(one.day for one in given)
    spots = [_spot(given, found, known, rows, newest) for rows in clusters if len(rows) >= at_least]
    return sorted(spots, key=lambda one: (-one.heat, one.messages))


def _vectors(given: Sequence[Message]) -> tuple[csr_matrix, list[str]]:
    """One row of length 1 per message: log count x rarity of its words (the columns); the title counts twice."""
    counted = [Counter([*cut(one.title) * 2, *cut(one.text.strip()[:BODY])]) for one in given]
    texts = Counter(word for words in counted for word in words)
    columns = {word: at for at, word in enumerate(w for w, n in texts.items() if n > 1 and len(w) > 1)}
    rows, at, values = [], [], []
    for row, words in enumerate(counted):
        for word in words.keys() & columns.keys():
            rows.append(row)
            at.append(columns[word])
            values.append((1 + np.log(words[word])) * np.log(1 + len(given) / texts[word]))
    found = csr_matrix((values, (rows, at)), (len(given), max(len(columns), 1)), dtype=np.float64)
    found.sort_indices()
    length = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    return csr_matrix(found.multiply(1 / np.maximum(length, 1e-9)[:, None])), list(columns)


def _near(found: csr_matrix, known: Sequence[str], given: Sequence[Message]) -> Iterator[tuple[int, int]]:
    """Pairs that share rare words, a place, a time and a cause; the nearest first."""
    often = np.asarray((found != 0).sum(axis=0)).ravel()
    rare = csr_matrix(found[:, (often > 1) & (often <= min(COMMON, max(FEW, len(given) // PART)))])
    product = (rare @ rare.T).tocoo()
    keep = (product.row < product.col) & (product.data >= NEAR)
    first, second, value = product.row[keep], product.col[keep], product.data[keep]
    areas = [set(AREA.findall(f"{one.title} {one.text[:BODY]}")) for one in given]
    at_places = _Places(given, found, known)
    for at in np.lexsort((second, first, -value)):
        one, other = int(first[at]), int(second[at])
        if abs(given[one].day - given[other].day) > APART or not _same_area(areas[one], areas[other]):
            continue
        if at_places.beyond(one, other) >= CAUSE:
            yield one, other


class _Places:
    """How much two messages have in common beyond the name of a place: one estate has many causes."""

    def __init__(self, given: Sequence[Message], found: csr_matrix, known: Sequence[str]) -> None:
        self.names = [set(names_in(cleaned(one.title))) for one in given]
        self.found, self.known = found, known

    def beyond(self, one: int, other: int) -> float:
        """Cosine of the two over the words that no place's name in both titles contains."""
        place = " ".join(self.names[one] & self.names[other])
        mine, yours = self._row(one), self._row(other)
        return sum(mine[at] * yours[at] for at in mine.keys() & yours.keys() if self.known[at] not in place)

    def _row(self, row: int) -> dict[int, float]:
        inside = slice(self.found.indptr[row], self.found.indptr[row + 1])
        return dict(zip(self.found.indices[inside].tolist(), self.found.data[inside].tolist(), strict=True))


def _same_area(one: set[str], other: set[str]) -> bool:
    return not one or not other or bool(one & other)


def _grown(found: csr_matrix, pairs: Iterator[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Clusters grown from the nearest pairs on; two join while their messages are alike on average."""
    of = list(range(found.shape[0]))
    members = {row: [row] for row in of}
    total: dict[int, csr_matrix] = {}
    for pair in pairs:
        one, other = sorted(of[row] for row in pair)
        if one == other:
            continue
        sums = [total[at] if at in total else found[at] for at in (one, other)]
        if (sums[0] @ sums[1].T).sum() < ALIKE * len(members[one]) * len(members[other]):
            continue
        total[one] = sums[0] + sums[1]
        for row in members[other]:
            of[row] = one
        members[one] += members.pop(other)
        total.pop(other, None)
    return [tuple(sorted(rows)) for rows in members.values()]


def _spot(
    given: Sequence[Message], found: csr_matrix, known: Sequence[str], rows: Sequence[int], newest: date
) -> HotSpot:
    order = tuple(sorted(rows, key=lambda row: (given[row].day, row)))
    inside = [given[row] for row in order]
    closeness = np.asarray(found[list(order)] @ found[list(order)].sum(axis=0).T).ravel()
    people = len({one.who or row for row, one in zip(order, inside, strict=True)})
    lately = len({one.who or row for row, one in zip(order, inside, strict=True) if newest - one.day <= LATELY})
    supporters = sum(one.supporters for one in inside)
    weeks = Counter(one.day - timedelta(days=one.day.weekday()) for one in inside)
    return HotSpot(
        order, inside[int(closeness.argmax())].public, _place(inside), EACH * (people + lately) + supporters, people,
        supporters, tuple(sorted(weeks.items())), _shared(found[list(order)], known, [one.who for one in inside]),
    )  # fmt: skip


def _shared(rows: csr_matrix, known: Sequence[str], who: Sequence[str]) -> tuple[str, ...]:
    """Words of at least half of the messages and of two people: one person's word is nobody else's to read."""
    having = np.asarray((rows != 0).sum(axis=0)).ravel()
    often = np.flatnonzero(having * 2 >= max(rows.shape[0], 4))
    weight = np.asarray(rows.sum(axis=0)).ravel()
    telling = [at for at in often[np.argsort(-weight[often], kind="stable")] if _by_two(rows[:, at], who)]
    return tuple(known[at] for at in telling[:WORDS])


def _by_two(column: csr_matrix, who: Sequence[str]) -> bool:
    return len({who[row] or str(row) for row in column.nonzero()[0]}) > 1


def _place(inside: Sequence[Message]) -> str:
    return place_of([one.public for one in inside], [f"{one.title} {one.text.strip()[:BODY]}" for one in inside])
