"""Votes of made-up participants whose camps are known."""

from __future__ import annotations

from gongzhi.core.opinion import Table, table_of

CAMPS = (
    (1, 1, 1, 1, -1, -1, -1, -1, 1, 0),
    (-1, -1, -1, -1, 1, 1, 1, 1, 1, 0),
    (1, -1, 1, -1, 1, -1, 1, -1, 1, 0),
)
SIZES = (30, 22, 14)


def cast(sizes: tuple[int, ...] = SIZES) -> list[tuple[str, int, int]]:
    """Everybody votes as their camp does but for one or two statements; the ninth statement all like."""
    votes = []
    for number in range(max(sizes)):
        for camp, size in enumerate(sizes):
            if number < size:
                votes += _one(f"{camp}-{number}", camp, number)
    return votes


def _one(who: str, camp: int, number: int) -> list[tuple[str, int, int]]:
    unseen, turned = number % 9, (number * 7 + camp) % 8
    answers = list(CAMPS[camp])
    answers[turned] = 0
    return [(who, what, answer) for what, answer in enumerate(answers) if what != unseen or what == 8]


def table() -> Table:
    return table_of(cast())


def camps_of(table: Table, rows: tuple[int, ...]) -> set[str]:
    return {str(table.participants[row]).partition("-")[0] for row in rows}
