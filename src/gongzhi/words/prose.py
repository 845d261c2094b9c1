"""A procedure as plain sentences, one paragraph a step: who does what by when, what may come next, what if it is late.

For people who never see YAML: printed beside the drawing, read out in a meeting, sent round before it is adopted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongzhi.core.charter.spec import Procedure, Step
from gongzhi.core.span import Span
from gongzhi.words.conditions import condition_text
from gongzhi.words.derivation import span_text
from gongzhi.words.prose_meetings import meeting_sentences
from gongzhi.words.prose_who import deed, holder_text, part_text
from gongzhi.words.terms import Terms, english


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One step or end; `key` is its key in the charter, for links from a drawing."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    title: str
    opening: str
    steps: tuple[Paragraph, ...]
    ends: tuple[Paragraph, ...]


def prose_of(terms: Terms, procedure: Procedure) -> Prose:
    """The whole procedure in the reader's language."""
    steps = (
        Paragraph(step.name, terms.text(step.title), joined(step_sentences(terms, procedure, step)))
        for step in procedure.steps.values()
    )
    ends = (
        Paragraph(end.name, terms.text(end.title), "" if end.reopen else _("办结后不再重开。"))
        for end in procedure.ends.values()
    )
    return Prose(terms.text(procedure.title), joined(_opening(terms, procedure)), tuple(steps), tuple(ends))


def joined(sentences: Iterator[str]) -> str:
    """Sentences one after another, as the language writes them."""
    return (" " if english() else "").join(sentence[:1].upper() + sentence[1:] for sentence in sentences if sentence)


def step_sentences(terms: Terms, procedure: Procedure, step: Step) -> Iterator[str]:
    """The paragraph of one step, sentence by sentence."""
    if step.do == "choice":
        yield from _lines(terms, procedure, step)
        return
    yield deed(terms, procedure, step, _until(terms, procedure, step))
    yield from _beside(terms, procedure, step)
    yield from meeting_sentences(terms, step)
    yield from (_outcome(terms, procedure, step, name) for name in step.then)
    if step.at_most is not None and step.beyond:
        sentence = ngettext("这一步最多办{n}次，再往后就{goal}。", "这一步最多办{n}次，再往后就{goal}。", step.at_most)
        yield sentence.format(n=step.at_most, goal=_goal(terms, procedure, step.beyond))
    yield from _bending(terms, procedure, step)
    yield _late(terms, procedure, step)


def _opening(terms: Terms, procedure: Procedure) -> Iterator[str]:
    filers = _("、").join(_filer(terms, name) for name in procedure.files)
    start = terms.step(procedure, procedure.start)
    yield _("{filers}可以提出。从“{start}”开始。").format(filers=filers, start=start)
    for limit in procedure.limits:
        until = terms.step(procedure, limit.until) if limit.until else ""
        sentence = _("{title}：{span}内要走到“{until}”。") if until else _("{title}：{span}内要办结。")
        yield sentence.format(title=terms.text(limit.title), span=_span(limit.within), until=until)
    handover = procedure.handover or terms.charter.handover
    if handover and any(step.do == "task" and step.offer for step in procedure.steps.values()):
        yield _("送去办理的机构{span}内可以写明依据退回，不回话就是接下；最多转手{n}次，再推由{organ}裁定。").format(
            span=_span(handover.window), n=handover.bound, organ=terms.organ(handover.adjudicator)
        )
    if again := procedure.reopen:
        yield _("办结后{span}内可以要求重新办理，从“{step}”办起，最多{n}次。").format(
            span=_span(again.within), step=terms.step(procedure, again.to), n=again.at_most
        )
    if not procedure.withdraw:
        yield _("提出后不能撤回。")


def _filer(terms: Terms, name: str) -> str:
    return _("系统按期自动") if name == "scheduler" else terms.holder(name)


def _lines(terms: Terms, procedure: Procedure, step: Step) -> Iterator[str]:
    """A choice: nobody acts, the answers given before decide."""
    yield _("这一步不用人办，按已经填的情况走。")
    for line in step.when:
        goal = _goal(terms, procedure, line.go)
        if line.if_:
            yield _("{condition}的，{goal}。").format(condition=condition_text(terms, procedure, line.if_), goal=goal)
        else:
            yield _("其他情形，{goal}。").format(goal=goal)


