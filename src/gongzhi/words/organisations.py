"""States of organisations, offers and orders in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

__all__ = ["column_titles", "offer_states", "order_phases", "row_fault", "stages", "states"]


def states() -> dict[str, str]:
    """What became of an application for the register."""
    return {"applied": _("等核对"), "registered": _("已登记"), "refused": _("没有登记"), "ended": _("已注销")}


def stages() -> dict[str, str]:
    """Stages of incubation."""
    return {"none": _("不在孵化"), "seed": _("入壳"), "growing": _("培育"), "grown": _("出壳")}


def offer_states() -> dict[str, str]:
    """What became of a skill somebody offers."""
    return {"waiting": _("等社区看"), "shown": _("已公开"), "declined": _("没有公开")}


def order_phases() -> dict[str, str]:
    """Where an order stands."""
    open_ = {"compose": _("待建单"), "accept": _("待接单"), "doing": _("办理中"), "rate": _("待评价")}
    return {**open_, "ended": _("已办结")}


def column_titles() -> dict[str, str]:
    """Column of a workbook -> its heading."""
    return {
        "name": _("名称"), "title": _("名称"), "kind": _("类别"), "about": _("做什么"), "members": _("人数"),
        "stage": _("孵化"), "confirmed": _("确认年份"), "contact": _("联系方式"), "provider": _("谁提供"),
        "spot": _("在哪里"), "hours": _("什么时间"), "who": _("谁可以用"), "bookable": _("可以预约"),
        "opens": _("几点开门"), "closes": _("几点关门"), "days": _("星期几开放"), "active": _("现在开放"),
    }  # fmt: skip


def row_fault(code: str, found: str) -> str:
    """What is wrong with a row that is to be imported, and how it is written; `found` is what stands there."""
    ways = {
        "name": _("名称要2到80个字"), "title": _("名称不能空，最多80个字"), "kind": _("没有这一类，请照目录里的类别写"),
        "members": _("人数只写数字，如12"), "stage": _("孵化写none、seed、growing或grown"),
        "confirmed": _("年份写四位数字，如2026"), "provider": _("请写谁提供，最多80个字"),
        "bookable": _("写“是”或“否”"), "active": _("写“是”或“否”"),
        "opens": _("时间写整点或半点，如09:00"), "closes": _("时间写整点或半点，如17:30"),
        "days": _("星期写数字，周一是1，周日是7，如12345"), "twice": _("这个名称在文件里有两行"),
        "closes_first": _("关门要晚于开门"), "too_many": _("行数太多，请分几个文件"),
    }  # fmt: skip
    return _("“%(found)s”：%(how)s") % {"found": found[:40], "how": ways.get(code, _("太长了"))}
