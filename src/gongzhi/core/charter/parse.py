"""Nodes to checked values, driven by the table of keys: every unknown key and wrong value becomes a finding.

The result holds plain values only (text, numbers, Span, Holder, date); `build` makes the spec objects from them.
A wrong value is reported and replaced by a harmless one, so that the rest of the file is still read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from gongzhi.core.calendar import CalendarError, Span
from gongzhi.core.charter.findings import Finding
from gongzhi.core.charter.holders import is_name, read_holder
from gongzhi.core.charter.keys import NOUNS
from gongzhi.core.charter.read import Node
from gongzhi.core.charter.spec import Holder
from gongzhi.core.charter.types import Type

LONGEST_TEXT = 2000
LONGEST_CONDITION = 400
BIGGEST_NUMBER = 10**9
LONGEST_SPAN = {"min": 525_600, "h": 87_600, "wh": 87_600, "d": 10_950, "wd": 7_300, "mo": 360, "y": 30}

_WRITTEN_AS = {
    "text": "text", "name": "text", "span": "text", "day": "text", "monthday": "text", "condition": "text",
    "holder": "text", "one_of": "text", "number": "number", "yesno": "yesno", "list": "list", "map": "map",
    "noun": "map",
}  # fmt: skip
_BLANK: dict[str, Callable[[], Any]] = {
    "text": str, "name": str, "span": lambda: Span(1, "d"), "holder": lambda: Holder("organ"), "number": int,
    "yesno": bool, "list": list, "map": dict, "condition": str,
}  # fmt: skip


class Wrong(Exception):
    """A value that was reported and cannot be used."""


@dataclass
class Parser:
    """Reads nodes as nouns of the language and collects findings."""

    findings: list[Finding] = field(default_factory=list)

    def noun(self, node: Node, name: str) -> dict[str, Any]:
        """The values of one noun, defaults filled in."""
        keys = NOUNS[name]
        if node.kind != "map":
            self._kind(node, "map")
            return self._blank(Type("noun", name))  # type: ignore[no-any-return]
        for key in node.value:
            if key not in keys:
                meant = closest(key, keys)
                self.report("GZ101", node, node.line_of(key), key=key, noun=name, meant=meant)
        return {key: self._key(node, name, key) for key in keys}

    def _key(self, node: Node, name: str, key: str) -> Any:
        rule = NOUNS[name][key]
        value = node.get(key)
        if value is None or (value.value is None and not rule.required):
            if rule.required:
                self.report("GZ102", node, node.line, key=key, noun=name)
                return self._blank(rule.type)
            return rule.then
        try:
            return self.value(value, rule.type)
        except Wrong:
            return self._blank(rule.type) if rule.required else rule.then

    def value(self, node: Node, type_: Type) -> Any:
        """The value of a node read as `type_`; raises Wrong after reporting."""
        if type_.kind == "either":
            return self.value(node, self._fitting(node, type_))
        written = _WRITTEN_AS.get(type_.kind)
        if written == "text" and node.kind == "number" and type_.kind in ("text", "span"):
            node = Node(str(node.value), node.file, node.line)
        if written and node.kind != written:
            self._kind(node, written)
            raise Wrong
        if written == "text" and node.value.startswith("$"):
            raise Wrong  # a parameter that does not exist was reported when it was looked up
        return READERS[type_.kind](self, node, type_)

    def report(self, code: str, node: Node, line: int | None = None, **args: Any) -> None:
        self.findings.append(Finding(code, node.file, node.line if line is None else line, tuple(args.items())))

    def wrong(self, code: str, node: Node, **args: Any) -> Wrong:
        self.report(code, node, **args)
        return Wrong()

    def _kind(self, node: Node, wanted: str) -> None:
        self.report("GZ103", node, wanted=wanted, found=node.kind)

    def _fitting(self, node: Node, type_: Type) -> Type:
        types: tuple[Type, ...] = type_.of
        return next((one for one in types if _WRITTEN_AS.get(one.kind) == node.kind), types[0])

    def _blank(self, type_: Type) -> Any:
        if type_.kind == "noun":
            keys = NOUNS[type_.of].items()
            return {key: self._blank(rule.type) if rule.required else rule.then for key, rule in keys}
        if type_.kind == "one_of":
            return type_.values[0]
        return _BLANK.get(type_.kind, lambda: None)()


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or nothing."""
    return next(iter(get_close_matches(word[:80], list(known), n=1, cutoff=0.6)), "")


