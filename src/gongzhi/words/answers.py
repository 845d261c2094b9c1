"""Questions and answers in words: their states and uses, and why one cannot be published."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from gongzhi.records.knowledge.answers import NotPossible

__all__ = ["about", "not_possible", "states", "uses"]


def states() -> dict[str, str]:
    return {"draft": _("没有公布"), "published": _("已公布"), "retired": _("停用")}


def uses() -> dict[str, str]:
    return {"answer": _("常见问答（居民能查）"), "reply": _("回复模板（只给工作人员）")}


def about(code: str) -> str:
    """What a piece of a text looks like."""
    return _ABOUT[code]()


def not_possible(fault: NotPossible) -> str:
    """Why an answer stays as it was, and what to do."""
    found = _("、").join(about(code) for code in fault.found)
    return {
        "personal": _("里面有{found}。请改成不指向某个人的说法，再公布。").format(found=found),
        "not_looked": _("请先看一遍，确认没有姓名、电话、门牌，再勾选公布"),
        "changed_meanwhile": _("别人刚改过这一条。您写的还在下面，请对照最新的再存。"),
    }[fault.code]


_ABOUT: dict[str, Callable[[], str]] = {
    "mail": lambda: _("邮箱"),
    "identity": lambda: _("身份证号"),
    "account": lambda: _("银行卡号"),
    "mobile": lambda: _("手机号"),
    "plate": lambda: _("车牌号"),
    "chat": lambda: _("微信号或QQ号"),
    "name": lambda: _("像姓名的词"),
    "door": lambda: _("门牌号"),
}
