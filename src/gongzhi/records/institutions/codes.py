"""Codes of places: 12 digits down to the community, then `-` and a suffix for every level below.

The code alone says where a place lies, so that ancestors and subtrees need no walk through the table:
`320106007011-4-2` lies in `320106007011-4`, which lies in `320106007011`, in `320106007`, ...
"""

from __future__ import annotations

import re

LEVELS = ("province", "city", "district", "street", "community", "grid", "estate", "building", "household")
# Digits that a level of the national division table uses (GB/T 2260 and GB/T 10114).
DIGITS = {"province": 2, "city": 4, "district": 6, "street": 9, "community": 12}
WIDTH = 12
SUFFIX = r"[a-z0-9]+"
PATTERN = rf"^\d{{{WIDTH}}}(-{SUFFIX})*$"


class BadCode(ValueError):
    """A text that is no code of a place, or one that does not fit its level."""


def full_code(short: str, level: str) -> str:
    """The code of twelve digits for the shortened one of the division table (`3201` -> `320100000000`)."""
    if level not in DIGITS or not short.isdecimal() or len(short.rstrip("0")) > DIGITS[level]:
        raise BadCode(short)
    return short.ljust(WIDTH, "0")[:WIDTH]


def path_of(code: str, level: str) -> str:
    """The prefix that the paths of everything inside the place begin with. Raises `BadCode`."""
    if not re.match(PATTERN, code):
        raise BadCode(code)
    if level in DIGITS:
        if "-" in code or code[DIGITS[level] :].strip("0"):
            raise BadCode(code)
        return code[: DIGITS[level]]
    if "-" not in code:
        raise BadCode(code)
    return f"{code}-"


def paths_above(path: str) -> list[str]:
    """Paths of the place itself and of everything it may lie in, nearest first."""
    digits, *suffixes = path.rstrip("-").split("-")
    below = [f"{digits}-" + "".join(f"{part}-" for part in suffixes[:n]) for n in range(len(suffixes), 0, -1)]
    return below + [digits[:n] for n in sorted(DIGITS.values(), reverse=True) if n <= len(digits)]
