"""Why something was not possible in a consultation, a survey or a list of signatures, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongzhi.words.clauses import clause_name

if TYPE_CHECKING:
    from gongzhi.words.speaker import Speaker

__all__ = ["CONSULTATION_REFUSALS", "consultation_refusal"]

Args = Mapping[str, Any]
Said = Callable[[Args], str]


def _points(a: Args) -> str:
    if a["count"]:
        return _("意见采纳表还有{n}条没有答复。每条写明采纳、部分采纳或不采纳，写清理由，再办这一步。").format(
            n=a["count"]
        )
    return _("收到了意见，还没有意见采纳表。请在征求意见里写出主要意见和答复，再办这一步。")


def _wording(a: Args) -> str:
    said = _("；").join(f"{clause_name(one['kind'])}（“{one['sentence']}”）" for one in a["clauses"])
    return _("公约不能这样写：{clauses}。换成大家愿意做的；只是想谈谈，请写在“意见”里。").format(clauses=said)


_SAID: dict[str, Said] = {
    "wording_forbidden": _wording,
    "points_unanswered": _points,
    "nothing_to_ask": lambda a: _("还没有可以表态的观点，也没有问卷题目。先写几条，再开放。"),
    "statements_fixed": lambda a: _("这次只对列出的观点表态，不收新观点。想说别的，可以写在“意见”里。"),
    "said_already": lambda a: _("这条已经有人写过了，可以直接表态。"),
    "too_many_contributions": lambda a: _("写得太快太多，为防刷屏先停一停。请过{n}分钟再写；已写的都在。").format(
        n=a["minutes"]
    ),
    "contribution_empty": lambda a: _("请写一句话再提交。"),
    "words_too_long": lambda a: _("写了{found}个字，最多{most}个字。请写短些。").format(
        found=a["found"], most=a["most"]
    ),
    "contribution_unknown": lambda a: _("没有这一条。请刷新页面。"),
    "voted_already": lambda a: _("这一条您已经表过态，每人每条一次。想改，先收回再表态。"),
    "moderated_already": lambda a: _("这一条已经处理过了。请刷新页面。"),
    "no_appeal": lambda a: _("这一条不能申诉：只有写的人可以，而且只能申诉一次。"),
    "consultation_closed": lambda a: _("征求意见已经结束。还有话说，可以作为新的事反映。"),
    "no_consultation": lambda a: _("没有这一项。请刷新页面。"),
    "not_resident": lambda a: _("这里征求的是本社区居民的意见。您登记的住处不在这里。"),
    "not_of_organ": lambda a: _("这一步由负责的单位办，您不在这个单位。"),
    "survey_begun": lambda a: _("已经有人答过，题目不能再改。要问新的，请另开一次。"),
    "answered_already": lambda a: _("这份问卷您已经答过，每人一份。"),
    "answer_value": lambda a: _("第{n}题要填{low}到{high}之间的整数。").format(
        n=a["question"], low=a["low"], high=a["high"]
    ),
    "sheet_unknown": lambda a: _("没有编号是“{number}”的纸质问卷。请看清纸上的编号。").format(number=a["number"]),
    "sheet_entered": lambda a: _("编号“{number}”的纸质问卷已经录过了。").format(number=a["number"]),
    "signatures_differ": lambda a: _("联名的人数由名单算出：{eligible}人中{yes}人。请用“清点联名”办这一步。").format(
        eligible=a["eligible"], yes=a["yes"]
    ),
    "list_begun": lambda a: _("已经有人联名，应到人数不能再改。"),
    "list_closed": lambda a: _("联名现在没有开放，或者时间已过。"),
    "signed_already": lambda a: _("您已经联名了，一个人只签一次。"),
    "written_already": lambda a: _("这个名字已经登记过了。同名的，加上门牌号再登记。"),
    "not_signed": lambda a: _("您还没有联名。"),
}


def consultation_refusal(code: str, args: Args) -> str:
    """The sentence; empty for a code that is not of these rooms."""
    return _SAID[code](args) if code in _SAID else ""


def _telling(said: Said) -> Callable[[Speaker, Args, str], str]:
    return lambda s, a, step: said(a)


CONSULTATION_REFUSALS = {code: _telling(said) for code, said in _SAID.items()}
