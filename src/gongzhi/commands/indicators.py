"""`gongzhi indicators`: count the log anew, and count a published figure again without the database."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from gongzhi.core.charter.commitments import Indicator
from gongzhi.core.indicator.figure import Figure, figure
from gongzhi.core.indicator.formula import formula_digest, formula_from
from gongzhi.core.indicator.periods import Period

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def rebuild(as_json: AsJson = False) -> None:
    """Count the whole log anew. The rows are the same as those kept step by step, or the audit says where not."""
    from gongzhi.commands.serve import require_records
    from gongzhi.desk.writing import writing
    from gongzhi.records.figures import rollup
    from gongzhi.web.clock import now

    require_records()
    with writing():
        before = rollup.stored()
        rows = rollup.rebuild(now())
        same = before == rollup.stored()
    if as_json:
        print(json.dumps({"rows": rows, "same": same}))
    else:
        told = _("和原来一样") if same else _("和原来不同，已换成新数的")
        print(_("重新数了全部记录，共{rows}行，{told}。").format(rows=rows, told=told))


def recompute(
    file: Annotated[Path, typer.Argument(help="The open file of a board: figures.json")], as_json: AsJson = False
) -> None:
    """Count every figure of an open file again from its tallies. Exit code 1 when one is not what it says."""
    try:
        found = recount(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        print(_("这个文件读不了：{problem}").format(problem=problem), file=sys.stderr)
        raise typer.Exit(2) from None
    wrong = [row for row in found if not row["same"]]
    if as_json:
        print(json.dumps({"figures": len(found), "wrong": wrong}, ensure_ascii=False))
    else:
        print(_("重算了{n}个数，{wrong}个不同。").format(n=len(found), wrong=len(wrong)))
        for row in wrong:
            print(f"  {row['charter'] or '-'}.{row['indicator']} {row['first']}: {row['said']} ≠ {row['counted']}")
    if wrong:
        raise typer.Exit(1)


def recount(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Each figure of the file beside what its tallies give. Entered figures are checked for their arithmetic.

    Raises ValueError where a formula is not the one its digest names.
    """
    formulas = {digest: formula_from(values) for digest, values in told["formulas"].items()}
    for digest, formula in formulas.items():
        if formula_digest(formula) != digest:
            raise ValueError(f"formula {digest[:8]} was changed")
    cells = _cells(told["tallies"])
    return [_beside(row, formulas[row["formula"]], cells) for row in told["figures"]]


Cells = dict[tuple[str, str], list[tuple[str, str, tuple[str, str, int], int]]]


def _cells(rows: list[list[Any]]) -> Cells:
    found: Cells = defaultdict(list)
    for charter, month, procedure, organ, name, kind, hours, n in rows:
        for owner in (charter, ""):
            found[(owner, month)].append((procedure, organ, (name, kind, hours), n))
    return found


def _beside(row: dict[str, Any], formula: Indicator, cells: Cells) -> dict[str, Any]:
    said = (row["part"], row["whole"], row["value"], row["why"], row["met"])
    counted = (
        _of_entry(row) if formula.entered or formula.survey else _plain(figure(formula, _counted(row, formula, cells)))
    )
    return {**{name: row[name] for name in ("charter", "indicator", "first")},
            "said": said, "counted": counted, "same": said == counted}  # fmt: skip


def _counted(row: dict[str, Any], formula: Indicator, cells: Cells) -> dict[tuple[str, str, int], int]:
    found: dict[tuple[str, str, int], int] = defaultdict(int)
    for month in Period(date.fromisoformat(row["first"]), row["months"]).each:
        for procedure, organ, cell, n in cells.get((row["charter"], month.isoformat()), ()):
            if formula.procedure in (None, procedure) and formula.organ in (None, organ):
                found[cell] += n
    return found


def _plain(found: Figure) -> tuple[Any, ...]:
    return found.part, found.whole, str(found.value) if found.value is not None else None, found.why, found.met


def _of_entry(row: dict[str, Any]) -> tuple[Any, ...]:
    """What was entered, or answered in a survey, cannot be counted again, but its share can be divided again."""
    value = row["value"]
    if value is not None:
        value = str(Fraction(row["part"], row["whole"] if row["whole"] is not None else 1))
    return row["part"], row["whole"], value, row["why"], row["met"]
