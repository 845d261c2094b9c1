"""Findings of the charter check as sentences: what was found, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import get_language, gettext, gettext_noop

from gongzhi.core.charter.findings import NOTICES, WARNINGS, Finding
from gongzhi.words import findings_form, findings_names, findings_promises, findings_proof, findings_versions

TEXTS: Mapping[str, tuple[str, str]] = {
    **findings_form.TEXTS, **findings_names.TEXTS, **findings_proof.TEXTS, **findings_promises.TEXTS,
    **findings_versions.TEXTS,
}  # fmt: skip

FAMILIES = {
    "0": gettext_noop("读取文件"),
    "1": gettext_noop("写法"),
    "2": gettext_noop("名字和引用"),
    "3": gettext_noop("时限"),
    "4": gettext_noop("环节的结果"),
    "5": gettext_noop("能不能办完"),
    "6": gettext_noop("条件"),
    "7": gettext_noop("分开和交接"),
    "8": gettext_noop("职责和提出"),
    "9": gettext_noop("个人信息"),
    "72": gettext_noop("机构关系"),
    "73": gettext_noop("任职"),
    "75": gettext_noop("决定和现行法律"),
    "76": gettext_noop("会议"),
    "77": gettext_noop("换版本和一起办"),
    "83": gettext_noop("权利"),
    "84": gettext_noop("决定之后公开"),
    "85": gettext_noop("资金"),
    "86": gettext_noop("配备标准"),
    "87": gettext_noop("指标"),
    "88": gettext_noop("文书和公约条款"),
}
PROOFS = {
    "references": gettext_noop("每个名字都有着落"),
    "clocks": gettext_noop("每个等待的环节都有期限"),
    "outcomes": gettext_noop("每个环节的结果都齐全"),
    "loops": gettext_noop("没有无限的循环"),
    "conditions": gettext_noop("条件在所有情形下都算得出"),
    "separation": gettext_noop("办的不验，退不过限"),
    "duties": gettext_noop("每一类正好一家负责"),
    "relations": gettext_noop("没有越权的上下级，自己不评自己"),
    "posts": gettext_noop("选举产生的职务都有选举"),
    "decisions": gettext_noop("按合适的规则表决，授权不越界"),
    "migration": gettext_noop("合并的有人确认，换版不丢期限"),
    "meetings": gettext_noop("会议来得及通知，材料有人做"),
    "rights": gettext_noop("每项权利都能行使"),
    "disclosure": gettext_noop("每次决定之后都公开"),
    "money": gettext_noop("付款有来源，有第二人"),
    "norms": gettext_noop("配备标准都算得出"),
    "plans": gettext_noop("计划的任务有单位、有程序，下派的工作先准入"),
    "indicators": gettext_noop("指标都算得出，没有禁止的"),
    "paperwork": gettext_noop("文书填得出，公约表决前看过条款"),
    "privacy": gettext_noop("个人信息都说明了用途"),
    "english": gettext_noop("标题都有英文"),
    "can_end": gettext_noop("任何情形都能办完"),
    "silence": gettext_noop("没人作声也有着落"),
}
_KINDS = {
    "text": gettext_noop("文字"),
    "number": gettext_noop("整数"),
    "yesno": gettext_noop("true 或 false"),
    "list": gettext_noop("列表"),
    "map": gettext_noop("一组键和值"),
    "nothing": gettext_noop("空的"),
    "organ": gettext_noop("机构名"),
    "seat": gettext_noop("席位名"),
    "span": gettext_noop("时间长度"),
    "files": gettext_noop("个文件"),
    "bytes": gettext_noop("字节"),
}
_WHY = {
    "span_without_unit": gettext_noop("没有单位"),
    "span_not_positive": gettext_noop("要大于零"),
    "span_too_long": gettext_noop("太长了"),
    "span_unreadable": gettext_noop("看不懂"),
    "unknown_unit": gettext_noop("没有这个单位"),
    "wrong": gettext_noop("写法不对"),
    "missing": gettext_noop("没有写"),
    "unknown_key": gettext_noop("这种规则没有这个键"),
    "weights_sum": gettext_noop("权重加起来不对，应当是前一个数"),
    "tie_undeclared": gettext_noop("没有写打平了怎么办，可以写"),
    "unknown_kind": gettext_noop("没有这种规则，只有"),
    "not_of_law": gettext_noop("法律里没有这条规则"),
    "not_dated": gettext_noop("代替法律规则的，要写从哪天起、由谁决定"),
    "name_of_law": gettext_noop("和法律规则重名，另起名字，用 replaces 代替它"),
    "other_counts": gettext_noop("计的数和法律规则不同"),
}
_NOUNS = {
    "charter": gettext_noop("章程"),
    "organ": gettext_noop("机构"),
    "seat": gettext_noop("席位"),
    "category": gettext_noop("类别"),
    "duty": gettext_noop("职责"),
    "procedure": gettext_noop("程序"),
    "step": gettext_noop("环节"),
    "part": gettext_noop("参与"),
    "call": gettext_noop("参加人"),
    "outcome": gettext_noop("结果"),
    "field": gettext_noop("字段"),
    "end": gettext_noop("结束"),
    "late": gettext_noop("逾期"),
    "parameter": gettext_noop("参数"),
    "library_part": gettext_noop("共用环节"),
    "part_parameter": gettext_noop("共用环节的参数"),
    "use": gettext_noop("引用共用环节"),
    "apart": gettext_noop("分开要求"),
    "object": gettext_noop("异议办法"),
    "publish": gettext_noop("公布办法"),
    "pause": gettext_noop("中止办法"),
    "extend": gettext_noop("延长办法"),
    "reopen": gettext_noop("重开办法"),
    "migrates": gettext_noop("换版办法"),
    "when": gettext_noop("分流的一行"),
    "roll": gettext_noop("表决名册"),
    "right": gettext_noop("权利"),
    "disclosure": gettext_noop("公开事项"),
    "fund": gettext_noop("资金"),
    "norm": gettext_noop("配备标准"),
    "indicator": gettext_noop("指标"),
    "post": gettext_noop("兼任"),
    "delegation": gettext_noop("授权"),
    "law_note": gettext_noop("法律说明"),
    "before": gettext_noop("倒数期限"),
    "opens": gettext_noop("子事项"),
    "titled": gettext_noop("标题一项"),
    "handover": gettext_noop("交接"),
    "limit": gettext_noop("时限"),
    "recurring": gettext_noop("定期职责"),
    "rule": gettext_noop("表决规则"),
    "criterion": gettext_noop("评分项"),
    "scale": gettext_noop("分值范围"),
    "grade": gettext_noop("等次"),
    "rater_group": gettext_noop("评议群体"),
}
_RENDERED: dict[str, Callable[[Any], str]] = {
    "meant": lambda word: gettext("，是不是“{word}”？").format(word=word) if word else "",
    "noun": lambda name: gettext(_NOUNS[name]) if name in _NOUNS else f"“{name}”",
    "says": lambda pair: _in_language(pair),
    "law": lambda pair: _in_language(pair),
    "why": lambda code: gettext(_WHY[code]) if code in _WHY else str(code),
    "wanted": lambda kind: gettext(_KINDS[kind]) if kind in _KINDS else str(kind),
    "found": lambda kind: gettext(_KINDS[kind]) if kind in _KINDS else str(kind),
    "unit": lambda kind: gettext(_KINDS[kind]) if kind in _KINDS else str(kind),
}


def finding_text(finding: Finding) -> str:
    """What was found, with its names and numbers."""
    return _filled(TEXTS[finding.code][0], finding)


def finding_mend(finding: Finding) -> str:
    """What to do about it."""
    return _filled(TEXTS[finding.code][1], finding)


def finding_place(finding: Finding) -> str:
    """`procedures/fire_lane.yaml:12`, or the file alone where the whole file is meant."""
    return f"{finding.file}:{finding.line}" if finding.line else finding.file


def finding_way(finding: Finding) -> str:
    """The steps that lead to it; empty where a line says enough."""
    return " → ".join(finding.path)


def proof_text(family: str) -> str:
    """What a family of the check proves when it finds nothing."""
    return gettext(PROOFS[family])


def severity_text(severity: str) -> str:
    words = {"error": gettext("错误"), "warning": gettext("提醒"), "notice": gettext("法律说明")}
    return words[severity]


def explain_code(code: str) -> tuple[str, str, str, str] | None:
    """Family, severity, what is found and how to mend it, with `…` for names; None where there is no such code."""
    if code not in TEXTS:
        return None
    blank = _Blank()
    found, mend = (gettext(text).format_map(blank) for text in TEXTS[code])
    severity = severity_text("notice" if code in NOTICES else "warning" if code in WARNINGS else "error")
    family = FAMILIES.get(code[2:4]) or FAMILIES[code[2]]
    return gettext(family), severity, found, mend


def _in_language(pair: tuple[str, str]) -> str:
    """What a charter says in Chinese and in English, in the language of the reader."""
    return pair[1] if (get_language() or "").startswith("en") else pair[0]


def _filled(text: str, finding: Finding) -> str:
    values = {name: _RENDERED.get(name, str)(value) for name, value in finding.args}
    return gettext(text).format_map(_Blank(values))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "" if key == "meant" else "…"
