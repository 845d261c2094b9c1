"""Reads: sums by fund and account, the list of entries, what is wrong with a book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from gongzhi.records.funds.chain import GENESIS, entry_hash
from gongzhi.records.funds.models import BudgetLine, Fund, FundBook, FundEntry, FundLine, FundPeriod
from gongzhi.records.institutions.models import Place


@dataclass(frozen=True, slots=True)
class FundYear:
    """One fund in one year, in cents: what was there before, what came in, went out, was passed on, and is there."""

    fund: Fund
    opening: int
    received: int
    spent: int
    passed: int

    @property
    def closing(self) -> int:
        return self.opening + self.received - self.spent + self.passed


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that does not hold in a book. `code` with the number of the entry (0: of the whole book)."""

    code: str
    year: int = 0
    number: int = 0
    found: int = 0
    expected: int = 0


def books_at(place: Place) -> QuerySet[FundBook]:
    """The books kept for a place, in the order in which they were opened."""
    return FundBook.objects.filter(place=place).select_related("organ", "place").order_by("pk")


def posted(book: FundBook | QuerySet[FundBook]) -> QuerySet[FundEntry]:
    rows = (
        FundEntry.objects.filter(book=book) if isinstance(book, FundBook) else FundEntry.objects.filter(book__in=book)
    )
    return rows.filter(state="posted")


def fund_years(books: QuerySet[FundBook], year: int) -> list[FundYear]:
    """Every fund of these books in a year; two queries, however many there are."""
    sums: dict[tuple[int, str], int] = {}
    lines = FundLine.objects.filter(entry__book__in=books, entry__state="posted", entry__year__lte=year)
    for row in lines.values("fund", "account__kind", "account__code", "entry__year").annotate(total=Sum("amount")):
        part = _part(row["account__kind"], row["account__code"], row["entry__year"] < year)
        if part:
            sums[row["fund"], part] = sums.get((row["fund"], part), 0) + row["total"]
    funds = Fund.objects.filter(book__in=books).select_related("book__organ", "of").order_by("book", "pk")
    return [
        FundYear(one, sums.get((one.pk, "opening"), 0), -sums.get((one.pk, "income"), 0),
                 sums.get((one.pk, "expense"), 0), -sums.get((one.pk, "fund"), 0))
        for one in funds
    ]  # fmt: skip


def _part(kind: str, code: str, before: bool) -> str:
    if kind in ("asset", "liability"):
        return "opening" if before else ""
    return "" if before else kind


def received_in(fund: Fund, year: int) -> int:
    """What came into a fund in a year: income, and what other funds passed on to it."""
    lines = FundLine.objects.filter(fund=fund, entry__state="posted", entry__year=year)
    income = lines.filter(account__kind="income").aggregate(total=Sum("amount"))["total"] or 0
    passed = lines.filter(account__kind="fund", amount__lt=0, entry__kind="transfer").aggregate(total=Sum("amount"))
    return -int(income) - int(passed["total"] or 0)


def passed_between(source: Fund, part: Fund, year: int) -> int:
    """What `source` passed on to `part` in a year; entries of both sides name each other (or are one)."""
    lines = FundLine.objects.filter(fund=part, entry__state="posted", entry__year=year, amount__lt=0)
    lines = lines.filter(account__kind="fund", entry__kind="transfer")
    both = lines.filter(entry__pair__lines__fund=source) | lines.filter(entry__lines__fund=source)
    return -int(FundLine.objects.filter(pk__in=both.values("pk")).aggregate(total=Sum("amount"))["total"] or 0)


def budget_lines(books: QuerySet[FundBook], year: int) -> QuerySet[BudgetLine]:
    """Every line of the budgets of a year, by fund."""
    rows = BudgetLine.objects.filter(budget__fund__book__in=books, budget__year=year)
    return rows.select_related("budget__fund__book__organ", "account").order_by("budget__fund", "pk")


def years_of(books: QuerySet[FundBook]) -> list[int]:
    """Years with entries or budgets, the latest first."""
    entries = FundEntry.objects.filter(book__in=books).values_list("year", flat=True).distinct()
    budgets = BudgetLine.objects.filter(budget__fund__book__in=books).values_list("budget__year", flat=True).distinct()
    return sorted({*entries, *budgets}, reverse=True)


def is_closed(book: FundBook, day: date) -> bool:
    return FundPeriod.objects.filter(book=book, month=day.replace(day=1)).exists()


def check(book: FundBook) -> Iterator[Wrong]:
    """Everything that does not hold: balance, numbers, chain, balances and budgets kept beside the entries."""
    entries = posted(book).select_related("budget_line__budget__fund", "reverses").order_by("year", "number")
    last: dict[int, tuple[int, str]] = {}
    for entry in entries.prefetch_related("lines__account", "lines__fund"):
        number, head = last.get(entry.year, (0, GENESIS))
        yield from _check_entry(entry, number, head)
        last[entry.year] = (entry.number or 0, entry.hash)
    yield from _check_sums(book)


def _check_entry(entry: FundEntry, number: int, head: str) -> Iterator[Wrong]:
    lines = list(entry.lines.all())
    where = (entry.year, entry.number or 0)
    by_fund: dict[int, int] = {}
    for one in lines:
        by_fund[one.fund_id] = by_fund.get(one.fund_id, 0) + one.amount
    if any(by_fund.values()) or len(lines) < 2:
        yield Wrong("unbalanced", *where, found=sum(by_fund.values()))
    if entry.number != number + 1:
        yield Wrong("gap", *where, found=entry.number or 0, expected=number + 1)
    if entry.previous != head or entry.hash != entry_hash(entry, lines):
        yield Wrong("chain", *where)


def _check_sums(book: FundBook) -> Iterator[Wrong]:
    lines = FundLine.objects.filter(entry__book=book, entry__state="posted")
    money = dict(lines.filter(account__kind="asset").values_list("fund").annotate(total=Sum("amount")))
    for fund in book.funds.all():
        if fund.balance != money.get(fund.pk, 0):
            yield Wrong("balance", found=fund.balance, expected=money.get(fund.pk, 0))
    paid = FundEntry.objects.filter(book=book, state="posted", budget_line__isnull=False)
    spent = dict(paid.filter(kind="payment").values_list("budget_line").annotate(total=Sum("amount")))
    for line, back in paid.filter(kind="reversal").values_list("budget_line").annotate(total=Sum("amount")):
        spent[line] = spent.get(line, 0) - back
    for row in BudgetLine.objects.filter(budget__fund__book=book):
        if row.spent != spent.get(row.pk, 0):
            yield Wrong("spent", found=row.spent, expected=spent.get(row.pk, 0))
