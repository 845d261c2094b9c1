"""The paper of a document: made from a charter's template and the facts of a matter, and from what was handed in.

A sheet is the same in three forms: lines of text that a form starts with, a Word file, a page to print and fill in.
Papers of a community are in Chinese, whatever language a page is in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from gongzhi.core.charter.templates import PLACEHOLDER, Section, Template

__all__ = ["BLANK", "Line", "Sheet", "as_text", "fill", "read_back", "unfilled"]

BLANK = "____"
DATED = "    年  月  日"
Fact = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """kind: head, text, blank (a label and room to write), sign (somebody's line, dated)."""

    kind: Literal["head", "text", "blank", "sign"]
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`number` of the matter; `law`: where its contents come from."""

    title: str
    number: str
    lines: tuple[Line, ...]
    law: str = ""


def fill(template: Template, title: str, number: str, fact: Fact) -> Sheet:
    """The paper before anybody wrote on it. `fact` gives what a `{name}` stands for, "" where it is not known."""
    lines = [line for section in template.sections for line in _lines(section, fact)]
    return Sheet(template.heading or title, number, tuple(lines), template.law)


def _lines(section: Section, fact: Fact) -> Iterator[Line]:
    if section.title:
        yield Line("head", section.title)
    for sentence in section.says:
        said = PLACEHOLDER.sub(lambda found: fact(found.group(1)) or BLANK, sentence)
        yield from (Line("text", line) for line in said.split("\n") if line.strip())
    yield from (Line("blank", label) for label in section.asks.values())
    yield from (Line("sign", who) for who in section.signs)


def as_text(sheet: Sheet) -> str:
    """The paper as text to write into: `label：____`, a line for each who signs."""
    return "\n".join(_said(line) for line in sheet.lines)


def _said(line: Line) -> str:
    return {"blank": f"{line.text}：{BLANK}", "sign": f"{line.text}：{DATED}"}.get(line.kind, line.text)


def unfilled(text: str) -> list[str]:
    """Labels of what still has to be filled in, in their order; other lines with a blank in full."""
    return [line.split("：")[0][:40] for line in text.split("\n") if BLANK in line]


def read_back(template: Template, title: str, number: str, text: str) -> Sheet:
    """What was handed in, in the shape of the paper: its headings are headings, empty signatures lines to sign on.

    A text that was written without the form's frame keeps every word and gets the lines to sign on.
    """
    heads = {section.title for section in template.sections if section.title}
    signs = {who for section in template.sections for who in section.signs}
    lines = [_read(line, heads, signs) for line in text.split("\n") if line.strip()]
    there = {line.text for line in lines if line.kind == "sign"}
    framed = there or any(who in line.text for who in signs for line in lines)
    missing = [] if framed else [Line("sign", who) for section in template.sections for who in section.signs]
    return Sheet(template.heading or title, number, (*lines, *missing), template.law)


def _read(line: str, heads: set[str], signs: set[str]) -> Line:
    said = line.strip()
    label, colon, rest = said.partition("：")
    if said in heads:
        return Line("head", said)
    if colon and label in signs and not rest.replace(" ", "").strip("_年月日"):
        return Line("sign", label)
    if colon and rest.strip() == BLANK:
        return Line("blank", label)
    return Line("text", said)
