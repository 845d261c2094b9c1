"""Votes in sentences: why a vote or a roll is refused and what to do, and what stands on ballots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.core.recount import INVALID, TOGETHER
from gongzhi.desk.roll_table import Fault
from gongzhi.words.sharing import mark_text
from gongzhi.words.times import at_text as when
from gongzhi.words.times import day_text

__all__ = ["ANSWERS", "MEANS", "REFUSED", "answer_text", "ballot_refusal", "day_said", "means_text", "refused_texts"]

Args = Mapping[str, Any]

ANSWERS: dict[str, Callable[[], str]] = {
    "yes": lambda: _("赞成"),
    "no": lambda: _("反对"),
    "abstain": lambda: _("弃权"),
    INVALID: lambda: _("废票"),
}
MEANS: dict[str, Callable[[], str]] = {
    "screen": lambda: _("网上"),
    "phone": lambda: _("电话"),
    "helper": lambda: _("请人代填"),
    "paper": lambda: _("纸票"),
}


def answer_text(item: Mapping[str, Any], mark: str) -> str:
    """An answer as people read it: for, against, abstain, or the options that were ticked."""
    if mark in ANSWERS:
        return ANSWERS[mark]()
    if said := mark_text(item, mark):
        return said
    titles = dict(item.get("options") or [])
    return _("、").join(titles.get(key, key) for key in mark.split(TOGETHER) if key) or _("一个也没选")


def means_text(means: str) -> str:
    return MEANS[means]() if means in MEANS else means


def day_said(day: str) -> str:
    """2026-03-05 -> 3月5日, in the reader's language."""
    return day_text(date.fromisoformat(day))


def _already(a: Args) -> str:
    said = _("{day}已经用{means}投过了，一人只投一次。不是您投的，请到社区申请核查。").format(
        day=day_said(a["day"]), means=means_text(a["means"])
    )
    return said if not a.get("proxy") else _("{day}已经由受委托的人投过了。有疑问，请到社区申请核查。").format(
        day=day_said(a["day"])
    )  # fmt: skip


def _sheets(a: Args) -> str:
    return _("、").join(map(str, a.get("sheets", ())))


REFUSED: dict[str, Callable[[Args], str]] = {
    "area_needs_open": lambda a: _("面积能看出是哪一家，按面积的表决不能算秘密投票。请在章程里写 secrecy: open。"),
    "ballot_changed": lambda a: _("刚才有人改过，请看最新内容再开始投票。"),
    "ballot_closed": lambda a: _("投票已在{at}截止，不能再投。结果会公布在公开栏。").format(at=when(a["at"]))
    if a.get("at") else _("投票已经截止，不能再投。结果会公布在公开栏。"),
    "ballot_fixed": lambda a: _("投票已经开始或结束，内容和委托不能再改。"),
    "ballot_not_counted": lambda a: _("还没有计票。截止计票后才有结果。"),
    "ballot_not_opened": lambda a: _("投票还没有开始。"),
    "ballot_still_open": lambda a: _("投票{until}才截止，截止后才能计票。").format(until=when(a["until"])),
    "choice_wrong": lambda a: _("每一项都要选，只能从列出的里面选，也不能超过规定的个数。"),
    "closes_too_late": lambda a: _("这一步{due}前要办完，计票也要时间。请把截止时间提前。").format(due=when(a["due"])),
    "closes_wrong": lambda a: _("截止时间要在现在以后。"),
    "costs_missing": lambda a: _("每个项目都要写费用，还要写一共有多少资金。"),
    "cost_not_cents": lambda a: _("金额{amount}不能精确到分，不能导入。").format(amount=a["amount"]),
    "eligible_too_few": lambda a: _("有权投票的{eligible}人，比投票的{voters}人还少。请核对 --eligible。").format(
        eligible=a["eligible"], voters=a["voters"]
    ),
    "form_differs": lambda a: _("文件里是“{vote_type}”的票，这次表决的方式是“{form}”，对不上。").format(
        vote_type=a["vote_type"], form=a["form"]
    ),
    "not_about_money": lambda a: _("这件事现在不在用钱选项目的表决上，不能导入选票文件。"),
    "points_high": lambda a: _("有的票给了{points}分，这里最多{most}分，不能导入。").format(
        points=a["points"], most=a["most"]
    ),
    "too_many_ways": lambda a: _("票有{n}种不同的选法，最多能导入{most}种。").format(n=a["n"], most=a["most"]),
    "consent_missing": lambda a: _("代填要写明本人怎么同意的，还要有见证人。"),
    "copies_wrong": lambda a: _("记名票一张一户，不能写张数。"),
    "counts_from_ballot": lambda a: _("票数由系统按收到的票计算，不能手填。"),
    "helper_votes": lambda a: _("您自己的一票，请在自己的页面投，不能用代填。"),
    "items_missing": lambda a: _("请写要表决的事，每项一句话。"),
    "no_proxies": lambda a: _("这次表决不能委托别人投。"),
    "no_proxy": lambda a: _("没有第{number}号的书面委托，不能替他投。").format(number=a.get("number", "")),
    "not_on_roll": lambda a: _("您不在这次的名册上，不能投。认为弄错了，请联系居委会。")
    if not a.get("number") else _("名册上没有第{number}号。").format(number=a["number"]),
    "not_online": lambda a: _("这次只能用{means}。").format(means=_("、").join(map(means_text, a.get("means", ())))),
    "objections_open": lambda a: _("还有对名册的异议没有答复。先答复，再确定名册。"),
    "options_missing": lambda a: _("请至少写两个选项，一行一个。"),
    "paper_not_handed_in": lambda a: _("第{number}号没有交纸票的记录。先在“收到纸票”里登记。").format(
        number=a.get("number", "")
    ),
    "paper_twice": lambda a: _("这张票已有两个人录过。要改，请由录过的人改自己的那一遍。"),
    "papers_open": lambda a: _("有纸票还没有两个人都录、录得一样：{sheets}。请先核对。").format(sheets=_sheets(a)),
    "papers_too_many": lambda a: _("录了{read}张纸票，交票的只有{handed_in}人。请核对张数。").format(
        read=a["read"], handed_in=a["handed_in"]
    ),
    "proxy_candidate": lambda a: _("候选人不能替别人投票。请换一个人。"),
    "proxy_given": lambda a: _("这一位已经委托了别人，只能委托一个人。"),
    "proxy_gone": lambda a: _("您已书面委托别人投票。要自己投，请在开始前到社区撤回委托；已经开始的，由受委托的人投。"),
    "proxy_itself": lambda a: _("不能委托自己。"),
    "proxy_passed_on": lambda a: _("委托不能转来转去：委托了别人的不能再替别人投，替别人投的也不能再委托。"),
    "proxy_too_many": lambda a: _("一个人最多替{n}个人投，这一位已经满了。请换一个人。").format(n=a["n"]),
    "roll_changed": lambda a: _("名册刚才有改动。请看过最新的名册再确定。"),
    "roll_empty": lambda a: _("名册是空的。先导入或添加，再确定。"),
    "roll_frozen": lambda a: _("名册已经确定，不能再改。"),
    "roll_not_frozen": lambda a: _("先确定名册，再开始投票。"),
    "roll_not_shown": lambda a: _("名册还没有公示，暂时不能提异议。"),
    "same_person": lambda a: _("有人出现了两次（手机或邮箱相同）。一人一票；一个业主有几套房，合成一行、面积相加。"),
    "voted_already": _already,
}  # fmt: skip


