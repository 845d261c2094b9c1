"""Groups of participants who vote alike: k-means from the first distinct places, k by silhouette, as Polis does it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongzhi.core.opinion.votes import Numbers

__all__ = ["groups_of", "kmeans", "silhouette"]

BASE = 100  # participants are first brought together to so many neighbourhoods, which are then grouped
MOST = 5
EACH = 12  # neighbourhoods for one group more than two
ROUNDS = 100

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clusters:
    """`labels`: the cluster of each point; `centres`: one line for each cluster that has points."""

    labels: Labels
    centres: Numbers


def groups_of(places: Numbers, k: int | None = None) -> tuple[list[list[int]], float]:
    """The rows of `places` in groups, the largest first, and how clearly they are apart (silhouette, -1 to 1).

    The order of the lines matters: the search starts from the first ones. With `k` there are that many groups, or
    as many as there are different places; without, two to five, whichever are clearest. Nobody: no groups.
    """
    if len(places) == 0:
        return [], 0.0
    base = kmeans(places, BASE)
    weights = np.bincount(base.labels).astype(np.float64)
    tried = [kmeans(base.centres, many, weights) for many in _counts(len(base.centres), k)]
    rated = [silhouette(base.centres, one.labels) for one in tried]
    best = int(np.argmax(rated))
    labels = tried[best].labels[base.labels]
    groups = [np.flatnonzero(labels == group).tolist() for group in range(int(labels.max()) + 1)]
    return sorted(groups, key=lambda rows: (-len(rows), rows[0])), rated[best]


def _counts(points: int, k: int | None) -> range:
    if k is not None:
        return range(k, k + 1)
    return range(2, min(MOST, 2 + points // EACH) + 1)


def kmeans(points: Numbers, k: int, weights: Numbers | None = None) -> Clusters:
    """Lloyd's k-means from the first `k` distinct points, to the fixed point or for a hundred rounds."""
    weight = np.ones(len(points)) if weights is None else weights
    centres = _first_distinct(points, k)
    labels: Labels = np.full(len(points), -1)
    for _ in range(ROUNDS):
        nearest = ((centres * centres).sum(axis=1) - 2 * (points @ centres.T)).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = _without_gaps(nearest)
        total = np.bincount(labels, weights=weight)
        sums = [np.bincount(labels, weights=weight * points[:, axis]) for axis in (0, 1)]
        centres = np.stack(sums, axis=1) / total[:, None]
    return Clusters(labels, centres)


def _without_gaps(labels: Labels) -> Labels:
    """A cluster that lost its last point is gone; the numbers of the others close up."""
    present = np.bincount(labels) > 0
    found: Labels = (np.cumsum(present) - 1)[labels]
    return found


def _first_distinct(points: Numbers, k: int) -> Numbers:
    _, first = np.unique(points, axis=0, return_index=True)
    found: Numbers = points[np.sort(first)[:k]]
    return found


def _distances(points: Numbers, centres: Numbers) -> Numbers:
    """Squared distances, point by centre."""
    across = points[:, None, 0] - centres[None, :, 0]
    along = points[:, None, 1] - centres[None, :, 1]
    found: Numbers = across * across + along * along
    return found


def silhouette(points: Numbers, labels: Labels) -> float:
    """How much nearer points are to their own group than to the next one, on average; 0 for a point alone."""
    groups = int(labels.max()) + 1
    if groups < 2:
        return 0.0
    member = (labels[:, None] == np.arange(groups)).astype(np.float64)
    sizes = member.sum(axis=0)
    sums = np.sqrt(_distances(points, points)) @ member
    mine, own = np.arange(len(points)), sizes[labels]
    inside = sums[mine, labels] / np.maximum(own - 1, 1)
    other = sums / sizes
    other[mine, labels] = np.inf
    outside = other.min(axis=1)
    larger = np.maximum(inside, outside)
    rated = np.where((own > 1) & (larger > 0), (outside - inside) / np.where(larger > 0, larger, 1), 0.0)
    return float(rated.mean())
