"""Reading .blt files: candidates and seats, one line per kind of ballot, a zero, the names, the title."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gongzhi.core.decision.tally.ballots import BallotFileError, Ballots, Candidate

MOST_CANDIDATES = 1000
_QUOTED_PARTY = re.compile(r'"?([^"]+?)"?\s+"([^"]+)"')
_PARTY_BEHIND = re.compile(r"(.+?)\s*\(([^()]+)\)")

Lines = Iterator[tuple[int, str]]


def read_blt(text: str) -> Ballots:
    """The ballots of a .blt file; withdrawn candidates are left out of every ballot. Raises BallotFileError."""
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip())
    first, words = _next(lines, "blt_empty")
    head = _whole(words.split(), first)
    if len(head) != 2 or head[0] < 1 or not 1 <= head[1] <= head[0] or head[0] > MOST_CANDIDATES:
        raise BallotFileError("blt_head", first, words[:40])
    size, seats = head
    marks, withdrawn, last = _ballots(lines, size)
    names = [_next(lines, "blt_name_missing", last, found, size)[1] for found in range(size)]
    title = _plain(next(lines, (0, ""))[1])
    for number, line in lines:
        raise BallotFileError("blt_after_end", number, line[:40])
    return _made(names, marks, seats, title, withdrawn)


def _made(
    names: list[str], marks: Counter[tuple[int, ...]], seats: int, title: str, withdrawn: frozenset[int]
) -> Ballots:
    kept: Counter[tuple[int, ...]] = Counter()
    for order, papers in marks.items():
        kept[tuple(one for one in order if one not in withdrawn)] += papers
    blank = kept.pop((), 0)
    return Ballots(candidates_of(names), kept, seats, title, blank, withdrawn)


def _ballots(lines: Lines, size: int) -> tuple[Counter[tuple[int, ...]], frozenset[int], int]:
    marks: Counter[tuple[int, ...]] = Counter()
    withdrawn: frozenset[int] = frozenset()
    number = 1
    for number, line in lines:
        numbers = _whole(line.split(), number)
        if numbers == [0]:
            return marks, withdrawn, number
        if numbers[0] < 0 and not marks:
            withdrawn |= _gone(numbers, size, number)
            continue
        marks[_ballot(numbers, size, number)] += numbers[0]
    raise BallotFileError("blt_no_end", number)


def _gone(numbers: list[int], size: int, line: int) -> frozenset[int]:
    for one in numbers:
        if not -size <= one <= -1:
            raise BallotFileError("blt_withdrawn", line, one, size)
    return frozenset(-one - 1 for one in numbers)


def _ballot(numbers: list[int], size: int, line: int) -> tuple[int, ...]:
    if numbers[0] < 1:
        raise BallotFileError("blt_weight", line, numbers[0])
    if len(numbers) < 2 or numbers[-1] != 0:
        raise BallotFileError("blt_line_end", line)
    order = numbers[1:-1]
    for one in order:
        if not 1 <= one <= size:
            raise BallotFileError("unknown_candidate", line, one, size)
        if order.count(one) > 1:
            raise BallotFileError("candidate_twice", line, one)
    return tuple(one - 1 for one in order)


def _whole(words: Sequence[str], line: int) -> list[int]:
    for word in words:
        if not re.fullmatch(r"-?[0-9]{1,9}", word):
            code = "equal_preferences" if "=" in word else "not_a_number"
            raise BallotFileError(code, line, word[:40])
    return [int(word) for word in words]


def _next(lines: Lines, code: str, line: int = 0, *details: int) -> tuple[int, str]:
    found = next(lines, None)
    if found is None:
        raise BallotFileError(code, line, *details)
    return found


def candidates_of(names: Sequence[str]) -> tuple[Candidate, ...]:
    """Names and what stands behind them: `"NAME" "PARTY"`, or `NAME (PARTY)` where every line has it."""
    plain = [_plain(name, keep=True) for name in names]
    quoted = [_QUOTED_PARTY.fullmatch(name) for name in plain]
    behind = [_PARTY_BEHIND.fullmatch(name) for name in plain]
    found = quoted if all(quoted) else behind if all(behind) else [None] * len(plain)
    made = [
        Candidate(m[1].strip(), m[2].strip()) if m else Candidate(_bare(p)) for m, p in zip(found, plain, strict=True)
    ]
    if len({one.name for one in made}) == len(made):
        return tuple(made)
    whole = [_bare(name) for name in plain]
    if len(set(whole)) < len(whole):
        twice = next(name for name in whole if whole.count(name) > 1)
        raise BallotFileError("name_twice", 0, twice)
    return tuple(map(Candidate, whole))


def _split(match: re.Match[str] | None, name: str) -> Candidate:
    return Candidate(match[1].strip(), match[2].strip()) if match else Candidate(_bare(name))


def _plain(line: str, keep: bool = False) -> str:
    """A line without the quotes that a table program puts around it."""
    if not line.startswith('"'):
        return line
    cells = next(csv.reader([line]))
    text = cells[0].strip() if len(cells) == 1 else line
    return text if keep else _bare(text)


def _bare(text: str) -> str:
    return text.strip().strip('"').strip()
