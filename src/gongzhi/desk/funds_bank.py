"""Bank statements: a table with named columns becomes lines, each once; lines meet entries of the same sum."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from python_calamine import CalamineError, CalamineWorkbook

from gongzhi.core.money import BadAmount, parse_yuan
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.funds import may_keep
from gongzhi.desk.writing import writing
from gongzhi.records.funds.actions import BANK
from gongzhi.records.funds.models import BankLine, FundBook, FundEntry, FundLine
from gongzhi.records.people.models import Person

__all__ = ["COLUMNS", "BankFault", "Statement", "candidates", "guess", "match", "read_statement", "rows_of", "store"]

# What a column may be, and how banks call it. `in`/`out` are two columns where `amount` is one with a sign.
COLUMNS: dict[str, tuple[str, ...]] = {
    "day": ("日期", "交易日期", "记账日期", "date"), "amount": ("金额", "交易金额", "发生额", "amount"),
    "in": ("收入", "贷方发生额", "转入", "存入", "credit"), "out": ("支出", "借方发生额", "转出", "支取", "debit"),
    "text": ("摘要", "附言", "用途", "text", "memo"), "party": ("对方户名", "对方", "户名", "party"),
}  # fmt: skip
MOST = 5000


@dataclass(frozen=True, slots=True)
class BankFault:
    """A cell that cannot be read: row as the spreadsheet counts, column, value, code."""

    row: int
    column: str
    value: str
    code: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a table holds: (row, day, cents, text) of each line, and what is wrong."""

    lines: tuple[tuple[int, date, int, str], ...]
    faults: tuple[BankFault, ...]


def rows_of(name: str, content: bytes) -> list[list[Any]]:
    """The cells of a CSV (UTF-8 or GB 18030) or a workbook. Raises Refused `file_unreadable`."""
    if name.lower().endswith((".csv", ".txt")):
        return [list(row) for row in csv.reader(io.StringIO(_decoded(content)))][: MOST + 1]
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return sheet.to_python(skip_empty_area=True)[: MOST + 1]
    except (CalamineError, ValueError, KeyError, OSError) as fault:
        raise Refused("file_unreadable") from fault


def _decoded(content: bytes) -> str:
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise Refused("file_unreadable")


def guess(heads: Sequence[str]) -> dict[str, int]:
    """Which column is what, by its heading; people may say otherwise."""
    found: dict[str, int] = {}
    for what, names in COLUMNS.items():
        for n, head in enumerate(heads):
            if head.strip().lower() in names:
                found.setdefault(what, n)
    return found


def read_statement(rows: Sequence[Sequence[Any]], columns: Mapping[str, int]) -> Statement:
    """The lines below the heading. Raises Refused `columns_missing`."""
    if "day" not in columns or not {"amount", "in", "out"} & set(columns):
        raise Refused("columns_missing")
    lines, faults = [], []
    for nth, row in enumerate(rows[1:], 2):
        if not any(str(one).strip() for one in row):
            continue
        try:
            text = " ".join(part for part in (_cell(row, columns, "text"), _cell(row, columns, "party")) if part)
            lines.append((nth, _day(row, columns, nth), _cents(row, columns, nth), text))
        except Fault as fault:
            faults.append(fault.args[0])
    return Statement(tuple(lines), tuple(faults))


class Fault(Exception):
    """Carries a BankFault out of a row."""


def _cell(row: Sequence[Any], columns: Mapping[str, int], what: str) -> str:
    n = columns.get(what, -1)
    value = row[n] if 0 <= n < len(row) else ""
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value).strip()


def _day(row: Sequence[Any], columns: Mapping[str, int], nth: int) -> date:
    text = _cell(row, columns, "day")[:10].replace("/", "-").replace(".", "-")
    text = f"{text[:4]}-{text[4:6]}-{text[6:8]}" if text[:8].isdecimal() else text
    try:
        year, month, day = (int(one) for one in text.split("-"))
        return date(year, month, day)
    except ValueError as fault:
        raise Fault(BankFault(nth, "day", text, "not_a_day")) from fault


def _cents(row: Sequence[Any], columns: Mapping[str, int], nth: int) -> int:
    total = 0
    for what, sign in (("amount", 1), ("in", 1), ("out", -1)):
        text = _cell(row, columns, what)
        if not text or (what == "amount" and {"in", "out"} <= set(columns)):
            continue
        try:
            total += (
                sign * abs(parse_yuan(text, negative=True)) if what != "amount" else parse_yuan(text, negative=True)
            )
        except BadAmount as fault:
            raise Fault(BankFault(nth, what, text, fault.code)) from fault
    if not total:
        raise Fault(BankFault(nth, "amount", "", "amount_empty"))
    return total


def store(book: FundBook, lines: Sequence[tuple[int, date, int, str]], by: Person, at: datetime) -> tuple[int, int]:
    """(new, known already). The same line twice in one statement counts twice; a repeated statement adds nothing."""
    with writing():
        if not may_keep(by, book, at):
            raise Refused("not_of_book")
        seen: Counter[tuple[date, int, str]] = Counter()
        new = []
        for _row, day, cents, text in lines:
            seen[day, cents, text] += 1
            said = f"{day.isoformat()}\n{cents}\n{text}\n{seen[day, cents, text]}"
            new.append(BankLine(book=book, day=day, amount=cents, text=text, imported_by=by.digest, imported_at=at,
                                digest=hashlib.sha256(said.encode()).hexdigest()))  # fmt: skip
        before = BankLine.objects.filter(book=book).count()
        BankLine.objects.bulk_create(new, ignore_conflicts=True)
        made = BankLine.objects.filter(book=book).count() - before
        return made, len(new) - made


def candidates(book: FundBook, line: BankLine) -> list[FundEntry]:
    """Posted entries that move the same sum on the bank account and are matched with nothing, nearest day first."""
    sums = FundLine.objects.filter(account__book=book, account__code=BANK, entry__state="posted")
    moved = sums.values("entry").annotate(total=Sum("amount")).filter(total=line.amount).values("entry")
    rows = list(FundEntry.objects.filter(pk__in=moved, bank_line=None)[:200])
    return sorted(rows, key=lambda one: (abs((one.day - line.day).days), one.pk))[:20]


def match(line: BankLine, entry: FundEntry | None, by: Person, at: datetime) -> None:
    """This line of the bank is that entry; None: it was matched wrongly. Raises Refused."""
    with writing():
        if not may_keep(by, line.book, at):
            raise Refused("not_of_book")
        row = BankLine.objects.select_for_update().get(pk=line.pk)
        if entry is None:
            row.entry = None
        elif row.entry_id or BankLine.objects.filter(entry=entry).exists():
            raise Refused("bank_matched")
        else:
            _same_sum(row, entry)
            row.entry = entry
        row.save(update_fields=["entry"])


def _same_sum(line: BankLine, entry: FundEntry) -> None:
    lines = entry.lines.filter(account__code=BANK)
    moved = lines.aggregate(total=Sum("amount"))["total"] or 0
    if entry.book_id != line.book_id or entry.state != "posted" or moved != line.amount:
        raise Refused("bank_differs", bank=line.amount, entry=moved)
