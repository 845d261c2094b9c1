"""Why something was not possible with a tender or a project group, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.words.times import second_text

__all__ = ["TENDERS"]

Args = Mapping[str, Any]


def _names(a: Args) -> str:
    return _("、").join(a.get("entries", ()))


TENDERS: dict[str, Callable[[Args], str]] = {
    # the call
    "no_tender": lambda a: _("这件事没有招标。"),
    "not_now": lambda a: _("现在不是做这一步的时候。请看这件事走到了哪一步。"),
    "terms_missing": lambda a: _("先在招标页写好截止时间、估算金额和指标，再发布公告。"),
    "hour_too_early": lambda a: _("投标时间太短。最早可以定在{at}。").format(at=second_text(a["earliest"])),
    "estimate_missing": lambda a: _("请写估算金额，比如 540000。"),
    "where_missing": lambda a: _("请写纸质标书交到哪里、在哪里开标。"),
    "targets_missing": lambda a: _("请写至少一项指标，每项有名称、数量和单位，最多{most}项。").format(most=a["most"]),
    # bids
    "bid_late": lambda a: _("投标在{closes_at}截止，现在是{at}，迟到的标书依法不收（招标投标法第28条）。").format(
        closes_at=second_text(a["closes_at"]), at=second_text(a["at"])
    ),
    "bids_not_taken": lambda a: _("现在不收标书。请看公告写的起止时间。"),
    "bid_empty": lambda a: _("请写投标单位、报价（大于0）和方案。"),
    "bid_twice": lambda a: _("这个单位已经交过标书。要改的，先撤回，截止以前再交。"),
    "bid_not_yours": lambda a: _("这份标书不是您交的。请用交标书时的账号登录。"),
    "open_early": lambda a: _("{closes_at}才能开标，现在是{at}。早一秒也不能开。").format(
        closes_at=second_text(a["closes_at"]), at=second_text(a["at"])
    ),
    "second_opener": lambda a: _("开标要两个人。您已经确认，请另一位到场的人确认。"),
    "opened_already": lambda a: _("已经开标。"),
    "bids_not_opened": lambda a: _("还没有开标。{closes_at}到点后，两个人在招标页开标。").format(
        closes_at=second_text(a["closes_at"])
    ),
    "prices_missing": lambda a: _("{n}号纸质标书还没有写唱标的报价和方案。").format(n=a["n"]),
    "facts_from_room": lambda a: _("这个数由系统按记录填写，应为{value}，不能填别的。").format(value=a["value"]),
    # the panel
    "name_missing": lambda a: _("请写姓名，选担任什么。"),
    "evaluator_twice": lambda a: _("这个人已经在评委名单上。"),
    "panel_full": lambda a: _("评委名单最多{most}人。").format(most=a["most"]),
    "interest_unknown": lambda a: _("请选有没有利害关系。"),
    "interest_stays": lambda a: _("申报过有利害关系的评委不能改回来。请换一位。"),
    "evaluator_interest": lambda a: _("{n}号评委有利害关系，不能打分。请另换一位评委。").format(n=a["n"]),
    "interest_undeclared": lambda a: _("{n}号评委还没有申报有没有利害关系。").format(n=a["n"]),
    "marks_wrong": lambda a: _("请给每份标书打分，0到{most}分。").format(most=a["most"]),
    "panel_small": lambda a: _("没有利害关系的评委有{n}人，至少要{least}人。请补一位。").format(
        n=a["n"], least=a["least"]
    ),
    "panel_even": lambda a: _("没有利害关系的评委有{n}人，要单数。请再请一位。").format(n=a["n"]),
    "experts_few": lambda a: _("技术、经济方面的专家有{n}人，要占评委{of}人的三分之二。").format(n=a["n"], of=a["of"]),
    "marks_open": lambda a: _("{n}号评委还没有给每份标书打分。").format(n=a["n"]),
    "why_missing": lambda a: _("不选第一名，要写公开理由。"),
    # afterwards
    "numbers_wrong": lambda a: _("请给每项指标填一个数，没有做的填0。"),
    "targets_open": lambda a: _("还有指标没有填数。请在招标页填好。"),
    "targets_short": lambda a: _("{names}没有达到约定的数量，不能写成达到指标。").format(names=_names(a)),
    # groups
    "duties_missing": lambda a: _("请写这个人负责什么。"),
    "role_taken": lambda a: _("总负责人和财务负责人各一位，一个人只列一次。"),
    "roles_missing": lambda a: _("名单上还缺总负责人或者财务负责人。"),
    "group_full": lambda a: _("执行小组最多{most}人。").format(most=a["most"]),
    "duty_not_yours": lambda a: _("这份合同不是您的。请用名单上的手机或邮箱登录，或者在纸上签。"),
    "duty_unsigned": lambda a: _("还有{n}人没有签职责合同。请他们在手机上签，或者在纸上签了由您登记。").format(
        n=a["n"]
    ),
    "day_missing": lambda a: _("请写日期。"),
    "title_missing": lambda a: _("请写这一步做什么。"),
    "days_wrong": lambda a: _("完成的日子不能早于开始的日子。"),
    "milestones_full": lambda a: _("最多{most}步。").format(most=a["most"]),
    "card_empty": lambda a: _("请选哪一环节，写做了什么。"),
    "photos_too_many": lambda a: _("一张卡最多{most}张照片。").format(most=a["most"]),
}
