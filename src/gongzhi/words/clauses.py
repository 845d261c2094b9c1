"""Forbidden clauses as sentences: what the words say, and what a covenant may say instead."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

__all__ = ["clause_name", "clause_why"]

NAMES: dict[str, Callable[[], str]] = {
    "fine": lambda: _("罚款或扣钱"),
    "cut_off": lambda: _("断水断电或限制进出"),
    "naming": lambda: _("公开点名"),
    "rights": lambda: _("剥夺权利"),
}
WHYS: dict[str, Callable[[], str]] = {
    "fine": lambda: _("公约没有处罚权。可以写：先劝说，再调解；造成损失的，依法请求赔偿。"),
    "cut_off": lambda: _("水、电、门禁、电梯不能用来逼人守约。可以写：上门谈，谈不成的调解。"),
    "naming": lambda: _("公布姓名、门牌、照片侵害人格权。可以写：只公布办理情况，不写是谁。"),
    "rights": lambda: _("法律给的权利，公约不能拿走。可以写：欢迎参加，不参加的不受影响。"),
}


def clause_name(kind: str) -> str:
    """What the words of a clause do."""
    return NAMES[kind]()


def clause_why(kind: str) -> str:
    """Why it may not stand, and what may."""
    return WHYS[kind]()
