"""The kinds of value a charter may hold. The parser and the JSON schema are both made from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Type:
    """`kind`: text, name, number, yesno, span, day, monthday, condition, holder, one_of, list, map, noun,
    either.
    """

    kind: str
    of: Any = None  # Type of the items of a list or map, name of a noun, Types of an either
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """One key a noun may have; `then` is what stands for it when it is not written."""

    type: Type
    required: bool = False
    then: Any = None


TEXT = Type("text")
NAME = Type("name")
NUMBER = Type("number")
YESNO = Type("yesno")
SPAN = Type("span")
DAY = Type("day")
MONTHDAY = Type("monthday")
CONDITION = Type("condition")
HOLDER = Type("holder")


def one_of(*values: str) -> Type:
    return Type("one_of", values=values)


def listed(of: Type) -> Type:
    return Type("list", of)


def mapped(of: Type) -> Type:
    return Type("map", of)


def noun(name: str) -> Type:
    return Type("noun", name)


def either(*types: Type) -> Type:
    """The first type that fits the kind of YAML value written."""
    return Type("either", types)


VALUE = either(TEXT, NUMBER, YESNO)


def must(of: Type) -> Key:
    return Key(of, required=True)


def may(of: Type, then: Any = None) -> Key:
    return Key(of, then=then)
