"""Figures in words: what is divided by what, why there is none, how far from the target."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongzhi.core.charter.commitments import Indicator, Surveyed
from gongzhi.core.charter.spec import Charter
from gongzhi.core.indicator.figure import Figure, wilson
from gongzhi.core.indicator.target import BadTarget, percent, read_target, shown
from gongzhi.words.terms import Terms

HOUSE_TITLES = {
    "answered": gettext_noop("按时答复率"),
    "settled": gettext_noop("按时办结率"),
    "solved": gettext_noop("解决率"),
    "content": gettext_noop("满意率"),
    "speed": gettext_noop("办结用时（中位数）"),
    "burden": gettext_noop("上面交办的工作占全部工作"),
}
COUNT_WORDS = {
    "filed": gettext_noop("收到的事项"),
    "answered": gettext_noop("有了第一次答复的事项"),
    "answered_in_time": gettext_noop("期限内第一次答复的事项"),
    "closed": gettext_noop("办结的事项"),
    "in_time": gettext_noop("一路没有超时、办结的事项"),
    "late": gettext_noop("超过时、办结的事项"),
    "solved": gettext_noop("反映人自己确认满意后办结的事项"),
    "breaches": gettext_noop("过期无人办、已公开的次数"),
    "raised": gettext_noop("超时后报上一级的次数"),
    "passed_on": gettext_noop("转手次数"),
    "reopened": gettext_noop("重新办理的次数"),
    "confirmed": gettext_noop("反映人自己给了答复的确认"),
    "content": gettext_noop("答复“满意”的"),
    "partly": gettext_noop("答复“部分解决”的"),
    "not_content": gettext_noop("答复“没有办好”的"),
    "unanswered": gettext_noop("问了没有答复的（不算满意）"),
    "agreed": gettext_noop("谈成了的"),
    "not_agreed": gettext_noop("没有谈成的"),
    "refused_tasks": gettext_noop("没有准入、被拒绝的任务"),
    "handed_down": gettext_noop("政府部门交办的事项"),
    "own_matters": gettext_noop("居民和自治组织自己的事项"),
    "published": gettext_noop("公示次数"),
    "objections": gettext_noop("公示中的异议"),
    "upheld": gettext_noop("成立的异议"),
    "to_answer": gettext_noop("从登记到第一次答复的小时数"),
    "to_close": gettext_noop("从登记到办结的小时数"),
}
KIND_WORDS = {
    "plain": gettext_noop("普通事项"),
    "withdrawn": gettext_noop("反映人撤回的"),
    "merged": gettext_noop("并入别的事项的"),
    "imported": gettext_noop("从旧系统导入的"),
    "opened": gettext_noop("由别的事项派生的"),
}
WHY_NONE = {
    "no_whole": gettext_noop("这段时间分母是0，算不出"),
    "too_few": gettext_noop("少于10，不显示，免得认出人来"),
    "few_raters": gettext_noop("评的人不到5个，不显示"),
    "nothing": gettext_noop("这段时间没有"),
    "not_entered": gettext_noop("还没有填报"),
    "not_asked": gettext_noop("这段时间没有问过"),
    "no_formula": gettext_noop("这段时间还没有这个公式"),
}
PERIOD_WORDS = {
    "month": gettext_noop("每月"),
    "quarter": gettext_noop("每季度"),
    "half": gettext_noop("每半年"),
    "year": gettext_noop("每年"),
}


def title_of(indicator: Indicator, charter: Charter | None) -> str:
    """Its name in the reader's language."""
    if charter is None:
        return _(HOUSE_TITLES.get(indicator.title, indicator.title))
    return Terms(charter).text(indicator.title)


def value_text(indicator: Indicator, value: Fraction | None) -> str:
    """`88.42%`, `36.5`, `12`; empty without a value."""
    if value is None:
        return ""
    typed = indicator.entered
    if indicator.whole or indicator.survey or (typed and typed.whole):
        return percent(value)
    if indicator.median:
        return _("{n}小时").format(n=shown(value, 1))
    return shown(value, 0)


def figure_text(indicator: Indicator, found: Figure) -> str:
    """The value, or why there is none."""
    return value_text(indicator, found.value) or _(WHY_NONE.get(found.why, found.why))


def formula_words(indicator: Indicator, charter: Charter | None) -> str:
    """One sentence: what is divided by what, and what is left out."""
    typed = indicator.entered
    if indicator.survey is not None:
        return _survey_words(indicator.survey, charter)
    if typed is not None:
        told = [Terms(charter).text(text) if charter else text for text in (typed.part, typed.whole) if text]
    else:
        told = [_(COUNT_WORDS.get(name, name)) for name in (indicator.median, indicator.part, indicator.whole) if name]
    said = _(" ÷ ").join(told)
    if indicator.median:
        said = _("{what}，取中间的一个").format(what=said)
    if indicator.organ and charter:
        said = _("{formula}；只算由{organ}负责的").format(formula=said, organ=Terms(charter).organ(indicator.organ))
    if indicator.leaves_out:
        out = _("、").join(_(KIND_WORDS.get(kind, kind)) for kind in indicator.leaves_out)
        said = _("{formula}；不算：{out}").format(formula=said, out=out)
    return said


def between(indicator: Indicator, found: Figure) -> tuple[str, str]:
    """Wilson's interval of answers (ratings, surveys), 95 %, as per cent; empty for what was counted or entered."""
    asked = indicator.part == "content" or indicator.survey is not None
    if not asked or found.value is None or found.part is None or not found.whole:
        return "", ""
    span = wilson(found.part, found.whole)
    return percent(Fraction(span.low)), percent(Fraction(span.high))


def _survey_words(asked: Surveyed, charter: Charter | None) -> str:
    said = [Terms(charter).text(text) if charter else text for text in (asked.asks, *asked.counts)]
    if asked.at_least is not None:
        return _("问卷“{asks}”打{n}分以上的 ÷ 答了这一题的").format(asks=said[0], n=asked.at_least)
    answers = _("、").join(said[1:])
    return _("问卷“{asks}”答“{answers}”的 ÷ 答了这一题的").format(asks=said[0], answers=answers)


def target_text(indicator: Indicator) -> str:
    """`≥95%`; empty without one."""
    try:
        return read_target(indicator.target or "").text
    except BadTarget:
        return ""
