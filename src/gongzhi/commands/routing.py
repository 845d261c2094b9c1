"""`gongzhi route train | predict | learn`: a category for each message, learned from a file or finished matters."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from sklearn.metrics import f1_score

from gongzhi.commands.output import put
from gongzhi.commands.serve import require_records
from gongzhi.core.routing import BadModel, BadTable, Model, Proposal, Table, labelled, load_model, read_table, train
from gongzhi.words.routing import table_fault

__all__ = ["kept_model", "learn_own", "predict", "train_file"]

NICE = 10
ADDED = ("label", "confidence", "reasons")
GIVEN = "{column}_given"  # where a column of the file has a name that is added


def train_file(
    file: Annotated[Path, typer.Argument(help="CSV with the columns text, label.")],
    model: Annotated[Path | None, typer.Option("--model", help="Where to keep it, if not in GONGZHI_HOME.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Learn which words point to which category. The same file gives the same model."""
    started = time.monotonic()
    table = _read(file, as_json)
    try:
        learned = train(labelled(table))
    except BadTable as error:
        _refuse(_("{file}，{fault}").format(file=file, fault=table_fault(error)), as_json)
    kept = model or kept_model()
    _keep(kept, learned.model.dump(), as_json)
    told = {"rows": learned.rows, "repeated": learned.repeated, "labels": list(learned.model.labels),
            "macro_f1": round(learned.macro_f1, 4), "columns": list(table.used), "encoding": table.encoding,
            "model": str(kept), "seconds": round(time.monotonic() - started, 1)}  # fmt: skip
    print(json.dumps(told, ensure_ascii=False) if as_json else _trained(told))


def predict(
    file: Annotated[Path, typer.Argument(help="CSV with the column text, or 留言主题 and 留言详情.")],
    out: Annotated[str, typer.Option("--out", help="File to write; - is the screen.")],
    model: Annotated[Path | None, typer.Option("--model", help="A model that `route train` made.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object about it.")] = False,
) -> None:
    """Add label, confidence and reasons to each row; all columns stay. A proposal, which a person adopts or changes."""
    kept = _load(model or kept_model(), as_json)
    table = _read(file, as_json)
    kept.propose(table.text(table.rows[0]))  # the dictionary is read on first use
    started = time.perf_counter()
    proposals = [kept.propose(table.text(row)) for row in table.rows]
    seconds = time.perf_counter() - started
    put([_csv(table, proposals)], out)
    told = _told(table, proposals, kept) | {"ms_each": round(seconds / len(proposals) * 1000, 3), "out": out}
    screen = sys.stderr if out == "-" else sys.stdout
    print(json.dumps(told, ensure_ascii=False) if as_json else _predicted(told), file=screen)


def learn_own(
    at: Annotated[str, typer.Option("--at", help="The moment it is said to be learned at; now unless told.")] = "",
) -> None:
    """Learn from this installation's own finished matters, as the worker does at night. Gives way to other programs."""
    from gongzhi.desk import learning

    require_records()
    os.nice(NICE)
    model = learning.learn(datetime.fromisoformat(at) if at else timezone.now())
    if model is None:
        print(_("办结的事项还不到{n}件，或者只有一类，没有学。").format(n=learning.ENOUGH))
        return
    print(_("学了{rows}件，{n}类，交叉验证的宏平均F1：{f1:.4f}。").format(
        rows=model.about["rows"], n=len(model.labels), f1=model.about["macro_f1"]))  # fmt: skip


def kept_model() -> Path:
    """Where the model lies that `route train` made last."""
    return Path(settings.GONGZHI_HOME) / "models" / "routing.npz"


def _read(file: Path, as_json: bool) -> Table:
    try:
        return read_table(file.read_bytes())
    except BadTable as error:
        _refuse(_("{file}，{fault}").format(file=file, fault=table_fault(error)), as_json)
    except OSError as error:
        _refuse(_("读不了“{file}”：{why}").format(file=file, why=error.strerror), as_json)


def _load(file: Path, as_json: bool) -> Model:
    try:
        return load_model(file.read_bytes())
    except BadModel:
        _refuse(_("“{file}”不是这个版本的模型。请先运行 gongzhi route train。").format(file=file), as_json)
    except OSError as error:
        sentence = _("读不了模型“{file}”：{why}。请先运行 gongzhi route train。")
        _refuse(sentence.format(file=file, why=error.strerror), as_json)


def _keep(file: Path, content: bytes, as_json: bool) -> None:
    draft = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(file)
    except OSError as error:
        _refuse(_("写不了“{file}”：{why}").format(file=file, why=error.strerror), as_json)


def _refuse(sentence: str, as_json: bool) -> NoReturn:
    print(json.dumps({"error": sentence}, ensure_ascii=False) if as_json else sentence,
          file=sys.stdout if as_json else sys.stderr)  # fmt: skip
    raise typer.Exit(2)


def _csv(table: Table, proposals: list[Proposal]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*(GIVEN.format(column=name) if name in ADDED else name for name in table.columns), *ADDED])
    for row, found in zip(table.rows, proposals, strict=True):
        added = [found.label, f"{found.confidence:.4f}", _("、").join(found.reasons)]
        writer.writerow([*(row[name] for name in table.columns), *added])
    return file.getvalue()


def _told(table: Table, proposals: list[Proposal], model: Model) -> dict[str, Any]:
    told = {"rows": len(proposals), "columns": list(table.used), "encoding": table.encoding, "trained": model.about}
    if "label" not in table.columns:
        return told
    given = [row["label"].strip() for row in table.rows]
    f1 = f1_score(given, [found.label for found in proposals], average="macro", zero_division=0)
    return told | {"macro_f1": round(float(f1), 4), "unknown_labels": sorted(set(given) - set(model.labels) - {""})}


def _trained(told: dict[str, Any]) -> str:
    return "\n".join((
        _("用了{rows}行（{repeated}行一字不差的重复没有算），{n}类：{labels}。").format(
            rows=told["rows"], repeated=told["repeated"], n=len(told["labels"]), labels=_("、").join(told["labels"])),
        _("读了这些列：{columns}（{encoding}）。").format(
            columns=_("、").join(told["columns"]), encoding=told["encoding"]),
        _("交叉验证的宏平均F1：{f1:.4f}（每一行都由没有学过它的模型判断）。").format(f1=told["macro_f1"]),
        _("模型在：{path}。用时{seconds}秒。").format(path=told["model"], seconds=told["seconds"]),
    ))  # fmt: skip


def _predicted(told: dict[str, Any]) -> str:
    lines = [
        _("{rows}行，读了这些列：{columns}（{encoding}），每行{ms}毫秒。写在：{out}。").format(
            rows=told["rows"], columns=_("、").join(told["columns"]), encoding=told["encoding"], ms=told["ms_each"],
            out=told["out"])
    ]  # fmt: skip
    if "macro_f1" in told:
        lines.append(
            _("和文件里原有的label相比，宏平均F1：{f1:.4f}。原有的放在label_given列。").format(f1=told["macro_f1"])
        )
    if told.get("unknown_labels"):
        lines.append(_("模型没有学过这些类：{labels}。").format(labels=_("、").join(told["unknown_labels"])))
    return "\n".join(lines)
