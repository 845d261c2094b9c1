"""Tables of exported books into an empty book: all of it, or nothing and which cell is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import IntegrityError

from gongzhi.core.money import BadAmount, parse_yuan
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.funds_sheets import (
    ACCOUNTS,
    BOOK,
    BUDGETS,
    CLOSED,
    CONTRACTS,
    ENTRIES,
    FUNDS,
    HEADS,
    OPENING,
    USES,
    Tables,
)
from gongzhi.desk.writing import writing
from gongzhi.records.funds import actions
from gongzhi.records.funds.actions import OPENING as LEFT_OVER
from gongzhi.records.funds.actions import Side
from gongzhi.records.funds.models import (
    BudgetLine,
    Commitment,
    Fund,
    FundAccount,
    FundBook,
    FundBudget,
    FundEntry,
    FundPeriod,
)
from gongzhi.records.matters.models import Matter

__all__ = ["BadCell", "Row", "import_books", "rows_in"]


@dataclass(eq=False)
class BadCell(Exception):
    """What is wrong, and where: sheet, row as the spreadsheet counts, column."""

    code: str
    sheet: str
    row: int
    column: str = ""
    value: str = ""


class Row:
    """One row of a sheet, by column. Reading a cell of the wrong kind raises BadCell."""

    def __init__(self, sheet: str, nth: int, cells: Mapping[str, Any]) -> None:
        self.sheet, self.nth, self.cells = sheet, nth, cells

    def bad(self, code: str, column: str = "") -> BadCell:
        return BadCell(code, self.sheet, self.nth, column, str(self.cells.get(column, ""))[:60])

    def text(self, column: str) -> str:
        value = self.cells.get(column, "")
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value).strip()

    def number(self, column: str) -> int:
        text = self.text(column)
        if not text.isascii() or not text.isdecimal():
            raise self.bad("not_a_number", column)
        return int(text)

    def maybe(self, column: str) -> int | None:
        return self.number(column) if self.text(column) else None

    def cents(self, column: str) -> int:
        value = self.cells.get(column, "")
        try:
            return parse_yuan(f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value), negative=True)
        except BadAmount as fault:
            raise self.bad(fault.code, column) from fault

    def day(self, column: str) -> date:
        value = self.cells.get(column, "")
        if isinstance(value, datetime):
            return value.date()
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value).strip()[:10])
        except ValueError as fault:
            raise self.bad("not_a_day", column) from fault

    def time(self, column: str) -> datetime:
        try:
            return datetime.fromisoformat(self.text(column))
        except ValueError as fault:
            raise self.bad("not_a_day", column) from fault


def rows_in(tables: Tables, sheet: str) -> Iterator[Row]:
    """The rows of a sheet. Raises BadCell `column_missing`."""
    head, *rest = tables[sheet] or [[]]
    heads = [str(one).strip() for one in head]
    for column in HEADS[sheet]:
        if column not in heads:
            raise BadCell("column_missing", sheet, 1, column)
    for nth, cells in enumerate(rest, 2):
        if any(str(one).strip() for one in cells):
            yield Row(sheet, nth, dict(zip(heads, cells, strict=False)))


def import_books(book: FundBook, tables: Tables) -> int:
    """How many entries were booked. Raises BadCell, or Refused `book_not_empty`, `other_book`."""
    try:
        with writing():
            if book.entries.exists():
                raise Refused("book_not_empty")
            first = next(rows_in(tables, BOOK), None)
            if first is None or (first.text("区域代码"), first.text("机构")) != (book.place.code, book.organ.organ):
                raise Refused("other_book", found=first.text("机构名称") if first else "")
            year = first.number("年度")
            _accounts(book, tables)
            funds = _funds(book, tables)
            lines = _budgets(funds, year, tables)
            contracts = _contracts(lines, tables)
            _opening(book, funds, year, tables)
            made = [_entry(book, funds, lines, contracts, year, list(rows)) for rows in _grouped(tables)]
            _counters(lines)
            _closed(book, tables)
            return len(made)
    except IntegrityError as fault:
        raise Refused("books_refuse", why=str(fault).splitlines()[0][:120]) from fault


def _accounts(book: FundBook, tables: Tables) -> None:
    for row in rows_in(tables, ACCOUNTS):
        values = {"title": row.text("名称"), "kind": row.text("类别")}
        FundAccount.objects.update_or_create(book=book, code=row.text("科目"), defaults=values)


def _funds(book: FundBook, tables: Tables) -> dict[str, Fund]:
    made: dict[str, Fund] = {one.name: one for one in book.funds.all()}
    for row in rows_in(tables, FUNDS):
        name, above = row.text("资金"), made.get(row.text("来自"))
        known = made.get(name)
        kept = {"of": known.of, "share": known.share} if known and above is None else {
            "of": above, "share": row.maybe("最低比例") if above else None}  # fmt: skip
        values = {"title": row.text("名称"), "purpose": row.text("用途说明"), "least": row.maybe("每人最低"),
                  "spends": row.text("可支出") != "否", "law": row.text("依据"), **kept}  # fmt: skip
        made[name], _ = Fund.objects.update_or_create(book=book, name=name, defaults=values)
    return made


def _of(row: Row, known: Mapping[Any, Any], key: Any, column: str) -> Any:
    if key not in known:
        raise row.bad("unknown_name", column)
    return known[key]


def _budgets(funds: Mapping[str, Fund], year: int, tables: Tables) -> dict[tuple[str, str], BudgetLine]:
    budgets, lines = {}, {}
    for row in rows_in(tables, BUDGETS):
        fund = _of(row, funds, row.text("资金"), "资金")
        budgets[fund.name] = FundBudget.objects.create(
            fund=fund, year=year, amount=row.cents("预算总额"), heads=row.number("人数"), least=row.number("每人最低"),
            decision=row.text("决定"), adopted_by=row.text("通过人"), adopted_at=row.time("通过时间"),
        )  # fmt: skip
    for row in rows_in(tables, USES):
        budget = _of(row, budgets, row.text("资金"), "资金")
        accounts = dict(budget.fund.book.accounts.values_list("code", "pk"))
        amount = row.cents("金额")
        lines[row.text("资金"), row.text("用途")] = BudgetLine.objects.create(
            budget=budget, use=row.text("用途"), title=row.text("名称"), amount=amount,
            account_id=_of(row, accounts, row.text("科目"), "科目"),
        )  # fmt: skip
        budget.planned += amount
        budget.save(update_fields=["planned"])
    return lines


def _contracts(lines: Mapping[tuple[str, str], BudgetLine], tables: Tables) -> dict[str, Commitment]:
    made = {}
    for row in rows_in(tables, CONTRACTS):
        ended = row.text("终止时间")
        made[row.text("合同")] = Commitment.objects.create(
            line=_of(row, lines, (row.text("资金"), row.text("用途")), "用途"), title=row.text("名称"),
            party=row.text("对方"), amount=row.cents("金额"), left=row.cents("未付"), evidence=row.text("票据"),
            made_by=row.text("经办"), made_at=row.time("时间"), released_at=row.time("终止时间") if ended else None,
        )  # fmt: skip
    return made


def _opening(book: FundBook, funds: Mapping[str, Fund], year: int, tables: Tables) -> None:
    """What was there before the year, as one entry on its eve; its paper is the workbook itself."""
    sides: dict[str, list[Side]] = defaultdict(list)
    for row in rows_in(tables, OPENING):
        fund = _of(row, funds, row.text("资金"), "资金")
        sides[fund.name].append(Side(row.text("科目"), fund, row.cents("金额")))
    eve = date(year - 1, 12, 31)
    for name, found in sides.items():
        rest = -sum(one.amount for one in found)
        all_sides = [*found, *([Side(LEFT_OVER, funds[name], rest)] if rest else [])]
        entry = actions.add_entry(book, eve, all_sides, "import", book.opened_at, kind="opening", text="年初结余",
                                  evidence="import")  # fmt: skip
        actions.post(actions.lock_entry(entry.pk), "system", book.opened_at)


def _grouped(tables: Tables) -> Iterator[Iterator[Row]]:
    for _number, rows in groupby(rows_in(tables, ENTRIES), key=lambda row: row.text("编号")):
        yield rows


def _entry(
    book: FundBook, funds: Mapping[str, Fund], lines: Mapping[tuple[str, str], BudgetLine],
    contracts: Mapping[str, Commitment], year: int, rows: list[Row],
) -> FundEntry:  # fmt: skip
    """One entry with its lines. Its hash has to come out as it was: a changed cell is found here."""
    row = rows[0]
    sides = [Side(one.text("科目"), _of(one, funds, one.text("资金"), "资金"), one.cents("借方") - one.cents("贷方"))
             for one in rows]  # fmt: skip
    use = row.text("用途")
    line = _of(row, lines, (row.text("用途资金").split("/")[0], use), "用途") if use else None
    contract = row.text("合同")
    try:
        entry = actions.add_entry(
            book, row.day("日期"), sides, row.text("经办"), row.time("经办时间"),
            kind=row.text("类型"), text=row.text("摘要"),
            party=row.text("对方"), party_kind=row.text("对方类型"), evidence=row.text("票据"), budget_line=line,
            commitment=_of(row, contracts, contract, "合同") if contract else None, reverses=_reversed(book, row),
            matter=Matter.objects.filter(number=row.text("事项")).first() if row.text("事项") else None,
        )  # fmt: skip
        done = actions.post(actions.lock_entry(entry.pk), row.text("审批"), row.time("审批时间"), counted=False)
    except Refused as refused:
        raise row.bad(refused.code, "编号") from refused
    if (done.year, done.number, done.hash) != (year, row.number("编号"), row.text("校验码")):
        raise row.bad("hash_differs", "校验码")
    return done


def _reversed(book: FundBook, row: Row) -> FundEntry | None:
    said = row.text("冲销")
    if not said:
        return None
    year, _, number = said.partition("-")
    found = book.entries.filter(year=year, number=number).first() if year.isdecimal() and number.isdecimal() else None
    if found is None:
        raise row.bad("unknown_name", "冲销")
    return found


def _counters(lines: Mapping[tuple[str, str], BudgetLine]) -> None:
    """Spent and reserved, counted from what was imported; the constraint refuses what is over budget."""
    for line in lines.values():
        paid = sum(one.amount for one in line.entries.filter(kind="payment"))
        back = sum(one.amount for one in line.entries.filter(kind="reversal"))
        line.spent = paid - back
        line.committed = sum(one.left for one in line.commitments.filter(released_at=None))
        line.save(update_fields=["spent", "committed"])


def _closed(book: FundBook, tables: Tables) -> None:
    for row in rows_in(tables, CLOSED):
        FundPeriod.objects.create(
            book=book, month=row.day("月份"), closed_by=row.text("结账人"), closed_at=row.time("结账时间"),
            head=row.text("校验码"),
        )  # fmt: skip
