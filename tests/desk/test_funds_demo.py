"""The demo's year of books balances, whatever day it is started on, and comes back from its workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongzhi.config.environment import REPOSITORY
from gongzhi.core.calendar import CHINA
from gongzhi.desk.funds_demo import fill_books
from gongzhi.desk.funds_import import import_books
from gongzhi.desk.funds_sheets import tables_of
from gongzhi.desk.funds_workbook import read_workbook, write_workbook
from gongzhi.desk.setup import set_up
from gongzhi.records.funds.models import FundBook, FundEntry
from gongzhi.records.funds.queries import check
from gongzhi.records.people.signin import new_secret
from tests.support.funds import emptied

FOLDER = REPOSITORY / "charters" / "fuqu"


@pytest.mark.parametrize(("day", "posted"), [((2026, 1, 1), 0), ((2026, 11, 22), 21), ((2028, 2, 29), 6)])
def test_the_demo_books_balance(
    db: None, settings: Settings, tmp_path: Path, day: tuple[int, int, int], posted: int
) -> None:
    settings.GONGZHI_HOME = tmp_path
    place, _accounts = set_up(FOLDER, "x", new_secret())
    now = datetime(*day, 9, tzinfo=CHINA)
    assert fill_books(FOLDER, place, now) == posted == FundEntry.objects.filter(state="posted").count()
    assert fill_books(FOLDER, place, now) == 0
    assert [wrong for book in FundBook.objects.all() for wrong in check(book)] == []
    if posted == 21:
        comes_back_from_excel()


def comes_back_from_excel() -> None:
    """Every book of the year written to its workbook, emptied, and read again: the same tables, hashes included."""
    books = list(FundBook.objects.filter(entries__state="posted").distinct())
    before = [(tables_of(book, 2026), write_workbook(tables_of(book, 2026))) for book in books]
    emptied()
    for book, (tables, file) in zip(books, before, strict=True):
        assert import_books(book, read_workbook(file)) == book.entries.filter(state="posted").count()
        assert tables_of(book, 2026) == tables and list(check(book)) == []
