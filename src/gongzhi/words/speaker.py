"""Codes of the core as sentences. Chinese is the source; English is in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Procedure, Step
from gongzhi.core.fact import Fact
from gongzhi.words import together
from gongzhi.words.decisions import decision_fact
from gongzhi.words.refusals import REFUSALS
from gongzhi.words.terms import Terms
from gongzhi.words.times import at_text as when

Args = Mapping[str, Any]


class Speaker:
    """Says what happened on one matter. `procedure` gives steps and outcomes their titles."""

    terms: Terms
    procedure: Procedure

    def __init__(self, terms: Terms, procedure: Procedure) -> None:
        self.terms = terms
        self.procedure = procedure

    def _step(self, key: str) -> Step | None:
        return self.procedure.steps.get(key)

    def effect(self, effect: Args) -> str:
        """One line of the timeline; empty for effects that say nothing to people."""
        tell = EFFECTS.get(effect["effect"])
        return tell(self, effect) if tell else ""

    def refusal(self, code: str, args: Args, step: str = "") -> str:
        """Why an act was not possible, and what to do."""
        tell = REFUSALS.get(code)
        return tell(self, args, step) if tell else _("这一步现在不能办。请刷新页面看最新情况。")

    def reason(self, reason: Args) -> str:
        if "args" in reason:
            return decision_fact(Fact(reason["code"], tuple(reason["args"])), self.terms.of_rules())
        tell = REASONS.get(reason["code"])
        return tell(self, reason) if tell else ""

    def list_of_parts(self, names: list[str], step: str) -> str:
        found = self._step(step)
        return _("、").join(self.terms.part(found, name) if found else name for name in names)


# --- effects ---


def _left(s: Speaker, e: Args) -> str:
    step = s.terms.step(s.procedure, e["step"])
    outcome = s.terms.outcome(s._step(e["step"]), e["outcome"])
    if e["assumed"]:
        return _("{step}：期限已到，按“{outcome}”处理").format(step=step, outcome=outcome)
    return _("{step}：{outcome}").format(step=step, outcome=outcome)


def _entered(s: Speaker, e: Args) -> str:
    step = s.terms.step(s.procedure, e["step"])
    if e["offered"]:
        return _("下一步“{step}”，送{holder}签收；签收前由{answers}负责").format(
            step=step, holder=s.terms.holder(e["holder"]), answers=s.terms.organ(e["answers"])
        )
    if e["holder"] in ("filer", "parties"):
        return _("下一步“{step}”，请{holder}回复；由{answers}负责询问").format(
            step=step, holder=s.terms.holder(e["holder"]), answers=s.terms.organ(e["answers"])
        )
    return _("下一步“{step}”，由{holder}负责").format(step=step, holder=s.terms.holder(e["holder"]))


def _accepted(s: Speaker, e: Args) -> str:
    organ = s.terms.holder(e["organ"])
    if e["silent"]:
        return _("期限内没有回话，视为{organ}已签收").format(organ=organ)
    return _("{organ}已签收").format(organ=organ)


def _declined(s: Speaker, e: Args) -> str:
    return _("{organ}退回，建议转{to}。依据：{ground}（第{n}次转手）").format(
        organ=s.terms.organ(e["organ"]),
        to=s.terms.organ(e["to"]),
        ground=s.terms.passing_ground(e["ground"]),
        n=e["passes"],
    )


def _assigned(s: Speaker, e: Args) -> str:
    if e["silent"]:
        return _("裁定期已过，按职责清单由{organ}承办，不能再退").format(organ=s.terms.organ(e["organ"]))
    return _("裁定由{organ}承办，不能再退").format(organ=s.terms.organ(e["organ"]))


def _part_changed(s: Speaker, e: Args) -> str:
    step = next((one for one in s.procedure.steps.values() if any(p.name == e["part"] for p in one.parts)), None)
    name = s.terms.part(step, e["part"]) if step else s.terms.holder(e["part"])
    state = {
        "done": _("已完成"),
        "refused": _("不同意"),
        "lapsed": _("期限内没有做，按缺席处理"),
        "raised": _("逾期未做，已公开催办"),
    }.get(e["state"], e["state"])
    people = _("（{n}人）").format(n=e["count"]) if e["count"] > 1 else ""
    return _("{part}：{state}{people}").format(part=name, state=state, people=people)


def _raised(s: Speaker, e: Args) -> str:
    return _("超过期限，改由{organ}答复").format(organ=s.terms.organ(e["organ"]))


def _breached(s: Speaker, e: Args) -> str:
    return _("逾期仍未办，已公开（第{n}次）；由{organ}答复").format(n=e["times"], organ=s.terms.organ(e["organ"]))


def _objection(s: Speaker, e: Args) -> str:
    return {
        "open": _("收到一条异议"),
        "upheld": _("异议成立"),
        "rejected": _("异议不成立，已说明理由"),
        "raised": _("异议逾期未答，已公开催办"),
    }.get(e["state"], "")


def _published(s: Speaker, e: Args) -> str:
    if e["until"]:
        return _("已公示，到{until}止").format(until=when(e["until"]))
    return _("已在公开栏公布")


def _closed(s: Speaker, e: Args) -> str:
    return _("办结：{end}").format(end=s.terms.end(s.procedure, e["end"]))


def _paused(s: Speaker, e: Args) -> str:
    grounds = {k: v for step in s.procedure.steps.values() if step.pause for k, v in step.pause.grounds.items()}
    return _("期限中止：{ground}").format(ground=s.terms.text(grounds.get(e["ground"]) or e["ground"]))


def _noted(s: Speaker, e: Args) -> str:
    return {
        "remark": _("补充说明"),
        "supplement": _("补充材料"),
        "related": _("声明与本事项有关系，回避"),
        "recast": _("机构变更"),
        "title": _("改公开标题"),
        "invitation": _("会议通知发出"),
        "work_card": _("写了一张工作记录卡"),
        "bids_opened": _("两个人到点开标，所有标书的摘要记在这里"),
    }.get(e["kind"], _("评价：{n}分").format(n=e["kind"]) if str(e["kind"]).isdigit() else _("留言"))


EFFECTS: dict[str, Callable[[Speaker, Args], str]] = {
    "Filed": lambda s, e: _("收到，已编号"),
    "Left": _left,
    "Entered": _entered,
    "Accepted": _accepted,
    "Declined": _declined,
    "Referred": lambda s, e: _("已转手一次，不再转第三家：交{organ}裁定").format(organ=s.terms.organ(e["adjudicator"])),
    "Assigned": _assigned,
    "PartChanged": _part_changed,
    "Raised": _raised,
    "Breached": _breached,
    "Served": lambda s, e: _("已告知") if e["channel"] != "board" else _("公示已张贴"),
    "Paused": _paused,
    "Resumed": lambda s, e: _("中止期满，期限继续") if e["by_itself"] else _("期限继续"),
    "Extended": lambda s, e: _("延长到{due}：{ground}").format(due=when(e["due"]), ground=e["ground"]),
    "Published": _published,
    "ObjectionChanged": _objection,
    "ChildrenOpened": lambda s, e: _("已开出{n}件下属事项").format(n=len(e["keys"])),
    **together.EFFECTS,
    "SetAside": lambda s, e: _("撤销“{step}”，回到“{to}”：{ground}").format(
        step=s.terms.step(s.procedure, e["step"]), to=s.terms.step(s.procedure, e["to"]), ground=e["ground"]
    ),
    "Corrected": lambda s, e: _("更正材料，原件保留"),
    "Recalendared": lambda s, e: _("放假安排公布，期限由{old}改为{new}").format(
        old=when(e["old_due"]), new=when(e["new_due"])
    ),
    "Noted": _noted,
    "Closed": _closed,
    "Reopened": lambda s, e: _("反映人要求重新办理，理由见本人的话"),
    "Finalised": lambda s, e: _("可重开的时间已过，归档"),
}


# --- reasons ---


REASONS: dict[str, Callable[[Speaker, Args], str]] = {
    "choice": lambda s, r: _("按章程的条件，下一步是“{go}”").format(go=s.terms.step(s.procedure, r["go"])),
    "used_up": lambda s, r: _("“{step}”已办{n}次，不再重复").format(
        step=s.terms.step(s.procedure, r["step"]), n=r["times"]
    ),
    "in_time": lambda s, r: _("在期限（{due}）内办理").format(due=when(r["due"])),
    "late": lambda s, r: _("超过期限后办理"),
    "silence": lambda s, r: _("期限内没有回话"),
    "time_run": lambda s, r: _("规定的时间已满"),
    "delegation_over": lambda s, r: _("“{organ}”的授权到{until}为止，不能再在这里决定").format(
        organ=s.terms.organ(r["organ"]), until=r["until"]
    ),
    "silence_accepts": lambda s, r: _("不回话就是签收"),
    "duty_list_decides": lambda s, r: _("裁定机构没有裁定，按职责清单"),
    "passed_on_once_too_often": lambda s, r: _("章程规定最多转手{n}次").format(n=r["bound"]),
    **together.REASONS,
    "verdict": lambda s, r: _("按《{law}》计票").format(law=r["law"]),
}
