"""A trained model: known pieces, one weight per piece and label, how sure it may be. Kept as plain arrays."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile

import numpy as np

from gongzhi.core.routing.features import Features, Numbers, known_pieces
from gongzhi.core.routing.text import BLOCKS, cut, grams

__all__ = ["BadModel", "Model", "Proposal", "load_model"]

VERSION = 1
REASONS = 3


class BadModel(Exception):
    """Not a model of ours, or of another version."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`confidence`: the share of right answers that proposals as clear as this one had in cross-validation, 0 to 1.

    `reasons`: the words of the message that spoke most for the label, the strongest first.
    """

    label: str
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """`weights`: columns x labels. `bias`: what each label has before anything was read. `sharpness`: margin -> odds.

    `about` says what it was trained on: rows, labels, macro-F1, and whatever the caller adds (the day).
    """

    labels: tuple[str, ...]
    features: Features
    weights: Numbers
    bias: Numbers
    sharpness: float
    about: dict[str, Any] = field(default_factory=dict)

    def propose(self, text: str) -> Proposal:
        """The label a text points to. Nothing known in it: the one the bias favours, with the confidence of chance."""
        words, known = cut(text), self.features.columns[0]
        at, values = self.features.row(grams(words, known))
        scores = self.bias + values @ self.weights[at]
        best = int(np.argmax(scores))
        if not at.size:
            return Proposal(self.labels[best], 1 / len(self.labels), ())
        odds = np.exp(self.sharpness * (scores - scores[best]))
        return Proposal(self.labels[best], float(1 / odds.sum()), self._reasons(words, best))

    def _reasons(self, words: list[str], label: int) -> tuple[str, ...]:
        known = self.features.columns[0]
        said = [word for word in dict.fromkeys(words) if len(word) > 1 and word in known]
        if not said:
            return ()
        rows = self.weights[[known[word] for word in said]]
        speaks = (rows[:, label] - rows.mean(axis=1)) * self.features.rarity[[known[word] for word in said]]
        order = np.argsort(-speaks, kind="stable")[:REASONS]
        return tuple(said[at] for at in order if speaks[at] > 0)

    def dump(self) -> bytes:
        """The model as one file of arrays and text: reading it back runs no code."""
        told = {"version": VERSION, "labels": self.labels, "sharpness": self.sharpness, "about": self.about}
        pieces = {f"pieces{at}": _packed(columns) for at, columns in enumerate(self.features.columns)}
        file = io.BytesIO()
        np.savez(file, allow_pickle=False, told=_bytes(json.dumps(told, ensure_ascii=False)), weights=self.weights,
                 bias=self.bias, rarity=self.features.rarity, **pieces)  # fmt: skip
        return file.getvalue()


def load_model(content: bytes) -> Model:
    """The model in a file that `dump` wrote. Raises BadModel."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            told = json.loads(bytes(kept["told"]))
            if told["version"] != VERSION:
                raise BadModel("version")
            rarity, weights, bias = kept["rarity"], kept["weights"], kept["bias"]
            features = known_pieces(_columns([_unpacked(kept[f"pieces{at}"]) for at in range(len(BLOCKS))]), rarity)
    except (ValueError, KeyError, TypeError, OSError, EOFError, BadZipFile) as fault:
        raise BadModel("not_a_model") from fault
    if weights.shape != (rarity.size, len(told["labels"])) or bias.shape != (len(told["labels"]),):
        raise BadModel("not_a_model")
    return Model(tuple(told["labels"]), features, weights, bias, told["sharpness"], told["about"])


def _columns(blocks: list[list[str]]) -> tuple[dict[str, int], ...]:
    columns, start = [], 0
    for pieces in blocks:
        columns.append(dict(zip(pieces, range(start, start + len(pieces)), strict=True)))
        start += len(pieces)
    return tuple(columns)


def _bytes(text: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


def _packed(pieces: Any) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return _bytes("\n".join(pieces))


def _unpacked(kept: np.ndarray[Any, np.dtype[np.uint8]]) -> list[str]:
    text = bytes(kept).decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []
