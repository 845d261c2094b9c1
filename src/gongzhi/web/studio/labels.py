"""Words for what a charter says by key: levels, kinds of organs, relations, ways of doing a step, facts."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from gongzhi.core.calendar import Span
from gongzhi.core.charter.spec import Procedure, Relation
from gongzhi.words.derivation import span_text
from gongzhi.words.terms import Terms

__all__ = [
    "ASKED", "BASES", "CLASSES", "INSTRUMENTS", "KINDS", "LEVELS", "MATTERS", "VERBS", "filers", "label", "related",
    "span", "value",
]  # fmt: skip

LEVELS = {
    "province": gettext_noop("省"),
    "city": gettext_noop("市"),
    "district": gettext_noop("区"),
    "street": gettext_noop("街道"),
    "community": gettext_noop("社区"),
    "grid": gettext_noop("网格"),
    "estate": gettext_noop("小区"),
    "building": gettext_noop("楼栋"),
    "household": gettext_noop("户"),
}
KINDS = {
    "party": gettext_noop("党组织"),
    "government": gettext_noop("政府机关"),
    "self_government": gettext_noop("自治组织"),
    "assembly": gettext_noop("议事会议"),
    "company": gettext_noop("企业"),
    "association": gettext_noop("社会组织"),
    "team": gettext_noop("队伍"),
}
BASES = {
    "elected": gettext_noop("选举"),
    "appointed": gettext_noop("任命"),
    "recommended": gettext_noop("推荐"),
    "concurrent": gettext_noop("兼任"),
}
VERBS = {
    "leads": gettext_noop("领导"),
    "guides": gettext_noop("指导"),
    "supervises": gettext_noop("监督"),
    "reviews": gettext_noop("评议"),
    "cooperates": gettext_noop("配合"),
    "commissions": gettext_noop("委托"),
    "represents": gettext_noop("代表"),
    "independent": gettext_noop("互不隶属"),
}
RELATED = {
    "leads": gettext_noop("{a}领导{b}"),
    "guides": gettext_noop("{a}指导{b}，不下命令"),
    "supervises": gettext_noop("{a}监督{b}"),
    "reviews": gettext_noop("{a}评议{b}"),
    "cooperates": gettext_noop("{a}与{b}互相配合"),
    "commissions": gettext_noop("{a}委托{b}办事"),
    "represents": gettext_noop("{a}代表{b}办事"),
    "independent": gettext_noop("{a}与{b}互不隶属"),
}
INSTRUMENTS = {
    "file": gettext_noop("登记"),
    "task": gettext_noop("办理"),
    "meeting": gettext_noop("开会"),
    "consultation": gettext_noop("征求意见"),
    "survey": gettext_noop("调查"),
    "ballot": gettext_noop("表决"),
    "scoring": gettext_noop("打分"),
    "notice": gettext_noop("公示"),
    "agreement": gettext_noop("共同签署"),
    "payment": gettext_noop("付款"),
    "inspection": gettext_noop("现场查看"),
    "rating": gettext_noop("评价"),
    "draw": gettext_noop("抽签"),
    "bid": gettext_noop("报价"),
    "confirm": gettext_noop("请居民确认"),
    "choice": gettext_noop("按条件分流"),
    "wait": gettext_noop("等待"),
}
MATTERS = {
    "appeal": gettext_noop("诉求"),
    "proposal": gettext_noop("提议"),
    "dispute": gettext_noop("纠纷"),
    "project": gettext_noop("项目"),
    "admission": gettext_noop("准入"),
    "task": gettext_noop("工作任务"),
    "review": gettext_noop("评议事项"),
    "election": gettext_noop("选举"),
    "covenant": gettext_noop("公约"),
    "finding": gettext_noop("发现的问题"),
    "whistle": gettext_noop("吹哨"),
    "question": gettext_noop("询问"),
    "refusal": gettext_noop("拒绝摊派"),
}
ASKED = {
    "yesno": gettext_noop("是或否"),
    "choice": gettext_noop("选一项"),
    "number": gettext_noop("数字"),
    "money": gettext_noop("金额"),
    "date": gettext_noop("日期"),
    "organ": gettext_noop("机构"),
    "subject": gettext_noop("被反映的单位"),
    "text": gettext_noop("文字"),
}
CLASSES = {
    "plain": gettext_noop("可公开"),
    "personal": gettext_noop("个人信息"),
    "sealed": gettext_noop("密封"),
}


def label(table: Mapping[str, str], key: str | None) -> str:
    """The word of a key; a key without a word is shown as it is."""
    return gettext(table[key]) if key and key in table else (key or "")


def span(value: Span | None) -> str:
    """A time in words; empty where there is none."""
    return span_text(value.n, value.unit) if value else ""


def value(text: str) -> str:
    """A parameter in words: a time where it is one, else as it is written."""
    try:
        return span(Span.parse(text))
    except ValueError:
        return text


def filers(terms: Terms, procedure: Procedure) -> str:
    """Who may file a matter of the procedure."""
    known = {"scheduler": gettext("到期自动开始")}
    return gettext("、").join(known.get(name) or terms.holder(name) for name in procedure.files)


def related(terms: Terms, relation: Relation) -> str:
    """A relation as a sentence."""
    text = gettext(RELATED.get(relation.verb, "{a} → {b}"))
    return text.format(a=terms.organ(relation.subject), b=terms.organ(relation.object))
