"""Routing on labelled messages: macro-F1 beside a plain SVM on characters, and the time of one proposal.

GONGZHI_BENCH_TRAIN and GONGZHI_BENCH_TEST name CSV files (text, label; or 留言主题, 留言详情, label); without them made-up
messages are used, which prove nothing about the world but show the speed. The SVM is scikit-learn's, on the same rows.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from benchmarks.support import Report

GOAL_F1, GOAL_MS = 0.92, 1.0


def run() -> Report:
    from sklearn.metrics import f1_score

    from gongzhi.core.routing import labelled, train
    from gongzhi.core.routing.text import cleaned

    rows, asked = (labelled(_table(name)) for name in ("GONGZHI_BENCH_TRAIN", "GONGZHI_BENCH_TEST"))
    started = time.perf_counter()
    learned = train(rows)
    seconds = time.perf_counter() - started
    texts, truth = [one.text for one in asked], [one.label for one in asked]
    learned.model.propose(texts[0])
    each = min(_each(learned.model, texts) for _ in range(3)) * 1e3
    ours = f1_score(truth, [learned.model.propose(text).label for text in texts], average="macro", zero_division=0)
    plain = f1_score(truth, _svm([cleaned(one.text) for one in rows], [one.label for one in rows],
                                 [cleaned(text) for text in texts]), average="macro", zero_division=0)  # fmt: skip
    figures = {
        "rows learned": learned.rows, "messages asked": len(asked), "training, s": seconds,
        "our macro-F1 on the asked": ours, "our macro-F1, cross-validated": learned.macro_f1,
        "plain SVM's macro-F1 on the asked": plain, "one proposal, ms of one processor": each,
        "model, MB": len(learned.model.dump()) / 1e6,
    }  # fmt: skip
    reached = ours >= GOAL_F1 and each <= GOAL_MS
    return Report("routing", "ridge + complement naive Bayes", "LinearSVC on pairs and triples of characters", figures,
                  float(ours / max(plain, 1e-9)), f"macro-F1 >= {GOAL_F1}, <= {GOAL_MS} ms", reached)  # fmt: skip


def _table(variable: str):  # type: ignore[no-untyped-def]
    from gongzhi.core.routing import read_table
    from tests.core.routing import said

    named = os.environ.get(variable)
    return read_table(Path(named).read_bytes() if named else said.table(30).encode())


def _each(model, texts: list[str]) -> float:  # type: ignore[no-untyped-def]
    started = time.process_time()
    for text in texts:
        model.propose(text)
    return (time.process_time() - started) / len(texts)


def _svm(texts: list[str], labels: list[str], asked: list[str]) -> list[str]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    pieces = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True, min_df=2)
    model = LinearSVC(C=1.0, class_weight="balanced").fit(pieces.fit_transform(texts), labels)
    return list(model.predict(pieces.transform(asked)))
