"""银行对账: upload a statement, say which column is what, see wrong rows, match each line with an entry."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.core.money import yuan_text
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import funds_bank as bank
from gongzhi.records.funds.models import BankLine, FundBook
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.workbench.funds import book_of
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.funds import funds_refusal

__all__ = ["fund_bank", "fund_match"]

PAGE = 30
SALT = "bank-statement"


def labels() -> dict[str, str]:
    return {
        "day": _("日期"),
        "amount": _("金额（支出为负）"),
        "in": _("收入"),
        "out": _("支出"),
        "text": _("摘要"),
        "party": _("对方"),
    }


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def fund_bank(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: lines and what they are matched with. POST: a file, then its columns."""
    book = book_of(request, pk)
    if request.method == "GET":
        return _page(request, book)
    try:
        return _columns(request, book) if "rows" in request.POST else _uploaded(request, book)
    except (Refused, signing.BadSignature) as fault:
        code, args = (fault.code, fault.args_map) if isinstance(fault, Refused) else ("file_unreadable", {})
        return _page(request, book, funds_refusal(code, args) or code)


def _uploaded(request: HttpRequest, book: FundBook) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > 5 * 1024 * 1024:
        raise Refused("file_unreadable")
    rows = [[str(cell) if not isinstance(cell, float) else cell for cell in row]
            for row in bank.rows_of(file.name or "", file.read())]  # fmt: skip
    if len(rows) < 2:
        raise Refused("file_unreadable")
    guessed = bank.guess([str(one) for one in rows[0]])
    return _choose(request, book, rows, guessed)


def _choose(
    request: HttpRequest, book: FundBook, rows: list[list[Any]], columns: dict[str, int], **more: Any
) -> HttpResponse:
    return show(
        request, "fund_columns.html", 422 if more.get("faults") or more.get("errors") else 200, book=book,
        heads=[str(one) for one in rows[0]], sample=[[str(one) for one in row] for row in rows[1:4]],
        labels=labels(), columns=columns, total=len(rows) - 1, key=new_key(),
        packed=signing.dumps(rows, salt=SALT, compress=True), **more,
    )  # fmt: skip


def _columns(request: HttpRequest, book: FundBook) -> HttpResponse:
    """The statement read by the columns said. With wrong rows nothing is stored, or only the good ones if wanted."""
    rows = signing.loads(request.POST["rows"], salt=SALT, max_age=3600)
    said = {what: request.POST.get(f"column-{what}", "") for what in bank.COLUMNS}
    columns = {what: int(n) for what, n in said.items() if n.isascii() and n.isdecimal() and int(n) < len(rows[0])}
    desk = desk_of(request)
    try:
        found = bank.read_statement(rows, columns)
    except Refused as refused:
        return _choose(
            request, book, rows, columns, errors=[{"text": funds_refusal(refused.code, {}), "href": "#column-day"}]
        )
    if found.faults and "only_good" not in request.POST:
        return _choose(request, book, rows, columns, good=len(found.lines), faults=_said(found.faults))
    made, known = bank.store(book, found.lines, desk.person, desk.at)
    return redirect(f"{reverse('fund_bank', args=[book.pk])}?made={made}&known={known}")


def _said(faults: tuple[bank.BankFault, ...]) -> list[dict[str, Any]]:
    names = labels()
    return [{"row": one.row, "column": names[one.column], "value": one.value, "why": funds_refusal(one.code, {})}
            for one in faults]  # fmt: skip


def _page(request: HttpRequest, book: FundBook, error: str = "") -> HttpResponse:
    state = request.GET.get("state", "open")
    lines = BankLine.objects.filter(book=book).select_related("entry").order_by("-day", "-pk")
    counts = {"open": lines.filter(entry=None).count(), "done": lines.exclude(entry=None).count()}
    shown = lines.exclude(entry=None) if state == "done" else lines.filter(entry=None)
    page = page_of(request)
    return show(
        request, "fund_bank.html", 422 if error else 200, book=book, state=state, counts=counts, key=new_key(),
        rows=[_row(one) for one in shown[(page - 1) * PAGE : page * PAGE]], page=page,
        pages=pages_of(counts["done" if state == "done" else "open"], PAGE), made=request.GET.get("made", ""),
        known=request.GET.get("known", ""), errors=[{"text": error, "href": "#file"}] if error else [],
    )  # fmt: skip


def _row(one: BankLine) -> dict[str, Any]:
    return {"line": one, "amount": yuan_text(one.amount), "entry": one.entry}


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def fund_match(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Entries of the same sum for one line of the bank; POST matches one, or takes the match back."""
    book, desk = book_of(request, pk), desk_of(request)
    found = BankLine.objects.filter(pk=line, book=book).select_related("entry", "book").first()
    if found is None:
        raise Http404("no such line")
    options, error = bank.candidates(book, found), ""
    if request.method == "POST":
        chosen = request.POST.get("entry", "")
        entry = next((one for one in options if str(one.pk) == chosen), None)
        try:
            if entry is None and chosen != "none":
                raise Refused("no_entry")
            bank.match(found, entry, desk.person, desk.at)
            return redirect(reverse("fund_bank", args=[pk]))
        except Refused as refused:
            error = funds_refusal(refused.code, refused.args_map)
    return show(request, "fund_match.html", 422 if error else 200, book=book, row=_row(found), options=options,
                amount=yuan_text(found.amount), key=new_key(),
                errors=[{"text": error, "href": ""}] if error else [])  # fmt: skip