def _until(terms: Terms, procedure: Procedure, step: Step) -> str:
    """By when, as a piece of the first sentence."""
    if step.before:
        field = terms.field(procedure, step.before[0])
        return _("至迟在“{field}”之前{span}").format(field=field, span=_span(step.before[1]))
    if step.for_:
        return _("为期{span}").format(span=_span(step.for_))
    if step.within is None:
        return _("随时")
    span = _span(step.within)
    if step.from_ == "served":
        return _("从通知送到起{span}内").format(span=span)
    if step.from_ == "filed":
        return _("从提出起{span}内").format(span=span)
    before, _dot, outcome = step.from_.rpartition(".")
    if before in procedure.steps:
        other = procedure.steps[before]
        return _("从“{step}”有了“{outcome}”起{span}内").format(
            step=terms.text(other.title), outcome=terms.outcome(other, outcome), span=span
        )
    return _("{span}内").format(span=span)


def _beside(terms: Terms, procedure: Procedure, step: Step) -> Iterator[str]:
    """Others who take part, what is asked, written and shown."""
    if step.parts:
        parts = _("；").join(part_text(terms, procedure, step, part, _span) for part in step.parts)
        yield _("同时：{parts}。").format(parts=parts)
    if step.asks:
        fields = _("、").join(terms.field(procedure, name) for name in step.asks)
        yield _("要填清楚：{fields}。").format(fields=fields)
    if step.makes:
        yield _("要有：{documents}。").format(documents=_("、").join(terms.document(name) for name in step.makes))
    if step.publish:
        yield _("结果在公开栏公布。")
    if step.object:
        yield _("{who}可以提异议，每条异议{span}内答复。").format(
            who=terms.organ(step.object.who), span=_span(step.object.answer)
        )
    if step.opens:
        yield _("由此开出下属事项“{procedure}”。").format(procedure=terms.procedure(step.opens.procedure))
    for apart in step.apart_from:
        yield _("办过“{step}”的不能办这一步。").format(step=terms.step(procedure, apart.step))


def _outcome(terms: Terms, procedure: Procedure, step: Step, name: str) -> str:
    return _("结果是“{outcome}”的，{goal}。").format(
        outcome=terms.outcome(step, name), goal=_goal(terms, procedure, step.then[name].go)
    )


def _goal(terms: Terms, procedure: Procedure, name: str) -> str:
    if name in procedure.steps:
        return _("接着“{step}”").format(step=terms.step(procedure, name))
    return _("办结，记为“{end}”").format(end=terms.end(procedure, name))


def _bending(terms: Terms, procedure: Procedure, step: Step) -> Iterator[str]:
    """Extension and pause."""
    if step.extend:
        yield _("经{who}同意可以延长{span}，最多{n}次。").format(
            who=holder_text(terms, procedure, step.extend.approved_by),
            span=_span(step.extend.by),
            n=step.extend.at_most,
        )
    if step.pause:
        grounds = _("、").join(terms.text(title) for title in step.pause.grounds.values())
        yield _("因{grounds}可以中止，每次最多{span}，最多{n}次。").format(
            grounds=grounds, span=_span(step.pause.up_to), n=step.pause.at_most
        )


def _late(terms: Terms, procedure: Procedure, step: Step) -> str:
    """What happens when nobody acts in time."""
    if not (step.span or step.before):
        return ""
    after = ""
    if step.late.assume:
        outcome = terms.outcome(step, step.late.assume)
        if step.for_ and not step.late.raise_:
            return _("时间到了没有别的情况，就按“{outcome}”算。").format(outcome=outcome)
        after = _("还没有回音就按“{outcome}”算").format(outcome=outcome)
    organs = [terms.organ(name) for name in step.late.raise_]
    if organs:
        rungs = _("，再由").join(organs)
        tail = after or _("仍不办的反复公开")
        return _("逾期的，改由{rungs}答复；{tail}。").format(rungs=rungs, tail=tail)
    if after:
        return _("到期{tail}。").format(tail=after)
    return _("逾期的公开出来，仍由{who}负责。").format(who=holder_text(terms, procedure, step.by))


def _span(span: Span) -> str:
    return span_text(span.n, span.unit)
