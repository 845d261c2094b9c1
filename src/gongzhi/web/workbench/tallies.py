"""Votes of each option as staff type them: one line each, `yes.c1 120`, for rules that count by option."""

from __future__ import annotations

import re

TALLIES = "tallies"
_LINE = re.compile(r"([a-z][a-z0-9_.]{0,199})[\s=:：＝]+([0-9]{1,10})")


def counts_of(text: str) -> dict[str, int]:
    """Name -> number of every line. A line that cannot be read, or a name given twice: see `first_wrong`."""
    found = (_LINE.fullmatch(line.strip()) for line in text.splitlines())
    return {match[1]: int(match[2]) for match in found if match}


def first_wrong(text: str) -> str:
    """The first line that says no count, or says one again; empty when there is none."""
    seen: set[str] = set()
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.fullmatch(line)
        if not match or match[1] in seen:
            return line
        seen.add(match[1])
    return ""
