"""Counts of ballot files and draws in sentences: what is wrong with a file, and what each round did."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from gongzhi.core.decision.draw import BadDraw
from gongzhi.core.decision.tally import BallotFileError, Round, decimals

Details = Sequence[str | int]


def file_fault(error: BallotFileError | BadDraw, file: str) -> str:
    """File, line, what is wrong and what is wanted instead."""
    reason = FAULTS[error.code](error.details)
    if error.line:
        return _("{file}第{line}行：{reason}").format(file=file, line=error.line, reason=reason)
    return _("{file}：{reason}").format(file=file, reason=reason)


def round_text(number: int, stage: Round, names: Sequence[str]) -> str:
    """One stage of a transferable vote in one line."""
    who = names[stage.who] if stage.who >= 0 else ""
    did = {
        "first": _("数第一选择"),
        "surplus": _("转移{name}多出的票").format(name=who),
        "excluded": _("{name}票最少，退出，选票转给下一选择").format(name=who),
    }[stage.action]
    votes = _("，").join(f"{names[at]} {decimals(number)}" for at, number in enumerate(stage.votes) if number)
    line = _("第{n}轮：{did}。{votes}").format(n=number, did=did, votes=votes)
    if stage.elected:
        line += _("。当选：{names}").format(names=_("、").join(names[one] for one in stage.elected))
    return line + (_("（{tie}）").format(tie=tie_text(stage, names)) if stage.tie else "")


def tie_text(stage: Round, names: Sequence[str]) -> str:
    """How a tie before a stage was settled."""
    tied = _("、").join(names[one] for one in stage.tied)
    texts = {
        "earlier": _("{names}打平，看最近一轮票数不同的时候"),
        "order": _("{names}打平，按事先公布的次序"),
        "any": _("{names}打平，谁先谁后结果都一样"),
    }
    return texts[stage.tie].format(names=tied)


def tie_refused(names: Sequence[str]) -> str:
    """A tie that decides and that nobody declared a rule for."""
    return _("{names}打平，没有事先定下谁先谁后，不能算结果。请按公布的抽签结果用 --ties 写出次序。").format(
        names=_("、").join(names)
    )


FAULTS: dict[str, Callable[[Details], str]] = {
    "blt_empty": lambda d: _("文件是空的。"),
    "blt_head": lambda d: _("第一行要写候选人数和名额，例如 8 3，名额不能比候选人多。"),
    "blt_no_end": lambda d: _("选票后面缺少单独一行的 0。"),
    "blt_name_missing": lambda d: _("应当有{size}个候选人的名字，只有{found}个。").format(found=d[0], size=d[1]),
    "blt_after_end": lambda d: _("标题后面不能再有内容：“{text}”。").format(text=d[0]),
    "blt_withdrawn": lambda d: _("退选的号码{number}不对，候选人只有{size}个。").format(number=d[0], size=d[1]),
    "blt_weight": lambda d: _("票数要写大于零的整数，不能是“{text}”。").format(text=d[0]),
    "blt_line_end": lambda d: _("每行选票要以 0 结尾。"),
    "unknown_candidate": lambda d: _("没有{number}号候选人，只有1到{size}号。").format(number=d[0], size=d[1]),
    "candidate_twice": lambda d: _("同一张票上“{name}”写了两次。").format(name=d[0]),
    "equal_preferences": lambda d: _("同一张票上有两个一样的名次“{text}”，这种计票办法不能并列。").format(text=d[0]),
    "not_a_number": lambda d: _("“{text}”不是整数。").format(text=d[0]),
    "name_twice": lambda d: _("两个候选人都叫“{name}”，请分清。").format(name=d[0]),
    "csv_head": lambda d: _("第一行要写各列的名字：候选人，或者第几选择。"),
    "csv_broken": lambda d: _("表格读不通：{text}。").format(text=d[0]),
    "csv_too_long": lambda d: _("有{n}格，第一行只有{size}格。").format(n=d[0], size=d[1]),
    "csv_ranks_only": lambda d: _("按选择次序写的表格不能用 {rule} 计票。").format(rule=d[0]),
    "csv_mark": lambda d: _("看不懂“{text}”，请写 1 或空着（表决写 赞成、反对、弃权）。").format(text=d[0]),
    "rank_gap": lambda d: _("名次要从1开始连着写，中间不能跳过。"),
    "no_ballots": lambda d: _("没有一张有效的票。"),
    "seats_missing": lambda d: _("请用 --seats 写明选几个。"),
    "seats_wrong": lambda d: _("名额要在1和{size}之间，不能是{seats}。").format(seats=d[0], size=d[1]),
    "score_of_blt": lambda d: _(".blt 文件只有选择次序，{rule} 请用 .csv 文件。").format(rule=d[0]),
    "ties_names": lambda d: _("--ties 要把每个候选人写一次，缺少或多了“{name}”。").format(name=d[0]),
    "not_text": lambda d: _("读不出文字，请存成 UTF-8 的 .blt 或 .csv。"),
    "no_file": lambda d: _("没有这个文件。"),
    "unknown_rule": lambda d: _("没有计票办法“{rule}”，可以用 {known}。").format(rule=d[0], known=d[1]),
    "draw_no_seed": lambda d: _("请用 --seed 写明公布的种子，例如某一期彩票号码。"),
    "draw_seats": lambda d: _("要抽{seats}人，名单上有{size}人，抽不了。").format(seats=d[0], size=d[1]),
    "draw_empty": lambda d: _("名单是空的：第一行写列名，下面一行一人。"),
    "draw_broken": lambda d: _("表格读不通：{text}。").format(text=d[0]),
    "draw_no_key": lambda d: _("这一行没有写是谁。"),
    "draw_twice": lambda d: _("“{name}”在名单上出现了两次。").format(name=d[0]),
    "draw_no_group": lambda d: _("“{name}”没有写分组。").format(name=d[0]),
    "draw_no_column": lambda d: _("没有叫“{name}”的列。").format(name=d[0]),
}
