"""Pieces of texts as numbers: which pieces a model knows, how rare each is, and one sparse row per text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gongzhi.core.routing.text import BLOCKS, CHARACTERS, Codes, Grams, codes, codes_of, runs

__all__ = ["Features", "Numbers", "Row", "features_of", "known_pieces", "matrix"]

Numbers = NDArray[np.float32]
Row = tuple[NDArray[np.int64], Numbers]  # columns and values
AT_LEAST = (2, 3, 2, 2)  # texts a piece must occur in, per block
SHARE = (1.0, 1.0, 0.5, 0.5)  # what a block weighs beside the others
_SHARES, _TINY = np.array(SHARE), 1e-12
_LOG = np.log(np.arange(1, 4097, dtype=np.float32)) + 1


@dataclass(frozen=True, slots=True)
class Features:
    """`columns` per block: piece -> column. `rarity` per column: log((1 + texts) / (1 + texts with it)) + 1.

    `numbers`, ascending, are the pieces of the block `CHARACTERS`, and `at` their columns (see `known_pieces`).
    """

    columns: tuple[dict[str, int], ...]
    rarity: Numbers
    numbers: Codes
    at: Codes

    def row(self, pieces: Grams) -> Row:
        """One text as columns and values: (1 + log count) x rarity, each block of length `SHARE`."""
        words = [(columns, said) for columns, said in zip(self.columns, pieces, strict=True) if isinstance(said, list)]
        known = [at for columns, said in words for at in map(columns.get, said) if at is not None]
        at, counts = _counted(np.concatenate((np.array(known, np.int64), self._characters(pieces[1]))))
        values = _LOG[np.minimum(counts, _LOG.size) - 1] * self.rarity[at]
        block = np.searchsorted(self._ends(), at, side="right")
        squared = np.maximum(np.bincount(block, values * values, len(BLOCKS)), _TINY)
        return at, (values * (_SHARES / np.sqrt(squared))[block]).astype(np.float32)

    def _characters(self, text: str) -> Codes:
        """Columns of the pairs and triples of a text. Ascending numbers are found in an array three times as fast as
        pieces in a dictionary that does not fit the processor's cache."""
        asked = np.sort(codes(text))
        where = np.minimum(np.searchsorted(self.numbers, asked), max(self.numbers.size - 1, 0))
        return self.at[where[self.numbers[where] == asked]] if self.numbers.size else self.at

    def _ends(self) -> NDArray[np.int64]:
        """The column after the last of each block."""
        return np.cumsum([len(columns) for columns in self.columns])


def _counted(found: Codes) -> tuple[Codes, Codes]:
    """Different columns, ascending, and how often each came; by hand, because the arrays are small."""
    found = np.sort(found)
    first = np.flatnonzero(np.diff(found, prepend=-1))
    return found[first], np.diff(first, append=found.size)


def known_pieces(columns: tuple[dict[str, int], ...], rarity: Numbers) -> Features:
    """The features of these pieces."""
    characters = columns[CHARACTERS]
    numbers, at = codes_of(characters), np.array(list(characters.values()), np.int64)
    order = np.argsort(numbers)
    return Features(columns, rarity, numbers[order], at[order])


def features_of(texts: Iterable[Grams], rows: int) -> Features:
    """The pieces that enough of so many texts have, sorted: the same texts give the same columns."""
    having: tuple[Counter[str], ...] = tuple(Counter() for _ in BLOCKS)
    for text in texts:
        for counted, pieces in zip(having, text, strict=True):
            counted.update(set(runs(pieces) if isinstance(pieces, str) else pieces))
    columns: list[dict[str, int]] = []
    rarity: list[float] = []
    for counted, least in zip(having, AT_LEAST, strict=True):
        kept = sorted(piece for piece, count in counted.items() if count >= least and "\n" not in piece)
        columns.append({piece: len(rarity) + at for at, piece in enumerate(kept)})
        rarity += [log((1 + rows) / (1 + counted[piece])) + 1 for piece in kept]
    return known_pieces(tuple(columns), np.array(rarity, np.float32))


def matrix(features: Features, texts: Iterable[Grams]) -> csr_matrix:
    """All texts as one sparse matrix."""
    columns, values, starts = [], [], [0]
    for text in texts:
        at, found = features.row(text)
        columns.append(at)
        values.append(found)
        starts.append(starts[-1] + at.size)
    joined = np.concatenate(values), np.concatenate(columns).astype(np.int32), np.array(starts, np.int64)
    return csr_matrix(joined, shape=(len(starts) - 1, features.rarity.size), dtype=np.float32)
