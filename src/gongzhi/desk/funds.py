"""Money at the desk: who may ask and who may approve, and what an entry has to keep to before it is booked.

Nobody books alone: one person asks, another approves. Every function is one transaction and raises Refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from gongzhi.core.calendar import in_china
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.funds_share import check_share, kept_for_parts
from gongzhi.desk.writing import writing
from gongzhi.records.funds import actions, queries
from gongzhi.records.funds.actions import BANK, PASSED, Side
from gongzhi.records.funds.models import BudgetLine, Commitment, Fund, FundBook, FundEntry
from gongzhi.records.institutions.queries import charter_for, charter_of
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person

__all__ = [
    "NewEntry", "approve", "ask_entry", "ask_payment", "ask_receipt", "ask_reversal", "ask_transfer", "kept_for_parts",
    "may_approve", "may_keep", "refuse",
]  # fmt: skip

PERSONAL = re.compile(r"\d{7,}|\d{3,4}-\d{7,8}")  # telephone, bank card, identity number
WATCHES = ("supervises", "leads")
MONEY = ("1001", BANK)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What every entry brings. `evidence`: the digest of a paper kept before. `party` is sealed."""

    day: date
    text: str
    evidence: str
    party: str = ""
    party_kind: str = ""
    matter: Matter | None = None
    visit: str = ""
    account: str = BANK


def may_keep(person: Person, book: FundBook, at: datetime) -> bool:
    """Who holds a seat in the organ of the book may ask for entries and plan its budget."""
    return bool(person.seats(at).filter(organ_instance=book.organ_id).exists())


def may_approve(person: Person, book: FundBook, at: datetime) -> bool:
    """Somebody of the book's organ, or of an organ that supervises or leads it by the charter."""
    seats = person.seats(at).select_related("organ_instance__place")
    organs = {seat.organ_instance_id: seat.organ_instance for seat in seats}
    if book.organ_id in organs:
        return True
    watching = watchers(book, at)
    here = book.place.path
    return any(one.organ in watching and here.startswith(one.place.path) for one in organs.values())


def watchers(book: FundBook, at: datetime) -> frozenset[str]:
    """Types of organs that supervise or lead the organ of the book."""
    version = charter_for(book.place, at, book.organ.charter)
    relations = charter_of(version).relations if version else ()
    return frozenset(one.subject for one in relations if one.verb in WATCHES and one.object == book.organ.organ)


def ask_payment(
    book: FundBook,
    fund: str,
    use: str,
    cents: int,
    new: NewEntry,
    by: Person,
    at: datetime,
    contract: int | None = None,
) -> FundEntry:
    """Ask for a payment out of a fund for one use of its budget. What is over budget is refused already here."""
    with writing():
        _check(book, new, by, at)
        source, line = _fund(book, fund), _line(book, fund, use, new.day.year)
        sides = [Side(line.account.code, source, cents), Side(_money(new.account), source, -cents)]
        _check_payment(source, line, cents, contract, new.day.year)
        return actions.add_entry(
            book, new.day, sides, by.digest, at, kind="payment", text=new.text, party=new.party,
            party_kind=new.party_kind, evidence=new.evidence, budget_line=line, commitment_id=contract,
            matter=new.matter, visit=new.visit,
        )  # fmt: skip


def ask_receipt(
    book: FundBook, fund: str, income: str, cents: int, new: NewEntry, by: Person, at: datetime
) -> FundEntry:
    """Money came in for a fund: grant, Party money, donation, own."""
    with writing():
        _check(book, new, by, at)
        target = _fund(book, fund)
        if not book.accounts.filter(code=income, kind="income").exists():
            raise Refused("account_unknown", account=income)
        _positive(cents)
        sides = [Side(_money(new.account), target, cents), Side(income, target, -cents)]
        return actions.add_entry(book, new.day, sides, by.digest, at, kind="receipt", text=new.text, party=new.party,
                                 party_kind=new.party_kind, evidence=new.evidence)  # fmt: skip


def ask_transfer(source: Fund, target: Fund, cents: int, new: NewEntry, by: Person, at: datetime) -> FundEntry:
    """Pass money on from one fund to another, in one book or two; both sides are booked together or not at all."""
    with writing():
        _check(source.book, new, by, at)
        _positive(cents)
        if source.pk == target.pk:
            raise Refused("same_fund")
        out = [Side(PASSED, source, cents), Side(_money(new.account), source, -cents)]
        into = [Side(BANK, target, cents), Side(PASSED, target, -cents)]
        more = {"kind": "transfer", "text": new.text, "evidence": new.evidence}
        if source.book_id == target.book_id:
            return actions.add_entry(source.book, new.day, [*out, *into], by.digest, at, **more)
        first = actions.add_entry(source.book, new.day, out, by.digest, at, **more)
        actions.add_entry(target.book, new.day, into, by.digest, at, **more, pair=first)
        return first


def ask_entry(
    book: FundBook, sides: Sequence[Side], new: NewEntry, by: Person, at: datetime, kind: str = "correction"
) -> FundEntry:
    """Any other entry. Money that goes out for something is a payment, so that no use is outside its budget."""
    with writing():
        _check(book, new, by, at)
        spends = any(one.account.startswith("5") and one.amount > 0 for one in sides)
        pays = any(one.account in MONEY and one.amount < 0 for one in sides)
        if spends and (pays or kind == "opening"):
            raise Refused("use_payment")
        return actions.add_entry(book, new.day, sides, by.digest, at, kind=kind, text=new.text, party=new.party,
                                 party_kind=new.party_kind, evidence=new.evidence)  # fmt: skip


