"""Ballots over projects and money on pages: what a form says, what is wrong with it, and the result as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongzhi.core.decision import sharing_papers as papers
from gongzhi.desk.projects_vote import because_in, is_sharing
from gongzhi.records.ballots.models import Ballot
from gongzhi.words.budget import amount, completion_name, reason_line, summary_lines

__all__ = [
    "Row",
    "Shared",
    "Terms",
    "is_money",
    "lines_of",
    "mark_read",
    "mark_typed",
    "priced_item",
    "shared",
    "terms_of",
    "wrong_text",
]

FEN = 100
BAR = 1000
Item = Mapping[str, Any]


def is_money(ballot: Ballot) -> bool:
    """Whether this ballot is about projects that cost money: by its form, or by the rule that counts it."""
    return ballot.form in papers.OWN or dict(ballot.roll.rule or {}).get("kind") == "budget"


# --- voting ---


def mark_typed(item: Item, form: str, typed: QueryDict, prefix: str = "") -> str:
    """The mark of a ranking or scoring form: a number beside each project; or the mark itself, from a check page."""
    own = f"{prefix}{item['key']}"
    if own in typed:
        return str(typed[own])
    given = [(key, typed.get(f"{own}.{key}", "").strip()) for key, _title in item["options"]]
    numbers = [
        (key, int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else -1) for key, text in given if text
    ]
    numbers = [(key, number) for key, number in numbers if number]
    if any(number < 0 for _key, number in numbers):
        return "?"
    if form == "score":
        return papers.mark_of(form, numbers)
    places = [number for _key, number in numbers]
    if len(set(places)) < len(places):
        return "?"
    return papers.mark_of(form, sorted(numbers, key=lambda pair: pair[1]))


def mark_read(item: Item, form: str, pieces: Sequence[str]) -> str:
    """What a reader of papers types: `1 3` (which ones, or the order), `1:5 3:2` (points). `?` when it is neither."""
    keys = [key for key, _title in item["options"]]
    parts = []
    for piece in pieces:
        number, colon, points = piece.replace("：", ":").partition(":")
        if bool(colon) != (form == "score") or not number.isdecimal() or not 1 <= int(number) <= len(keys):
            return "?"
        if colon and not points.isdecimal():
            return "?"
        parts.append((keys[int(number) - 1], int(points or 1)))
    ordered = parts if form == "rank" else sorted(parts, key=lambda pair: keys.index(pair[0]))
    return papers.mark_of(form, [pair for pair in ordered if pair[1]])


def wrong_text(item: Item, form: str, mark: str) -> str:
    """Why a mark is no answer, and what to do."""
    title = item["title"]
    if form == "knapsack" and set(mark.split("+")) <= set(item["costs"]):
        return _("“{title}”选的项目共{spent}，超过了资金{money}，请去掉一些。").format(
            title=title, spent=yuan(papers.spent(item, mark)), money=yuan(item["money"])
        )
    if form == "rank":
        return _("“{title}”：名次要写1、2、3……，每个名次只用一次，不想支持的空着。").format(title=title)
    return _("“{title}”：每个项目给0到{most}分。").format(title=title, most=papers.POINTS)


def yuan(fen: int) -> str:
    """0.01 yuan as words."""
    return amount(fen / FEN)


# --- what the leader types ---


@dataclass(frozen=True)
class Terms:
    """Options with their costs and the money, in 0.01 yuan; nothing where a line cannot be read."""

    options: list[list[str]]
    costs: dict[str, int]
    money: int


def terms_of(options: str, money: str) -> Terms:
    """`路灯 | 3000` line by line, and the money."""
    names: list[list[str]] = []
    costs: dict[str, int] = {}
    for line in filter(str.strip, options.split("\n")):
        title, bar, cost = line.replace("｜", "|").rpartition("|")
        fen = _fen(cost)
        if not bar or not title.strip() or not fen:
            return Terms([], {}, 0)
        key = f"c{len(names) + 1}"
        names.append([key, title.strip()])
        costs[key] = fen
    return Terms(names, costs, _fen(money) or 0)


def priced_item(titles: Sequence[str], typed: Mapping[str, str]) -> dict[str, Any]:
    """The one item of a ballot about money, out of what the leader typed; without options where a line is unclear."""
    found = terms_of(typed["options"], typed["money"])
    most = int(typed["most"]) if typed["most"].isdecimal() and len(typed["most"]) < 4 else 0
    return {"key": "i1", "title": titles[0] if titles else "", "options": found.options, "most": most,
            "money": found.money, "costs": found.costs}  # fmt: skip


def lines_of(item: Item) -> str:
    """The options as they were typed."""
    costs = item.get("costs") or {}
    return "\n".join(f"{title} | {costs[key] / FEN:g}" if key in costs else title for key, title in item["options"])


def _fen(text: str) -> int | None:
    try:
        value = Decimal(text.strip().replace(",", "").replace("，", "").removesuffix("元"))
    except InvalidOperation:
        return None
    fen = value * FEN
    return int(fen) if value.is_finite() and 0 < fen < 10**13 and fen == int(fen) else None


# --- the result ---


@dataclass(frozen=True)
class Row:
    """One project as a bar of a thousand: what those who paid in full paid, what the others paid, and the sentence."""

    title: str
    cost: str
    selected: bool
    text: str
    full: int
    rest: int
    missing: int


@dataclass(frozen=True)
class Shared:
    """The result of a vote over projects and money."""

    lines: list[str]
    rows: list[Row]


def shared(ballot: Ballot) -> Shared | None:
    """The result, computed again from the published file; None for other votes and before the count."""
    if ballot.status != "counted" or not is_sharing(ballot.file):
        return None
    because = because_in(ballot.file)
    names = dict(ballot.items[0]["options"])
    lines = summary_lines(because)
    if because["rule"] == "equal-shares":
        lines.append(_("补足办法：{how}。").format(how=completion_name(because["completion"])))
    order = [*because["order"], *(name for name in because["projects"] if name not in because["order"])]
    return Shared(lines, [_row(because, name, names) for name in order])


def _row(because: Mapping[str, Any], name: str, names: Mapping[str, str]) -> Row:
    one = because["projects"][name]
    rest = round(BAR * one.get("rest_sum", 0) / one["cost"])
    missing = 0 if one["selected"] else round(BAR * one.get("missing", one["cost"]) / one["cost"])
    return Row(names.get(name, name), amount(one["cost"]), one["selected"], reason_line(because, name, names),
               max(0, BAR - rest - missing), rest, missing)  # fmt: skip
