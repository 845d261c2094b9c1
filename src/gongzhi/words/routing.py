"""Routing in words: what is wrong with a file of messages, and what a proposal rests on."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from gongzhi.core.routing import BadTable

__all__ = ["table_fault"]


def table_fault(error: BadTable) -> str:
    """The line and the reason why a file of messages cannot be used, and what to do."""
    reason = _REASONS[error.code]().format(**error.args_map)
    return _("第{line}行：{reason}").format(line=error.line, reason=reason) if error.line else reason


_REASONS: dict[str, Callable[[], str]] = {
    "not_text": lambda: _("不是文字。请用表格软件打开，另存为CSV（UTF-8）"),
    "empty_file": lambda: _("文件是空的"),
    "no_rows": lambda: _("只有列名，没有一行数据"),
    "no_text_column": lambda: _("缺少“text”列；有“留言主题”“留言详情”两列也可以"),
    "no_label_column": lambda: _("缺少“label”列，不知道每行归哪一类"),
    "twice": lambda: _("“{column}”列出现了两次"),
    "not_csv": lambda: _("不是CSV格式（{why}）"),
    "cells": lambda: _("有{found}格，应有{wanted}格"),
    "no_text": lambda: _("没有文字"),
    "no_label": lambda: _("没有写归哪一类"),
    "one_label": lambda: _("只有“{label}”一类。至少要有两类才能学"),
}
