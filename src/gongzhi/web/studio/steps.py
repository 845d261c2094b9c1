"""One step of a procedure as short facts beside the drawing: who, how, until when, what follows, what if late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongzhi.core.charter.spec import Procedure, Step
from gongzhi.core.check.times import step_times
from gongzhi.web.studio import labels
from gongzhi.web.studio.page import Opened
from gongzhi.words.conditions import condition_text
from gongzhi.words.flow import Flow
from gongzhi.words.prose import prose_of

__all__ = ["days_note", "ends_told", "steps_told"]


def days_note(one: Opened, step: Step) -> str:
    """How long one visit to a step can take; empty for one that takes no time."""
    longest = step_times(step, one.study.calendar).slow
    return ngettext("最长{n}天", "最长{n}天", longest).format(n=longest) if longest else ""


def steps_told(one: Opened, procedure: Procedure, flow: Flow) -> list[dict[str, Any]]:
    """Every step in the charter's order."""
    who = {stop.key: stop.who for stop in flow.stops}
    said = {each.key: each.text for each in prose_of(one.terms, procedure).steps}
    return [
        {**_told(one, procedure, step, who.get(step.name, "")), "prose": said.get(step.name, "")}
        for step in procedure.steps.values()
    ]


def _told(one: Opened, procedure: Procedure, step: Step, who: str) -> dict[str, Any]:
    longest = step_times(step, one.study.calendar)
    return {
        "name": step.name,
        "title": one.terms.text(step.title),
        "way": labels.label(labels.INSTRUMENTS, step.do),
        "who": who,
        "slow": longest.slow,
        "late": longest.late,
        "facts": [(label, text) for label, text in _facts(one, procedure, step, who) if text],
        "ways": list(_ways(one, procedure, step)),
    }


def _facts(one: Opened, procedure: Procedure, step: Step, who: str) -> Iterator[tuple[str, str]]:
    terms = one.terms
    yield _("谁办"), who
    yield _("期限"), _term(one, procedure, step)
    yield _("参与"), _listed(terms.part(step, part.name) for part in step.parts)
    yield _("要回答"), _listed(terms.field(procedure, name) for name in step.asks)
    yield _("要有材料"), _listed(terms.document(name) for name in step.makes)
    yield _("公开"), labels.label(labels.LEVELS, step.publish) if step.publish else ""
    yield _("异议"), _objection(one, step)
    yield _("不能由谁办"), _apart(one, procedure, step)
    yield _("可延长"), labels.span(step.extend.by) if step.extend else ""
    yield _("可中止"), labels.span(step.pause.up_to) if step.pause else ""
    yield _("最多"), _("{n}次").format(n=step.at_most) if step.at_most else ""
    yield _("逾期"), _late(one, step)


def _listed(texts: Any) -> str:
    return _("、").join(texts)


def _term(one: Opened, procedure: Procedure, step: Step) -> str:
    if step.before:
        day = one.terms.field(procedure, step.before[0])
        return _("{day}之前{span}").format(day=day, span=labels.span(step.before[1]))
    if step.for_:
        return _("满{span}").format(span=labels.span(step.for_))
    if step.within is None:
        return ""
    text = _("{span}内").format(span=labels.span(step.within))
    return _("{term}，从告知之后算起").format(term=text) if step.from_ == "served" else text


def _objection(one: Opened, step: Step) -> str:
    if step.object is None:
        return ""
    who, answer = one.terms.holder(step.object.who), labels.span(step.object.answer)
    return _("{who}可以提，{answer}内答复").format(who=who, answer=answer)


def _apart(one: Opened, procedure: Procedure, step: Step) -> str:
    names = [one.terms.step(procedure, apart.step) for apart in step.apart_from]
    return _("办过“{steps}”的").format(steps=_listed(names)) if names else ""


def _late(one: Opened, step: Step) -> str:
    if step.do == "choice":
        return ""
    raised = _listed(one.terms.organ(name) for name in step.late.raise_)
    parts = [_("先后改由{organs}答复").format(organs=raised)] if raised else []
    if step.late.assume:
        parts.append(_("按“{outcome}”处理").format(outcome=one.terms.outcome(step, step.late.assume)))
    elif not step.when:
        parts.append(_("仍未办就公开"))
    return _("，").join(parts)


def _ways(one: Opened, procedure: Procedure, step: Step) -> Iterator[dict[str, str]]:
    """Where the step leads, with the words of each outcome."""
    for result in step.then.values():
        yield _way(one, procedure, one.terms.outcome(step, result.name), result.go)
    for line in step.when:
        yield _way(one, procedure, condition_text(one.terms, procedure, line.if_) if line.if_ else _("否则"), line.go)
    if step.beyond:
        yield _way(one, procedure, _("{n}次以后").format(n=step.at_most), step.beyond)


def _way(one: Opened, procedure: Procedure, label: str, go: str) -> dict[str, str]:
    anchor = f"#step-{go}" if go in procedure.steps else f"#end-{go}"
    return {"label": label, "go": one.terms.step(procedure, go), "href": anchor}


def ends_told(one: Opened, procedure: Procedure) -> list[dict[str, Any]]:
    """How a matter can end."""
    again = procedure.reopen is not None
    return [{"name": end.name, "title": one.terms.text(end.title), "reopen": end.reopen and again}
            for end in procedure.ends.values()]  # fmt: skip
