"""`gongzhi opinion-map`: groups of people who vote alike, from a file of votes, without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from django.utils import translation
from django.utils.translation import gettext as _

from gongzhi.core.opinion import BadVotes, OpinionMap, opinion_map, read_csv
from gongzhi.core.opinion.speaking import Said
from gongzhi.words.opinion import group_name, votes_fault

__all__ = ["opinion"]


def opinion(
    votes: Annotated[Path, typer.Option("--votes", help="CSV: participant, statement, vote (1, -1, 0); time.")],
    groups: Annotated[int | None, typer.Option("--groups", min=1, help="So many groups, else the clearest.")] = None,
    leave_out: Annotated[str, typer.Option(help="Statements taken out by moderation, separated by commas.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    lang: Annotated[str, typer.Option("--lang", help="zh-hans (default) or en.")] = "zh-hans",
) -> None:
    """Who votes alike, what each group says, what unites all. The same file gives the same answer in every run."""
    with translation.override("en" if lang.lower().startswith("en") else "zh-hans"):
        left_out = {name.strip() for name in leave_out.split(",") if name.strip()}
        found = _read(votes, groups, left_out, as_json)
        print(json.dumps(as_data(found), ensure_ascii=False) if as_json else "\n".join(_lines(found)))


def _read(path: Path, groups: int | None, left_out: set[str], as_json: bool) -> OpinionMap:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = read_csv(file)
    except BadVotes as error:
        _refuse(_("{file}，{fault}").format(file=path, fault=votes_fault(error)), as_json)
    except OSError as error:
        _refuse(_("读不了“{file}”：{why}").format(file=path, why=error.strerror), as_json)
    except UnicodeDecodeError as error:
        _refuse(_("“{file}”不是UTF-8文字（第{at}个字节）").format(file=path, at=error.start + 1), as_json)
    if unknown := left_out - set(table.statements):
        _refuse(_("文件里没有观点“{name}”").format(name=_("、").join(sorted(map(str, unknown)))), as_json)
    return opinion_map(table, groups, left_out)


def _refuse(sentence: str, as_json: bool) -> NoReturn:
    print(json.dumps({"error": sentence}, ensure_ascii=False) if as_json else sentence,
          file=sys.stdout if as_json else sys.stderr)  # fmt: skip
    raise typer.Exit(2)


def as_data(found: OpinionMap) -> dict[str, Any]:
    """The map as one JSON object; groups by number, the largest first."""
    table = found.table
    return {
        "groups": [[table.participants[row] for row in group] for group in found.groups],
        "consensus": [found.statement(one.statement) for one in found.shared if one.yes],
        "representative": {
            str(number): [found.statement(one.statement) for one in said] for number, said in enumerate(found.said)
        },
        "details": {
            "representative": [[_told(found, one) for one in said] for said in found.said],
            "shared": [
                {"statement": found.statement(one.statement), "agree": one.yes, "votes": one.votes, "seen": one.seen,
                 "strength": one.strength}
                for one in found.shared
            ],
        },
        "too_few_votes": list(table.too_few),
        "silhouette": found.silhouette,
        "statements": list(table.statements),
        "components": found.plane.components.tolist(),
    }  # fmt: skip


def _told(found: OpinionMap, one: Said) -> dict[str, Any]:
    return {"statement": found.statement(one.statement), "agree": one.yes, "votes": one.votes, "seen": one.seen,
            "z": one.z, "ratio": one.ratio}  # fmt: skip


def _lines(found: OpinionMap) -> list[str]:
    lines = [_("分成{n}组，{few}人表态太少，没有分组。").format(n=len(found.groups), few=len(found.table.too_few))]
    for number, (group, said) in enumerate(zip(found.groups, found.said, strict=True)):
        told = _("、").join(_stance(found, one.statement, one.yes) for one in said)
        lines.append(_("{name}，{n}人：{told}").format(name=group_name(number), n=len(group), told=told))
    united = _("、").join(_stance(found, one.statement, one.yes) for one in found.shared)
    return [*lines, _("各组都这样看：{told}").format(told=united) if united else _("没有各组都赞成或都反对的观点。")]


def _stance(found: OpinionMap, column: int, yes: bool) -> str:
    said = _("同意{statement}") if yes else _("不同意{statement}")
    return said.format(statement=found.statement(column))
