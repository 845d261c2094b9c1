"""Checked values to spec objects, with the defaults and short forms of semantics section 9."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongzhi.core.charter.plans import admitted
from gongzhi.core.charter.spec import (
    Category,
    Duty,
    End,
    Field,
    Handover,
    Limit,
    Migrates,
    Organ,
    Procedure,
    Recurring,
    Relation,
    Reopen,
    Seat,
)
from gongzhi.core.charter.steps import build_step, titles

Values = Mapping[str, Any]

__all__ = ["build_procedure", "category", "duty", "handover", "organ", "recurring", "relation", "titles"]


def organ(name: str, values: Values) -> Organ:
    seats = {key: _seat(key, seat) for key, seat in values["seats"].items()}
    return Organ(
        name, values["title"], values["at"], values["kind"], seats, values["outside"], values["recorded_by"],
        values["expires"], tuple(values["members"]),
    )  # fmt: skip


def _seat(name: str, values: Values) -> Seat:
    return Seat(name, values["title"] or name, values["basis"], values["term"], values["count"], values["stand_in"])


def relation(text: str) -> Relation | None:
    """`street_office guides residents_committee`; None where it is not three words."""
    words = text.split()
    return Relation(words[0], words[1], words[2]) if len(words) == 3 else None  # type: ignore[arg-type]


def category(name: str, values: Values) -> Category:
    return Category(name, values["title"], tuple(values["words"]), values["procedure"])


def duty(values: Values) -> Duty:
    return Duty(
        values["category"], values["at"], values["answers"], values["coordinates"], values["law"],
        values["list"], values["from"], values["until"],
    )  # fmt: skip


def handover(values: Values | None) -> Handover | None:
    return Handover(**{**values, "grounds": titles(values["grounds"])}) if values else None


def recurring(name: str, values: Values) -> Recurring:
    return Recurring(
        name, values["title"], values["opens"], tuple(values["each"]), values["every"], values["anchor"],
        str(values["due"]), values["met_by"],
    )  # fmt: skip


def _field(name: str, values: Values) -> Field:
    return Field(
        name, values["title"], values["type"], values["class"], values["given"], titles(values["choices"]),
        values["purpose"], values["basis"], values["keep"],
    )  # fmt: skip


def _limit(values: Values) -> Limit:
    return Limit(
        values["name"], values["title"], values["within"], values["from"], values["until"], values["law"],
        tuple(values["raise"]), values["ends_on"],
    )  # fmt: skip


def build_procedure(values: Values, common: Mapping[str, str], covers: tuple[str, ...]) -> Procedure:
    """One procedure; `common` are the charter's titles for outcomes that are written short."""
    steps = {name: build_step(name, step, common) for name, step in values["steps"].items()}
    return Procedure(
        name=values["procedure"],
        title=values["title"],
        of=values["of"],
        files=tuple(values["files"]),
        start=values["start"] or next(iter(steps), ""),
        steps=steps,
        ends={name: End(name, end["title"], end["reopen"]) for name, end in values["ends"].items()},
        fields={name: _field(name, field) for name, field in values["fields"].items()},
        limits=tuple(_limit(limit) for limit in values["limits"]),
        handover=handover(values["handover"]),
        never=tuple(values["never"]),
        parties=tuple(values["parties"]),
        withdraw=values["withdraw"],
        set_aside_by=tuple(values["set_aside_by"]),
        reopen=Reopen(**values["reopen"]) if values["reopen"] else None,
        after_merge=values["after_merge"],
        migrates=Migrates(values["migrates"]["from"], values["migrates"]["steps"]) if values["migrates"] else None,
        elects=tuple(values["elects"]),
        admitted=admitted(values["admitted"]),
        covers=(*values["covers"], *covers),
    )
