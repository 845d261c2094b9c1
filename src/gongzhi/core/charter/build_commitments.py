"""Checked values to what an institution promises about itself (`core.charter.commitments`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongzhi.core.charter.commitments import (
    Delegation,
    Disclosure,
    Entered,
    Fund,
    Indicator,
    LawNote,
    Norm,
    Post,
    Right,
    Surveyed,
)
from gongzhi.core.charter.plans import plan

Values = Mapping[str, Any]


def commitments(values: Values) -> dict[str, Any]:
    """The keys of a charter that hold them, as its spec objects."""
    return {
        "rights": {name: _right(name, item) for name, item in values["rights"].items()},
        "disclosures": {name: _disclosure(name, item) for name, item in values["disclosures"].items()},
        "funds": {name: Fund(name, **item) for name, item in values["funds"].items()},
        "norms": {name: _norm(name, item) for name, item in values["norms"].items()},
        "indicators": indicators(values["indicators"]),
        "posts": tuple(_post(item) for item in values["posts"]),
        "delegations": tuple(_delegation(item) for item in values["delegations"]),
        "plans": {name: plan(name, item) for name, item in values["plans"].items()},
        "law_notes": tuple(LawNote(**item) for item in values["law_notes"]),
    }


def _right(name: str, values: Values) -> Right:
    return Right(name, values["title"], tuple(values["held_by"]), tuple(values["through"]))


def _disclosure(name: str, values: Values) -> Disclosure:
    return Disclosure(
        name, values["title"], values["board"], values["within"], values["for"], tuple(values["of"]), values["law"]
    )


def _norm(name: str, values: Values) -> Norm:
    return Norm(
        name, values["title"], values["facts"], values["test"], tuple(values["holds"]), tuple(values["fails"]),
        values["source"],
    )  # fmt: skip


def indicators(values: Mapping[str, Values]) -> dict[str, Indicator]:
    """Checked values of `indicators:` as formulas."""
    return {name: _indicator(name, item) for name, item in values.items()}


def _indicator(name: str, values: Values) -> Indicator:
    typed, asked = values["entered"], values["survey"]
    made = {
        "leaves_out": tuple(values["leaves_out"]),
        "entered": Entered(**typed) if typed else None,
        "survey": Surveyed(**{**asked, "counts": tuple(asked["counts"])}) if asked else None,
    }
    return Indicator(name, **{**values, **made})


def _post(values: Values) -> Post:
    return Post(str(values["seat"]), tuple(map(str, values["also"])), values["law"])


def _delegation(values: Values) -> Delegation:
    return Delegation(values["from"], values["to"], tuple(values["in"]), values["until"])
