"""Asking for money to move: payment, receipt, passing on, reversal, contract, earmark. A second person approves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.core.calendar import in_china
from gongzhi.core.money import yuan_text
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import funds as money
from gongzhi.desk import funds_plan as plan
from gongzhi.records.funds.models import BudgetLine, Commitment, Fund, FundBook
from gongzhi.web.access import requires
from gongzhi.web.funds import Ledger
from gongzhi.web.workbench.funds import book_of, find_entry
from gongzhi.web.workbench.funds_forms import MoneyForm, Option, amount_field, entry_fields, select
from gongzhi.web.workbench.page import desk_of, new_key, show
from gongzhi.words.funds import ACCOUNTS

__all__ = ["FORMS", "fund_ask", "fund_reverse"]

Send = Callable[[MoneyForm], None]


class Asking:
    """What a form of one kind needs of a book."""

    def __init__(self, request: HttpRequest, book: FundBook) -> None:
        desk = desk_of(request)
        self.book, self.by, self.at = book, desk.person, desk.at
        self.ledger = Ledger(FundBook.objects.filter(pk=book.pk), in_china(desk.at).year, desk.at, open_=True)

    def funds(self) -> list[Option]:
        return [{"value": one.name, "text": f"{self.ledger.said(one.title)}（{yuan_text(one.balance)}）"}
                for one in self.book.funds.order_by("pk")]  # fmt: skip

    def uses(self) -> list[Option]:
        """Uses of this year's budgets; the value says fund and use."""
        return [
            {"value": f"{one.line.budget.fund.name}/{one.line.use}",
             "text": _("{fund}：{use}，还剩{free}元").format(fund=one.fund, use=one.title, free=one.free)}
            for one in self.ledger.uses()
        ]  # fmt: skip

    def contracts(self) -> list[Option]:
        rows = Commitment.objects.filter(line__budget__fund__book=self.book, released_at=None, left__gt=0).order_by(
            "pk"
        )
        none: list[Option] = [{"value": "", "text": _("不是合同款")}]
        return [*none, *({"value": str(one.pk), "text": f"{one.title}（{yuan_text(one.left)}）"} for one in rows)]

    def targets(self) -> list[Option]:
        """Funds of any book of the same place."""
        rows = Fund.objects.filter(book__place=self.book.place).select_related("book__organ").order_by("book", "pk")
        return [
            {"value": str(one.pk), "text": f"{one.book.organ.title}：{self.ledger.said(one.title)}"} for one in rows
        ]

    def use_of(self, form: MoneyForm) -> tuple[str, str]:
        fund, _slash, use = form.get("use").partition("/")
        return fund, use


def _accounts(kind: str) -> list[Option]:
    first = {"income": "4", "money": "1", "expense": "5"}[kind]
    return [{"value": code, "text": str(title)} for code, title in ACCOUNTS.items() if code.startswith(first)]


def _pay(one: Asking, form: MoneyForm) -> None:
    contract = form.get("contract")
    fund, use = one.use_of(form)
    money.ask_payment(one.book, fund, use, form.cents(), form.entry(), one.by, one.at,
                      int(contract) if contract.isdecimal() else None)  # fmt: skip


def _receive(one: Asking, form: MoneyForm) -> None:
    money.ask_receipt(one.book, form.get("fund"), form.get("income"), form.cents(), form.entry(), one.by, one.at)


def _pass_on(one: Asking, form: MoneyForm) -> None:
    target = form.get("target")
    into = Fund.objects.filter(pk=int(target) if target.isdecimal() else 0, book__place=one.book.place).first()
    source = one.book.funds.filter(name=form.get("fund")).first()
    if into is None or source is None:
        raise Refused("no_fund")
    money.ask_transfer(source, into, form.cents(), form.entry(), one.by, one.at)


def _contract(one: Asking, form: MoneyForm) -> None:
    fund, use = one.use_of(form)
    year = in_china(one.at).year
    line = BudgetLine.objects.filter(budget__fund__book=one.book, budget__fund__name=fund, budget__year=year, use=use)
    found = line.select_related("budget__fund__book").first()
    if found is None:
        raise Refused("outside_earmark", fund=fund)
    plan.commit(found, form.get("text")[:150], form.get("party"), form.cents(), form.paper(), one.by, one.at)


def _earmark(one: Asking, form: MoneyForm) -> None:
    name = f"gift_{one.book.funds.count() + 1}"
    plan.earmark(one.book, name, form.get("title")[:100], form.get("purpose")[:300], one.by, one.at)


