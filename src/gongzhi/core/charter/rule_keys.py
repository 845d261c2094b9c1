"""Keys of a charter's own decision rules; part of the one table in `core.charter.keys` (docs/decisions/0041)."""

from __future__ import annotations

from gongzhi.core.charter.types import CONDITION, DAY, NAME, NUMBER, TEXT, Key, listed, mapped, may, must, noun, one_of
from gongzhi.core.decision import KINDS

OF_CHARTER_RULES: dict[str, Key] = {"rules": may(mapped(noun("rule")), {})}

RULE_NOUNS: dict[str, dict[str, Key]] = {
    "rule": {
        "title": must(TEXT),
        "kind": may(one_of(*KINDS), "threshold"),
        "replaces": may(NAME),
        "law": may(TEXT),
        "source": may(TEXT),
        "from": may(DAY),
        "to": may(DAY),
        "quorum": must(CONDITION),
        "counts": may(listed(NAME)),
        "passes": may(CONDITION),
        "recused": may(one_of("stay", "leave")),
        "tie": may(one_of("fails", "shared", "lot", "open")),
        "criteria": may(mapped(noun("criterion"))),
        "scale": may(noun("scale")),
        "ties": may(listed(NAME)),
        "grades": may(mapped(noun("grade"))),
        "groups": may(mapped(noun("rater_group"))),
        "method": may(one_of("votes", "stv", "equal_shares", "greedy", "phragmen")),
        "completion": may(one_of("none", "add1", "add1_comparison", "greedy")),
        "money": may(NUMBER),
        "seats": may(NUMBER),
        "wins": may(CONDITION),
        "rerun": may(NUMBER),
        "spare": may(NUMBER),
    },
    "criterion": {"title": must(TEXT), "weight": must(NUMBER)},
    "scale": {"least": may(NUMBER, 0), "most": must(NUMBER)},
    "grade": {"title": must(TEXT), "points": must(NUMBER), "from": must(NUMBER)},
    "rater_group": {"title": must(TEXT), "weight": must(NUMBER), "least": must(NUMBER)},
}
