"""The money of one matter: what was paid for it, out of which fund, under which use of which budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.core.money import yuan_text
from gongzhi.desk.funds import may_approve
from gongzhi.records.funds.models import FundEntry
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.web.texts import hide_numbers
from gongzhi.words.funds import kind_text, masked
from gongzhi.words.terms import Terms

__all__ = ["Payment", "payments_of"]


@dataclass(frozen=True, slots=True)
class Payment:
    """One entry about a matter, safe for whoever reads. `use` and `free`: its line of the budget and what is left.

    `href` leads to the entry, for those who keep or watch the book; `books` to the open books of its year.
    """

    entry: FundEntry
    number: str
    text: str
    party: str
    amount: str
    use: str
    fund: str
    free: str
    href: str
    books: str


def payments_of(matter: Matter, terms: Terms, at: datetime, reader: Person | None = None) -> list[Payment]:
    """The latest first. Without a reader only what is booked, with names masked."""
    rows = FundEntry.objects.filter(matter=matter).exclude(state="refused")
    rows = rows if reader else rows.filter(state="posted")
    found = list(rows.select_related("book__organ", "book__place", "budget_line__budget__fund").order_by("-day", "-pk"))
    books = {one.book_id: one.book for one in found}
    mine = {pk for pk, book in books.items() if reader and may_approve(reader, book, at)}
    return [_payment(one, terms, one.book_id in mine) for one in found]


def _payment(one: FundEntry, terms: Terms, opened: bool) -> Payment:
    line = one.budget_line
    personal = one.party_kind == "person" and not opened
    use = terms.text(line.title) if line else ""
    return Payment(
        entry=one, number=_numbered(one),
        text=(use or kind_text(one.kind)) if personal else hide_numbers(one.text),
        party=one.party if opened else hide_numbers(masked(one.party, one.party_kind)), amount=yuan_text(one.amount),
        use=use, fund=terms.text(line.budget.fund.title) if line else "", free=yuan_text(line.free) if line else "",
        href=reverse("work_fund_entry", args=[one.pk]) if opened else "",
        books=f"{reverse('board_funds')}?year={one.year}",
    )  # fmt: skip


def _numbered(one: FundEntry) -> str:
    return _("{year}年第{number}号").format(year=one.year, number=one.number) if one.number else _("待审批")
