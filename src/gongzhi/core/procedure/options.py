"""What may be done now, and by whom: the list a matter page is made of. Asks the engine, decides nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure import handover
from gongzhi.core.procedure.acts import FILER, Actor
from gongzhi.core.procedure.apart import check_apart
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import setting_of
from gongzhi.core.procedure.gate import (
    check_parts,
    check_related,
    is_holder,
    takes_part,
    waiting,
)
from gongzhi.core.procedure.moves import PARTIES, PEOPLE, Setting, answers, can_reopen, organ_of, resolve
from gongzhi.core.procedure.together import brought, check_mergeable


@dataclass(frozen=True, slots=True)
class Option:
    """One thing the actor may do. `blocked`: why not yet (a refusal), so that pages can say what is missing.

    `outcomes` for done, `parts` for part, `to` for decline, assign and set_aside, `grounds` for pause.
    """

    kind: str
    outcome: str = ""
    goes: str = ""
    part: str = ""
    needs_documents: tuple[str, ...] = ()
    needs_fields: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    at_least: int = 1
    blocked: str = ""
    blocked_args: tuple[tuple[str, Any], ...] = ()


def options(charter: Charter, case: Case, actor: Actor) -> tuple[Option, ...]:
    """Everything this actor may do on the case as it stands (settle it first with `tick`)."""
    on = setting_of(charter, case)
    try:
        check_related(case.history, actor)
    except Refused:
        return ()
    status = case.control.status
    if status in ("closed", "final"):
        return _after_end(on, case, actor)
    if status == "following":
        return (*_following(on, case, actor), *_withdrawal(on, case, actor))
    if status == "ruling":
        return _in_ruling(on, case, actor)
    found = [*_done(on, case, actor), *_parts(on, case, actor), *_handover(on, case, actor)]
    found += [*_service(on, case, actor), *_timing(on, case, actor), *_objections(on, case, actor)]
    found += [*_together(on, case, actor), *_set_aside(on, case, actor), *_withdrawal(on, case, actor)]
    return tuple(found)


def _done(on: Setting, case: Case, actor: Actor) -> list[Option]:
    control = case.control
    step = on.step(control)
    if not is_holder(on, control, actor) or (step.for_ and control.holder not in PEOPLE):
        return []
    names = [""] if step.rule else list(step.then)
    hidden = {step.late.assume} if control.holder in PEOPLE else set()
    if step.do == "wait":
        hidden |= set(brought(on, step))
    return [_outcome(on, case, actor, name) for name in names if name not in hidden]


def _outcome(on: Setting, case: Case, actor: Actor, name: str) -> Option:
    step = on.step(case.control)
    result = step.then.get(name)
    makes = step.makes if result is None or result.makes is None else result.makes
    given = dict(case.control.given)
    blocked: Refused | None = None
    try:
        check_apart(on.procedure, case.control, case.history, actor)
        if case.control.holder != PARTIES:
            check_parts(step, case.control, name)
    except Refused as refused:
        blocked = refused
    return Option(
        "done",
        outcome=name,
        goes=result.go if result else "",
        needs_documents=tuple(document for document in makes if document not in case.history.made),
        needs_fields=tuple(field for field in step.asks if field not in given),
        blocked=blocked.code if blocked else "",
        blocked_args=tuple(blocked.args_map.items()) if blocked else (),
    )


def _parts(on: Setting, case: Case, actor: Actor) -> list[Option]:
    step = on.step(case.control)
    found = []
    for name, state in case.control.parts:
        if state in ("open", "raised") and takes_part(on, case.control, name, actor):
            declared = next((part for part in step.parts if name.startswith(part.name)), None)
            blocked = {} if declared and declared.do == "attend" else _apart(on, case, actor)
            found.append(Option("part", part=name, at_least=declared.at_least if declared else 1, **blocked))
    return found


def _apart(on: Setting, case: Case, actor: Actor) -> dict[str, Any]:
    """Why the actor may not take part, as `blocked` of an option."""
    try:
        check_apart(on.procedure, case.control, case.history, actor)
    except Refused as refused:
        return {"blocked": refused.code, "blocked_args": tuple(refused.args_map.items())}
    return {}


def _handover(on: Setting, case: Case, actor: Actor) -> list[Option]:
    control = case.control
    if control.phase != "offered" or actor.organ != organ_of(control.holder):
        return []
    others = tuple(name for name, organ in on.charter.organs.items() if name != actor.organ and not organ.outside)
    grounds = handover.grounds(on, actor.organ)
    if on.charter.duties and not grounds:
        return [Option("accept")]  # the duty list names nobody else: any ground would be refused
    return [Option("accept"), Option("decline", targets=others, grounds=grounds)]


def _following(on: Setting, case: Case, actor: Actor) -> list[Option]:
    """A merged matter waits for its leader; the resident and the offices concerned may let it go alone."""
    may = actor.organ in (FILER, case.control.led_by) or is_holder(on, case.control, actor)
    return [Option("unfollow")] if may else []


def _together(on: Setting, case: Case, actor: Actor) -> list[Option]:
    """Let it follow another matter, or name the one it waits for."""
    if not is_holder(on, case.control, actor):
        return []
    if on.step(case.control).do == "wait":
        return [Option("join")]
    try:
        check_mergeable(on, case.control, case.history.links)
    except Refused as refused:
        asked = refused.code == "stays_alone"
        return [Option("merge", blocked=refused.code)] if asked else []
    return [Option("merge")]


def _in_ruling(on: Setting, case: Case, actor: Actor) -> tuple[Option, ...]:
    if actor.organ == answers(on, case.control):
        targets = tuple(name for name, organ in on.charter.organs.items() if not organ.outside)
        return (Option("assign", targets=targets),)
    return tuple(_withdrawal(on, case, actor))


def _service(on: Setting, case: Case, actor: Actor) -> list[Option]:
    control, step = case.control, on.step(case.control)
    if control.served:
        return []
    if step.do == "notice" and is_holder(on, control, actor):
        return [Option("serve", needs_documents=tuple(d for d in step.makes if d not in case.history.made))]
    return [Option("serve")] if actor.organ == control.asked_by and control.holder in PEOPLE else []


def _timing(on: Setting, case: Case, actor: Actor) -> list[Option]:
    control, step, found = case.control, on.step(case.control), []
    running = case.clock("step") is not None
    if control.paused and is_holder(on, control, actor):
        found.append(Option("resume"))
    may_pause = running and control.phase == "doing" and is_holder(on, control, actor)
    if step.pause and may_pause and case.history.pauses < step.pause.at_most:
        found.append(Option("pause", grounds=tuple(step.pause.grounds)))
    if step.extend and running and case.history.extended < step.extend.at_most:
        organ, _, seat = resolve(on, control, step.extend.approved_by).partition(".")
        if actor.organ == organ and (not seat or actor.seat == seat):
            found.append(Option("extend"))
    return found


def _objections(on: Setting, case: Case, actor: Actor) -> list[Option]:
    control, step = case.control, on.step(case.control)
    if step.object is None or not control.served:
        return []
    found = []
    if not control.ran_out and actor.organ in (FILER, "resident"):
        found.append(Option("object"))
    if is_holder(on, control, actor):
        found += [Option("answer_objection", part=n) for n, s in control.objections if s in ("open", "raised")]
    return found


def _set_aside(on: Setting, case: Case, actor: Actor) -> list[Option]:
    if actor.organ not in on.procedure.set_aside_by:
        return []
    been = tuple(name for name, times in case.history.visits if times and name in on.procedure.steps)
    return [Option("set_aside", targets=been)]


def _withdrawal(on: Setting, case: Case, actor: Actor) -> list[Option]:
    allowed = actor.organ == FILER and on.procedure.withdraw and on.step(case.control).do != "ballot"
    return [Option("withdraw")] if allowed else []


def _after_end(on: Setting, case: Case, actor: Actor) -> tuple[Option, ...]:
    if actor.organ != FILER:
        return ()
    found = [Option("rate")]
    if case.control.status == "closed" and can_reopen(on, case.control):
        found.append(Option("reopen"))
    return tuple(found)


def missing(charter: Charter, case: Case) -> tuple[str, ...]:
    """Parts that have not come yet: who waits for whom."""
    on = setting_of(charter, case)
    return tuple(waiting(on.step(case.control), case.control)) if case.control.status == "open" else ()
