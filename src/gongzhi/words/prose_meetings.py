"""What a meeting has to keep to, as sentences of its step."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gongzhi.core.charter.meeting import MeetingRules
from gongzhi.core.charter.spec import Step
from gongzhi.words.derivation import span_text
from gongzhi.words.terms import Terms

__all__ = ["meeting_sentences"]


def meeting_sentences(terms: Terms, step: Step) -> Iterator[str]:
    """One sentence for each thing the charter asks of the meeting."""
    rules = step.meeting
    if rules is not None:
        yield from _before(terms, rules)
        yield from _in_the_room(terms, rules)
        yield from _afterwards(terms, rules)


def _before(terms: Terms, rules: MeetingRules) -> Iterator[str]:
    if rules.invite:
        yield _("会议通知至少提前{span}发出。").format(span=span_text(rules.invite.n, rules.invite.unit))
    if rules.materials:
        names = _("、").join(terms.document(name) for name in rules.materials)
        yield _("发通知以前要先有{names}。").format(names=names)


def _in_the_room(terms: Terms, rules: MeetingRules) -> Iterator[str]:
    if rules.last:
        yield _("每一项由{who}最后发言。").format(who=terms.holder(str(rules.last)))
    if rules.topics:
        yield _("到场的人可以贴出想聊的题目。")


def _afterwards(terms: Terms, rules: MeetingRules) -> Iterator[str]:
    if rules.tasks:
        yield _("每条决议写明谁办、哪天办完，开出“{procedure}”。").format(procedure=terms.procedure(rules.tasks))
    if rules.answers:
        yield _("会上没有答完的问题，{span}内答复。").format(span=span_text(rules.answers.n, rules.answers.unit))
    if rules.objections:
        span = span_text(rules.objections.n, rules.objections.unit)
        yield _("会后{span}内可以对纪要提异议。").format(span=span)
