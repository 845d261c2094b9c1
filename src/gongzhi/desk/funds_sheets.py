"""The books of a year as tables, and tables read back into an empty book: the same entries, numbers and hashes.

Papers stay where they are: the tables hold their digests. Entries that nobody approved yet are no part of the books.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Sum

from gongzhi.records.funds.chain import stamp
from gongzhi.records.funds.models import BudgetLine, Commitment, FundBook, FundBudget, FundEntry, FundLine
from gongzhi.records.funds.queries import posted

__all__ = ["HEADS", "Tables", "tables_of"]

Tables = Mapping[str, Sequence[Sequence[Any]]]
BOOK, ACCOUNTS, FUNDS, OPENING, BUDGETS, USES, CONTRACTS, ENTRIES, CLOSED = (
    "账套", "科目", "资金", "年初", "预算", "用途", "合同", "分录", "结账",
)  # fmt: skip
# The columns of each sheet. They are part of the format, so they stay Chinese in every language.
HEADS: dict[str, tuple[str, ...]] = {
    BOOK: ("区域代码", "区域", "机构", "机构名称", "年度"),
    ACCOUNTS: ("科目", "名称", "类别"),
    FUNDS: ("资金", "名称", "用途说明", "来自", "最低比例", "每人最低", "可支出", "依据"),
    OPENING: ("科目", "资金", "金额"),
    BUDGETS: ("资金", "预算总额", "人数", "每人最低", "决定", "通过人", "通过时间"),
    USES: ("资金", "用途", "名称", "科目", "金额"),
    CONTRACTS: ("合同", "资金", "用途", "名称", "对方", "金额", "未付", "票据", "经办", "时间", "终止时间"),
    ENTRIES: ("编号", "日期", "类型", "摘要", "行", "科目", "资金", "借方", "贷方", "对方", "对方类型",
              "用途资金", "用途", "合同", "冲销", "事项", "票据", "经办", "经办时间", "审批", "审批时间", "校验码"),
    CLOSED: ("月份", "结账人", "结账时间", "校验码"),
}  # fmt: skip


class Yuan(int):
    """Cents, to be written as yuan."""


def tables_of(book: FundBook, year: int) -> dict[str, list[list[Any]]]:
    """Sheet -> rows below the heading. Money is `Yuan`, days are dates, everything else text or whole numbers."""
    contracts = {one.pk: nth for nth, one in enumerate(_contracts(book, year), 1)}
    return {
        BOOK: [[book.place.code, book.place.name, book.organ.organ, book.organ.title, year]],
        ACCOUNTS: [[one.code, one.title, one.kind] for one in book.accounts.order_by("code")],
        FUNDS: [[one.name, one.title, one.purpose, one.of.name if one.of and one.of.book_id == book.pk else "",
                 _number(one.share), _number(one.least), "是" if one.spends else "否", one.law]
                for one in book.funds.select_related("of").order_by("pk")],
        OPENING: _opening(book, year),
        BUDGETS: [[one.fund.name, Yuan(one.amount), one.heads, one.least, one.decision, one.adopted_by,
                   stamp(one.adopted_at)] for one in _budgets(book, year)],
        USES: [[one.budget.fund.name, one.use, one.title, one.account.code, Yuan(one.amount)]
               for one in _uses(book, year)],
        CONTRACTS: [[contracts[one.pk], one.line.budget.fund.name, one.line.use, one.title, one.party, Yuan(one.amount),
                     Yuan(one.left), one.evidence, one.made_by, stamp(one.made_at), stamp(one.released_at)]
                    for one in _contracts(book, year)],
        ENTRIES: list(_entries(book, year, contracts)),
        CLOSED: [[one.month, one.closed_by, stamp(one.closed_at), one.head]
                 for one in book.periods.filter(month__year=year).order_by("month")],
    }  # fmt: skip


def _number(value: int | None) -> Any:
    return "" if value is None else value


def _opening(book: FundBook, year: int) -> list[list[Any]]:
    """What earlier years left, on accounts that go on; the difference of the others is what remained of each fund."""
    lines = FundLine.objects.filter(entry__book=book, entry__state="posted", entry__year__lt=year)
    sums = lines.filter(account__kind__in=("asset", "liability")).values("account__code", "fund__name")
    rows = sums.annotate(total=Sum("amount")).order_by("fund__name", "account__code")
    return [[row["account__code"], row["fund__name"], Yuan(row["total"])] for row in rows if row["total"]]


def _budgets(book: FundBook, year: int) -> list[FundBudget]:
    return list(FundBudget.objects.filter(fund__book=book, year=year).select_related("fund").order_by("fund"))


def _uses(book: FundBook, year: int) -> list[BudgetLine]:
    rows = BudgetLine.objects.filter(budget__fund__book=book, budget__year=year)
    return list(rows.select_related("budget__fund", "account").order_by("budget__fund", "pk"))


def _contracts(book: FundBook, year: int) -> list[Commitment]:
    rows = Commitment.objects.filter(line__budget__fund__book=book, line__budget__year=year)
    return list(rows.select_related("line__budget__fund").order_by("pk"))


def _entries(book: FundBook, year: int, contracts: Mapping[int, int]) -> Iterator[list[Any]]:
    rows = posted(book).filter(year=year).select_related("budget_line__budget__fund", "reverses", "matter")
    for entry in rows.order_by("number").prefetch_related("lines__account", "lines__fund"):
        for line in sorted(entry.lines.all(), key=lambda one: one.nth):
            yield [*_head(entry), line.nth, line.account.code, line.fund.name, Yuan(max(line.amount, 0)),
                   Yuan(max(-line.amount, 0)), *_rest(entry, contracts)]  # fmt: skip


def _head(entry: FundEntry) -> list[Any]:
    day: date = entry.day
    return [entry.number, day, entry.kind, entry.text]


def _rest(entry: FundEntry, contracts: Mapping[int, int]) -> list[Any]:
    use, back = entry.budget_line, entry.reverses
    return [
        entry.party, entry.party_kind,
        f"{use.budget.fund.name}/{use.budget.year}" if use else "", use.use if use else "",
        contracts.get(entry.commitment_id or 0, ""), f"{back.year}-{back.number}" if back else "",
        entry.matter.number if entry.matter else "", entry.evidence, entry.asked_by, stamp(entry.asked_at),
        entry.approved_by, stamp(entry.approved_at), entry.hash,
    ]  # fmt: skip
