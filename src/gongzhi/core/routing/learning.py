"""Learning from labelled texts: two linear models that err differently, averaged into one; measured on held-out rows.

A ridge regression on the signs of the labels, and a complement naive Bayes (Rennie et al. 2003) on the same pieces.
Both are linear in the pieces, so the average is one matrix of weights and costs a proposal nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import Ridge
from sklearn.metrics import f1_score

from gongzhi.core.routing.features import Numbers, features_of, matrix
from gongzhi.core.routing.model import Model
from gongzhi.core.routing.table import Labelled
from gongzhi.core.routing.text import cleaned, cut, grams, known_words

__all__ = ["FOLDS", "Trained", "train"]

FOLDS = 4
BAYES = 0.75  # how much the naive Bayes says beside the ridge regression; chosen by cross-validation
SMOOTHING = 0.1  # of the naive Bayes: what a piece counts that a label never had
SHARPNESS = np.geomspace(0.25, 16, 25)  # candidates: how fast confidence grows with the margin
Linear = tuple[Numbers, Numbers]  # weights, bias


@dataclass(frozen=True, slots=True)
class Trained:
    """`rows` were used; `repeated` were left out as word for word the same. `macro_f1` is that of held-out rows."""

    model: Model
    rows: int
    repeated: int
    macro_f1: float


def train(given: Sequence[Labelled]) -> Trained:
    """Learn from labelled texts, at least two labels (see `table.labelled`). The same rows give the same model."""
    rows = list({(cleaned(one.text), one.label): one for one in given}.values())
    words = [cut(one.text) for one in rows]
    known = known_words(words)
    features = features_of((grams(one, known) for one in words), len(words))
    found = matrix(features, (grams(one, known) for one in words))
    labels = tuple(sorted({one.label for one in rows}))
    truth = np.array([labels.index(one.label) for one in rows])
    held_out, scales = _cross_validated(found, truth, len(labels))
    weights, bias = _joined(found, truth, len(labels), scales)
    macro_f1 = float(f1_score(truth, held_out.argmax(axis=1), average="macro"))
    about = {"rows": len(rows), "labels": len(labels), "macro_f1": round(macro_f1, 4)}
    model = Model(labels, features, weights, bias, _sharpness(held_out, truth), about)
    return Trained(replace(model), len(rows), len(given) - len(rows), macro_f1)


def _cross_validated(found: csr_matrix, truth: np.ndarray, labels: int) -> tuple[Numbers, tuple[float, float]]:
    """What each row scored in a model that had not seen it, and the scale of the two models' scores."""
    fold = _folds(truth, labels)
    ridge, bayes = np.zeros((2, truth.size, labels), np.float32)
    for number in range(FOLDS):
        out, rest = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
        if not out.size or not rest.size:
            continue
        ridge[out] = _scores(_ridge(found[rest], truth[rest], labels), found[out])
        bayes[out] = _scores(_bayes(found[rest], truth[rest], labels), found[out])
    scales = _scale(ridge), _scale(bayes)
    return _centred(ridge) / scales[0] + BAYES * _centred(bayes) / scales[1], scales


def _folds(truth: np.ndarray, labels: int) -> np.ndarray:
    """Each label's rows dealt out in their order: every fold has its share of every label."""
    fold = np.zeros(truth.size, np.int64)
    for label in range(labels):
        rows = np.flatnonzero(truth == label)
        fold[rows] = np.arange(rows.size) % FOLDS
    return fold


def _joined(found: csr_matrix, truth: np.ndarray, labels: int, scales: tuple[float, float]) -> Linear:
    (ridge, start), (bayes, _) = _ridge(found, truth, labels), _bayes(found, truth, labels)
    weights = _centred(ridge) / scales[0] + BAYES * _centred(bayes) / scales[1]
    return weights.astype(np.float32), ((start - start.mean()) / scales[0]).astype(np.float32)


def _ridge(found: csr_matrix, truth: np.ndarray, labels: int) -> Linear:
    signs = np.where(truth[:, None] == np.arange(labels), 1.0, -1.0).astype(np.float32)
    count = np.bincount(truth, minlength=labels)
    weight = truth.size / (np.count_nonzero(count) * np.maximum(count, 1))  # each label weighs the same
    model = Ridge(alpha=1.0, solver="sparse_cg", tol=1e-2).fit(found, signs, sample_weight=weight[truth])
    return model.coef_.T.astype(np.float32), np.asarray(model.intercept_, np.float32)


def _bayes(found: csr_matrix, truth: np.ndarray, labels: int) -> Linear:
    member = csr_matrix((np.ones(truth.size, np.float32), (truth, np.arange(truth.size))), (labels, truth.size))
    mass = np.asarray((member @ found).todense(), np.float64)
    others = mass.sum(axis=0) - mass + SMOOTHING
    weights = -np.log(others / others.sum(axis=1, keepdims=True))
    return weights.T.astype(np.float32), np.zeros(labels, np.float32)


def _scores(linear: Linear, found: csr_matrix) -> Numbers:
    weights, bias = linear
    scores: Numbers = np.asarray(found @ weights + bias, np.float32)
    return scores


def _centred(scores: Numbers) -> Numbers:
    centred: Numbers = scores - scores.mean(axis=1, keepdims=True)
    return centred


def _scale(scores: Numbers) -> float:
    return float(_centred(scores).std()) or 1.0


def _sharpness(held_out: Numbers, truth: np.ndarray) -> float:
    """The candidate under which the held-out rows were least surprising (log loss).

    As if one more row per label had been wrong: few rows that all were right make nobody certain.
    """
    margins = held_out - held_out.max(axis=1, keepdims=True)
    doubt = held_out.shape[1] / (truth.size + held_out.shape[1])
    right = (1 - doubt) * margins[np.arange(truth.size), truth] + doubt * margins.mean(axis=1)
    losses = [float((np.log(np.exp(s * margins).sum(axis=1)) - s * right).mean()) for s in SHARPNESS]
    return float(SHARPNESS[int(np.argmin(losses))])
