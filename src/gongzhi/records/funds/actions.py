"""Writes: books, funds, papers, entries. The desk calls these inside its transaction.

Raises Refused where something is not there or not enough; the constraints and triggers stand behind each of them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max

from gongzhi.core.procedure.effects import Refused
from gongzhi.records.crypto import seal_bytes, unseal_bytes
from gongzhi.records.funds.chain import GENESIS, entry_hash
from gongzhi.records.funds.models import (
    BudgetLine,
    Commitment,
    Fund,
    FundAccount,
    FundBook,
    FundEntry,
    FundEvidence,
    FundLine,
)
from gongzhi.records.institutions.models import OrganInstance, Place

# The chart of accounts every book begins with. code: (kind, title)
CHART: dict[str, tuple[str, str]] = {
    "1001": ("asset", "现金"), "1002": ("asset", "银行存款"), "2001": ("liability", "应付款"),
    "3001": ("fund", "年初结余"), "3101": ("fund", "资金调拨"),
    "4001": ("income", "财政拨款"), "4002": ("income", "党组织工作经费"), "4003": ("income", "捐赠收入"),
    "4004": ("income", "自筹和其他收入"),
    "5001": ("expense", "办公和管理"), "5002": ("expense", "公共服务项目"), "5003": ("expense", "活动"),
    "5004": ("expense", "帮扶"), "5005": ("expense", "维修和设施"), "5006": ("expense", "购买服务"),
}  # fmt: skip
BANK, OPENING, PASSED = "1002", "3001", "3101"


@dataclass(frozen=True, slots=True)
class Side:
    """One line to be: cents on an account (code) for a fund; a debit is above nothing."""

    account: str
    fund: Fund
    amount: int


def found_book(place: Place, organ: OrganInstance, at: datetime) -> FundBook:
    """The book of an organ for a place, with its chart of accounts."""
    book, new = FundBook.objects.get_or_create(place=place, organ=organ, defaults={"opened_at": at})
    if new:
        FundAccount.objects.bulk_create(
            FundAccount(book=book, code=code, kind=kind, title=title) for code, (kind, title) in CHART.items()
        )
    return book


def keep_evidence(book: FundBook, content: bytes, media_type: str) -> str:
    """Seals a paper and gives the salted digest that stands for it."""
    salt = secrets.token_bytes(16)
    digest = hashlib.sha256(salt + content).hexdigest()
    FundEvidence.objects.create(
        book=book, digest=digest, salt=salt, ciphertext=seal_bytes(content, digest), media_type=media_type,
        size=len(content),
    )  # fmt: skip
    return digest


def read_evidence(paper: FundEvidence) -> bytes:
    """The paper as it was handed in."""
    return unseal_bytes(bytes(paper.ciphertext), paper.digest)


def add_entry(book: FundBook, day: date, sides: Sequence[Side], by: str, at: datetime, **more: Any) -> FundEntry:
    """An entry that is asked for, with its lines. Raises Refused `unbalanced` or `account_unknown`."""
    check_balance(sides)
    entry = FundEntry.objects.create(
        book=book, day=day, year=day.year, asked_by=by, asked_at=at,
        amount=sum(one.amount for one in sides if one.amount > 0), **more,
    )  # fmt: skip
    codes = dict(book.accounts.values_list("code", "pk"))
    if unknown := next((one.account for one in sides if one.account not in codes), None):
        raise Refused("account_unknown", account=unknown)
    FundLine.objects.bulk_create(
        FundLine(entry=entry, nth=nth, account_id=codes[one.account], fund=one.fund, amount=one.amount)
        for nth, one in enumerate(sides, 1)
    )
    return entry


def check_balance(sides: Sequence[Side]) -> None:
    """Two sides that sum to nothing, for each fund. Raises Refused `unbalanced` with the cents that are missing."""
    sums: dict[int, int] = defaultdict(int)
    for one in sides:
        sums[one.fund.pk] += one.amount
    off = next((found for found in sums.values() if found), 0)
    if off or len(sides) < 2 or not all(one.amount for one in sides):
        raise Refused("unbalanced", difference=off)


def lock_books(books: Iterable[int]) -> dict[int, FundBook]:
    """The books, in the order of their ids, so that two who need both never wait for each other."""
    rows = FundBook.objects.select_for_update().filter(pk__in=set(books)).order_by("pk")
    return {row.pk: row for row in rows}


def lock_entry(pk: int) -> FundEntry:
    """The entry as it is now, still asked for, its book locked. Raises Refused `entry_settled`."""
    entry = FundEntry.objects.get(pk=pk)
    lock_books([entry.book_id])
    entry = FundEntry.objects.select_for_update().get(pk=pk)
    if entry.state != "asked":
        raise Refused("entry_settled", state=entry.state)
    return entry


def lines_of(entry: FundEntry) -> list[FundLine]:
    return list(entry.lines.select_related("account", "fund").order_by("nth"))


def post(entry: FundEntry, by: str, at: datetime, counted: bool = True) -> FundEntry:
    """Number and hash, budget and balances. `entry` comes from `lock_entry`. Raises Refused.

    `counted` False: whoever imports a whole year counts what is spent afterwards.
    """
    lines = lines_of(entry)
    if counted:
        take_from_budget(entry)
    move_balances(lines)
    before = FundEntry.objects.filter(book=entry.book_id, year=entry.year, number__isnull=False)
    last = before.order_by("-number").first()
    entry.number, entry.previous = (last.number or 0) + 1 if last else 1, last.hash if last else GENESIS
    entry.approved_by, entry.approved_at, entry.state = by, at, "posted"
    entry.hash = entry_hash(entry, lines)
    entry.save(update_fields=["number", "previous", "approved_by", "approved_at", "state", "hash"])
    return entry


def refuse(entry: FundEntry, by: str, at: datetime, why: str) -> None:
    """Nothing is booked; who refused and why stays."""
    entry.approved_by, entry.approved_at, entry.state, entry.why_refused = by, at, "refused", why
    entry.save(update_fields=["approved_by", "approved_at", "state", "why_refused"])


def take_from_budget(entry: FundEntry) -> None:
    """Spent, or given back by a reversal. One statement each, so that two at once cannot both have the last cent."""
    origin = entry.reverses if entry.kind == "reversal" and entry.reverses else entry
    if origin.kind != "payment" or origin.budget_line_id is None:
        return
    sign = -1 if entry is not origin else 1
    spend(origin.budget_line_id, origin.commitment_id, entry.amount, sign)


def spend(line: int, contract: int | None, cents: int, sign: int) -> None:
    """`sign` -1 gives back. Raises Refused `over_contract` or `over_budget`."""
    lines = BudgetLine.objects.filter(pk=line)
    if contract is not None:
        left = Commitment.objects.filter(pk=contract, released_at=None)
        if not left.filter(left__gte=cents * sign).update(left=F("left") - cents * sign):
            raise Refused("over_contract", amount=cents, free=left.values_list("left", flat=True).first() or 0)
        lines.update(committed=F("committed") - cents * sign, spent=F("spent") + cents * sign)
        return
    fits = lines if sign < 0 else lines.filter(amount__gte=F("committed") + F("spent") + cents)
    if not fits.update(spent=F("spent") + cents * sign):
        found = lines.get()
        raise Refused("over_budget", amount=cents, free=found.free, line=found.title)


def move_balances(lines: Sequence[FundLine]) -> None:
    """Each fund's money. Raises Refused `fund_short`."""
    moved: Mapping[int, int] = defaultdict(int)
    for one in lines:
        if one.account.kind == "asset":
            moved[one.fund_id] += one.amount  # type: ignore[index]
    for fund, cents in sorted(moved.items()):
        rows = Fund.objects.filter(pk=fund)
        if not rows.filter(balance__gte=-cents).update(balance=F("balance") + cents):
            raise Refused("fund_short", amount=-cents, balance=rows.get().balance, fund=rows.get().title)


def last_number(book: FundBook, year: int) -> int:
    """The highest number of a year; 0: none yet."""
    found = FundEntry.objects.filter(book=book, year=year).aggregate(last=Max("number"))["last"]
    return int(found or 0)
