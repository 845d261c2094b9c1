"""`gongzhi budget FILE.pb`: counts a vote over projects and money, and says why, for anyone, without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils import translation
from django.utils.translation import gettext as _

from gongzhi.core.decision.budget import BudgetFault, Election, decide, read_pabulib
from gongzhi.core.decision.budget.decide import Plain, plain
from gongzhi.words.budget import completion_name, fault_text, reason_line, summary_lines


def budget(
    file: Annotated[Path, typer.Argument(help="A Pabulib .pb file.")],
    rule: Annotated[str, typer.Option(help="greedy, equal-shares or phragmen.")] = "equal-shares",
    completion: Annotated[str, typer.Option(help="For equal-shares: none, add1, add1-comparison, greedy.")] = "none",
    measure: Annotated[str, typer.Option(help="A supported project counts by its cost, or as one (count).")] = "cost",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    lang: Annotated[str, typer.Option("--lang", help="zh-hans (default) or en.")] = "zh-hans",
) -> None:
    """Which projects get money by a rule, exactly, and why each other one does not."""
    with translation.override("en" if lang.lower().startswith("en") else "zh-hans"):
        try:
            election = read_pabulib(text_of(file))
            found = plain(election, decide(election, rule, completion, measure))
        except BudgetFault as error:
            _fail(fault_text(error), error, as_json)
        print(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(_lines(election, found)))


def text_of(file: Path) -> str:
    """The text of a file. Raises BudgetFault."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BudgetFault("file_unreadable", 0, str(file), error.strerror or "") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BudgetFault("file_not_utf8", line) from error


def _fail(sentence: str, error: BudgetFault, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"error": sentence, "code": error.code, "line": error.line}, ensure_ascii=False))
    else:
        print(sentence, file=sys.stderr)
    raise typer.Exit(1)


def _lines(election: Election, found: Plain) -> list[str]:
    because: dict = found["because"]  # type: ignore[assignment]
    names = {project.id: f"{project.id} {project.name}".strip() for project in election.projects}
    unit = election.meta.get("currency", "")
    lines = summary_lines(because, unit)
    if because["rule"] == "equal-shares":
        lines.append(_("补足办法：{how}。").format(how=completion_name(because["completion"])))
    losers = [name for name in because["projects"] if name not in because["order"]]
    return [*lines, "", *(reason_line(because, name, names, unit) for name in [*because["order"], *losers])]
