"""What a meeting did, in words: where an item stands, its verdict with the reason, how people came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Charter
from gongzhi.core.fact import Fact
from gongzhi.words.decisions import decision_fact
from gongzhi.words.terms import Terms, english

__all__ = [
    "FLOOR",
    "item_state",
    "law_text",
    "means_text",
    "reasons",
    "source_text",
    "speaker_text",
    "verdict_sentence",
    "votes_text",
]

FLOOR = "floor"
_OUTCOMES: dict[str, Callable[[], str]] = {
    "passed": lambda: _("通过"),
    "failed": lambda: _("没有通过"),
    "no_quorum": lambda: _("人数不足，不能作决定"),
}
_STATES: dict[str, Callable[[], str]] = {
    "waiting": lambda: _("未议"),
    "on": lambda: _("正在议"),
    "voting": lambda: _("表决中"),
    "decided": lambda: _("已表决"),
}
_SOURCES: dict[str, Callable[[], str]] = {
    "written": lambda: _("书面"),
    "floor": lambda: _("现场"),
    "hotline": lambda: _("电话"),
    "online": lambda: _("网上"),
    "notice": lambda: _("通知所列"),
    "topic": lambda: _("墙上的题目"),
    "report": lambda: _("报告"),
}
_MEANS: dict[str, Callable[[], str]] = {
    "qr": lambda: _("扫码"), "list": lambda: _("点名"), "paper": lambda: _("纸质签到表"),
}  # fmt: skip


def item_state(state: str) -> str:
    return _STATES[state]()


def source_text(source: str) -> str:
    """Where a question or an item came from."""
    return _SOURCES[source]()


def means_text(means: str) -> str:
    """How somebody signed in."""
    return _MEANS[means]() if means in _MEANS else ""


def speaker_text(terms: Terms, who: str) -> str:
    """A seat, an organ, a group; never a name."""
    return _("在场的人") if who == FLOOR else terms.holder(who)


def votes_text(votes: Mapping[str, int]) -> str:
    """For, against, abstaining."""
    return _("赞成{yes}，反对{no}，弃权{abstain}").format(
        yes=votes.get("yes", 0), no=votes.get("no", 0), abstain=votes.get("abstain", 0)
    )


def reasons(because: list[dict[str, Any]]) -> list[str]:
    """The lines of a verdict: what was needed and what was there."""
    return [decision_fact(Fact(one["code"], tuple(one["args"]))) for one in because]


def law_text(charter: Charter, rule: str, law: str) -> str:
    """The article a rule rests on, in the reader's language."""
    found = next((one for one in charter.rules.get(rule, ()) if one.law == law), None)
    return found.law_en if found and english() and found.law_en else law


def verdict_sentence(outcome: str, votes: Mapping[str, int], because: list[dict[str, Any]], law: str) -> str:
    """One line with everything: outcome, votes, why, by which law."""
    why = _("；").join(reasons(because))
    return _("{outcome}。{votes}。{why}（{law}）").format(
        outcome=_OUTCOMES[outcome]() if outcome in _OUTCOMES else outcome, votes=votes_text(votes), why=why, law=law
    )
