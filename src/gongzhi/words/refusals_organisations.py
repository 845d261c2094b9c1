"""Why something about organisations, services or bookings was not possible, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

__all__ = ["organisation_refusal"]

_SAID: dict[str, Callable[[], str]] = {
    "name_taken": lambda: _("这里已经有同名的组织。请看名录，或者换一个名字。"),
    "no_reason": lambda: _("不登记要写理由。"),
    "own_application": lambda: _("自己申请的，要由别人来核对。"),
    "decided_already": lambda: _("这个申请已经有人办了。请刷新页面。"),
    "not_registered": lambda: _("这个组织现在没有登记。请刷新页面。"),
    "closed": lambda: _("这个时间不开放。请在开放时间里选。"),
    "not_half_hours": lambda: _("请选整点或半点，结束要晚于开始。"),
    "too_long": lambda: _("一次最多4小时。"),
    "past": lambda: _("这个时间已经过了，请选后面的。"),
    "too_far": lambda: _("最多提前60天预约。"),
    "too_many": lambda: _("您已经有4个预约。用掉或取消一个，再约。"),
    "taken": lambda: _("这个时间刚被别人约了，请选别的时间。您没有约上。"),
    "no_name": lambda: _("请填替谁预约。怎么称呼都行。"),
    "too_many_skills": lambda: _("您已经写了5项。撤回一项，再写。"),
    "own_skill": lambda: _("自己写的，要由别人来看。"),
    "skill_gone": lambda: _("本人已经撤回了。请刷新页面。"),
    "kind_unknown": lambda: _("没有这一类。请照目录里的类别选。"),
    "not_yours": lambda: _("这个预约已经取消，或者已经过了。"),
}


def organisation_refusal(code: str) -> str:
    """The sentence; the code itself where it is not of this room."""
    return _SAID[code]() if code in _SAID else code
