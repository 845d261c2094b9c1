"""资金和账 for staff: their books, what waits for a second person, one entry, deciding it, the books as Excel."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongzhi.core.money import yuan_text
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import funds as money
from gongzhi.desk.funds_sheets import tables_of
from gongzhi.desk.funds_workbook import write_workbook
from gongzhi.records.funds.actions import lines_of, read_evidence
from gongzhi.records.funds.models import FundBook, FundEntry, FundEvidence
from gongzhi.records.funds.queries import check, years_of
from gongzhi.records.institutions.queries import line_of
from gongzhi.records.people.models import Person
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.funds import Asked, Ledger, listed
from gongzhi.web.workbench.page import Desk, desk_of, show
from gongzhi.words.funds import ACCOUNTS, funds_refusal, wrong_text

__all__ = [
    "book_of",
    "books_of",
    "work_fund_check",
    "work_fund_decide",
    "work_fund_entry",
    "work_fund_evidence",
    "work_funds",
    "work_funds_file",
]

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def books_of(desk: Desk) -> QuerySet[FundBook]:
    """Books that the reader keeps or watches over: of their organs, and at places their organs are for."""
    around = Q(organ__in=desk.organs) | Q(place__in=line_of(desk.place)) | Q(place__path__startswith=desk.place.path)
    rows = FundBook.objects.filter(around).select_related("organ", "place").order_by("pk")
    mine = [one.pk for one in rows if money.may_approve(desk.person, one, desk.at)]
    return FundBook.objects.filter(pk__in=mine).select_related("organ", "place").order_by("pk")


def book_of(request: HttpRequest, pk: int) -> FundBook:
    """One of these books; 404 for any other."""
    desk = desk_of(request)
    book = FundBook.objects.filter(pk=pk).select_related("organ", "place").first()
    if book is None or not money.may_approve(desk.person, book, desk.at):
        raise Http404("no such book")
    return book


@requires("staff")
@never_cache
@require_GET
def work_funds(request: HttpRequest) -> HttpResponse:
    """The reader's books in one year; what waits for approval stands first."""
    desk = desk_of(request)
    books = books_of(desk)
    asked = Asked.of(request, years_of(books), desk.at)
    ledger = Ledger(books, asked.year, desk.at, open_=True)
    waiting = (
        FundEntry.objects.filter(book__in=books, state="asked", pair=None)
        .select_related("book__organ", "budget_line", "reverses", "matter")
        .prefetch_related("lines__account", "lines__fund")
    )
    entries = listed(books, asked, safe=False)
    total, page = entries.count(), page_of(request)
    query = urlencode({"year": asked.year, "fund": asked.fund, "kind": asked.kind, "q": asked.q})
    return show(
        request, "funds.html", books=list(books), waiting=ledger.rows(waiting.order_by("asked_at")), asked=asked,
        funds=ledger.fund_rows(), sums=ledger.sums(), uses=ledger.uses(), fields=ledger.fields(asked), total=total,
        rows=ledger.rows(entries[(page - 1) * PAGE : page * PAGE]), page=page, pages=pages_of(total, PAGE), query=query,
        done=request.GET.get("done", ""), keeps={one.pk for one in books if one.organ_id in desk.organs},
    )  # fmt: skip


def find_entry(request: HttpRequest, pk: int) -> FundEntry:
    rows = FundEntry.objects.filter(pk=pk).select_related(
        "book__organ", "book__place", "budget_line", "reverses", "matter"
    )
    entry = rows.prefetch_related("lines__account", "lines__fund").first()
    if entry is None:
        raise Http404("no such entry")
    book_of(request, entry.book_id)
    return entry


@requires("staff")
@never_cache
@require_GET
def work_fund_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: both sides, who asked, who approved, its paper; what the reader may do now."""
    return _entry_page(request, find_entry(request, pk))


def _entry_page(request: HttpRequest, entry: FundEntry, error: str = "") -> HttpResponse:
    desk = desk_of(request)
    ledger = Ledger(FundBook.objects.filter(pk=entry.book_id), entry.year, desk.at, open_=True)
    people = Person.objects.filter(digest__in=[entry.asked_by, entry.approved_by]).in_bulk(field_name="digest")
    paper = FundEvidence.objects.filter(digest=entry.evidence).defer("ciphertext").first()
    return show(
        request, "fund_entry.html", 422 if error else 200, entry=entry, row=ledger.row(entry), paper=paper,
        lines=[_line(ledger, one) for one in lines_of(entry)], asked_by=people.get(entry.asked_by),
        approved_by=people.get(entry.approved_by), mine=entry.asked_by == desk.person.digest,
        errors=[{"text": error, "href": ""}] if error else [], why=request.POST.get("why", ""),
        reversible=entry.state == "posted" and entry.kind not in ("reversal", "transfer")
        and not entry.reversals.exclude(state="refused").exists() and entry.book.organ_id in desk.organs,
    )  # fmt: skip


def _line(ledger: Ledger, one: Any) -> dict[str, str]:
    title = str(ACCOUNTS.get(one.account.code, one.account.title))
    return {"account": f"{one.account.code} {title}", "fund": ledger.said(one.fund.title),
            "debit": yuan_text(one.amount) if one.amount > 0 else "",
            "credit": yuan_text(-one.amount) if one.amount < 0 else ""}  # fmt: skip


@requires("staff")
@require_POST
def work_fund_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person approves or refuses; whoever asked may take it back."""
    desk, entry = desk_of(request), find_entry(request, pk)
    try:
        if request.POST.get("answer") == "approve":
            money.approve(pk, desk.person, desk.at)
        else:
            why = request.POST.get("why", "").strip()
            if not why and entry.asked_by != desk.person.digest:
                raise Refused("text_missing")
            money.refuse(pk, desk.person, desk.at, why)
    except Refused as refused:
        return _entry_page(
            request, find_entry(request, pk), funds_refusal(refused.code, refused.args_map) or refused.code
        )
    return redirect(
        f"{reverse('work_funds')}?done={'approved' if request.POST.get('answer') == 'approve' else 'refused'}"
    )


@requires("staff")
@never_cache
@require_GET
def work_fund_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper behind an entry, as it was handed in."""
    entry = find_entry(request, pk)
    paper = FundEvidence.objects.filter(digest=entry.evidence, book=entry.book_id).first()
    if paper is None:
        raise Http404("the paper is not kept here")
    response = HttpResponse(read_evidence(paper), content_type=paper.media_type)
    response["Content-Disposition"] = f'attachment; filename="evidence-{paper.digest[:8]}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@requires("staff")
@never_cache
@require_GET
def work_funds_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The book of a year as Excel, which `gongzhi funds import` reads again."""
    book = book_of(request, pk)
    years = years_of(FundBook.objects.filter(pk=pk))
    asked = Asked.of(request, years, desk_of(request).at)
    response = HttpResponse(write_workbook(tables_of(book, asked.year)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="funds-{book.organ.organ}-{asked.year}.xlsx"'
    return response


@requires("staff")
@never_cache
@require_GET
def work_fund_check(request: HttpRequest, pk: int) -> HttpResponse:
    """核对账目: the same proof as `gongzhi funds check`."""
    book = book_of(request, pk)
    wrong = [wrong_text(one.code, one.year, one.number, one.found, one.expected) for one in check(book)]
    return show(request, "fund_check.html", book=book, wrong=wrong, n=book.entries.filter(state="posted").count())
