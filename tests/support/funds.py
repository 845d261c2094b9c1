"""Books for tests: the committee's of the small community, with a year's money, a budget, and short ways to book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from gongzhi.desk import funds as desk
from gongzhi.desk.funds import NewEntry
from gongzhi.desk.funds_plan import Use, set_budget
from gongzhi.records.funds import kept
from gongzhi.records.funds.actions import found_book, keep_evidence
from gongzhi.records.funds.models import Fund, FundBook, FundEntry
from tests.support.community import MONDAY, Community
from tests.support.forgery import thawed

TABLES = ("bankline", "fundline", "fundentry", "commitment", "budgetline", "fundbudget", "fundperiod", "fund")
DAY = date(2026, 3, 10)
AT = MONDAY + timedelta(hours=2)


@dataclass
class Books:
    """`fund` is the committee's money: 1,000.00 yuan, budget 800.00 for repairs and 200.00 for helping."""

    community: Community
    book: FundBook
    fund: Fund
    proof: str

    def new(self, text: str = "换路灯", day: date = DAY, **more: object) -> NewEntry:
        return NewEntry(day, text, self.proof, **more)  # type: ignore[arg-type]

    def who(self, role: str):  # type: ignore[no-untyped-def]
        return self.community.who[role]

    def receive(self, cents: int = 100_000, fund: str = "money", day: date = DAY, at: datetime = AT) -> FundEntry:
        asked = desk.ask_receipt(self.book, fund, "4001", cents, self.new("财政拨款", day), self.who("director"), at)
        return desk.approve(asked.pk, self.who("member"), at)

    def ask(self, cents: int, use: str = "repair", fund: str = "money", **more: object) -> FundEntry:
        return desk.ask_payment(self.book, fund, use, cents, self.new(**more), self.who("director"), AT)  # type: ignore[arg-type]

    def pay(self, cents: int, **more: object) -> FundEntry:
        return desk.approve(self.ask(cents, **more).pk, self.who("member"), AT)  # type: ignore[arg-type]


def open_book(community: Community, organ: str = "committee", name: str = "money") -> tuple[FundBook, Fund]:
    book = found_book(community.place, community.organs[organ], MONDAY)
    return book, Fund.objects.create(book=book, name=name, title="居委会经费")


def set_up_books(community: Community) -> Books:
    book, fund = open_book(community)
    made = Books(community, book, fund, keep_evidence(book, "发票".encode(), "text/plain"))
    made.receive()
    uses = [Use("repair", "维修", "5005", 80_000), Use("help", "帮扶", "5004", 20_000)]
    set_budget(fund, 2026, 100_000, uses, made.proof, made.who("director"), AT)
    return made


def emptied() -> None:
    """Books without an entry, as on another machine, past the triggers that keep them."""
    with thawed(kept), connection.cursor() as cursor:
        cursor.execute("UPDATE records_fundentry SET reverses_id=NULL, pair_id=NULL")
        for table in TABLES:
            cursor.execute(f"DELETE FROM records_{table}")
