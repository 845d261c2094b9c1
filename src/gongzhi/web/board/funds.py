"""钱从哪来、花到哪: the open books. Sums by fund, budget beside spending, every entry; names of people masked."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongzhi.records.funds.queries import books_at, years_of
from gongzhi.web.access import requires
from gongzhi.web.board.paging import page_of, pages_of
from gongzhi.web.clock import now
from gongzhi.web.funds import Asked, Ledger, listed
from gongzhi.web.page import community_of, show

__all__ = ["board_funds", "funds_csv"]

PAGE = 30


def _asked(request: HttpRequest) -> tuple[Asked, Ledger]:
    books, at = books_at(community_of(request)), now()
    asked = Asked.of(request, years_of(books), at)
    return asked, Ledger(books, asked.year, at)


@requires("public")
@require_GET
def board_funds(request: HttpRequest) -> HttpResponse:
    """One year: where the money came from, what it was for, and each entry."""
    asked, ledger = _asked(request)
    entries = listed(ledger.books, asked)
    total, page = entries.count(), page_of(request)
    query = urlencode({"year": asked.year, "fund": asked.fund, "kind": asked.kind, "q": asked.q})
    return show(
        request, "board/funds.html", asked=asked, funds=ledger.fund_rows(), sums=ledger.sums(), uses=ledger.uses(),
        rows=ledger.rows(entries[(page - 1) * PAGE : page * PAGE]), fields=ledger.fields(asked), total=total,
        page=page, pages=pages_of(total, PAGE), query=query, filtered=bool(asked.fund or asked.kind or asked.q),
    )  # fmt: skip


@requires("public")
@require_GET
def funds_csv(request: HttpRequest) -> HttpResponse:
    """The same entries as a table for spreadsheets, as masked as on the page; UTF-8 with a mark."""
    asked, ledger = _asked(request)
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out)
    writer.writerow([_("编号"), _("日期"), _("类型"), _("资金"), _("摘要"), _("对方"), _("收入"), _("支出"), _("金额")])
    for row in ledger.rows(listed(ledger.books, asked)):
        came, went = (row.amount if row.way > 0 else ""), (row.amount if row.way < 0 else "")
        cells = [
            row.number,
            row.entry.day.isoformat(),
            row.kind,
            row.funds,
            row.text,
            row.party,
            came,
            went,
            row.amount,
        ]
        writer.writerow([_harmless(one) for one in cells])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="funds-{asked.year}.csv"'
    return response


def _harmless(value: str) -> str:
    return f"'{value}" if value[:1] in ("=", "+", "-", "@") else value
