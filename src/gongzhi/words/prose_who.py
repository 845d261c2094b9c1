"""Who does a step, and what doing it is called, as pieces of sentences."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Holder, Part, Procedure, Step
from gongzhi.core.span import Span
from gongzhi.words.conditions import condition_text
from gongzhi.words.terms import Terms

DEEDS: dict[str, Callable[[], str]] = {
    "file": lambda: _("{who}登记，{until}。"),
    "task": lambda: _("{who}办理，{until}。"),
    "meeting": lambda: _("{who}召集会议，{until}。"),
    "consultation": lambda: _("{who}组织协商，{until}。"),
    "survey": lambda: _("{who}征求意见，{until}。"),
    "ballot": lambda: _("{who}组织投票，{until}。"),
    "scoring": lambda: _("{who}组织打分，{until}。"),
    "notice": lambda: _("{who}张贴公示，{until}。"),
    "agreement": lambda: _("{who}牵头签署，{until}。"),
    "payment": lambda: _("{who}付款，{until}。"),
    "inspection": lambda: _("{who}到现场查验，{until}。"),
    "rating": lambda: _("{who}评议，{until}。"),
    "draw": lambda: _("{who}组织抽签，{until}。"),
    "bid": lambda: _("{who}组织比选，{until}。"),
    "confirm": lambda: _("{who}答复，{until}。"),
    "wait": lambda: _("{who}等待相关事项的结果，{until}。"),
}


def deed(terms: Terms, procedure: Procedure, step: Step, until: str) -> str:
    """The first sentence of a step: who does what by when."""
    who = holder_text(terms, procedure, step.by)
    sentence = DEEDS.get(step.do, DEEDS["task"])().format(who=who, until=until)
    if step.asked_by is None:
        return sentence
    return _("由{organ}去问：{sentence}").format(organ=holder_text(terms, procedure, step.asked_by), sentence=sentence)


def holder_text(terms: Terms, procedure: Procedure, holder: Holder) -> str:
    """Who it is, also where that is only found while a matter runs."""
    if holder.kind == "duty":
        return _("职责清单上的那一家")
    if holder.kind == "same":
        return _("办“{step}”的同一家").format(step=terms.step(procedure, holder.name))
    if holder.kind == "field":
        return _("“{field}”里写的那一家").format(field=terms.field(procedure, holder.name))
    return terms.holder(str(holder))


def part_text(terms: Terms, procedure: Procedure, step: Step, part: Part, span: Callable[[Span], str]) -> str:
    """What somebody beside the holder does inside a step, with number, deadline and condition."""
    said = terms.text(part.title) if part.title else _doing(terms, procedure, part)
    if part.at_least > 1:
        said += _("（至少{n}人）").format(n=part.at_least)
    if part.within:
        said += _("（{span}内）").format(span=span(part.within))
    if part.if_:
        said += _("（{condition}时）").format(condition=condition_text(terms, procedure, part.if_))
    return said


def _doing(terms: Terms, procedure: Procedure, part: Part) -> str:
    who = holder_text(terms, procedure, part.by)
    sentence = {
        "sign": _("{who}签字"),
        "attend": _("{who}到会"),
        "help": _("{who}配合"),
    }.get(part.do, _("{who}分头办理"))
    return sentence.format(who=who)
