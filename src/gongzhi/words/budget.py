"""A vote over projects and money in a resident's words: why this project got its money, and what that one lacked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.core.decision.budget import BudgetFault

Because = Mapping[str, Any]


def summary_lines(because: Because, unit: str = "") -> list[str]:
    """What was decided by which rule, and how many voted; a line on the completion and on a comparison."""
    chosen = because["order"]
    cost = sum(because["projects"][one]["cost"] for one in chosen)
    lines = [
        _("{voters}人投票，资金{money}。用“{rule}”选上{n}个项目，共{cost}，余{rest}。").format(
            voters=because["voters"], money=amount(because["money"], unit), rule=rule_name(because["rule"]),
            n=len(chosen), cost=amount(cost, unit), rest=amount(because["money"] - cost, unit),
        )
    ]  # fmt: skip
    if "endowment" in because:
        lines.append(_endowment(because, unit))
    if "prefer_shares" in because:
        lines.append(_comparison(because))
    return lines


def reason_line(because: Because, project: str, names: Mapping[str, str], unit: str = "") -> str:
    """Why one project was selected or not, in one or two sentences."""
    one = because["projects"][project]
    values = {
        key: amount(one[key], unit)
        for key in ("cost", "left", "missing", "each_paid", "rest_sum", "load")
        if key in one
    }
    values |= {"name": names.get(project, project), "n": one["supporters"],
               "points": one.get("points", one["supporters"]),
               "full": one.get("paid_in_full", 0), "some": one.get("paid_the_rest", 0),
               "money": amount(because["money"], unit)}  # fmt: skip
    text = _template(because, one).format(**values)
    spent = one["supporters"] - values["full"] - values["some"]
    if one["why"] == "bought" and because["rule"] == "equal-shares" and spent:
        text += _("另有{n}位支持者的份额已经用在别的项目上，没有再出钱。").format(n=spent)
    if one.get("tied_with") and one["selected"]:
        others = _("、").join(names.get(other, other) for other in one["tied_with"])
        text += _("它和{others}并列，按编号先后定。").format(others=others)
    return text


def rule_name(rule: str) -> str:
    """What a rule is called."""
    return {
        "greedy": _("按得票排序"),
        "equal-shares": _("均等份额法"),
        "phragmen": _("弗拉格门法"),
    }[rule]


def completion_name(completion: str) -> str:
    """What is done with money left over."""
    return {
        "none": _("余款不再分配"),
        "greedy": _("余款按得票多少补给放得下的项目"),
        "add1": _("每人份额逐次加一元，直到再放不下"),
        "add1-comparison": _("每人份额逐次加一元，再与按得票排序的结果比较"),
    }[completion]


def amount(value: float, unit: str = "") -> str:
    """Money with at most two places; Chinese yuan unless the file names another currency."""
    number = f"{value:,.2f}".removesuffix(".00")
    return _("{number}元").format(number=number) if unit in ("", "CNY", "RMB", "元") else f"{number} {unit}"


def _template(because: Because, one: Because) -> str:
    if one["why"] == "bought":
        return _bought(because, one)
    texts: dict[str, Callable[[], str]] = {
        "chosen": lambda: _("“{name}”选上：{n}人支持，轮到它时剩下的钱够{cost}。"),
        "completed": lambda: _("“{name}”选上：{n}位支持者自己凑不够，余款按得票多少往下补，轮到它时还够{cost}。"),
        "short": lambda: _("“{name}”没有选上：{n}位支持者手里一共还剩{left}，它要{cost}，还差{missing}。"),
        "no_room": lambda: _("“{name}”没有选上：轮到它时只剩{left}，它要{cost}，还差{missing}。"),
        "too_dear": lambda: _("“{name}”没有选上：它要{cost}，比全部资金{money}还多。"),
        "late": lambda: _("“{name}”没有选上：排在它前面的项目已经放不下，按规则到那里为止。"),
        "no_quorum": lambda: _("“{name}”没有选上：参加投票的人不够，这次没有分钱。"),
        "nobody": lambda: _("“{name}”没有选上：没有人支持它。"),
    }
    return texts[one["why"]]()


def _bought(because: Because, one: Because) -> str:
    if because["rule"] == "phragmen":
        return _("“{name}”选上：{cost}由{n}位支持者分担，之后他们每人累计分担{load}，当时数它最轻。")
    if one.get("points", one["supporters"]) != one["supporters"]:
        return _(
            "“{name}”选上：{n}位支持者共给了{points}分，每分出{each_paid}，凑满{cost}；其中{some}人把剩下的都出了。"
        )
    if one["paid_the_rest"]:
        return _("“{name}”选上：{full}位支持者每人出{each_paid}，{some}位把剩下的都出了，共{rest_sum}，凑满{cost}。")
    return _("“{name}”选上：{full}位支持者每人出{each_paid}，凑满{cost}。")


def _endowment(because: Because, unit: str) -> str:
    share = amount(because["endowment"], unit)
    if not because["increments"]:
        return _("每人的份额是{share}（资金平均分给投票的人）。").format(share=share)
    return _("每人的份额从平均数起逐次加一，加了{n}次，到{share}；项目的实际花费仍在资金以内。").format(
        n=because["increments"], share=share
    )


def _comparison(because: Because) -> str:
    values = {"ours": because["prefer_shares"], "theirs": because["prefer_greedy"]}
    if because["replaced"]:
        return _("与按得票排序比较：{theirs}人更喜欢按得票的结果，{ours}人更喜欢均等份额的结果，因此采用前者。").format(
            **values
        )
    return _("与按得票排序比较：{ours}人更喜欢均等份额的结果，{theirs}人更喜欢按得票的结果，因此采用前者。").format(
        **values
    )


# --- what is wrong with a file ---


def fault_text(error: BudgetFault) -> str:
    """What cannot be counted, where it is, and what to do."""
    values = {f"d{at}": value for at, value in enumerate(error.details)}
    text = _FAULTS[error.code]().format(**values)
    return _("第{line}行：{text}").format(line=error.line, text=text) if error.line else text


_FAULTS: dict[str, Callable[[], str]] = {
    "pb_no_meta": lambda: _("文件要从 META 一行开始。"),
    "pb_section_order": lambda: _("{d0} 放错了位置：依次是 META、PROJECTS、VOTES，各一次。"),
    "pb_section_missing": lambda: _("缺少 {d0} 部分，或它没有表头。"),
    "pb_column_missing": lambda: _("{d0} 部分的表头里没有 {d1} 一列。"),
    "pb_column_twice": lambda: _("表头里 {d0} 出现了两次。"),
    "pb_too_many_cells": lambda: _("这一行有{d0}格，表头只有{d1}格；名称里有分号的话要加引号。"),
    "pb_quotes": lambda: _("引号没有配对。"),
    "pb_key_twice": lambda: _("META 里 {d0} 写了两次。"),
    "pb_key_missing": lambda: _("META 里缺少 {d0}。"),
    "pb_vote_type": lambda: _(
        "不认识投票方式“{d0}”；可以是 approval、choose-1、ordinal、cumulative、scoring、knapsack。"
    ),
    "pb_count_differs": lambda: _("{d0} 写的是 {d1}，文件里实际有 {d2}。"),
    "pb_not_a_number": lambda: _("{d0} 要写数字，不能是“{d1}”。"),
    "pb_number_size": lambda: _("{d0} 的数“{d1}”太大，或小数位太多。"),
    "pb_no_money": lambda: _("资金要大于零，写的是“{d0}”。"),
    "pb_no_cost": lambda: _("项目的费用要大于零，写的是“{d0}”。"),
    "pb_no_projects": lambda: _("PROJECTS 里一个项目也没有。"),
    "pb_no_votes": lambda: _("VOTES 里一张票也没有，无从计算。"),
    "pb_project_id": lambda: _("项目编号“{d0}”不能用：不能为空，不能有逗号。"),
    "pb_project_twice": lambda: _("项目编号 {d0} 重复，第一次在第{d1}行。"),
    "pb_voter_twice": lambda: _("投票人编号 {d0} 重复。"),
    "pb_unknown_project": lambda: _("票上写了不存在的项目 {d0}。"),
    "pb_vote_twice": lambda: _("同一张票上项目 {d0} 写了两次。"),
    "pb_more_than_one": lambda: _("只能选一个项目，这张票选了{d0}个。"),
    "pb_points_differ": lambda: _("这张票有{d0}个项目，却有{d1}个分数。"),
    "pb_points_whole": lambda: _("分数要写整数，不能是“{d0}”。"),
    "file_unreadable": lambda: _("读不了“{d0}”：{d1}"),
    "file_not_utf8": lambda: _("文字不是 UTF-8 编码，请用 UTF-8 保存后再试。"),
    "unknown_rule": lambda: _("没有叫“{d0}”的规则；可以是 greedy、equal-shares、phragmen。"),
    "unknown_completion": lambda: _("没有叫“{d0}”的补足办法；可以是 none、add1、add1-comparison、greedy。"),
    "unknown_measure": lambda: _("没有叫“{d0}”的计量；可以是 cost、count。"),
    "completion_of_other_rule": lambda: _("补足办法“{d0}”只用于 equal-shares，不能用于 {d1}。"),
}
