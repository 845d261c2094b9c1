"""Where each participant stands on the plane on which the votes differ most: principal components as in Polis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gongzhi.core.opinion.votes import Numbers

__all__ = ["Plane", "plane_of"]

BLOCK = 12
ROUNDS = 500
STILL = 1e-14


@dataclass(frozen=True, slots=True)
class Plane:
    """`centre` and two `components`: a number for each statement; `places`: two numbers for each participant."""

    centre: Numbers
    components: Numbers
    places: Numbers


def plane_of(votes: Numbers) -> Plane:
    """The plane through the mean votes along the two directions in which participants differ most.

    What somebody has not seen counts as the mean of the statement when the directions are sought, and not at all
    when the participant is placed; who saw few statements is moved outwards by the root of all over seen.
    """
    seen = ~np.isnan(votes)
    centre = np.where(seen, votes, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    apart = np.where(seen, votes - centre, 0.0)
    components = _components(apart)
    stretch = np.sqrt(votes.shape[1] / np.maximum(seen.sum(axis=1), 1))
    return Plane(centre, components, (apart @ components.T) * stretch[:, None])


def _components(apart: Numbers) -> Numbers:
    """The two leading directions, each with its largest number positive so that every run gives the same signs."""
    if not apart.shape[1]:
        return np.zeros((2, 0))
    leading = _leading(apart.T @ apart).T
    missing = 2 - len(leading)
    leading = np.vstack([leading, np.zeros((missing, apart.shape[1]))]) if missing else leading
    largest = np.abs(leading).argmax(axis=1)
    signs = np.where(leading[np.arange(2), largest] < 0, -1.0, 1.0)
    found: Numbers = np.ascontiguousarray(leading * signs[:, None])
    return found


def _leading(gram: Numbers) -> Numbers:
    """The two leading eigenvectors: a few directions are turned by the matrix until two of them stand still.

    Polis turns one at a time; several settle in fewer rounds. They start from the statements that divide most.
    """
    if len(gram) <= BLOCK:
        return np.asarray(np.linalg.eigh(gram)[1][:, ::-1][:, :2])
    start = np.argsort(-np.diag(gram), kind="stable")[:BLOCK]
    basis = np.linalg.qr(gram[:, start])[0]
    found = basis[:, :2]
    for _ in range(ROUNDS):
        basis = np.linalg.qr(gram @ basis)[0]
        turned = np.linalg.eigh(basis.T @ gram @ basis)[1][:, ::-1]
        basis = basis @ turned
        still = np.abs((basis[:, :2] * found).sum(axis=0)).min() > 1 - STILL
        found = basis[:, :2]
        if still:
            break
    return found
