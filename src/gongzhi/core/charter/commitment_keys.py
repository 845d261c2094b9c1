"""Keys of what an institution promises about itself; part of the one table in `core.charter.keys`."""

from __future__ import annotations

from gongzhi.core.charter.plans import PLAN_NOUNS
from gongzhi.core.charter.rule_keys import OF_CHARTER_RULES, RULE_NOUNS
from gongzhi.core.charter.types import (
    CONDITION,
    HOLDER,
    NAME,
    NUMBER,
    SPAN,
    TEXT,
    YESNO,
    Key,
    listed,
    mapped,
    may,
    must,
    noun,
    one_of,
)

NAMES = listed(NAME)

OF_CHARTER: dict[str, Key] = {
    "rights": may(mapped(noun("right")), {}),
    "disclosures": may(mapped(noun("disclosure")), {}),
    "funds": may(mapped(noun("fund")), {}),
    "norms": may(mapped(noun("norm")), {}),
    "indicators": may(mapped(noun("indicator")), {}),
    "posts": may(listed(noun("post")), ()),
    "delegations": may(listed(noun("delegation")), ()),
    "law_notes": may(listed(noun("law_note")), ()),
    "plans": may(mapped(noun("plan")), {}),
    **OF_CHARTER_RULES,
}

COMMITMENTS: dict[str, dict[str, Key]] = {
    **RULE_NOUNS,
    **PLAN_NOUNS,
    "right": {"title": must(TEXT), "held_by": may(NAMES, ("residents",)), "through": must(NAMES)},
    "disclosure": {
        "title": must(TEXT),
        "board": must(NAME),
        "within": must(SPAN),
        "for": must(SPAN),
        "of": may(NAMES, ()),
        "law": may(TEXT),
    },
    "fund": {
        "title": must(TEXT),
        "held_by": must(NAME),
        "of": may(NAME),
        "share": may(NUMBER),
        "law": may(TEXT),
        "least": may(NUMBER),
        "spends": may(YESNO, True),
    },
    "norm": {
        "title": must(TEXT),
        "facts": must(mapped(TEXT)),
        "test": must(CONDITION),
        "holds": must(listed(mapped(NUMBER))),
        "fails": must(listed(mapped(NUMBER))),
        "source": may(TEXT),
    },
    "indicator": {
        "title": must(TEXT),
        "part": may(NAME),
        "whole": may(NAME),
        "procedure": may(NAME),
        "median": may(NAME),
        "organ": may(NAME),
        "leaves_out": may(NAMES, ()),
        "period": may(one_of("month", "quarter", "half", "year"), "month"),
        "target": may(TEXT),
        "source": may(TEXT),
        "answers": may(NAME),
        "entered": may(noun("entered")),
        "survey": may(noun("surveyed")),
    },
    "entered": {"by": must(NAME), "part": must(TEXT), "whole": may(TEXT), "of_people": may(YESNO, True)},
    "surveyed": {"asks": must(TEXT), "counts": may(listed(TEXT), ()), "at_least": may(NUMBER)},
    "post": {"seat": must(HOLDER), "also": must(listed(HOLDER)), "law": may(TEXT)},
    "delegation": {"from": must(NAME), "to": must(NAME), "in": must(NAMES), "until": must(SPAN)},
    "law_note": {"source": must(TEXT), "at": must(NAME), "law": must(TEXT), "says": must(TEXT)},
}