def _text(parser: Parser, node: Node, _: Type) -> str:
    text = str(node.value).strip()
    if not text or len(text) > LONGEST_TEXT:
        raise parser.wrong("GZ118", node, most=LONGEST_TEXT, length=len(text))
    return text


def _name(parser: Parser, node: Node, _: Type) -> str:
    if not is_name(node.value):
        raise parser.wrong("GZ107", node, name=node.value[:80])
    return str(node.value)


def _number(parser: Parser, node: Node, _: Type) -> int:
    if not 0 <= node.value <= BIGGEST_NUMBER:
        raise parser.wrong("GZ105", node, value=node.value, allowed=f"0 - {BIGGEST_NUMBER}", meant="")
    return int(node.value)


def _span(parser: Parser, node: Node, _: Type) -> Span:
    try:
        span = Span.parse(node.value)
    except CalendarError as error:
        raise parser.wrong("GZ104", node, value=str(node.value)[:40], why=error.code) from None
    if span.n > LONGEST_SPAN[span.unit]:
        raise parser.wrong("GZ104", node, value=str(node.value)[:40], why="span_too_long")
    return span


def _day(parser: Parser, node: Node, _: Type) -> date:
    try:
        return date.fromisoformat(node.value)
    except ValueError:
        raise parser.wrong("GZ113", node, value=node.value[:40], form="2026-01-31") from None


def _monthday(parser: Parser, node: Node, _: Type) -> str:
    if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", node.value):
        raise parser.wrong("GZ113", node, value=node.value[:40], form="01-31")
    return str(node.value)


def _condition(parser: Parser, node: Node, _: Type) -> str:
    if not node.value.strip() or len(node.value) > LONGEST_CONDITION:
        raise parser.wrong("GZ118", node, most=LONGEST_CONDITION, length=len(node.value))
    return str(node.value).strip()


def _holder(parser: Parser, node: Node, _: Type) -> Holder:
    holder = read_holder(node.value)
    if holder is None:
        raise parser.wrong("GZ108", node, value=node.value[:80])
    return holder


def _one_of(parser: Parser, node: Node, type_: Type) -> str:
    if node.value not in type_.values:
        meant = closest(node.value, type_.values)
        raise parser.wrong("GZ105", node, value=node.value[:80], allowed=", ".join(type_.values), meant=meant)
    return str(node.value)


def _list(parser: Parser, node: Node, type_: Type) -> list[Any]:
    values = []
    for item in node.value:
        try:
            values.append(parser.value(item, type_.of))
        except Wrong:
            continue
    return values


def _map(parser: Parser, node: Node, type_: Type) -> dict[str, Any]:
    values = {}
    for key, item in node.value.items():
        if not is_name(key):
            parser.report("GZ107", node, node.line_of(key), name=key[:80])
            continue
        try:
            values[key] = parser.value(item, type_.of)
        except Wrong:
            continue
    return values


def _noun(parser: Parser, node: Node, type_: Type) -> dict[str, Any]:
    return parser.noun(node, type_.of)


def _as_written(_: Parser, node: Node, __: Type) -> Any:
    return node.plain()


READERS: dict[str, Callable[[Parser, Node, Type], Any]] = {
    "text": _text, "name": _name, "number": _number, "yesno": _as_written, "span": _span, "day": _day,
    "monthday": _monthday, "condition": _condition, "holder": _holder, "one_of": _one_of, "list": _list,
    "map": _map, "noun": _noun,
}  # fmt: skip
