"""预算、合同、结账 for staff: adopt a budget line by line, end a contract, close a month."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.core.calendar import in_china
from gongzhi.core.money import BadAmount, parse_yuan, yuan_text
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import funds_plan as plan
from gongzhi.desk.funds_plan import Use
from gongzhi.records.funds.models import Commitment, Fund, FundBook, FundBudget
from gongzhi.web.access import requires
from gongzhi.web.funds import Ledger
from gongzhi.web.workbench.funds import book_of
from gongzhi.web.workbench.funds_forms import MoneyForm
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.funds import ACCOUNTS

__all__ = ["fund_budget", "fund_plans", "fund_release"]

SPARE = 3  # empty lines below those of the budget
MOST = 40


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def fund_plans(request: HttpRequest, pk: int) -> HttpResponse:
    """Budgets, contracts and closed months of a book; POST closes the month named."""
    book, desk = book_of(request, pk), desk_of(request)
    error = ""
    if request.method == "POST":
        try:
            plan.close_month(book, _month(request.POST.get("month", "")), desk.person, desk.at)
            return redirect(f"{reverse('fund_plans', args=[pk])}?done=closed")
        except Refused as refused:
            form = MoneyForm(request, book)
            form.refused(refused)
            error = next(iter(form.errors.values()))
    return _plans_page(request, book, error)


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as fault:
        raise Refused("not_a_day") from fault


def _plans_page(request: HttpRequest, book: FundBook, error: str) -> HttpResponse:
    desk = desk_of(request)
    year = in_china(desk.at).year
    ledger = Ledger(FundBook.objects.filter(pk=book.pk), year, desk.at, open_=True)
    contracts = Commitment.objects.filter(line__budget__fund__book=book).select_related("line").order_by("-pk")[:100]
    budgets = {one.fund_id: one for one in FundBudget.objects.filter(fund__book=book, year=year)}
    return show(
        request, "fund_plans.html", 422 if error else 200, book=book, year=year, uses=ledger.uses(), key=new_key(),
        funds=[{"fund": one, "title": ledger.said(one.title), "budget": budgets.get(one.pk),
                "amount": yuan_text(budgets[one.pk].amount) if one.pk in budgets else ""}
               for one in book.funds.order_by("pk")],
        contracts=[{"one": one, "amount": yuan_text(one.amount), "left": yuan_text(one.left)} for one in contracts],
        closed=list(book.periods.order_by("-month")[:24]), months=_open_months(book, in_china(desk.at).date()),
        errors=[{"text": error, "href": "#month"}] if error else [], done=request.GET.get("done", ""),
    )  # fmt: skip


def _open_months(book: FundBook, today: date) -> list[dict[str, str]]:
    """The months of the last year that are over and not closed, the earliest first."""
    closed = set(book.periods.values_list("month", flat=True))
    year, month = today.year, today.month
    found = []
    for _n in range(12):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        if date(year, month, 1) not in closed:
            found.append({"value": f"{year}-{month:02}", "text": f"{year}-{month:02}"})
    return found[::-1]


@requires("staff")
@require_POST
def fund_release(request: HttpRequest, pk: int, contract: int) -> HttpResponse:
    """The contract is over: what is left goes back into the budget."""
    book, desk = book_of(request, pk), desk_of(request)
    found = Commitment.objects.filter(pk=contract, line__budget__fund__book=book).first()
    if found is None:
        raise Http404("no such contract")
    try:
        plan.release(found, desk.person, desk.at)
    except Refused as refused:
        form = MoneyForm(request, book)
        form.refused(refused)
        return _plans_page(request, book, next(iter(form.errors.values())))
    return redirect(f"{reverse('fund_plans', args=[pk])}?done=released")


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def fund_budget(request: HttpRequest, pk: int, name: str, year: int) -> HttpResponse:
    """The budget of a fund for a year, use by use, with the paper of who decided it."""
    book, desk = book_of(request, pk), desk_of(request)
    fund = Fund.objects.filter(book=book, name=name).select_related("book__organ", "book__place").first()
    if fund is None or not 2000 < year < 2200:
        raise Http404("no such fund")
    form = MoneyForm(request, book)
    if request.method == "POST":
        try:
            paper = form.paper()
            heads = form.get("heads")
            plan.set_budget(fund, year, form.cents(), _uses(form), paper, desk.person, desk.at,
                            int(heads) if heads.isascii() and heads.isdecimal() else 0)  # fmt: skip
            return redirect(f"{reverse('fund_plans', args=[pk])}?done=budget")
        except Refused as refused:
            form.refused(refused)
    return _budget_page(request, form, fund, year)


def _uses(form: MoneyForm) -> list[Use]:
    """The lines that have a title. Raises Refused with what is wrong with an amount."""
    found = []
    for n in range(MOST):
        title, amount = form.get(f"title-{n}"), form.get(f"amount-{n}")
        if not title and not amount:
            continue
        try:
            cents = parse_yuan(amount)
        except BadAmount as fault:
            raise Refused(fault.code) from fault
        if not title:
            raise Refused("text_missing")
        found.append(Use(form.get(f"use-{n}") or f"use{n + 1}", title[:100], form.get(f"account-{n}"), cents))
    return found


def _budget_page(request: HttpRequest, form: MoneyForm, fund: Fund, year: int) -> HttpResponse:
    ledger = Ledger(FundBook.objects.filter(pk=fund.book_id), year, desk_of(request).at, open_=True)
    budget = FundBudget.objects.filter(fund=fund, year=year).first()
    sent = request.method == "POST"
    lines = _sent_lines(form) if sent else _stored_lines(budget)
    accounts = [{"value": code, "text": str(title)} for code, title in ACCOUNTS.items() if code.startswith("5")]
    return show(
        request, "fund_budget.html", 422 if form.errors else 200, fund=fund, title=ledger.said(fund.title), year=year,
        book=fund.book, lines=lines, accounts=accounts, key=new_key(), evidence=form.evidence, faults=form.errors,
        errors=form.summary(), amount=form.get("amount") if sent else yuan_text(budget.amount) if budget else "",
        heads=form.get("heads") if sent else str(budget.heads) if budget and budget.heads else "",
        said=_("每人每年至少{n}元。").format(n=fund.least) if fund.least else "",
    )  # fmt: skip


def _sent_lines(form: MoneyForm) -> list[dict[str, Any]]:
    found = [{name: form.get(f"{name}-{n}") for name in ("use", "title", "account", "amount")} for n in range(MOST)]
    used = [one for one in found if one["title"] or one["amount"]]
    return [*used, *({"use": "", "title": "", "account": "", "amount": ""} for _n in range(SPARE))]


def _stored_lines(budget: FundBudget | None) -> list[dict[str, Any]]:
    rows = budget.lines.select_related("account").order_by("pk") if budget else ()
    found: list[dict[str, Any]] = [
        {"use": one.use, "title": one.title, "account": one.account.code, "amount": yuan_text(one.amount)}
        for one in rows
    ]
    return [*found, *({"use": "", "title": "", "account": "", "amount": ""} for _n in range(SPARE))]
