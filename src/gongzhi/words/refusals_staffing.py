"""Why an appointment, its end or a new sign-in was not possible, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

__all__ = ["STAFFING_REFUSALS", "staffing_refusal"]

Args = Mapping[str, Any]

_SAID: dict[str, Callable[[Args], str]] = {
    "not_appointer": lambda a: _("这个岗位不由您的单位决定。请找章程里领导或指导它的单位。"),
    "appoint_self": lambda a: _("不能给自己办。请由别人来办。"),
    "no_document": lambda a: _("请填依据的文件，如任命文件号、选举结果报告单编号。"),
    "no_composition": lambda a: _("请确认选举委员会的声明。没有声明，先请选举委员会补。"),
    "term_backwards": lambda a: _("结束要晚于开始，请改日期。"),
    "too_long": lambda a: _("代理最长{days}天，请改日期。").format(days=a["days"]),
    "seat_taken": lambda a: _("这段时间这个岗位已经有人，或者这个人已经在岗。先结束现在的任期，再办。"),
    "term_over": lambda a: _("这个任期已经结束了。请刷新页面。"),
    "not_second": lambda a: _("要由另一个人确认：本人或申请人单位里的同事，不能是他们自己。"),
    "reset_over": lambda a: _("这个申请已经有人确认，或者过期了。需要的话，请重新申请。"),
}


def staffing_refusal(code: str, args: Args) -> str:
    """The sentence; the code itself where it is not one of staffing."""
    return _SAID[code](args) if code in _SAID else code


def _said(tell: Callable[[Args], str]) -> Callable[[Any, Args, str], str]:
    return lambda speaker, args, step: tell(args)


STAFFING_REFUSALS = {code: _said(tell) for code, tell in _SAID.items()}
