"""按需求分配: who needs how much, what each gets to the cent, how much reaches people in difficulty; then a budget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.core.calendar import in_china
from gongzhi.core.money import Need, shares_by_need, yuan_text
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.funds_needs import NeedFault, adopt_shares, needs_of
from gongzhi.records.funds.models import Fund, FundBook
from gongzhi.web import texts
from gongzhi.web.access import requires
from gongzhi.web.funds import Ledger
from gongzhi.web.workbench.funds import book_of
from gongzhi.web.workbench.funds_forms import MoneyForm
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.funds import ACCOUNTS, funds_refusal
from gongzhi.words.needs import needs_sheet

__all__ = ["fund_needs"]

BAR = 1000
EXPENSE = "5002"


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def fund_needs(request: HttpRequest, pk: int) -> HttpResponse:
    """Work it out as often as one likes; `adopt` makes it the budget of the fund for this year."""
    book, desk = book_of(request, pk), desk_of(request)
    form, year = MoneyForm(request, book), in_china(desk.at).year
    if request.method == "GET":
        return _page(request, form, year)
    needs, faults = needs_of(_typed(request))
    try:
        fund = _fund(book, form.get("fund"))
        cents = form.cents()
        if not needs and not faults:
            raise Refused("needs_missing")
        if not faults and "adopt" in request.POST:
            sheet = needs_sheet(fund.title, year, cents, needs, shares_by_need(cents, needs))
            adopt_shares(fund, year, cents, needs, form.get("account") or EXPENSE, sheet, desk.person, desk.at)
            return redirect(f"{reverse('fund_plans', args=[pk])}?done=budget")
    except Refused as refused:
        form.refused(refused)
        return _page(request, form, year, faults=faults)
    shares = None if faults else _shown(cents, needs)
    return _page(request, form, year, faults=faults, shares=shares)


def _typed(request: HttpRequest) -> str:
    """The lines; a block from a spreadsheet has tabs between its cells."""
    return texts.clean_text(request.POST.get("needs", "").replace("\t", " | "))


def _fund(book: FundBook, name: str) -> Fund:
    found = Fund.objects.filter(book=book, name=name, spends=True).select_related("book__organ", "book__place").first()
    if found is None:
        raise Refused("no_fund")
    return found


def _page(
    request: HttpRequest, form: MoneyForm, year: int, faults: Sequence[NeedFault] = (),
    shares: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    ledger = Ledger(FundBook.objects.filter(pk=form.book.pk), year, desk_of(request).at, open_=True)
    funds = [{"value": one.name, "text": ledger.said(one.title)} for one in form.book.funds.filter(spends=True)]
    accounts = [{"value": code, "text": f"{code} {title}"} for code, title in ACCOUNTS.items() if code[0] == "5"]
    rows = [{"text": _("第{n}行“{value}”：{why}").format(n=one.line, value=one.value, why=funds_refusal(one.code, {})),
             "href": "#needs"} for one in faults]  # fmt: skip
    return show(
        request, "fund_needs.html", 422 if form.errors or faults else 200, book=form.book, year=year, funds=funds,
        accounts=accounts, errors=[*form.summary(), *rows], faults=form.errors, key=new_key(), shares=shares,
        typed={name: form.get(name) for name in ("fund", "amount", "account")},
        needs=_typed(request),
    )  # fmt: skip


def _shown(cents: int, needs: Sequence[Need]) -> dict[str, Any]:
    """The result as texts and bars of a thousand."""
    shares = shares_by_need(cents, needs)
    given = cents - shares.left
    rows = [{"need": one, "asked": yuan_text(one.need), "got": yuan_text(shares.parts[one.name]),
             "of": round(100 * shares.parts[one.name] / one.need) if one.need else 0} for one in needs]  # fmt: skip
    return {
        "rows": rows, "total": yuan_text(cents), "given": yuan_text(given), "left": yuan_text(shares.left),
        "reached": yuan_text(shares.reached), "even": yuan_text(shares.equal_reached),
        "reached_of": _percent(shares.reached, given), "even_of": _percent(shares.equal_reached, given),
        "reached_at": BAR * shares.reached // given if given else 0,
        "even_at": BAR * shares.equal_reached // given if given else 0,
    }  # fmt: skip


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "0%"
