"""Why something was not possible in a meeting, and what to do: one sentence for each refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongzhi.core.calendar import in_china
from gongzhi.words.derivation import span_text
from gongzhi.words.times import at_text as when
from gongzhi.words.times import day_text

if TYPE_CHECKING:
    from gongzhi.words.speaker import Speaker

Args = Mapping[str, Any]
Telling = Callable[["Speaker", Args, str], str]


def _notice(s: Speaker, a: Args, step: str) -> str:
    return _("通知要提前{span}发出。现在发，最早能定在{day}。").format(
        span=span_text(a["n"], a["unit"] or "d"), day=_day(a["earliest"])
    )


def _day(value: Any) -> str:
    """The day in words, from a moment or its ISO text."""
    at = datetime.fromisoformat(value) if isinstance(value, str) and value else value
    return day_text(in_china(at).date()) if at else ""


def _already(s: Speaker, a: Args, step: str) -> str:
    means = {"qr": _("扫码"), "list": _("点名"), "paper": _("纸质签到表")}.get(a.get("means", ""), "")
    return _("{n}号在{at}已经签到（{means}），一个人只签一次。").format(
        n=a["n"], at=when(a["at"]) if a["at"] else "", means=means
    )


def _last(s: Speaker, a: Args, step: str) -> str:
    who = s.terms.holder(a["who"])
    if a["spoke"]:
        return _("{who}已经最后发言，这一项不能再有人发言。").format(who=who)
    return _("{who}要最后发言，发言以后才能表决。").format(who=who)


def _plain(text: Callable[[], str]) -> Telling:
    return lambda s, a, step: text()


def _numbered(text: Callable[[], str]) -> Telling:
    return lambda s, a, step: text().format(n=a.get("n", ""), most=a.get("most", ""))


MEETING_REFUSALS: dict[str, Telling] = {
    "notice_too_short": _notice,
    "not_invited": _plain(lambda: _("还没有发会议通知。请先写明时间、地点和议程。")),
    "quorum_lost": lambda s, a, step: _(
        "人数不足，暂停表决：在场{had}人，要{needed}人。等人回来，或者改期再开。"
    ).format(had=a["had"], needed=a["needed"]),
    "signed_in_already": _already,
    "not_a_member": _plain(lambda: _("名册上没有这个人。请到会场工作台核对名册。")),
    "not_there": _numbered(lambda: _("{n}号不在会场，不能投票。回来的请先重新签到。")),
    "recused_here": _plain(lambda: _("您回避这一项，不参加这一项的表决。")),
    "item_voted_already": _plain(lambda: _("这一项已经投过了，一个人一票，投出后不能改。")),
    "no_vote_now": _plain(lambda: _("现在没有表决这一项。请看会场屏幕。")),
    "choice_unknown": _plain(lambda: _("请选赞成、反对或弃权。")),
    "vote_running": _numbered(lambda: _("第{n}项正在表决。先宣布结果，再办别的。")),
    "item_decided": _numbered(lambda: _("第{n}项已经表决过了，结果不能改。")),
    "item_unknown": _plain(lambda: _("没有这一项。请刷新页面看议程。")),
    "not_on_notice": _plain(lambda: _("通知里没有这一项，可以讨论，不能当场表决。请列入下次会议。")),
    "no_rule_here": _plain(lambda: _("这种会议不表决，只听意见。章程没有给它表决规则。")),
    "head_speaks_last": _last,
    "hands_too_many": _numbered(lambda: _("数了{n}只手，在场能表决的只有{most}人。请重新数。")),
    "second_teller_missing": _plain(lambda: _("要两个人分别数、分别填。还差一个人的数。")),
    "tellers_differ": _plain(lambda: _("两个人数的不一样。请都再数一遍，各自改正。")),
    "not_teller": _plain(lambda: _("计票由会场工作人员或在场的代表来做。")),
    "meeting_not_open": _plain(lambda: _("会议还没有开始。请先点“宣布开会”。")),
    "meeting_opened": _plain(lambda: _("会议已经开始了。")),
    "meeting_over": _plain(lambda: _("会议已经结束，不能再改。")),
    "members_frozen": _plain(lambda: _("会议开始后名册不能再改。")),
    "roll_missing": _plain(lambda: _("先登记名册：这次会议要表决，要知道应到多少人。")),
    "roll_double": _numbered(lambda: _("名册上{n}号写了两次，或者同一个人有两行。请改正。")),
    "roll_too_long": _numbered(lambda: _("名册最多{most}行。")),
    "nothing_voted": _plain(lambda: _("人数够，但还没有表决。请先对议题表决，再结束会议。")),
    "resolution_due_missing": _plain(lambda: _("每条决议要写哪天办完。")),
    "words_missing": _plain(lambda: _("请写上内容再提交。")),
    "voice_answered_already": _plain(lambda: _("这一条已经答复过了。")),
    "no_duty_here": _plain(lambda: _("这不是定期要做的事，不能用别的会议算作履行。")),
    "not_in_period": _plain(lambda: _("那次会议不在这一期里。请选这一期内开的会。")),
    "no_topics_here": _plain(lambda: _("这次会议不收题目，可以提问题。")),
}
