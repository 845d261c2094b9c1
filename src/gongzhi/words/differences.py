"""The difference between two versions of a charter: as lines that a meeting can go through, and grouped for a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Charter, Duty, Relation, Step
from gongzhi.core.exchange.differences import Change, differences
from gongzhi.core.span import Span
from gongzhi.words.derivation import span_text
from gongzhi.words.prose import step_sentences
from gongzhi.words.terms import Terms

WHAT: dict[str, Callable[[], str]] = {
    "name": lambda: _("章程的名字"),
    "title": lambda: _("标题"),
    "version": lambda: _("版本"),
    "places": lambda: _("区域层级"),
    "organs": lambda: _("机构"),
    "relations": lambda: _("关系"),
    "categories": lambda: _("类别"),
    "duties": lambda: _("职责"),
    "handover": lambda: _("交接办法"),
    "recurring": lambda: _("定期职责"),
    "documents": lambda: _("文书"),
    "parameters": lambda: _("参数"),
    "rights": lambda: _("权利"),
    "disclosures": lambda: _("公开事项"),
    "funds": lambda: _("资金"),
    "norms": lambda: _("标准"),
    "plans": lambda: _("计划"),
    "indicators": lambda: _("指标"),
    "posts": lambda: _("兼任"),
    "delegations": lambda: _("授权"),
    "law_notes": lambda: _("法律说明"),
    "procedures": lambda: _("程序"),
    "steps": lambda: _("环节"),
    "ends": lambda: _("结束"),
    "fields": lambda: _("要填的事"),
    "limits": lambda: _("全程时限"),
    "files": lambda: _("谁可以提出"),
    "start": lambda: _("第一个环节"),
    "reopen": lambda: _("重开办法"),
    "withdraw": lambda: _("能否撤回"),
}
VERBS: dict[str, Callable[[], str]] = {
    "leads": lambda: _("领导"),
    "guides": lambda: _("指导"),
    "supervises": lambda: _("监督"),
    "reviews": lambda: _("评议"),
    "cooperates": lambda: _("协作"),
    "commissions": lambda: _("委托"),
    "represents": lambda: _("派出"),
    "independent": lambda: _("互不隶属"),
}
HOW: dict[str, Callable[[], str]] = {
    "added": lambda: _("新增{what}：{after}"),
    "removed": lambda: _("取消{what}：{before}"),
    "changed": lambda: _("改动{what}：{before} → {after}"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """kind: del (only in the old one) or ins (only in the new one)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one part of a charter, or of the inside of one procedure (part `procedures`)."""

    part: str
    title: str
    changes: tuple[Line, ...]


PARTS = ("organs", "relations", "parameters", "duties", "procedures")  # what a reader can narrow a comparison to


def part_title(part: str) -> str:
    return WHAT[part]()


def difference_groups(old: Charter, new: Charter, part: str = "") -> list[Group]:
    """What goes and what comes, part by part and procedure by procedure; only `part` where one is named."""
    before, after = Terms(old), Terms(new)
    found: dict[tuple[str, str], list[Line]] = {}
    for change in differences(old, new):
        where = "procedures" if change.procedure else change.what
        if part in ("", where):
            found.setdefault((where, change.procedure), []).extend(_told_both(change, before, after))
    return [Group(where, _group_title(where, name, after), tuple(lines)) for (where, name), lines in found.items()]


def _group_title(part: str, procedure: str, terms: Terms) -> str:
    if procedure:
        return _("程序“{procedure}”：").format(procedure=terms.procedure(procedure)).rstrip("：: ")
    return WHAT.get(part, lambda: _("其他内容"))()


def _told_both(change: Change, old: Terms, new: Terms) -> Iterator[Line]:
    """A change as what goes and what comes. A step that both have goes and comes sentence by sentence."""
    if change.what == "steps" and change.how == "changed":
        gone, come = _gone_and_come(change, old, new)
        yield from (Line("del", _of_step(old, change.before, one)) for one in gone)
        yield from (Line("ins", _of_step(new, change.after, one)) for one in come)
        if not gone and not come:
            yield Line("ins", _of_step(new, change.after, _("意思不变，写法的细节有改动。")))
        return
    was = "" if change.before is None else _named(change, _whole(change, change.before, old))
    now = "" if change.after is None else _named(change, _whole(change, change.after, new))
    if was == now:
        yield Line("ins", _("改动“{name}”的细节").format(name=now))
        return
    yield from (Line(kind, text) for kind, text in (("del", was), ("ins", now)) if text)


def _named(change: Change, said: str) -> str:
    """Inside a procedure, what it is that changed is said too."""
    if not change.procedure or change.what in ("steps", "ends"):
        return said
    return _("{name}：{text}").format(name=WHAT.get(change.what, lambda: _("其他内容"))(), text=said)


def _of_step(terms: Terms, step: Step, sentence: str) -> str:
    return _("环节“{title}”：{text}").format(title=terms.text(step.title), text=sentence)


def _whole(change: Change, value: Any, terms: Terms) -> str:
    """A thing as it is called; an organ with its seats."""
    said = _said(change, value, terms)
    if change.what == "steps":
        return _("环节“{title}”").format(title=said)
    seats = [f"{terms.text(seat.title)}×{seat.count}" for seat in getattr(value, "seats", {}).values()]
    return _("{heading}（{facts}）").format(heading=said, facts=_("、").join(seats)) if seats else said


def difference_lines(old: Charter, new: Charter) -> list[str]:
    """One line for each change; a changed step says which of its sentences go and which come."""
    before, after = Terms(old), Terms(new)
    return [line for change in differences(old, new) for line in _lines(change, before, after)]


def _lines(change: Change, old: Terms, new: Terms) -> Iterator[str]:
    where = _("程序“{procedure}”：").format(procedure=new.procedure(change.procedure)) if change.procedure else ""
    if change.what == "steps" and change.how == "changed":
        title = new.text(change.after.title)
        yield where + _("改动环节“{step}”").format(step=title)
        yield from _sentences(change, old, new)
        return
    what = WHAT.get(change.what, lambda: _("其他内容"))()
    said = {"before": _said(change, change.before, old), "after": _said(change, change.after, new)}
    if change.how == "changed" and said["before"] == said["after"]:
        yield where + _("改动{what}“{name}”的细节").format(what=what, name=said["after"])
        return
    yield where + HOW[change.how]().format(what=what, **said)


def _sentences(change: Change, old: Terms, new: Terms) -> Iterator[str]:
    gone, come = _gone_and_come(change, old, new)
    yield from (f"  {_('改前')}: {one}" for one in gone)
    yield from (f"  {_('改后')}: {one}" for one in come)
    if not gone and not come:
        yield f"  {_('意思不变，写法的细节有改动。')}"


def _gone_and_come(change: Change, old: Terms, new: Terms) -> tuple[list[str], list[str]]:
    was = _told(change.before, old, change.procedure)
    now = _told(change.after, new, change.procedure)
    return [one for one in was if one not in now], [one for one in now if one not in was]


def _told(step: Step, terms: Terms, procedure: str) -> list[str]:
    of = terms.charter.procedures[procedure]
    title = _("标题是“{title}”。").format(title=terms.text(step.title))
    return [title, *step_sentences(terms, of, step)]


def _said(change: Change, value: Any, terms: Terms) -> str:
    """A value in words: a title where it has one."""
    if isinstance(value, Relation):
        verb = VERBS[value.verb]()
        return _("{one}{verb}{other}").format(
            one=terms.organ(value.subject), verb=verb, other=terms.organ(value.object)
        )
    if isinstance(value, Duty):
        return _("{category}由{organ}负责").format(
            category=terms.category(value.category), organ=terms.organ(value.answers)
        )
    title = getattr(value, "title", None)
    if isinstance(title, str) and title:
        return terms.text(title)
    if change.what == "parameters":
        titles = dict(zip(terms.charter.parameters, terms.charter.parameter_titles, strict=False))
        name = terms.text(titles.get(change.key, change.key))
        return f"{name} = {_span(str(value)) or _plain(value, terms)}"
    return _plain(value, terms)


def _span(text: str) -> str:
    try:
        span = Span.parse(text)
    except ValueError:
        return ""
    return span_text(span.n, span.unit)


def _plain(value: Any, terms: Terms) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Span):
        return span_text(value.n, value.unit)
    if is_dataclass(value):
        return _("、").join(_plain(getattr(value, name), terms) for name in value.__dataclass_fields__)
    if isinstance(value, Mapping):
        return _("、").join(_plain(item, terms) for item in value.values())
    if isinstance(value, list | tuple):
        return _("、").join(_plain(item, terms) for item in value)
    return terms.organ(value) if isinstance(value, str) else str(value)
