"""Why a figure or an appeal against one was not taken, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

__all__ = ["FIGURE_REFUSALS", "figure_refusal"]

_SAID: dict[str, Callable[[], str]] = {
    "unknown_indicator": lambda: _("没有这个指标，可能章程换了版本。请从列表重新选。"),
    "not_your_figure": lambda: _("这个数由别的单位填报。要改，请联系填报的单位，或者提异议。"),
    "not_entered_kind": lambda: _("这个指标由系统计算，不用填报。觉得不对，请提异议。"),
    "unknown_period": lambda: _("没有这一期，或者还没开始。请从列表里选一期。"),
    "period_not_over": lambda: _("这一期还没过完，请到期后再填。"),
    "whole_missing": lambda: _("有分母的指标，分子和分母都要填；没有分母的，只填一个数。"),
    "part_over_whole": lambda: _("分子比分母大，请核对。"),
    "too_big": lambda: _("数太大，或者小于0，请核对。"),
    "no_source": lambda: _("请写来源：哪本台账、哪份报表。"),
    "no_correction_reason": lambda: _("这一期已经填过。要改，请写改的原因；原来的也会保留。"),
    "period_overlaps": lambda: _("这一期和已经填的重叠了。请换一期，或者更正已经填的那一期。"),
    "no_reason": lambda: _("请写理由，再提交。"),
    "appealed_already": lambda: _("您的单位对这个数已经提过异议，还在等答复。请等答复后再提。"),
    "appeal_answered": lambda: _("这条异议已经答复了。请刷新看答复。"),
    "own_appeal": lambda: _("提异议的单位不能自己答复。请由管这个地方的另一个单位答复。"),
}


def figure_refusal(code: str, args: Mapping[str, Any]) -> str:
    """The sentence; the code itself where it is not one of figures."""
    return _SAID[code]() if code in _SAID else code


def _said(tell: Callable[[], str]) -> Callable[[Any, Mapping[str, Any], str], str]:
    return lambda speaker, args, step: tell()


FIGURE_REFUSALS = {code: _said(tell) for code, tell in _SAID.items()}
