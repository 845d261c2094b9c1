"""Consultations in words: what the grounds of moderation, the states and the decisions are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

__all__ = [
    "answer_name",
    "decision_names",
    "ground_name",
    "ground_names",
    "question_kinds",
    "state_name",
    "status_name",
]

_GROUNDS: dict[str, Callable[[], str]] = {
    "names_person": lambda: _("点名说人，或写了电话、门牌"),
    "insult": lambda: _("骂人"),
    "not_about_this": lambda: _("说的不是这件事"),
    "said_already": lambda: _("已经有人写过"),
    "advertising": lambda: _("广告"),
    "unlawful": lambda: _("内容违法"),
}
_STATES: dict[str, Callable[[], str]] = {
    "waiting": lambda: _("等待查看"),
    "shown": lambda: _("已公开"),
    "rejected": lambda: _("未公开"),
    "appealed": lambda: _("申诉中"),
    "confirmed": lambda: _("申诉后仍不公开"),
}
_STATUS: dict[str, Callable[[], str]] = {
    "planned": lambda: _("还没有开放"),
    "open": lambda: _("正在征求意见"),
    "closed": lambda: _("已经结束"),
}


def ground_name(ground: str) -> str:
    """Why something is not shown."""
    return _GROUNDS[ground]() if ground in _GROUNDS else ground


def ground_names() -> Mapping[str, str]:
    return {ground: said() for ground, said in _GROUNDS.items()}


def state_name(state: str) -> str:
    return _STATES[state]() if state in _STATES else state


def status_name(status: str) -> str:
    return _STATUS[status]() if status in _STATUS else status


def decision_names() -> Mapping[str, str]:
    """What became of a main point."""
    return {"adopted": _("采纳"), "partly": _("部分采纳"), "not_adopted": _("不采纳")}


def question_kinds() -> Mapping[str, str]:
    return {"choice": _("选一项"), "scale": _("打分"), "number": _("填数"), "text": _("写一段话")}


def answer_name(answer: int) -> str:
    """A vote on a statement."""
    return {1: _("同意"), -1: _("不同意"), 0: _("跳过")}[answer]
