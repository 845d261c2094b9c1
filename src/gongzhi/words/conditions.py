"""A condition of a choice as words: what was answered, never the names of keys.

Reads the part of CEL that charters use: fields, `uses.STEP`, `passes`, comparisons, and, or, not. What it cannot read
is said to stand in the charter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Procedure
from gongzhi.words.terms import Terms

_TOKEN = re.compile(
    r"\s*(?:(?P<op>\|\||&&|==|!=|<=|>=|<|>|!|\(|\))|(?P<text>\"[^\"]*\"|'[^']*')|(?P<word>[A-Za-z0-9_.]+))"
)
COMPARED: dict[str, Callable[[], str]] = {
    "==": lambda: _("{left}是{right}"),
    "!=": lambda: _("{left}不是{right}"),
    ">": lambda: _("{left}大于{right}"),
    ">=": lambda: _("{left}不少于{right}"),
    "<": lambda: _("{left}小于{right}"),
    "<=": lambda: _("{left}不超过{right}"),
}


def condition_text(terms: Terms, procedure: Procedure, condition: str) -> str:
    """When this line of a choice holds."""
    try:
        tokens = _tokens(condition)
        reading = _Reading(terms, procedure, tokens)
        said = reading.either()
    except (_Unread, RecursionError):
        return _("符合章程这一行写的条件")
    return said if reading.at == len(tokens) else _("符合章程这一行写的条件")


class _Unread(Exception):
    """Something that this module does not know."""


def _tokens(condition: str) -> list[str]:
    found, at = [], 0
    text = condition.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _Unread
        found.append(match.group().strip())
        at = match.end()
    return found


@dataclass
class _Reading:
    terms: Terms
    procedure: Procedure
    tokens: list[str]
    at: int = 0

    def either(self) -> str:
        found = [self.both()]
        while self.take("||"):
            found.append(self.both())
        return _("，或者").join(found)

    def both(self) -> str:
        found = [self.single()]
        while self.take("&&"):
            found.append(self.single())
        return _("，并且").join(found)

    def single(self) -> str:
        if self.take("!"):
            if self.peek() == "(":
                return _("不是{inner}").format(inner=self.single())
            return self.answered(self.next(), yes=False)
        if self.take("("):
            inner = self.either()
            if not self.take(")"):
                raise _Unread
            return _("（{inner}）").format(inner=inner)
        return self.compared()

    def compared(self) -> str:
        name = self.next()
        sentence = COMPARED.get(self.peek())
        if sentence is None:
            return self.answered(name, yes=True)
        operator, value = self.next(), self.next()
        if value in ("true", "false") and operator in ("==", "!="):
            return self.answered(name, yes=(value == "true") == (operator == "=="))
        return sentence().format(left=self.named(name), right=self.value(name, value))

    def answered(self, name: str, yes: bool) -> str:
        if name not in self.procedure.fields:
            raise _Unread
        sentence = _("“{field}”答“是”") if yes else _("“{field}”答“否”")
        return sentence.format(field=self.terms.field(self.procedure, name))

    def named(self, name: str) -> str:
        if name == "passes":
            return _("转手的次数")
        if name.startswith("uses."):
            return _("“{step}”已办的次数").format(step=self.terms.step(self.procedure, name.removeprefix("uses.")))
        if name not in self.procedure.fields:
            raise _Unread
        return _("“{field}”").format(field=self.terms.field(self.procedure, name))

    def value(self, name: str, token: str) -> str:
        if token[:1] in "\"'":
            inner = token[1:-1]
            field = self.procedure.fields.get(name)
            title = field.choices.get(inner) if field else None
            organ = self.terms.charter.organs.get(inner)
            if title is None and organ is None:
                raise _Unread
            return _("“{field}”").format(field=self.terms.text(title or (organ.title if organ else "")))
        if not token.isdigit():
            return self.named(token)
        return token

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        token = self.peek()
        if not token:
            raise _Unread
        self.at += 1
        return token

    def take(self, token: str) -> bool:
        if self.peek() != token:
            return False
        self.at += 1
        return True
