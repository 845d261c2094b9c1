"""A year of books for a demo, from a charter's `funds.yaml`: booked through the desk like everything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from gongzhi.core.calendar import CHINA, in_china
from gongzhi.core.money import parse_yuan
from gongzhi.desk import funds as money
from gongzhi.desk import funds_plan as plan
from gongzhi.desk.funds import NewEntry
from gongzhi.desk.funds_plan import Use
from gongzhi.records.funds.actions import keep_evidence
from gongzhi.records.funds.models import BudgetLine, Commitment, FundBook, FundEntry
from gongzhi.records.institutions.models import Place
from gongzhi.records.people.models import Person

FILE = "funds.yaml"


def fill_books(folder: Path, place: Place, now: datetime) -> int:
    """Book the year up to `now`; how many entries. Books that have entries already are left alone."""
    file = folder / FILE
    if not file.exists():
        return 0
    told: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    made = 0
    for organ, one in told["books"].items():
        book = FundBook.objects.filter(place=place, organ__organ=organ).select_related("organ", "place").first()
        if book is not None and not book.entries.exists() and not book.papers.exists():
            made += _Filler(book, one, now).fill()
    return made


class _Filler:
    """One book being filled: who asks, who approves, and the paper that stands for all papers of a demo."""

    def __init__(self, book: FundBook, told: Mapping[str, Any], now: datetime) -> None:
        self.book, self.told, self.now = book, told, now
        self.year = in_china(now).year
        self.asks = Person.objects.get(login=told["asked"])
        self.approves = Person.objects.get(login=told["approved"])
        self.paper = keep_evidence(book, "演示用的票据，没有真实的钱。".encode(), "text/plain")

    def fill(self) -> int:
        for budget in self.told["budgets"]:
            self._budget(budget)
        for contract in self._past("contracts"):
            self._contract(contract)
        rows = self._past("entries")
        for row in rows:
            money.approve(self._ask(row).pk, self.approves, self._at(row))
        for row in self._past("waiting"):
            self._ask(row)
        self._close()
        return len(rows)

    def _past(self, name: str) -> list[Mapping[str, Any]]:
        return [row for row in self.told.get(name, ()) if self._day(row) <= in_china(self.now).date()]

    def _day(self, row: Mapping[str, Any]) -> date:
        return date.fromisoformat(f"{self.year}-{row['on']}")

    def _at(self, row: Mapping[str, Any]) -> datetime:
        return min(datetime.combine(self._day(row), time(15), CHINA), self.now)

    def _budget(self, row: Mapping[str, Any]) -> None:
        fund = self.book.funds.get(name=row["fund"])
        uses = [Use(one["use"], one["title"], one["account"], parse_yuan(one["amount"])) for one in row["uses"]]
        plan.set_budget(fund, self.year, parse_yuan(row["amount"]), uses, self.paper, self.asks, self.now)

    def _contract(self, row: Mapping[str, Any]) -> None:
        line = BudgetLine.objects.select_related("budget__fund__book").get(
            budget__fund__book=self.book, budget__fund__name=row["fund"], budget__year=self.year, use=row["use"]
        )  # fmt: skip
        plan.commit(line, row["title"], row["party"], parse_yuan(row["amount"]), self.paper, self.asks, self._at(row))

    def _ask(self, row: Mapping[str, Any]) -> FundEntry:
        kind = row.get("party_kind", "organisation") if row.get("party") else ""
        new = NewEntry(self._day(row), row["text"], self.paper, row.get("party", ""), kind)
        if row["kind"] == "reversal":
            return self._reversal(row, new)
        cents = parse_yuan(row["amount"])
        if row["kind"] == "receipt":
            return money.ask_receipt(self.book, row["fund"], row["income"], cents, new, self.asks, self._at(row))
        contract = Commitment.objects.filter(line__budget__fund__book=self.book, title=row.get("contract", "")).first()
        return money.ask_payment(self.book, row["fund"], row["use"], cents, new, self.asks, self._at(row),
                                 contract.pk if contract else None)  # fmt: skip

    def _reversal(self, row: Mapping[str, Any], new: NewEntry) -> FundEntry:
        origin = FundEntry.objects.get(book=self.book, text=row["of"], state="posted")
        return money.ask_reversal(origin, replace(new, text=row["text"]), self.asks, self._at(row))

    def _close(self) -> None:
        today = in_china(self.now).date()
        for month in self.told.get("closed", ()):
            first = date(self.year, int(month), 1)
            if (first.year, first.month) < (today.year, today.month):
                plan.close_month(self.book, first, self.asks, self.now)
