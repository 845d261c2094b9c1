"""What reviews say: refusals, advice, progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongzhi.core.streak import Advice
from gongzhi.words.times import at_text

if TYPE_CHECKING:
    from gongzhi.words.speaker import Speaker

Args = Mapping[str, Any]
Telling = Callable[["Speaker", Args, str], str]


_RATING: dict[str, Callable[[], str]] = {
    "review_unknown": lambda: _("没有这次评议。请回到列表看看。"),
    "review_closed": lambda: _("这次评议已经结束，不能再评。"),
    "rates_itself": lambda: _("这次评的是您所在的单位，您不能评。可以在述职和回应里说明。"),
    "not_a_rater": lambda: _("这次评议不是请您评的。"),
    "rated_already": lambda: _("您已经评过，一人只能评一次。"),
    "grade_unknown": lambda: _("请选一个档次。"),
}


def review_refusal(code: str) -> str:
    """Why a rating was not taken, and what to do."""
    tell = _RATING.get(code)
    return tell() if tell else _("现在不能评。请刷新看最新情况。")


def _sealed(s: Speaker, a: Args, step: str) -> str:
    groups = _("、").join(s.terms.organ(str(one)) for one in a["groups"])
    return _("还有一方没有评够：{groups}。都评了，或者到{until}以后，才能一起拆封。").format(
        groups=groups, until=at_text(str(a["until"]))
    )


def _typed(s: Speaker, a: Args, step: str) -> str:
    return _("这次评议在系统里评，票数由系统拆封计算，不能填写。")


def _rating(tell: Callable[[], str]) -> Telling:
    return lambda s, a, step: tell()


REVIEW_REFUSALS: dict[str, Telling] = {
    "review_sealed": _sealed,
    "counts_from_review": _typed,
    **{code: _rating(tell) for code, tell in _RATING.items()},
}


def advice_text(found: Advice) -> str:
    """What the years in a row suggest, said as advice; empty where they suggest nothing."""
    known = {
        "may_promote": _("连续%(years)d年优秀：建议可以提拔。"),
        "may_move": _("连续%(years)d年平庸：建议调整岗位。"),
        "may_end": _("连续%(years)d年较差：原文说末位淘汰；法律没有这一项，只能依法处理。"),
    }
    return known[found.suggests] % {"years": found.years} if found.suggests in known else ""


def appeal_text(state: str) -> str:
    """Whether who was rated asked for another look, and what came of it."""
    known = {
        "open": _("被评的一方申请了复核，正在复核。"),
        "upheld": _("被评的一方申请过复核：维持。"),
        "set_aside": _("复核后撤销：这次结果不算数，也不算进连续年数。"),
    }
    return known.get(state, "")
