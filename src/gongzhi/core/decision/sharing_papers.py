"""What stands on a paper about projects and money, as one mark; and how such marks become the counts of a rule.

Forms: `approve` and `knapsack` are keys joined by `+` in the order of the ballot (a knapsack has to fit the money);
`rank` is keys joined by `>`, the best first; `score` is `key:points` joined by `+`, without those that got none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongzhi.core.decision.sharing import EMPTY

FORMS = ("approve", "knapsack", "rank", "score")
OWN = ("knapsack", "rank", "score")
POINTS = 5
JOINED = {"approve": "+", "knapsack": "+", "rank": ">", "score": "+"}
HEADS = {"approve": "set", "knapsack": "set", "rank": "rank", "score": "points"}
Item = Mapping[str, Any]


def parts_of(form: str, mark: str) -> list[tuple[str, int]]:
    """Keys and points on a mark, as they stand; points of a form without points are 1. Raises ValueError."""
    found = []
    for part in mark.split(JOINED[form]) if mark else []:
        key, colon, points = part.partition(":")
        if bool(colon) != (form == "score"):
            raise ValueError(part)
        found.append((key, int(points) if colon else 1))
    return found


def valid(item: Item, form: str, mark: str) -> bool:
    """Whether a mark answers the item: known projects, each once, within the number, points and money allowed."""
    order = [key for key, _title in item["options"]]
    try:
        parts = parts_of(form, mark)
    except ValueError:
        return False
    keys = [key for key, _points in parts]
    if len(set(keys)) < len(keys) or not set(keys) <= set(order) or len(keys) > int(item.get("most") or len(order)):
        return False
    if form != "rank" and keys != sorted(keys, key=order.index):
        return False
    if form == "score":
        return all(1 <= points <= POINTS for _key, points in parts) and mark == mark_of(form, parts)
    return form != "knapsack" or spent(item, mark) <= int(item["money"])


def mark_of(form: str, parts: list[tuple[str, int]]) -> str:
    """The mark that says this."""
    texts = [f"{key}:{points}" if form == "score" else key for key, points in parts]
    return JOINED[form].join(texts)


def spent(item: Item, mark: str) -> int:
    """What the projects of a knapsack cost together, in 0.01 yuan."""
    return sum(int(item["costs"][key]) for key, _points in parts_of("knapsack", mark))


def options_on(form: str, mark: str) -> list[str]:
    """The projects a mark supports."""
    return [key for key, _points in parts_of(form, mark)]


def counts_of(item: Item, form: str, papers: Mapping[str, int], eligible: int, present: int) -> dict[str, int]:
    """The counts for a rule of kind `budget`: money, costs, and every way of marking that came."""
    counts = {"eligible": eligible, "present": present, "money": int(item["money"])}
    counts |= {f"cost.{key}": int(item["costs"][key]) for key, _title in item["options"]}
    for mark, number in sorted(papers.items()):
        name = f"{HEADS[form]}.{_name(form, mark)}"
        counts[name] = counts.get(name, 0) + number
    return counts


def _name(form: str, mark: str) -> str:
    texts = [f"{key}_{points}" if form == "score" else key for key, points in parts_of(form, mark)]
    return ".".join(texts) or EMPTY
