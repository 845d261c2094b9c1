"""Verdicts and their numbers as sentences, and what is wrong with a count, a rule or a length of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongzhi.core.calendar import CalendarError
from gongzhi.core.decision import BadCount, RuleError, RuleVersion, Verdict
from gongzhi.core.fact import Fact
from gongzhi.words import formats
from gongzhi.words.kinds import KIND_FACTS, KIND_FAULTS, KIND_TEXTS, NOBODY, OF_ONE, Named
from gongzhi.words.times import language


def verdict_text(rule: RuleVersion, verdict: Verdict) -> str:
    """The outcome in a few words. Signatures are enough or not; only a meeting or a vote passes something."""
    if rule.kind in KIND_TEXTS and verdict.outcome in KIND_TEXTS[rule.kind]:
        return KIND_TEXTS[rule.kind][verdict.outcome]()
    if verdict.outcome == "no_quorum":
        return _("参加的不够，不能作决定")
    if "present" not in rule.counts:
        return _("达到要求") if verdict.passed else _("没有达到要求")
    return _("通过") if verdict.passed else _("没有通过")


def verdict_because(verdict: Verdict, names: Mapping[str, str] = NOBODY) -> tuple[str, ...]:
    """What was needed and what was there, one line each. `names`: option, group or grade -> its title."""
    return tuple(decision_fact(fact, names) for fact in verdict.because)


def decision_fact(fact: Fact, names: Mapping[str, str] = NOBODY) -> str:
    """One line: the whole, what is needed of it, what was there, and whether that is enough."""
    if fact.code in KIND_FACTS:
        return KIND_FACTS[fact.code](Named(fact.args, names))
    if fact.code == "recused_left":
        return _("{n}人回避，名册按{left}人算").format(n=fact.args[0], left=fact.args[1])
    subject, of = str(fact.args[0]), str(fact.args[3])
    needed, had, whole = (_amount(subject, int(fact.args[at])) for at in (1, 2, 4))
    if not of:
        return _EMPTY[subject]()
    line = _line(subject, of).format(whole=whole, needed=needed, had=had)
    enough = fact.code in ("quorum_met", "yes_enough")
    return _("{line}：够了").format(line=line) if enough else _("{line}：不够").format(line=line)


def _line(subject: str, of: str) -> str:
    if (subject, of) in _LINES:
        return _LINES[subject, of]()
    line = _("{of}{whole}，{subject}至少要{needed}，实际{had}")
    return line.replace("{of}", count_name(of)).replace("{subject}", count_name(subject))


def count_name(name: str, names: Mapping[str, str] = NOBODY) -> str:
    """What a count is called: of one option, criterion or group with their names."""
    if name in _NAMES:
        return _NAMES[name]()
    head, dot, rest = name.partition(".")
    if not dot or head not in OF_ONE:
        return name
    return OF_ONE[head]().format(name=_("、").join(names.get(part, part) for part in rest.split(".")))


def count_fault(error: BadCount) -> str:
    """What is wrong with the counts and what to do."""
    names = [count_name(str(value)) for value in error.details]
    texts: dict[str, Callable[[], str]] = {
        "missing_count": lambda: _("缺少{name}，请补上。").format(name=names[0]),
        "unknown_count": lambda: _("不认识的数字“{name}”。").format(name=names[0]),
        "not_whole": lambda: _("{name}要写整数，不能是{value}。").format(name=names[0], value=names[1]),
        "negative_count": lambda: _("{name}不能是负数。").format(name=names[0]),
        "count_too_large": lambda: _("{name}太大了，请核对。").format(name=names[0]),
        "more_than_possible": lambda: _more(error),
        "recused_of_area": lambda: _("按面积表决时，回避的面积不能按人数扣，请直接填扣除后的面积。"),
    }
    if error.code in KIND_FAULTS:
        return KIND_FAULTS[error.code](Named(error.details, NOBODY))
    return texts[error.code]()


def count_problem(code: str, details: Sequence[str | int]) -> str:
    """The same for a refusal that kept the code and the details only; empty for a code nobody knows."""
    try:
        return count_fault(BadCount(code, "", *details))
    except (KeyError, IndexError, ValueError):
        return ""


def rule_fault(error: RuleError) -> str:
    """Why a rule cannot be applied."""
    if error.code == "rule_not_in_force":
        return _("这条规则在{day}没有生效的版本。请用 gongzhi count --rules 看每条规则的日期。").format(
            day=error.details[0]
        )
    return _("规则文件写错了：{text}").format(text=error)


def calendar_fault(error: CalendarError) -> str:
    """Why a length of time or a day cannot be used, and what to write instead."""
    value = error.details[0] if error.details else ""
    texts: dict[str, Callable[[], str]] = {
        "span_without_unit": lambda: _("“{value}”没有写单位，请写成例如 {value}wd（工作日）或 {value}d（天）。"),
        "span_not_positive": lambda: _("期限要大于零，不能是“{value}”。"),
        "span_unreadable": lambda: _("看不懂期限“{value}”，请写成例如 5wd。单位：min h wh d wd mo y。"),
        "naive_time": lambda: _("时间“{value}”没有写时区。"),
        "beyond_calendar": lambda: _("这个期限超出了日历能算的年份。"),
    }
    found = texts.get(error.code)
    return found().format(value=value) if found else _("日历算不出来：{text}").format(text=error)


def _more(error: BadCount) -> str:
    smaller, number, larger, limit = error.details
    return _("{smaller}（{number}）比{larger}（{limit}）还多，请核对。").format(
        smaller=count_name(str(smaller)),
        number=_amount(str(smaller), int(number)),
        larger=count_name(str(larger)),
        limit=_amount(str(larger), int(limit)),
    )


def _amount(name: str, number: int) -> str:
    if name.startswith("area_"):
        return formats.area(Decimal(number) / 100, language())
    return ngettext("{n}人", "{n}人", number).format(n=number)


_NAMES: dict[str, Callable[[], str]] = {
    "eligible": lambda: _("名册人数"),
    "present": lambda: _("参加人数"),
    "yes": lambda: _("同意人数"),
    "recused": lambda: _("回避人数"),
    "no": lambda: _("反对人数"),
    "abstain": lambda: _("弃权人数"),
    "invalid": lambda: _("无效票"),
    "votes": lambda: _("票数合计"),
    "seats": lambda: _("应选人数"),
    "area_no": lambda: _("反对的面积"),
    "area_abstain": lambda: _("弃权的面积"),
    "area_total": lambda: _("总面积"),
    "area_present": lambda: _("参加的面积"),
    "area_yes": lambda: _("同意的面积"),
}
_EMPTY: dict[str, Callable[[], str]] = {
    "eligible": lambda: _("名册上没有人"),
    "present": lambda: _("没有人参加"),
    "yes": lambda: _("没有人同意"),
    "area_total": lambda: _("总面积是零"),
    "area_present": lambda: _("参加的面积是零"),
    "area_yes": lambda: _("同意的面积是零"),
}
_LINES: dict[tuple[str, str], Callable[[], str]] = {
    ("present", "eligible"): lambda: _("名册{whole}，至少要{needed}参加，实际{had}"),
    ("yes", "present"): lambda: _("参加{whole}，至少要{needed}同意，实际{had}"),
    ("yes", "eligible"): lambda: _("名册{whole}，至少要{needed}同意，实际{had}"),
    ("area_present", "area_total"): lambda: _("总面积{whole}，至少要{needed}参加，实际{had}"),
    ("area_yes", "area_present"): lambda: _("参加面积{whole}，至少要{needed}同意，实际{had}"),
    ("area_yes", "area_total"): lambda: _("总面积{whole}，至少要{needed}同意，实际{had}"),
}
