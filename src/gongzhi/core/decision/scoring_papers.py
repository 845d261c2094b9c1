"""A paper of a scoring: for each project and criterion one number of points; the points of all papers are the counts.

Every pair is an item of the ballot of its own, `PROJECT.CRITERION`, so that a count can be published pair by pair:
the whole paper of one person, with dozens of numbers on it, would be as good as a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongzhi.core.decision.rule import RuleVersion
from gongzhi.core.decision.scoring import Scoring

FORM = "points"
WHOLE = "all"  # under this key stands the verdict on the whole ballot


def items_of(rule: RuleVersion, projects: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """What is asked of each scorer: key and title of every project, by every criterion of the rule."""
    terms: Scoring = rule.terms
    scale = [[str(points), str(points)] for points in range(terms.most, terms.least - 1, -1)]
    return [
        {"key": f"{key}.{one.name}", "title": f"{title}：{one.title}", "options": scale, "most": 1}
        for key, title in projects
        for one in terms.criteria
    ]


def counts_of(heads: Iterable[tuple[str, Mapping[str, int]]], eligible: int, present: int) -> dict[str, int]:
    """Counts for a rule of kind scoring. `heads`: item -> how many gave each number; an invalid cell gives none."""
    points = {f"score.{item}": sum(int(mark) * n for mark, n in given.items() if mark.isdecimal())
              for item, given in heads}  # fmt: skip
    return {"eligible": eligible, "present": present, **points}