def _pay_fields(one: Asking) -> list[dict[str, Any]]:
    return [select("use", _("从哪笔资金的哪项用途付"), one.uses(), _("这里没有的用途，先定预算")),
            select("contract", _("是哪份合同的"), one.contracts()), amount_field(),
            select("account", _("怎么付"), _accounts("money")[::-1]), *entry_fields(_("付给谁")),
            {"as": "text", "name": "matter", "label": _("为哪件事（编号，可以不填）"),
             "hint": _("那件事的付款环节办完时，这一笔一起入账")}]  # fmt: skip


def _receive_fields(one: Asking) -> list[dict[str, Any]]:
    return [select("fund", _("进哪笔资金"), one.funds()), select("income", _("哪一种收入"), _accounts("income")),
            amount_field(), select("account", _("怎么收"), _accounts("money")[::-1]),
            *entry_fields(_("谁给的"))]  # fmt: skip


def _pass_fields(one: Asking) -> list[dict[str, Any]]:
    return [select("fund", _("从哪笔资金"), one.funds()), select("target", _("到哪笔资金"), one.targets()),
            amount_field(),
            *entry_fields(paper=_("依据：拨款单、决定"))]  # fmt: skip


def _contract_fields(one: Asking) -> list[dict[str, Any]]:
    rest = [field for field in entry_fields(_("和谁签"), _("合同")) if field["name"] not in ("day", "party_kind")]
    return [select("use", _("用哪项预算"), one.uses()), amount_field(), *rest]


def _earmark_fields(one: Asking) -> list[dict[str, Any]]:
    return [{"as": "text", "name": "title", "label": _("叫什么"), "hint": _("如：图书角捐款")},
            {"as": "textarea", "name": "purpose", "label": _("只能用来做什么"), "hint": _("会公开")}]  # fmt: skip


# kind: (title, what happens then, button, fields, what is done)
FORMS: dict[str, tuple[Callable[[], str], Callable[[], str], Callable[[Asking], list[dict[str, Any]]], Any]] = {
    "pay": (
        lambda: _("申请付款"), lambda: _("另一个人审批以后才入账。超预算的、不在用途里的，现在就会退回。"),
        _pay_fields, _pay),
    "receive": (lambda: _("登记收入"), lambda: _("另一个人审批以后才入账。"), _receive_fields, _receive),
    "pass-on": (lambda: _("资金调拨"), lambda: _("另一个人审批以后，两边一起入账。"), _pass_fields, _pass_on),
    "contract": (
        lambda: _("登记合同"), lambda: _("合同金额马上从预算里留出来，付款时从里面付。"),
        _contract_fields, _contract),
    "earmark": (
        lambda: _("新开一笔专款"), lambda: _("捐款写明了用途的，单独开一笔，只能用在这上面。"),
        _earmark_fields, _earmark),
}  # fmt: skip


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def fund_ask(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One of the forms, and what is done with it."""
    if kind not in FORMS:
        raise Http404("no such form")
    book = book_of(request, pk)
    title, then, fields, send = FORMS[kind]
    asking, form = Asking(request, book), MoneyForm(request, book)
    if request.method == "POST":
        try:
            send(asking, form)
            return redirect(f"{reverse('work_funds')}?done={'kept' if kind in ('contract', 'earmark') else 'asked'}")
        except Refused as refused:
            form.refused(refused)
    return form_page(request, form, title(), then(), fields(asking))


def form_page(
    request: HttpRequest, form: MoneyForm, title: str, then: str, fields: list[dict[str, Any]]
) -> HttpResponse:
    """The form with everything typed still in it; the day is today's until somebody changes it."""
    today = in_china(desk_of(request).at).date()
    day = {part: form.get(f"day_{part}") or str(getattr(today, part)) for part in ("year", "month", "day")}
    values = {one["name"]: form.get(one["name"]) for one in fields}
    return show(
        request, "fund_form.html", 422 if form.errors else 200, title=title, then=then, fields=fields, values=values,
        day=day, book=form.book, key=new_key(), evidence=form.evidence, faults=form.errors, errors=form.summary(),
        kept={name: form.get(name) for name in ("matter", "visit") if form.get(name)},
    )  # fmt: skip


@requires("staff")
@never_cache
@require_http_methods(["GET", "POST"])
def fund_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """冲销: ask for the same entry the other way round."""
    entry, desk = find_entry(request, pk), desk_of(request)
    form = MoneyForm(request, entry.book)
    if request.method == "POST":
        try:
            money.ask_reversal(entry, form.entry(), desk.person, desk.at)
            return redirect(f"{reverse('work_funds')}?done=asked")
        except Refused as refused:
            form.refused(refused)
    then = _("原来的一笔不删。另一个人审批以后，再记一笔相反的，金额{n}元。").format(n=yuan_text(entry.amount))
    return form_page(
        request, form, _("冲销：{text}").format(text=entry.text), then, entry_fields(paper=_("说明错在哪里的材料"))
    )
