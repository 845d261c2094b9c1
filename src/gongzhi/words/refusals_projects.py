"""Why something was not possible on a review day or with a project, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.words.refusals_tenders import TENDERS

__all__ = ["PROJECT_REFUSALS", "project_refusal"]

Args = Mapping[str, Any]


def _names(a: Args) -> str:
    return _("、").join(a.get("entries", ())) or _("有项目")


_SAID: dict[str, Callable[[Args], str]] = {
    "no_review_day": lambda a: _("这件事没有评审打分，或者还没有列入项目。先封存权重，列入项目。"),
    "not_all_heard": lambda a: _("{names}还没有介绍、提问、答复完。都听过问过，才能开始打分。").format(names=_names(a)),
    "weights_changed": lambda a: _("现在的权重和封存时的不同，不能开始打分。请用封存的规则，或者重新开评审会。"),
    "paper_not_entries": lambda a: _("票上的项目和评审日的项目不一样。请重新做票。"),
    "scoring_begun": lambda a: _("打分已经开始，项目和介绍不能再改。"),
    "entry_wrong": lambda a: _("请写项目名称，社区要在本次评审的范围里。"),
    "entry_twice": lambda a: _("这个项目已经列入。"),
    "too_many_entries": lambda a: _("一个评审日最多{n}个项目，请分两次。").format(n=a.get("n", "")),
    "nothing_asked": lambda a: _("先介绍完，至少提一个问题并答复。"),
    "not_presented": lambda a: _("先介绍完，再提问。"),
    "question_empty": lambda a: _("请写问题和答复，选是谁问的。"),
    "not_ranked": lambda a: _("还没有排出名次。先截止计票。"),
    "decided_already": lambda a: _("名单已经确定，不能再改。有异议的，请走公示里的异议。"),
    "granted_wrong": lambda a: _("资助的项目要写金额，不超过申请的{most}元；不资助的写0。").format(
        most=a.get("most", "")
    ),
    "not_all_decided": lambda a: _("{names}还没有写资助还是不资助。").format(names=_names(a)),
    "deviation_unexplained": lambda a: _("{names}和名次不同，还没有写公开理由。写了才能确定。").format(names=_names(a)),
    "not_as_decided": lambda a: _("评审会确定的不是这个结果。请按公布的名单办。"),
    **TENDERS,
}


def project_refusal(code: str, args: Args) -> str:
    """The sentence; empty for a code that is none of these."""
    tell = _SAID.get(code)
    return tell(args) if tell else ""


def _said(tell: Callable[[Args], str]) -> Callable[[Any, Args, str], str]:
    return lambda speaker, args, step: tell(args)


PROJECT_REFUSALS: dict[str, Callable[[Any, Args, str], str]] = {code: _said(tell) for code, tell in _SAID.items()}
