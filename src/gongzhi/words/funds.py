"""Money in sentences: why something is not booked and what to do, kinds of entries, what is wrong in a book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.core.money import yuan_text

__all__ = [
    "ACCOUNTS",
    "FUNDS_REFUSALS",
    "KINDS",
    "cell_fault",
    "funds_refusal",
    "kind_text",
    "masked",
    "money_refused",
    "wrong_text",
]

Args = Mapping[str, Any]

KINDS = {
    "opening": gettext_lazy("年初结余"), "receipt": gettext_lazy("收入"), "payment": gettext_lazy("付款"),
    "transfer": gettext_lazy("调拨"), "correction": gettext_lazy("更正"), "reversal": gettext_lazy("冲销"),
}  # fmt: skip
ACCOUNTS = {
    "1001": gettext_lazy("现金"), "1002": gettext_lazy("银行存款"), "2001": gettext_lazy("应付款"),
    "3001": gettext_lazy("年初结余"), "3101": gettext_lazy("资金调拨"), "4001": gettext_lazy("财政拨款"),
    "4002": gettext_lazy("党组织工作经费"), "4003": gettext_lazy("捐赠收入"), "4004": gettext_lazy("自筹和其他收入"),
    "5001": gettext_lazy("办公和管理"), "5002": gettext_lazy("公共服务项目"), "5003": gettext_lazy("活动"),
    "5004": gettext_lazy("帮扶"), "5005": gettext_lazy("维修和设施"), "5006": gettext_lazy("购买服务"),
}  # fmt: skip


def kind_text(kind: str) -> str:
    """What sort of entry it is."""
    return str(KINDS.get(kind, kind))


def _y(a: Args, name: str) -> str:
    return yuan_text(int(a.get(name, 0)))


FUNDS_REFUSALS: dict[str, Callable[[Args], str]] = {
    "second_person": lambda a: _("这一笔是您申请的，要由另一个人审批。请请同事或监督的人来批。"),
    "not_of_book": lambda a: _("这本账由管这笔钱的单位记，由它或者监督它的单位审批。您现在没有这个席位。"),
    "entry_settled": lambda a: _("这一笔已经有人处理过了。请刷新页面看结果。"),
    "no_entry": lambda a: _("没有这一笔。请刷新页面。"),
    "no_fund": lambda a: _("没有这笔资金。请从列表里选。"),
    "same_fund": lambda a: _("调出和调入是同一笔资金。请选两笔不同的。"),
    "unbalanced": lambda a: _("借贷不平，差{n}元。每笔资金的借方和贷方要相等。").format(n=_y(a, "difference")),
    "account_unknown": lambda a: _("没有“{code}”这个科目，或者它不能用在这里。请从列表里选。").format(
        code=a.get("account", "")),
    "amount_not_positive": lambda a: _("金额要大于0。"),
    "evidence_missing": lambda a: _("还没有票据。请上传发票、收据、合同或决定的照片或文件，再提交。"),
    "evidence_too_large": lambda a: _("票据文件超过5 MB。请压缩照片，或者分成几份。"),
    "evidence_kind": lambda a: _("票据要是照片（JPG、PNG、WebP）、PDF、Excel、Word或文本文件。"),
    "text_missing": lambda a: _("请写一句摘要：做什么用。"),
    "personal_in_text": lambda a: _("摘要会公开，里面好像有电话、证件号或卡号。请去掉；收款人写在“对方”里。"),
    "in_future": lambda a: _("日期还没到。请写已经发生的日期。"),
    "month_closed": lambda a: _("{month}已经结账，不能再记。请记在现在的月份，写清是补记。").format(
        month=a.get("month", "")),
    "month_not_over": lambda a: _("{month}还没有过完，不能结账。").format(month=a.get("month", "")),
    "entries_waiting": lambda a: _("还有{n}笔在等审批。批了或者退回，再结账。").format(n=a.get("n", 0)),
    "over_budget": lambda a: _("超预算：要{amount}元，“{line}”只剩{free}元没有用。先调整预算，再申请。").format(
        amount=_y(a, "amount"), line=a.get("line", ""), free=_y(a, "free")),
    "over_contract": lambda a: _("超合同：要{amount}元，合同里只剩{free}元没有付。").format(
        amount=_y(a, "amount"), free=_y(a, "free")),
    "fund_short": lambda a: _("钱不够：要{amount}元，“{fund}”账上只有{balance}元。").format(
        amount=_y(a, "amount"), fund=a.get("fund", ""), balance=_y(a, "balance")),
    "outside_earmark": lambda a: _(
        "专款专用：“{fund}”的预算里没有这一项用途。请从有这项用途的资金里付，或者先定预算。"
    ).format(fund=a.get("fund", "")),
    "share_kept": lambda a: _(
        "要留给“{part}”的{kept}元（至少{share}%）还没有拨，账上只有{balance}元。先把应拨的拨过去。"
    ).format(part=a.get("part", ""), kept=_y(a, "kept"), share=a.get("share", ""), balance=_y(a, "balance")),
    "does_not_spend": lambda a: _("“{fund}”只拨付，不直接支出。请先拨给执行的单位。").format(fund=a.get("fund", "")),
    "use_payment": lambda a: _("这是一笔付款。请用“申请付款”，这样才会核对预算。"),
    "not_reversible": lambda a: _("只有已经入账的可以冲销，冲销本身不能再冲销。"),
    "transfer_back": lambda a: _("调拨不冲销。请反方向再做一次调拨。"),
    "reversed_already": lambda a: _("这一笔已经冲销过，或者正在等审批。"),
    "books_refuse": lambda a: _("账本没有收这一笔：可能同时有人在记账。请刷新页面再试。"),
    "fund_exists": lambda a: _("已经有这个名字的资金。请换一个。"),
    "decision_missing": lambda a: _("预算要有依据。请上传决定或者会议记录。"),
    "heads_missing": lambda a: _("“{fund}”按人数定预算。请填人数。").format(fund=a.get("fund", "")),
    "below_least": lambda a: _("预算太低：{heads}人，每人至少{least}元，最少要{needed}元。").format(
        heads=a.get("heads", 0), least=a.get("least", 0), needed=_y(a, "needed")),
    "lines_over_amount": lambda a: _("各项用途合计{planned}元，超过预算总额{amount}元。").format(
        planned=_y(a, "planned"), amount=_y(a, "amount")),
    "line_below_spent": lambda a: _("“{line}”已经用了和预留了{used}元，不能比这更少。").format(
        line=a.get("line", ""), used=_y(a, "used")),
    "need_name": lambda a: _("请写给哪个项目或者社区，60字以内。"),
    "need_twice": lambda a: _("这个名称前面写过了，请合成一行。"),
    "need_weight": lambda a: _("权重要是1到100的整数。"),
    "need_percent": lambda a: _("困难群体的比例要是0到100的整数。"),
    "needs_missing": lambda a: _("请至少写一行：名称 | 需要多少元。"),
    "needs_too_many": lambda a: _("一次最多分60行。"),
    "book_not_empty": lambda a: _("这本账里已经有分录。只能导入空账。"),
    "other_book": lambda a: _("这是“{found}”的账，不是这本账的。请核对文件。").format(found=a.get("found", "")),
    "sheet_missing": lambda a: _("缺少工作表“{sheet}”。请用导出的原文件。").format(sheet=a.get("sheet", "")),
    "file_unreadable": lambda a: _("打不开这个文件：损坏了，或者不是Excel工作簿。请另存为 .xlsx 再试。"),
    "no_payment": lambda a: _("这一步要先付款：还没有为它申请付款。请在“资金和账”里为这件事申请，再办这一步。"),
    "payment_unsigned": lambda a: _("付款还没有第二个人签字。请等{who}签字，再办这一步。").format(who=a.get("who", "")),
    "amount_empty": lambda a: _("请填金额。"),
    "amount_not_a_number": lambda a: _("金额写得认不出。请写成 1234.50。"),
    "amount_decimals": lambda a: _("金额最多两位小数，到分为止。"),
    "amount_too_large": lambda a: _("金额太大了。请核对。"),
    "not_a_day": lambda a: _("日期认不出。请写成 2026-03-16。"),
    "bank_matched": lambda a: _("这一行或这一笔已经对上了。请刷新页面。"),
    "bank_differs": lambda a: _("金额不一样，不能对上：银行{bank}元，账上{entry}元。").format(
        bank=_y(a, "bank"), entry=_y(a, "entry")),
    "columns_missing": lambda a: _("请说明哪一列是日期，哪一列是金额（或者收入、支出两列）。"),
}  # fmt: skip


def funds_refusal(code: str, args: Args) -> str:
    """The sentence; empty for a code that is not about money."""
    return FUNDS_REFUSALS[code](args) if code in FUNDS_REFUSALS else ""


def money_refused() -> dict[str, Callable[[Any, Args, str], str]]:
    """The same for the speaker of matters."""

    def said(tell: Callable[[Args], str]) -> Callable[[Any, Args, str], str]:
        return lambda speaker, args, step: tell(args)

    return {code: said(tell) for code, tell in FUNDS_REFUSALS.items()}


def cell_fault(code: str, sheet: str, row: int, column: str = "", value: str = "") -> str:
    """What is wrong with a cell of a workbook and where."""
    said = (
        {
            "column_missing": _("缺少这一列"),
            "not_a_number": _("应当是整数"),
            "unknown_name": _("别的工作表里没有它"),
            "hash_differs": _("校验码对不上：这一笔被改过"),
        }.get(code)
        or funds_refusal(code, {})
        or code
    )
    return _("工作表“{sheet}”第{row}行“{column}”（{value}）：{said}").format(
        sheet=sheet, row=row, column=column, value=value, said=said
    )


def wrong_text(code: str, year: int, number: int, found: int, expected: int) -> str:
    """What does not hold in a book."""
    where = _("{year}年第{number}号").format(year=year, number=number) if number else _("整本账")
    have, need = yuan_text(found), yuan_text(expected)
    said = {
        "unbalanced": _("借贷不平"), "gap": _("号码断了"), "chain": _("内容和校验码对不上，被改过"),
        "balance": _("余额{found}元，分录算出来是{expected}元").format(found=have, expected=need),
        "spent": _("预算已用{found}元，分录算出来是{expected}元").format(found=have, expected=need),
    }[code]  # fmt: skip
    return _("{where}：{said}").format(where=where, said=said)


def masked(name: str, kind: str) -> str:
    """Who paid or was paid, as everybody may read it: a person only by the first sign of the name (H19)."""
    if kind != "person" or not name:
        return name
    return name[:1] + "*" * max(1, len(name) - 1)
