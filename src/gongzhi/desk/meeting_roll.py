"""A roll as people paste it: number, name, and the phone or mail of an account where there is one; one line each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongzhi.records.people.contacts import BadContact, parse_contact
from gongzhi.records.people.models import Person

__all__ = ["RollFault", "numbers_in", "read_roll"]

MOST = 20_000  # characters of one list of numbers
Line = tuple[int, str, Person | None]


@dataclass(frozen=True, slots=True)
class RollFault:
    """A line that cannot be used. `code`: number, name, double, contact, unknown (no account with this contact)."""

    line: int
    code: str
    value: str


def read_roll(text: str) -> tuple[list[Line], list[RollFault]]:
    """Every usable line, and every fault with its line."""
    found: list[Line] = []
    faults: list[RollFault] = []
    seen: set[int] = set()
    for at, line in enumerate(text.splitlines(), 1):
        parts = [part for part in re.split(r"[\s,，;；、]+", line.strip()) if part]
        if not parts:
            continue
        read = _line(at, parts, seen)
        if isinstance(read, RollFault):
            faults.append(read)
        else:
            found.append(read)
            seen.add(read[0])
    return found, faults


def _line(at: int, parts: list[str], seen: set[int]) -> Line | RollFault:
    number, *rest = parts
    if not (number.isascii() and number.isdecimal() and 0 < int(number) < 100_000):
        return RollFault(at, "number", number[:20])
    if int(number) in seen:
        return RollFault(at, "double", number)
    if not rest:
        return RollFault(at, "name", number)
    if len(rest) == 1:
        return int(number), rest[0][:60], None
    try:
        person = Person.objects.by_contact_index(parse_contact(rest[1]).index)
    except BadContact:
        return RollFault(at, "contact", rest[1][:40])
    return (int(number), rest[0][:60], person) if person else RollFault(at, "unknown", number)


def numbers_in(text: str) -> tuple[list[int], str]:
    """`1-40 43，47` as numbers; the second is the first piece that is none."""
    found: list[int] = []
    for piece in re.split(r"[\s,，;；、]+", text.strip()[:MOST]):
        ends = re.fullmatch(r"(\d{1,5})(?:[-—–~至](\d{1,5}))?", piece)
        if ends is None:
            return found, piece
        first, last = int(ends[1]), int(ends[2] or ends[1])
        found += range(first, min(last, first + 4_999) + 1)
    return list(dict.fromkeys(found)), ""
