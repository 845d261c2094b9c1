"""The paper of a document as data: what it says, what it asks to be filled in, who signs.

A template belongs to a document of the charter (`documents: {name: {title, template}}`). It is written in Chinese,
as papers of the community are. In `says`, `{fact}` stands for what is known of the matter; see `FACTS` and `KINDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["FACTS", "KEPT", "KINDS", "Section", "Template", "build_template", "placeholders"]

# holder: who has the step in hand; due: its deadline; filed, today: days; signed: who signed here so far.
FACTS = ("number", "subject", "place", "category", "filed", "today", "due", "holder", "signed")
# field.NAME: an answer; organ.NAME: an organ; paper.NAME: the latest text of another document of the matter.
# kept.NAME: what the records keep beside the matter, as lines; see KEPT.
KINDS = ("field", "organ", "paper", "kept")
# Of a review day: ranking, funded, deviations. Of a project: milestones, cards (how many, by how many people), money
# (granted, used, left), payments (each that is booked).
KEPT = ("ranking", "funded", "deviations", "milestones", "cards", "money", "payments")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)\}")


@dataclass(frozen=True, slots=True)
class Section:
    """`asks`: name -> label of what is to be filled in; `signs`: a line for each who signs."""

    title: str = ""
    says: tuple[str, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """`heading` stands on the paper instead of the document's title; `law` says where its contents come from."""

    sections: tuple[Section, ...]
    heading: str = ""
    law: str = ""


def build_template(values: Mapping[str, Any]) -> Template:
    """A template from checked values."""
    return Template(tuple(_section(item) for item in values["sections"]), values["heading"] or "", values["law"] or "")


def _section(values: Mapping[str, Any]) -> Section:
    return Section(values["title"] or "", tuple(values["says"]), dict(values["asks"]), tuple(values["signs"]))


def placeholders(template: Template) -> Iterator[str]:
    """Every `{fact}` a template speaks of, in order."""
    for section in template.sections:
        for sentence in section.says:
            yield from PLACEHOLDER.findall(sentence)
