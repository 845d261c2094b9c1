"""What an event of the log is called in an exported log."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Procedure
from gongzhi.core.exchange.events import BY_CLOCK, Event
from gongzhi.words.terms import Terms

KINDS: dict[str, Callable[[], str]] = {
    "file": lambda: _("提出"),
    "part": lambda: _("分工完成"),
    "accept": lambda: _("签收"),
    "decline": lambda: _("退回"),
    "assign": lambda: _("裁定由谁承办"),
    "serve": lambda: _("已告知"),
    "pause": lambda: _("中止期限"),
    "resume": lambda: _("恢复期限"),
    "extend": lambda: _("延长期限"),
    "withdraw": lambda: _("撤回"),
    "reopen": lambda: _("重新办理"),
    "correct": lambda: _("更正"),
    "set_aside": lambda: _("撤销并退回某一步"),
    "recast": lambda: _("机构变更"),
    "recalendar": lambda: _("按新的放假安排重算"),
    "object": lambda: _("提异议"),
    "answer_objection": lambda: _("答复异议"),
    "child": lambda: _("下属事项办结"),
    "note": lambda: _("留言"),
    "fulfil": lambda: _("以另一次会议履行"),
    "rate": lambda: _("评价"),
    "publish": lambda: _("公布"),
    "tick": lambda: _("期限到"),
    "merge": lambda: _("合并"),
    "unfollow": lambda: _("单独办"),
    "lead": lambda: _("一起办的有进展"),
    "leader_ended": lambda: _("一起办的办结"),
    "join": lambda: _("等另一件事项"),
    "delivered": lambda: _("等的事项有了结果"),
    "migrate": lambda: _("改按新版章程办"),
}


def event_name(terms: Terms, procedure: Procedure, event: Event) -> str:
    """The activity: step and outcome where there is one, else what was done."""
    if event.outcome and event.step in procedure.steps:
        step, outcome = procedure.steps[event.step], event.outcome
        sentence = _("{step}：{outcome}（到期）") if event.kind == BY_CLOCK else _("{step}：{outcome}")
        return sentence.format(step=terms.text(step.title), outcome=terms.outcome(step, outcome))
    if event.kind == "done" and event.step in procedure.steps:
        return terms.text(procedure.steps[event.step].title)
    return KINDS[event.kind]() if event.kind in KINDS else event.kind
