"""Books as a workbook and back: the same entries, numbers, hashes; a changed or missing cell is named."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import funds as desk
from gongzhi.desk import funds_plan as plan
from gongzhi.desk.funds_import import BadCell, import_books
from gongzhi.desk.funds_sheets import HEADS, tables_of
from gongzhi.desk.funds_workbook import read_workbook, write_workbook
from gongzhi.records.funds import queries
from gongzhi.records.funds.models import BudgetLine, Fund
from tests.support.community import Community
from tests.support.funds import AT, DAY, Books, emptied, set_up_books


@pytest.fixture
def books(community: Community) -> Books:
    """A year with everything in it: what was there before, contract, payment, reversal, a cell like a formula."""
    books = set_up_books(community)
    books.receive(12_345, day=DAY.replace(year=2025))
    line = BudgetLine.objects.get(use="repair")
    made = plan.commit(line, "维保", "=某公司", 30_000, books.proof, books.who("director"), AT)
    asked = desk.ask_payment(books.book, "money", "repair", 10_001, books.new("第一期", party="王小明", party_kind="person"),
                             books.who("director"), AT, made.pk)  # fmt: skip
    desk.approve(asked.pk, books.who("member"), AT)
    back = desk.ask_reversal(books.pay(7), books.new("付错了"), books.who("member"), AT)
    desk.approve(back.pk, books.who("director"), AT)
    books.ask(99)
    return books


def test_the_same_books_come_back(books: Books) -> None:
    before = tables_of(books.book, 2026)
    file = write_workbook(before)
    emptied()
    assert import_books(books.book, read_workbook(file)) == 4
    assert tables_of(books.book, 2026) == before
    assert write_workbook(tables_of(books.book, 2026)) != b"" and list(queries.check(books.book)) == []
    line = BudgetLine.objects.get(use="repair")
    assert (line.spent, line.committed) == (10_001, 19_999)
    assert Fund.objects.get().balance == 100_000 + 12_345 - 10_001
    with pytest.raises(Refused, match="book_not_empty"):
        import_books(books.book, read_workbook(file))


def change(sheet: str, row: int, column: str, value: Any) -> Callable[[bytes], bytes]:
    def changed(file: bytes) -> bytes:
        book = load_workbook(io.BytesIO(file))
        book[sheet].cell(row, HEADS[sheet].index(column) + 1).value = value
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return changed


@pytest.mark.parametrize(
    ("wrong", "code", "row"),
    [
        (change("分录", 2, "摘要", "别的"), "hash_differs", 2),
        (change("分录", 2, "借方", 1.0), "unbalanced", 2),
        (change("分录", 3, "贷方", "一百"), "amount_not_a_number", 3),
        (change("分录", 3, "贷方", 1.005), "amount_decimals", 3),
        (change("分录", 4, "日期", "昨天"), "not_a_day", 4),
        (change("用途", 2, "科目", "9999"), "unknown_name", 2),
        (change("预算", 1, "人数", "人"), "column_missing", 1),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_imported(
    books: Books, wrong: Callable[[bytes], bytes], code: str, row: int
) -> None:
    file = wrong(write_workbook(tables_of(books.book, 2026)))
    emptied()
    with pytest.raises(BadCell) as found:
        import_books(books.book, read_workbook(file))
    assert (found.value.code, found.value.row) == (code, row)
    assert not books.book.entries.exists() and not Fund.objects.exists()


def test_another_file_is_refused(books: Books) -> None:
    with pytest.raises(Refused, match="file_unreadable"):
        read_workbook(b"no workbook")
    tables = tables_of(books.book, 2026)
    tables["账套"][0][2] = "garden"
    emptied()
    with pytest.raises(Refused, match="other_book"):
        import_books(books.book, read_workbook(write_workbook(tables)))
