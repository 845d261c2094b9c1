"""`gongzhi recount FILE`: the published ballots of a vote through the rule it names, once more, by anybody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import translation
from django.utils.translation import gettext as _

from gongzhi.core.decision import BadCount, RuleError, Verdict
from gongzhi.core.recount import recount as count_again
from gongzhi.core.recount import rule_of
from gongzhi.words.decisions import verdict_because, verdict_text


def recount(
    file: Annotated[Path, typer.Argument(help="count-N.json from the public board.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    lang: Annotated[str, typer.Option(help="zh or en")] = "zh",
) -> None:
    """Count the published ballots again. Exit code 1 when the file cannot be counted, 2 when it says otherwise."""
    with translation.override("en" if lang.lower().startswith("en") else "zh-hans"):
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            found = count_again(data)
        except (OSError, ValueError, BadCount, RuleError) as fault:
            said = _("数不了这个文件：{why}").format(why=fault)
            print(json.dumps({"error": said}, ensure_ascii=False) if as_json else said)
            raise typer.Exit(1) from fault
        rows = [_row(data, *one) for one in found]
        print(json.dumps({"items": rows}, ensure_ascii=False) if as_json else "\n".join(_lines(data, rows, found)))
    if not all(row["same"] for row in rows):
        raise typer.Exit(2)


def _row(data: dict[str, Any], key: str, counts: dict[str, int], verdict: Verdict) -> dict[str, Any]:
    said: dict[str, Any] = next((one for one in data.get("verdict", []) if one.get("key") == key), {})
    same = said.get("outcome") == verdict.outcome and said.get("counts") == counts
    return {"item": key, "counts": counts, "outcome": verdict.outcome, "same": same}


def _lines(
    data: dict[str, Any], rows: list[dict[str, Any]], found: list[tuple[str, dict[str, int], Verdict]]
) -> list[str]:
    lines = []
    for row, (_key, _counts, verdict) in zip(rows, found, strict=True):
        title = next(item["title"] for item in data["items"] if item["key"] == row["item"])
        lines += [f"{title}  {verdict_text(rule_of(data['rule']), verdict)}"]
        lines += [f"  {line}" for line in verdict_because(verdict)]
        lines += [_("  与公布的一致") if row["same"] else _("  与公布的不一致")]
    return lines