def ask_reversal(entry: FundEntry, new: NewEntry, by: Person, at: datetime) -> FundEntry:
    """The same lines the other way round. Nothing is ever deleted."""
    with writing():
        _check(entry.book, new, by, at)
        if entry.state != "posted" or entry.kind == "reversal":
            raise Refused("not_reversible")
        if entry.kind == "transfer":
            raise Refused("transfer_back")
        if entry.reversals.exclude(state="refused").exists():
            raise Refused("reversed_already")
        sides = [Side(one.account.code, one.fund, -one.amount) for one in actions.lines_of(entry)]
        return actions.add_entry(
            entry.book, new.day, sides, by.digest, at, kind="reversal", text=new.text, party=entry.party,
            party_kind=entry.party_kind, evidence=new.evidence, reverses=entry, budget_line=entry.budget_line,
            matter=entry.matter,
        )  # fmt: skip


def approve(pk: int, by: Person, at: datetime) -> FundEntry:
    """Book an entry that somebody else asked for. Raises Refused; nothing is half booked."""
    try:
        with writing():
            entry = actions.lock_entry(_first(pk))
            other = getattr(entry, "paired", None)
            for one in (entry, other) if other else (entry,):
                actions.lock_books([one.book_id])
            check_second(entry, by, at)
            done = book_one(entry, by.digest, at)
            if other:
                book_one(other, by.digest, at)
            return done
    except IntegrityError as fault:
        raise Refused("books_refuse", why=str(fault).splitlines()[0][:120]) from fault


def _first(pk: int) -> int:
    """Of two entries that belong together the first, which is decided for both."""
    found = FundEntry.objects.filter(pk=pk).first()
    if found is None:
        raise Refused("no_entry")
    return found.pair_id or found.pk


def check_second(entry: FundEntry, by: Person, at: datetime) -> None:
    """Raises Refused `second_person` or `not_of_book`."""
    if entry.asked_by == by.digest:
        raise Refused("second_person")
    if not may_approve(by, entry.book, at):
        raise Refused("not_of_book")


def book_one(entry: FundEntry, by: str, at: datetime) -> FundEntry:
    """Proved once more, as things stand now, and booked; the caller has locked the book. `by`: digest of the second."""
    check_open(entry.book, entry.day)
    if entry.kind == "payment" and entry.budget_line:
        source = entry.budget_line.budget.fund
        check_share(Fund.objects.get(pk=source.pk), entry.amount, entry.year)
    if entry.kind == "transfer":
        _check_passed(entry)
    return actions.post(entry, by, at)


def _check_passed(entry: FundEntry) -> None:
    out = {one.fund_id: one.amount for one in actions.lines_of(entry) if one.account.code in MONEY and one.amount < 0}
    target = {one.fund_id for one in actions.lines_of(entry) if one.account.code in MONEY and one.amount > 0}
    other = getattr(entry, "paired", None)
    target |= {one.fund_id for one in actions.lines_of(other)} if other else set()
    for fund, amount in out.items():
        check_share(Fund.objects.get(pk=fund), -amount, entry.year, to=target)


def refuse(pk: int, by: Person, at: datetime, why: str) -> None:
    """Do not book it; whoever asked may also take it back."""
    with writing():
        entry = actions.lock_entry(_first(pk))
        if entry.asked_by != by.digest and not may_approve(by, entry.book, at):
            raise Refused("not_of_book")
        _public(why)
        other = getattr(entry, "paired", None)
        for one in (entry, other) if other else (entry,):
            actions.refuse(one, by.digest if by.digest != entry.asked_by else "withdrawn", at, why[:200])


# --- what is tested ---


def _check(book: FundBook, new: NewEntry, by: Person, at: datetime) -> None:
    if not may_keep(by, book, at):
        raise Refused("not_of_book")
    if not new.evidence:
        raise Refused("evidence_missing")
    if not new.text.strip():
        raise Refused("text_missing")
    _public(new.text)
    if new.day > in_china(at).date():
        raise Refused("in_future")
    check_open(book, new.day)


def _public(text: str) -> None:
    if PERSONAL.search(text):
        raise Refused("personal_in_text")


def check_open(book: FundBook, day: date) -> None:
    """Raises Refused `month_closed`."""
    if queries.is_closed(book, day):
        raise Refused("month_closed", month=f"{day:%Y-%m}")


def _positive(cents: int) -> None:
    if cents <= 0:
        raise Refused("amount_not_positive")


def _money(account: str) -> str:
    if account not in MONEY:
        raise Refused("account_unknown", account=account)
    return account


def _fund(book: FundBook, name: str) -> Fund:
    found = book.funds.filter(name=name).first()
    if found is None:
        raise Refused("no_fund", fund=name)
    return found


def _line(book: FundBook, fund: str, use: str, year: int) -> BudgetLine:
    """The line of this fund's budget; a use that only another fund has is outside the earmark."""
    lines = BudgetLine.objects.filter(budget__fund__book=book, budget__year=year, use=use)
    found = lines.filter(budget__fund__name=fund).select_related("budget__fund", "account").first()
    if found is None:
        raise Refused("outside_earmark", fund=_fund(book, fund).title, use=use)
    return found


def _check_payment(source: Fund, line: BudgetLine, cents: int, contract: int | None, year: int) -> None:
    _positive(cents)
    if not source.spends:
        raise Refused("does_not_spend", fund=source.title)
    if contract is not None:
        left = Commitment.objects.filter(pk=contract, line=line, released_at=None).first()
        if left is None or left.left < cents:
            raise Refused("over_contract", amount=cents, free=left.left if left else 0)
    elif line.free < cents:
        raise Refused("over_budget", amount=cents, free=line.free, line=line.title)
    check_share(source, cents, year)
