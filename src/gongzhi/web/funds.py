"""Money as pages show it: funds, uses with their bars, entries with names masked for those who may not read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.core.money import yuan_text
from gongzhi.records.funds.models import BudgetLine, FundBook, FundEntry
from gongzhi.records.funds.queries import FundYear, budget_lines, fund_years, years_of
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.web.texts import hide_numbers
from gongzhi.words.funds import ACCOUNTS, KINDS, kind_text, masked
from gongzhi.words.terms import Terms

__all__ = ["Asked", "EntryRow", "Ledger", "UseRow", "listed"]

PARTS = 1000  # of the width of a bar
UPTO = 10**6


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as they stand in the address."""

    year: int
    fund: str = ""
    kind: str = ""
    q: str = ""

    @classmethod
    def of(cls, request: HttpRequest, years: list[int], now: datetime) -> Asked:
        """Anything unknown is left out; without a year it is the latest with entries."""
        said = request.GET.get("year", "")
        year = int(said) if said.isascii() and said.isdecimal() and len(said) == 4 else (years or [now.year])[0]
        kind = request.GET.get("kind", "")
        return cls(
            year, request.GET.get("fund", "")[:60], kind if kind in KINDS else "", request.GET.get("q", "").strip()[:60]
        )


@dataclass(frozen=True, slots=True)
class UseRow:
    """One use of a budget. `spent_at` and `committed_at`: widths of its bar in thousandths."""

    line: BudgetLine
    title: str
    fund: str
    amount: str
    spent: str
    committed: str
    free: str
    spent_at: int
    committed_at: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry. `text` and `party` are safe for whoever reads; `way`: +1 money came, -1 went, 0 moved."""

    entry: FundEntry
    number: str
    kind: str
    text: str
    party: str
    funds: str
    amount: str
    way: int


class Ledger:
    """The books of a place in one year, in the reader's language. `open_` shows names to who keeps them."""

    def __init__(self, books: QuerySet[FundBook], year: int, now: datetime, open_: bool = False) -> None:
        self.books, self.year, self.now, self.open = books, year, now, open_

    @cached_property
    def terms(self) -> Terms | None:
        first = self.books.first()
        version = charter_for(first.place, self.now, first.organ.charter) if first else None
        return Terms(charter_of(version)) if version else None

    def said(self, text: str) -> str:
        """A title of the charter in the reader's language."""
        return self.terms.text(text) if self.terms else text

    @cached_property
    def funds(self) -> list[FundYear]:
        return fund_years(self.books, self.year)

    def fund_rows(self) -> list[dict[str, object]]:
        return [
            {"title": self.said(one.fund.title), "purpose": one.fund.purpose, "organ": one.fund.book.organ.title,
             "name": one.fund.name, "share": one.fund.share, "of": self.said(one.fund.of.title) if one.fund.of else "",
             **{name: yuan_text(getattr(one, name)) for name in ("opening", "received", "spent", "passed", "closing")}}
            for one in self.funds
        ]  # fmt: skip

    def sums(self) -> dict[str, str]:
        """Of all funds together; what was passed on inside cancels out."""
        names = ("opening", "received", "spent", "passed", "closing")
        return {name: yuan_text(sum(getattr(one, name) for one in self.funds)) for name in names}

    def uses(self) -> list[UseRow]:
        return [self._use(one) for one in budget_lines(self.books, self.year)]

    def _use(self, one: BudgetLine) -> UseRow:
        most = max(one.amount, 1)
        spent = PARTS * one.spent // most
        return UseRow(one, self.said(one.title), self.said(one.budget.fund.title), yuan_text(one.amount),
                      yuan_text(one.spent), yuan_text(one.committed), yuan_text(one.free), spent,
                      PARTS * (one.spent + one.committed) // most - spent)  # fmt: skip

    def rows(self, entries: Iterable[FundEntry]) -> list[EntryRow]:
        return [self.row(one) for one in entries]

    def row(self, one: FundEntry) -> EntryRow:
        """One entry; a person's name is masked, and what it was for is then only said by the budget (H19)."""
        lines = list(one.lines.all())
        moved = sum(line.amount for line in lines if line.account.kind == "asset")
        titles = dict.fromkeys(self.said(line.fund.title) for line in lines)
        number = _("{year}年第{number}号").format(year=one.year, number=one.number) if one.number else _("待审批")
        return EntryRow(one, number, kind_text(one.kind), self._text(one), self._party(one), _("、").join(titles),
                        yuan_text(one.amount), (moved > 0) - (moved < 0))  # fmt: skip

    def _text(self, one: FundEntry) -> str:
        if self.open:
            return one.text
        if one.party_kind == "person":
            return self.said(one.budget_line.title) if one.budget_line else self._income(one)
        return hide_numbers(one.text)

    def _income(self, one: FundEntry) -> str:
        code = next((line.account.code for line in one.lines.all() if line.account.kind == "income"), "")
        return str(ACCOUNTS.get(code, kind_text(one.kind)))

    def _party(self, one: FundEntry) -> str:
        return one.party if self.open else hide_numbers(masked(one.party, one.party_kind))

    def fields(self, asked: Asked) -> list[dict[str, object]]:
        """The filters: year, fund, kind, words."""
        years = years_of(self.books) or [self.year]
        funds = [{"value": "", "text": _("全部")}, *({"value": str(one["name"]), "text": one["title"]}
                                                   for one in self.fund_rows())]  # fmt: skip
        kinds = [{"value": "", "text": _("全部")}, *({"value": k, "text": str(v)} for k, v in KINDS.items())]
        return [
            {"name": "q", "label": _("找摘要或编号"), "value": asked.q},
            {"name": "year", "label": _("年度"), "value": str(asked.year),
             "options": [{"value": str(one), "text": str(one)} for one in sorted({*years, asked.year}, reverse=True)]},
            {"name": "fund", "label": _("资金"), "value": asked.fund, "options": funds},
            {"name": "kind", "label": _("类型"), "value": asked.kind, "options": kinds},
        ]  # fmt: skip


def listed(books: QuerySet[FundBook], asked: Asked, safe: bool = True) -> QuerySet[FundEntry]:
    """Posted entries of a year that fit, the newest first. `safe`: nothing is found by words that are not shown."""
    rows = FundEntry.objects.filter(book__in=books, state="posted", year=asked.year)
    if asked.fund:
        rows = rows.filter(lines__fund__name=asked.fund).distinct()
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.q:
        shown = Q(text__icontains=asked.q) & (~Q(party_kind="person") if safe else Q())
        number = int(asked.q) if asked.q.isascii() and asked.q.isdecimal() and int(asked.q) < UPTO else 0
        rows = rows.filter(shown | Q(budget_line__title__icontains=asked.q) | Q(number=number or -1))
    rows = rows.select_related("book__organ", "budget_line", "reverses", "matter")
    return rows.prefetch_related("lines__account", "lines__fund").order_by("-day", "-pk")
