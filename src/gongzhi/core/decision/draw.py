"""Drawing representatives or jurors by a published seed, so that anyone gets the same names (docs/algorithms/draw.md).

Everybody on the list gets a ticket, SHA-256 of the seed, a line break and the entry's key; the smallest tickets are
drawn. With groups each group has seats by its size (largest remainder). Nothing depends on the order of the list.
"""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class BadDraw(ValueError):
    """A draw that cannot be made. `code` and `details` say why, `line` where in the list (0: as a whole)."""

    def __init__(self, code: str, line: int = 0, *details: str | int) -> None:
        super().__init__(f"line {line}: {code} {details}")
        self.code = code
        self.line = line
        self.details = details


@dataclass(frozen=True, slots=True)
class Draw:
    """Who is drawn, who steps in for one who cannot (in this order), seats of each group, digest of the list."""

    drawn: tuple[str, ...]
    substitutes: tuple[str, ...]
    seats: Mapping[str, int]
    digest: str


def draw(entries: Mapping[str, str], seats: int, seed: str, substitutes: int = 0) -> Draw:
    """Draw `seats` of `entries` (key -> group, '' where there are none). Raises BadDraw.

    Substitutes are drawn per group too: the next `substitutes` tickets of each.
    """
    if not seed.strip():
        raise BadDraw("draw_no_seed")
    if not 1 <= seats <= len(entries):
        raise BadDraw("draw_seats", 0, seats, len(entries))
    order = sorted(entries, key=lambda key: (ticket(seed, key), key))
    shares = shares_of(Counter(entries.values()), seats, seed)
    drawn: list[str] = []
    spare: list[str] = []
    for group in sorted(shares):
        members = [key for key in order if entries[key] == group]
        drawn += members[: shares[group]]
        spare += members[shares[group] : shares[group] + substitutes]
    return Draw(
        tuple(key for key in order if key in set(drawn)),
        tuple(key for key in order if key in set(spare)),
        shares,
        digest_of(entries),
    )


def ticket(seed: str, key: str) -> str:
    """The ticket of a key: 64 hexadecimal digits that nobody can choose."""
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()


def shares_of(sizes: Mapping[str, int], seats: int, seed: str) -> dict[str, int]:
    """Seats by size of group: whole parts first, the rest to the largest remainders, equal ones by ticket."""
    total = sum(sizes.values())
    shares = {group: seats * size // total for group, size in sizes.items()}
    rest = sorted(sizes, key=lambda group: (-(seats * sizes[group] % total), ticket(seed, group)))
    for group in rest[: seats - sum(shares.values())]:
        shares[group] += 1
    return shares


def digest_of(entries: Mapping[str, str]) -> str:
    """SHA-256 over the sorted list, published before the seed is known so that nobody can change the list later."""
    lines = [f"{key}\t{group}" if group else key for key, group in entries.items()]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def read_list(text: str, group: str = "", key: str = "") -> dict[str, str]:
    """Key -> group of a table (.csv) whose first row names the columns; the key is the first column unless it is
    named. Text is trimmed and brought to one Unicode form (NFC). Raises BadDraw with the line.
    """
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), strict=True)
    try:
        head = [_plain(cell) for cell in next(rows, [])]
        if not any(head):
            raise BadDraw("draw_empty")
        at, of = _column(head, key), _column(head, group) if group else -1
        entries: dict[str, str] = {}
        for row in rows:
            if any(cell.strip() for cell in row):
                _add(entries, [_plain(cell) for cell in row], at, of, rows.line_num)
    except csv.Error as error:
        raise BadDraw("draw_broken", rows.line_num, str(error)) from None
    if not entries:
        raise BadDraw("draw_empty")
    return entries


def _add(entries: dict[str, str], row: Sequence[str], at: int, of: int, line: int) -> None:
    cells = [*row, *[""] * (max(at, of) + 1 - len(row))]
    name, group = cells[at], cells[of] if of >= 0 else ""
    if not name:
        raise BadDraw("draw_no_key", line)
    if name in entries:
        raise BadDraw("draw_twice", line, name)
    if of >= 0 and not group:
        raise BadDraw("draw_no_group", line, name)
    entries[name] = group


def _column(head: Sequence[str], name: str) -> int:
    wanted = _plain(name) or head[0]
    if wanted not in head:
        raise BadDraw("draw_no_column", 1, wanted)
    return head.index(wanted)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
