"""Why a deadline is what it is, line by line, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongzhi.core.calendar import Calendar, CalendarError, Span
from gongzhi.core.fact import Fact
from gongzhi.core.procedure.case import Case, Clock
from gongzhi.words.terms import Terms
from gongzhi.words.times import at_text, day_text


@dataclass(frozen=True, slots=True)
class Derived:
    """A running deadline ready to show."""

    name: str
    title: str
    due: datetime
    provisional: bool
    lines: tuple[str, ...]


def span_text(n: int, unit: str) -> str:
    texts: dict[str, Callable[[], str]] = {
        "min": lambda: ngettext("{n}分钟", "{n}分钟", n),
        "h": lambda: ngettext("{n}小时", "{n}小时", n),
        "wh": lambda: ngettext("{n}个工作小时", "{n}个工作小时", n),
        "d": lambda: ngettext("{n}天", "{n}天", n),
        "wd": lambda: ngettext("{n}个工作日", "{n}个工作日", n),
        "mo": lambda: ngettext("{n}个月", "{n}个月", n),
        "y": lambda: ngettext("{n}年", "{n}年", n),
    }
    return texts[unit]().format(n=n)


def fact_text(fact: Fact) -> str:
    """One line of a derivation; empty for a fact that needs no line."""
    tell = FACTS.get(fact.code)
    return tell(fact) if tell else ""


def _day(value: str | int) -> str:
    return day_text(date.fromisoformat(str(value)))


def _moment(value: str | int) -> str:
    return at_text(datetime.fromisoformat(str(value)))


def _holiday(fact: Fact) -> str:
    first, last = str(fact.args[0]), str(fact.args[1])
    if first == last:
        return _("{day}放假，不算").format(day=_day(first))
    return _("{first}到{last}放假，不算").format(first=_day(first), last=_day(last))


FACTS: dict[str, Callable[[Fact], str]] = {
    "start": lambda f: _("从{at}起算").format(at=_moment(f.args[0])),
    "span": lambda f: _("期限是{span}").format(span=span_text(int(f.args[0]), str(f.args[1]))),
    "before_day": lambda f: _("从{day}往前数").format(day=_day(f.args[0])),
    "first_day": lambda f: _("当天不算，第一天是{day}").format(day=_day(f.args[0])),
    "first_day_back": lambda f: _("当天不算，往前第一天是{day}").format(day=_day(f.args[0])),
    "weekend_days_skipped": lambda f: _("周末{n}天不算").format(n=f.args[0]),
    "holiday_skipped": _holiday,
    "make_up_days_counted": lambda f: _("调休上班的{days}要算").format(days=_("、").join(map(_day, f.args))),
    "month_end": lambda f: _("那个月没有{n}日，到月末{day}").format(n=f.args[0], day=_day(f.args[1])),
    "moved_to_working_day": lambda f: _("最后一天{day}不上班，顺延到{to}").format(
        day=_day(f.args[0]), to=_day(f.args[1])
    ),
    "working_hours": lambda f: _("只算上班时间（{hours}）").format(hours=_("、").join(map(str, f.args))),
    "full_days_between": lambda f: _("中间要隔满{span}").format(span=span_text(int(f.args[0]), str(f.args[1]))),
    "due": lambda f: _("到{at}").format(at=_moment(f.args[0])),
    "provisional": lambda f: _("临时：{year}年放假安排还没公布，公布后可能调整").format(year=f.args[0]),
}


def clock_title(terms: Terms, case: Case, name: str) -> str:
    """What this deadline is for."""
    head, _colon, tail = name.partition(":")
    procedure = terms.charter.procedures[case.procedure]
    step = procedure.steps.get(case.control.step)
    if head == "part" and step:
        return terms.part(step, tail)
    if head == "limit":
        return next((terms.text(limit.title) for limit in procedure.limits if limit.name == tail), tail)
    titles = {
        "step": terms.step(procedure, case.control.step),
        "serve": _("告知或张贴"),
        "offer": _("签收（不回话就是签收）"),
        "ruling": _("裁定"),
        "rung": _("超时后答复"),
        "repeat": _("逾期，再次公开"),
        "pause": _("中止期满，自动恢复"),
        "follow": _("一起办的那件的期限"),
        "reopen": _("可以要求重新办理"),
        "object": _("答复异议"),
    }
    return titles.get(head, head)


def derive(terms: Terms, case: Case, clock: Clock, calendar: Calendar) -> Derived:
    """The deadline with its lines: start, what was counted and skipped, extensions."""
    lines = [fact_text(fact) for fact in _facts(terms, case, clock, calendar)]
    for span, ground in clock.extensions:
        parsed = Span.parse(span)
        lines.append(_("延长{span}：{ground}").format(span=span_text(parsed.n, parsed.unit), ground=ground))
    if clock.extensions:
        lines.append(_("到{at}").format(at=at_text(clock.due)))
    return Derived(
        clock.name, clock_title(terms, case, clock.name), clock.due, clock.provisional, tuple(x for x in lines if x)
    )


def _facts(terms: Terms, case: Case, clock: Clock, calendar: Calendar) -> tuple[Fact, ...]:
    if clock.span is None:
        return ()
    try:
        if clock.event.startswith("before "):
            day = date.fromisoformat(str(dict(case.control.given)[clock.event.removeprefix("before ")]))
            return calendar.explain_before(day, clock.span)
        if clock.event == "resumed":
            return (Fact("start", (clock.start.isoformat(),)), Fact("due", (clock.due.isoformat(),)))
        return calendar.explain(clock.start, clock.span, _ends_on(terms, case, clock))
    except CalendarError:
        return ()


def _ends_on(terms: Terms, case: Case, clock: Clock) -> str | None:
    """Whether the last day of this clock moves to a working day, as its step or limit says (R17)."""
    procedure = terms.charter.procedures[case.procedure]
    head, _colon, name = clock.name.partition(":")
    if head == "limit":
        return next((limit.ends_on for limit in procedure.limits if limit.name == name), None)
    step = procedure.steps.get(case.control.step)
    return step.ends_on if step and head == "step" else None
