"""Money: the open books for everybody; for staff asking, approving, budgets. Nobody books alone."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from gongzhi.api.auth import access
from gongzhi.api.lookups import caller
from gongzhi.api.problems import Problem
from gongzhi.api.schemas.funds import (
    BooksOut,
    BudgetIn,
    BudgetOut,
    DecisionIn,
    EntriesOut,
    EntryIn,
    EntryOut,
    FundOut,
    PaymentIn,
    ReceiptIn,
    TransferIn,
    UseOut,
)
from gongzhi.core.money import BadAmount, parse_yuan, yuan_text
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import funds as money
from gongzhi.desk import funds_plan as plan
from gongzhi.desk.funds import NewEntry
from gongzhi.desk.funds_plan import Use
from gongzhi.records.funds.actions import keep_evidence
from gongzhi.records.funds.models import Fund, FundBook, FundEntry
from gongzhi.records.funds.queries import books_at, fund_years, years_of
from gongzhi.records.institutions.queries import find_place
from gongzhi.records.matters.queries import by_number
from gongzhi.web import clock
from gongzhi.web.files import BadFile, check_file
from gongzhi.web.funds import Asked, EntryRow, Ledger, listed
from gongzhi.words.funds import funds_refusal

router = Router(tags=["funds"])
Pk = Annotated[int, Field(ge=1, le=2**62)]
PAGE = 100
WHO = ("not_of_book", "second_person")
SENT = ("unbalanced", "account_unknown", "amount_not_positive", "evidence_missing", "evidence_kind", "text_missing",
        "personal_in_text", "in_future", "no_fund", "same_fund", "decision_missing", "heads_missing",
        "lines_over_amount", "amount_empty", "amount_not_a_number", "amount_decimals", "amount_too_large")  # fmt: skip


def said(refused: Refused) -> Problem:
    """Who asks (403), what was sent (422), or where the books stand (409)."""
    status = 403 if refused.code in WHO else 422 if refused.code in SENT else 409
    return Problem(status, refused.code, funds_refusal(refused.code, refused.args_map), **refused.args_map)


def find_book(pk: int) -> FundBook:
    """Raises Problem 404."""
    found = FundBook.objects.filter(pk=pk).select_related("organ", "place").first()
    if found is None:
        raise Problem(404, "not_found")
    return found


def _ledger(community: str, year: int) -> tuple[Ledger, Asked]:
    place = find_place(community)
    if place is None:
        raise Problem(404, "not_found")
    books = books_at(place)
    chosen = year or (years_of(books) or [clock.now().year])[0]
    return Ledger(books, chosen, clock.now()), Asked(chosen)


@router.get("/communities/{community}/funds", auth=access("public"), response=BooksOut, summary="Open books")
def books(request: HttpRequest, community: str, year: Annotated[int, Query(ge=0, le=2200)] = 0) -> BooksOut:
    """Every fund of a community and what its budget was used for. `year` 0: the latest."""
    ledger, asked = _ledger(community, year)
    funds = [
        FundOut(book=one.fund.book_id, organ=one.fund.book.organ.title, name=one.fund.name,
                title=ledger.said(one.fund.title), opening=yuan_text(one.opening), received=yuan_text(one.received),
                spent=yuan_text(one.spent), passed=yuan_text(one.passed), closing=yuan_text(one.closing))
        for one in fund_years(ledger.books, asked.year)
    ]  # fmt: skip
    uses = [UseOut(fund=one.line.budget.fund.name, use=one.line.use, title=one.title, amount=one.amount,
                   spent=one.spent, committed=one.committed, free=one.free) for one in ledger.uses()]  # fmt: skip
    return BooksOut(year=asked.year, funds=funds, uses=uses)


@router.get("/communities/{community}/funds/entries", auth=access("public"), response=EntriesOut, summary="Entries")
def entries(
    request: HttpRequest, community: str, year: Annotated[int, Query(ge=0, le=2200)] = 0,
    page: Annotated[int, Query(ge=1, le=5000)] = 1,
) -> EntriesOut:  # fmt: skip
    """What was booked in a year, the newest first, a hundred a page; names of people masked."""
    ledger, asked = _ledger(community, year)
    rows = listed(ledger.books, asked)
    return EntriesOut(
        total=rows.count(), entries=[_entry(one) for one in ledger.rows(rows[(page - 1) * PAGE : page * PAGE])]
    )


def _entry(row: EntryRow) -> EntryOut:
    one = row.entry
    return EntryOut(id=one.pk, number=one.number, year=one.year, day=one.day, kind=one.kind, state=one.state,
                    text=row.text, party=row.party, funds=row.funds, amount=row.amount, hash=one.hash)  # fmt: skip


def _shown(entry: FundEntry) -> EntryOut:
    ledger = Ledger(FundBook.objects.filter(pk=entry.book_id), entry.year, clock.now())
    return _entry(ledger.row(entry))


def _paper(book: FundBook, text: str, name: str) -> str:
    """The digest of what was sent: plain text, or with a name a file in base64. Empty: nothing was sent."""
    if not text:
        return ""
    if not name:
        return keep_evidence(book, text.encode(), "text/plain")
    try:
        found = check_file(name, base64.b64decode(text, validate=True))
    except (BadFile, binascii.Error) as fault:
        raise Refused("evidence_kind") from fault
    return keep_evidence(book, found.content, found.media_type)


def _cents(text: str) -> int:
    try:
        return parse_yuan(text)
    except BadAmount as fault:
        raise Refused(fault.code) from fault


def _new(request: HttpRequest, book: FundBook, body: EntryIn, matter: str = "") -> NewEntry:
    if not money.may_keep(caller(request).signed_in, book, clock.now()):
        raise Refused("not_of_book")
    found = by_number(matter) if matter else None
    if matter and found is None:
        raise Problem(404, "unknown_matter", number=matter)
    evidence = _paper(book, body.evidence, body.evidence_name)
    return NewEntry(body.day, body.text, evidence, body.party, body.party_kind, found)


@router.post("/books/{book}/payments", auth=access("staff"), response={201: EntryOut}, summary="Ask for a payment")
def pay(request: HttpRequest, book: Pk, body: PaymentIn) -> Status[EntryOut]:
    """Out of a fund for one use of its budget. Somebody else approves it."""
    found, by, at = find_book(book), caller(request).signed_in, clock.now()
    try:
        new = _new(request, found, body, body.matter)
        entry = money.ask_payment(found, body.fund, body.use, _cents(body.amount), new, by, at, body.contract)
    except Refused as refused:
        raise said(refused) from refused
    return Status(201, _shown(entry))


@router.post("/books/{book}/receipts", auth=access("staff"), response={201: EntryOut}, summary="Record income")
def receive(request: HttpRequest, book: Pk, body: ReceiptIn) -> Status[EntryOut]:
    """Money that came in for a fund. Somebody else approves it."""
    found, by, at = find_book(book), caller(request).signed_in, clock.now()
    try:
        new = _new(request, found, body)
        entry = money.ask_receipt(found, body.fund, body.income, _cents(body.amount), new, by, at)
    except Refused as refused:
        raise said(refused) from refused
    return Status(201, _shown(entry))


@router.post("/books/{book}/transfers", auth=access("staff"), response={201: EntryOut}, summary="Pass money on")
def pass_on(request: HttpRequest, book: Pk, body: TransferIn) -> Status[EntryOut]:
    """From a fund of this book to one of any book of the same community; both sides or none."""
    found, by, at = find_book(book), caller(request).signed_in, clock.now()
    source = found.funds.filter(name=body.fund).select_related("book").first()
    into = (
        Fund.objects.filter(book=body.to_book, name=body.to_fund, book__place=found.place)
        .select_related("book")
        .first()
    )
    try:
        if source is None or into is None:
            raise Refused("no_fund")
        entry = money.ask_transfer(source, into, _cents(body.amount), _new(request, found, body), by, at)
    except Refused as refused:
        raise said(refused) from refused
    return Status(201, _shown(entry))


@router.post("/books/entries/{entry}/decision", auth=access("staff"), response=EntryOut, summary="Approve or refuse")
def decide(request: HttpRequest, entry: Pk, body: DecisionIn) -> EntryOut:
    """By somebody else than who asked. Approved, it is booked at once and never deleted."""
    by, at = caller(request).signed_in, clock.now()
    if not FundEntry.objects.filter(pk=entry).exists():
        raise Problem(404, "not_found")
    try:
        if body.approve:
            money.approve(entry, by, at)
        else:
            money.refuse(entry, by, at, body.why)
    except Refused as refused:
        raise said(refused) from refused
    return _shown(FundEntry.objects.get(pk=entry))


@router.post(
    "/books/{book}/funds/{fund}/budget", auth=access("staff"), response={201: BudgetOut}, summary="Set a budget"
)
def budget(
    request: HttpRequest, book: Pk, fund: Annotated[str, Field(max_length=60)], body: BudgetIn
) -> Status[BudgetOut]:
    """The budget of a fund for a year, use by use, with the text of the decision."""
    found, by, at = find_book(book), caller(request).signed_in, clock.now()
    held = found.funds.filter(name=fund).select_related("book").first()
    try:
        if held is None:
            raise Refused("no_fund")
        if not money.may_keep(by, found, at):
            raise Refused("not_of_book")
        uses = [Use(one.use, one.title, one.account, _cents(one.amount)) for one in body.uses]
        paper = _paper(found, body.decision, "")
        made = plan.set_budget(held, body.year, _cents(body.amount), uses, paper, by, at, body.heads)
    except Refused as refused:
        raise said(refused) from refused
    return Status(201, BudgetOut(fund=fund, year=made.year, amount=yuan_text(made.amount), at=made.adopted_at))
