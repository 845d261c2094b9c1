"""Which category a message points to, and what else was said about it. In words: docs/algorithms/routing.md."""

from __future__ import annotations

from gongzhi.core.routing.learning import Trained, train
from gongzhi.core.routing.model import BadModel, Model, Proposal, load_model
from gongzhi.core.routing.table import BadTable, Labelled, Table, labelled, read_table

__all__ = ["BadModel", "BadTable", "Labelled", "Model", "Proposal", "Table", "Trained", "labelled", "load_model",
           "read_table", "train"]  # fmt: skip
