"""The values a plain field can take, as far as conditions can tell them apart (R41)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from math import prod
from typing import Any

from gongzhi.core.charter.spec import Charter, Field, Procedure
from gongzhi.core.check.view import path_of

_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_NAME = re.compile(r"(?<![A-Za-z0-9_.])([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)\s*(\(?)")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])(\d{1,9})(?![A-Za-z0-9_.])")
WORDS = frozenset({"true", "false", "null", "in"})
MOST = 4096  # combinations looked at; more is reported as not proved


@lru_cache(maxsize=2048)
def names_in(condition: str) -> tuple[str, ...]:
    """Names a condition uses, each once: not its functions, but what a method is called on."""
    bare = _STRING.sub("''", condition)
    found = [(name.rpartition(".")[0] if call else name) for name, call in _NAME.findall(bare)]
    names = [name for name in found if name and name not in WORDS]
    return tuple(dict.fromkeys(names))


def conditions(procedure: Procedure) -> Iterator[tuple[str, str, str]]:
    """Every condition: step, the path where it stands, text."""
    for step in procedure.steps.values():
        for at, line in enumerate(step.when):
            if line.if_ is not None:
                yield step.name, path_of(procedure, step.name, "when", str(at)), line.if_
        for part in step.parts:
            if part.if_ is not None:
                yield step.name, path_of(procedure, step.name, "parts", part.name), part.if_


def fields_used(procedure: Procedure) -> tuple[str, ...]:
    """Plain fields that some condition looks at."""
    used = {name for _, _, text in conditions(procedure) for name in names_in(text)}
    return tuple(name for name in procedure.fields if name in used)


def values_of(field: Field, charter: Charter, texts: Iterable[str]) -> list[Any]:
    """Values that stand for all values of the field in these conditions."""
    if field.type == "yesno":
        return [False, True]
    if field.type == "choice":
        return list(field.choices)
    if field.type in ("number", "money"):
        written = {int(number) for text in texts for number in _NUMBER.findall(_STRING.sub("''", text))}
        return sorted({0, 1} | {max(0, number + by) for number in written for by in (-1, 0, 1)})
    if field.type == "date":
        return ["2026-01-01"]
    if field.type in ("organ", "subject"):
        quoted = {found[1:-1] for text in texts for found in _STRING.findall(text)}
        return [name for name in charter.organs if name in quoted] + list(charter.organs)[:1]
    return [""]


def combinations(names: Iterable[str], procedure: Procedure, charter: Charter) -> list[dict[str, Any]]:
    """Every combination of values of these fields, at most MOST of them."""
    names = list(names)
    each = list(_each(names, procedure, charter))
    return [dict(zip(names, values, strict=True)) for values in islice(product(*each), MOST)]


def too_many(names: Iterable[str], procedure: Procedure, charter: Charter) -> bool:
    """Are there more combinations than are looked at?"""
    return prod(len(values) for values in _each(names, procedure, charter)) > MOST


def _each(names: Iterable[str], procedure: Procedure, charter: Charter) -> Iterator[list[Any]]:
    texts = [text for _, _, text in conditions(procedure)]
    yield from (values_of(procedure.fields[name], charter, texts) for name in names)