def ballot_refusal(code: str, args: Args) -> str:
    """The sentence of a refusal of a vote; empty for a code that is none."""
    tell = REFUSED.get(code)
    return tell(args) if tell else ""


def refused_texts() -> dict[str, Callable[[Any, Args, str], str]]:
    """The same for the speaker of matters."""

    def said(tell: Callable[[Args], str]) -> Callable[[Any, Args, str], str]:
        return lambda speaker, args, step: tell(args)

    return {code: said(tell) for code, tell in REFUSED.items()}


def fault_text(fault: Fault) -> str:
    """What is wrong with one cell of a roll, and what to write."""
    kind, _colon, other = fault.code.partition(":")
    tell = FAULTS[kind]
    return tell(fault.column, fault.value, other)


def _same(row: str) -> str:
    if row == "0":
        return _("这个人已经在名册上。一人一票；几套房合成一行，面积相加")
    return _("和第{row}行是同一个人。一人一票；几套房合成一行，面积相加").format(row=row)


FAULTS: dict[str, Callable[[str, str, str], str]] = {
    "missing": lambda column, value, other: _("“{column}”是空的，请填").format(column=column),
    "too_long": lambda column, value, other: _("“{column}”太长（“{value}…”），最多100个字").format(
        column=column, value=value
    ),
    "kind": lambda column, value, other: _("“{column}”写了“{value}”，只能写人、户或业主").format(
        column=column, value=value
    ),
    "area": lambda column, value, other: _("“{column}”写了“{value}”，请写平方米数，最多两位小数，如89.37").format(
        column=column, value=value
    ),
    "contact": lambda column, value, other: _("“{column}”写了“{value}”，请写11位手机号或邮箱，没有就空着").format(
        column=column, value=value
    ),
    "same": lambda column, value, other: _same(other),
}  # fmt: skip


def unreadable_text(code: str) -> str:
    """Why a file is no roll, and what to do."""
    return {
        "too_large": _("文件太大：最多5MB、2万行。请分成几个文件。"),
        "no_heading": _("第一行要是列名，至少有“姓名”。可以先下载模板。"),
        "empty": _("文件里没有内容。"),
    }.get(code, _("打不开：文件损坏，或者不是表格。请另存为 .xlsx 或 CSV 再导入。"))
