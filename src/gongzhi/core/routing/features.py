"""Pieces of texts as numbers: which pieces a model knows, how rare each is, and one sparse row per text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from gongzhi.core.routing.text import BLOCKS, Grams

__all__ = ["Features", "Numbers", "Row", "features_of", "matrix"]

Numbers = NDArray[np.float32]
Row = tuple[NDArray[np.int64], Numbers]  # columns and values
AT_LEAST = (2, 3, 2, 2)  # texts a piece must occur in, per block
SHARE = (1.0, 1.0, 0.5, 0.5)  # what a block weighs beside the others
_LOG = np.log(np.arange(1, 4097, dtype=np.float32)) + 1


@dataclass(frozen=True, slots=True)
class Features:
    """`columns` per block: piece -> column. `rarity` per column: log((1 + texts) / (1 + texts with it)) + 1."""

    columns: tuple[dict[str, int], ...]
    rarity: Numbers

    def row(self, pieces: Grams) -> list[Row]:
        """One text as numbers, per block: (1 + log count) x rarity, each block of length `SHARE`."""
        return [self._block(*pair) for pair in zip(self.columns, pieces, SHARE, strict=True)]

    def _block(self, columns: dict[str, int], pieces: list[str], share: float) -> Row:
        found = np.array([at for at in map(columns.get, pieces) if at is not None], np.int64)
        if not found.size:
            return found, np.zeros(0, np.float32)
        at, counts = np.unique(found, return_counts=True)
        values = _LOG[np.minimum(counts, _LOG.size) - 1] * self.rarity[at]
        return at, values * np.float32(share / np.sqrt(values @ values))


def features_of(texts: Iterable[Grams], rows: int) -> Features:
    """The pieces that enough of so many texts have, sorted: the same texts give the same columns."""
    having: tuple[Counter[str], ...] = tuple(Counter() for _ in BLOCKS)
    for text in texts:
        for counted, pieces in zip(having, text, strict=True):
            counted.update(set(pieces))
    columns: list[dict[str, int]] = []
    rarity: list[float] = []
    for counted, least in zip(having, AT_LEAST, strict=True):
        kept = sorted(piece for piece, count in counted.items() if count >= least and "\n" not in piece)
        columns.append({piece: len(rarity) + at for at, piece in enumerate(kept)})
        rarity += [log((1 + rows) / (1 + counted[piece])) + 1 for piece in kept]
    return Features(tuple(columns), np.array(rarity, np.float32))


def matrix(features: Features, texts: Iterable[Grams]) -> csr_matrix:
    """All texts as one sparse matrix."""
    columns, values, starts = [], [], [0]
    for text in texts:
        blocks = features.row(text)
        columns += [at for at, _ in blocks]
        values += [found for _, found in blocks]
        starts.append(starts[-1] + sum(at.size for at, _ in blocks))
    joined = np.concatenate(values), np.concatenate(columns).astype(np.int32), np.array(starts, np.int64)
    return csr_matrix(joined, shape=(len(starts) - 1, features.rarity.size), dtype=np.float32)
