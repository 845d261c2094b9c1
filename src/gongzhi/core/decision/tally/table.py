"""Reading ballots from a table (.csv): one row per paper, the first row says what the columns are.

Two forms. *A column for each candidate*: ranks (`stv`), ticks (`approval`, `plurality`), points (`score`), or
yes/no/abstain (`yes_no`). *A column for each preference* (`1`, `2`, ... or `rank1`, `第1选择`): names in the cells.
A column `count` (or 份数) says how many such papers there were; a column `id` (or 编号) is not read.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from gongzhi.core.decision.tally.ballots import BallotFileError, Ballots, Candidate

MOST_COLUMNS = 1000
COUNTS = ("count", "votes", "weight", "份数", "票数", "张数")
NOT_READ = ("id", "ballot", "no", "编号", "序号")
_RANK = re.compile(r"(?:rank|choice|preference|第)?[ _]?([0-9]{1,3})(?:选择|志愿|选)?", re.IGNORECASE)
_TICKS = {"": 0, "0": 0, "-": 0, "否": 0, "1": 1, "x": 1, "✓": 1, "√": 1, "v": 1, "是": 1}
_VOICES = {
    "yes": 1, "1": 1, "y": 1, "赞成": 1, "同意": 1, "no": 0, "0": 0, "n": 0, "反对": 0, "不同意": 0,
    "abstain": -1, "": -1, "弃权": -1,
}  # fmt: skip

Row = tuple[int, Sequence[str]]
Mark = tuple[int, ...]


def read_csv(text: str, rule: str) -> Ballots:
    """The ballots of a table for `rule`: stv, plurality, approval, score or yes_no. Raises BallotFileError."""
    rows = _rows(text)
    line, head = next(rows, (0, ()))
    if not head or len(head) > MOST_COLUMNS:
        raise BallotFileError("csv_head", line)
    counting = next((at for at, name in enumerate(head) if name.casefold() in COUNTS), None)
    columns = [at for at, name in enumerate(head) if at != counting and name.casefold() not in NOT_READ]
    names = [head[at] for at in columns]
    _check_head(names, line)
    papers = [
        (number, _papers(row, counting, number), [row[at] for at in columns]) for number, row in _full(rows, head)
    ]
    if all(_RANK.fullmatch(name) for name in names):
        return _by_preference(papers, names, rule)
    read = _READERS[rule]
    return _collected([Candidate(name) for name in names], ((read(cells, line), n) for line, n, cells in papers))


def _rows(text: str) -> Iterator[Row]:
    first = text.lstrip("\ufeff").partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=mark, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BallotFileError("csv_broken", reader.line_num, str(error)) from None
        if len(row) > 1 or any(cell.strip() for cell in row):  # a row of empty cells is a blank paper
            yield reader.line_num, [cell.strip() for cell in row]


def _full(rows: Iterator[Row], head: Sequence[str]) -> Iterator[Row]:
    """Rows as long as the first one; cells missing at the end are empty."""
    for line, row in rows:
        if len(row) > len(head):
            raise BallotFileError("csv_too_long", line, len(row), len(head))
        yield line, [*row, *[""] * (len(head) - len(row))]


def _check_head(names: Sequence[str], line: int) -> None:
    if not names or not all(names):
        raise BallotFileError("csv_head", line)
    for name in names:
        if names.count(name) > 1:
            raise BallotFileError("name_twice", line, name)


def _papers(row: Sequence[str], column: int | None, line: int) -> int:
    if column is None:
        return 1
    if not re.fullmatch(r"[0-9]{1,9}", row[column]) or int(row[column]) < 1:
        raise BallotFileError("blt_weight", line, row[column][:40])
    return int(row[column])


def _collected(candidates: Sequence[Candidate], read: Iterator[tuple[Mark | None, int]]) -> Ballots:
    marks: Counter[Mark] = Counter()
    blank = 0
    for mark, papers in read:
        if mark is None:
            blank += papers
        else:
            marks[mark] += papers
    return Ballots(tuple(candidates), marks, blank=blank)


def _by_preference(papers: list[tuple[int, int, list[str]]], names: Sequence[str], rule: str) -> Ballots:
    if rule not in ("stv", "plurality", "approval"):
        raise BallotFileError("csv_ranks_only", 1, rule)
    columns = sorted(range(len(names)), key=lambda at: int(str(_RANK.fullmatch(names[at])[1])))  # type: ignore[index]
    found: dict[str, int] = {}
    read = [(_order([cells[at] for at in columns], line, found), n) for line, n, cells in papers]
    return _collected([Candidate(name) for name in found], iter(read))


def _order(cells: Sequence[str], line: int, found: dict[str, int]) -> Mark | None:
    given = [cell for cell in cells if cell]
    if cells[: len(given)] != given:
        raise BallotFileError("rank_gap", line)
    for name in given:
        if given.count(name) > 1:
            raise BallotFileError("candidate_twice", line, name)
    return tuple(found.setdefault(name, len(found)) for name in given) or None


def _ranks(cells: Sequence[str], line: int) -> Mark | None:
    ranked: dict[int, int] = {}
    for at, cell in enumerate(cells):
        if not cell:
            continue
        rank = _number(cell, line)
        if rank in ranked:
            raise BallotFileError("equal_preferences", line, rank)
        ranked[rank] = at
    if sorted(ranked) != list(range(1, len(ranked) + 1)):
        raise BallotFileError("rank_gap", line)
    return tuple(ranked[rank] for rank in sorted(ranked)) or None


def _ticked(cells: Sequence[str], line: int) -> Mark | None:
    return tuple(at for at, cell in enumerate(cells) if _word(cell, _TICKS, line)) or None


def _one_ticked(cells: Sequence[str], line: int) -> Mark | None:
    """Papers with more than one tick are spoilt, as in any polling station, and not a fault of the file."""
    ticked = _ticked(cells, line) or ()
    return ticked if len(ticked) == 1 else None


def _points(cells: Sequence[str], line: int) -> Mark | None:
    return tuple(_number(cell or "0", line) for cell in cells) if any(cells) else None


def _voices(cells: Sequence[str], line: int) -> Mark | None:
    return tuple(_word(cell, _VOICES, line) for cell in cells) if any(cells) else None


def _word(cell: str, known: Mapping[str, int], line: int) -> int:
    if cell.casefold() not in known:
        raise BallotFileError("csv_mark", line, cell[:40])
    return known[cell.casefold()]


def _number(cell: str, line: int) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", cell):
        raise BallotFileError("not_a_number", line, cell[:40])
    return int(cell)


_READERS: dict[str, Callable[[Sequence[str], int], Mark | None]] = {
    "stv": _ranks,
    "approval": _ticked,
    "plurality": _one_ticked,
    "score": _points,
    "yes_no": _voices,
}
