"""The opinion map in words: what is wrong with a file of votes, and what groups are called."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from gongzhi.core.opinion import BadVotes

__all__ = ["group_name", "votes_fault"]


def group_name(index: int) -> str:
    """Groups have letters, never a description: 甲 would rank them, a name would judge them."""
    return _("{letter}组").format(letter=chr(ord("A") + index))


def votes_fault(error: BadVotes) -> str:
    """The line and the reason why a file of votes cannot be used."""
    reason = _REASONS[error.code]().format(**error.args_map)
    return _("第{line}行：{reason}").format(line=error.line, reason=reason)


_REASONS: dict[str, Callable[[], str]] = {
    "not_csv": lambda: _("不是CSV格式（{why}）"),
    "no_column": lambda: _("第一行要有且只有一列“{column}”；需要participant、statement、vote三列"),
    "no_votes": lambda: _("文件里没有一条表态"),
    "cells": lambda: _("有{found}格，应有{wanted}格"),
    "empty": lambda: _("“{column}”是空的"),
    "not_a_vote": lambda: _("表态只能是1（同意）、-1（不同意）、0（跳过），这里是“{found}”"),
    "twice": lambda: _("参与者“{participant}”对观点“{statement}”在第{first}行已经表过态，每人每条一次"),
    "not_a_time": lambda: _("时间要写成数字，这里是“{found}”"),
}
