"""What the reader may do now, with a label, what it leads to, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.core.charter.spec import Charter, Step
from gongzhi.core.procedure.acts import Actor
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.options import Option, options
from gongzhi.words.derivation import span_text
from gongzhi.words.speaker import Speaker
from gongzhi.words.terms import Terms


@dataclass(frozen=True, slots=True)
class Action:
    """One permitted act. `actor` is as whom; `blocked` says why it cannot be done yet (empty: it can).

    `documents`, `fields`: (key, title) still needed; `targets`, `grounds`: (key, title) to choose from.
    """

    actor: Actor
    kind: str
    outcome: str
    part: str
    label: str
    leads_to: str
    blocked: str
    documents: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str, str], ...]
    targets: tuple[tuple[str, str], ...]
    grounds: tuple[tuple[str, str], ...]
    at_least: int


def actions_of(charter: Charter, case: Case, actors: list[Actor]) -> tuple[Action, ...]:
    """Every act open to these actors, each once, in the order a person would look for them."""
    speaker = Speaker(Terms(charter), charter.procedures[case.procedure])
    found: dict[tuple[str, str, str], Action] = {}
    for actor in actors:
        for option in options(charter, case, actor):
            action = _action(speaker, charter, case, actor, option)
            old = found.get((option.kind, option.outcome, option.part))
            if old is None or (old.blocked and not action.blocked):
                found[(option.kind, option.outcome, option.part)] = action
    return tuple(found.values())


def _action(speaker: Speaker, charter: Charter, case: Case, actor: Actor, option: Option) -> Action:
    terms, procedure = speaker.terms, speaker.procedure
    step = procedure.steps[case.control.step]
    blocked = speaker.refusal(option.blocked, dict(option.blocked_args), case.control.step) if option.blocked else ""
    return Action(
        actor=actor,
        kind=option.kind,
        outcome=option.outcome,
        part=option.part,
        label=_label(speaker, case, option),
        leads_to=_leads_to(speaker, charter, option),
        blocked=blocked,
        documents=tuple((name, terms.document(name)) for name in option.needs_documents),
        fields=tuple((name, terms.field(procedure, name), procedure.fields[name].type) for name in option.needs_fields),
        targets=_targets(speaker, option),
        grounds=tuple((name, _ground(terms, step, option, name)) for name in option.grounds),
        at_least=option.at_least,
    )


def _ground(terms: Terms, step: Step, option: Option, name: str) -> str:
    return terms.passing_ground(name) if option.kind == "decline" else terms.ground(step, name)


def _targets(speaker: Speaker, option: Option) -> tuple[tuple[str, str], ...]:
    if option.kind == "set_aside":
        return tuple((name, speaker.terms.step(speaker.procedure, name)) for name in option.targets)
    return tuple((name, speaker.terms.organ(name)) for name in option.targets)


def _label(speaker: Speaker, case: Case, option: Option) -> str:
    terms, step = speaker.terms, speaker.procedure.steps[case.control.step]
    if option.kind == "done":
        return terms.outcome(step, option.outcome) if option.outcome else _("填票数，算结果")
    if option.kind == "part":
        return terms.part(step, option.part)
    if option.kind == "serve" and step.do == "notice":
        return _("张贴公示")
    return {
        "accept": _("签收"),
        "decline": _("退回"),
        "assign": _("裁定由谁承办"),
        "serve": _("已告知反映人"),
        "pause": _("中止期限"),
        "resume": _("恢复期限"),
        "extend": _("延长期限"),
        "object": _("提异议"),
        "answer_objection": _("答复异议"),
        "set_aside": _("撤销并退回某一步"),
        "withdraw": _("撤回"),
        "reopen": _("没有办好，重新办理"),
        "rate": _("评价"),
        "merge": _("合并到…"),
        "unfollow": _("单独办"),
        "join": _("等另一件事项的结果"),
    }.get(option.kind, option.kind)


def _leads_to(speaker: Speaker, charter: Charter, option: Option) -> str:
    """One line under the button: what happens when it is pressed."""
    terms = speaker.terms
    if option.kind == "done" and option.goes:
        target = speaker.procedure.steps.get(option.goes)
        if target is not None and target.do == "choice":
            return _("接着按章程的条件往下走")
        if target is None:
            return _("办结：{end}").format(end=terms.end(speaker.procedure, option.goes))
        return _("下一步：{step}").format(step=terms.text(target.title))
    if option.kind == "decline" and (charter.handover or speaker.procedure.handover):
        return _("须写依据。对方签收前，仍由原单位负责；最多转手一次，再推就由裁定机构决定")
    if option.kind == "merge":
        return _("同一件事一起办。反映人的编号、评价、重新办理的权利都保留，随时可以单独办")
    handover = speaker.procedure.handover or charter.handover
    if option.kind == "accept" and handover:
        window = span_text(handover.window.n, handover.window.unit)
        return _("签收后由我们负责，不能再退。{window}内不回话也算签收").format(window=window)
    return ""
