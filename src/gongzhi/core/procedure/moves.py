"""Where a case can go: pure functions on `Control`, without time (R2).

The engine and the checker use these same functions, so that what is proved is what runs. Each move returns
the new control; `arrive` also returns why, for the choices and bounds passed on the way.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongzhi.core.charter.spec import Charter, Handover, Holder, Part, Procedure, Step
from gongzhi.core.procedure.acts import FILER
from gongzhi.core.procedure.case import Control, Pairs, evolve, get, put
from gongzhi.core.procedure.conditions import holds
from gongzhi.core.procedure.effects import Reason, Refused

PARTIES = "parties"
PEOPLE = (FILER, PARTIES)
WITHDRAWN = "withdrawn"
SET_ASIDE = "*set_aside"
SET_ASIDE_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same while a case runs: its charter, procedure, category and parties."""

    charter: Charter
    procedure: Procedure
    category: str = ""
    parties: tuple[str, ...] = ()

    @property
    def handover(self) -> Handover | None:
        return self.procedure.handover or self.charter.handover

    def step(self, control: Control) -> Step:
        return self.procedure.steps[control.step]


def organ_of(holder: str) -> str:
    """The organ of `organ.seat`: for passing on, a seat and its organ are the same holder (R45)."""
    return holder.partition(".")[0]


def answers(on: Setting, control: Control) -> str:
    """The one organ answerable now (R5). Computed, never stored."""
    if control.status == "following":
        return control.led_by
    if control.status == "ruling" and on.handover:
        return on.handover.adjudicator
    if control.raised:
        return on.step(control).late.raise_[control.raised - 1]
    if control.phase == "offered":
        return control.sender
    if control.holder in PEOPLE:
        return control.asked_by
    return organ_of(control.holder)


def resolve(on: Setting, control: Control, holder: Holder) -> str:
    """The holder in words of the case: `organ`, `organ.seat`, `filer` or `parties`."""
    if holder.kind == "organ":
        return str(holder)
    if holder.kind in PEOPLE:
        return holder.kind
    if holder.kind == "duty":
        return _duty(on)
    if holder.kind == "field":
        return str(get(control.given, holder.name, ""))
    return str(get(control.kept, holder.name, ""))


def _duty(on: Setting) -> str:
    line = on.charter.duty_for(on.category)
    if line is None:
        raise Refused("no_duty", category=on.category)
    return line.answers


def begin(on: Setting, given: Pairs) -> tuple[Control, tuple[Reason, ...]]:
    """The control of a matter just filed. Whoever receives it first never gets it as an offer (R9)."""
    first = on.procedure.steps[on.procedure.start]
    blank = Control(given=given)
    holder = resolve(on, blank, first.by)
    receiver = organ_of(holder)
    if holder in PEOPLE:
        receiver = organ_of(resolve(on, blank, first.asked_by)) if first.asked_by else ""
    return arrive(on, evolve(blank, receiver=receiver, holder=receiver), on.procedure.start)


def arrive(on: Setting, before: Control, target: str) -> tuple[Control, tuple[Reason, ...]]:
    """Go to `target`, through choices and past steps that are used up, to a step that waits or to an end."""
    why: list[Reason] = []
    uses = before.uses
    while target in on.procedure.steps:
        step = on.procedure.steps[target]
        if step.do == "choice":
            target, reason = _choose(on, evolve(before, uses=uses), step)
            why.append(reason)
            continue
        used = get(uses, target, 0)
        if step.at_most is None or used < step.at_most:
            uses = uses if step.at_most is None else put(uses, target, used + 1)
            return _enter(on, evolve(before, uses=uses), step), tuple(why)
        why.append(Reason("used_up", (("step", target), ("times", used))))
        target = step.beyond or ""
    return close(on, evolve(before, uses=uses), target), tuple(why)


def _choose(on: Setting, control: Control, step: Step) -> tuple[str, Reason]:
    for line in step.when:
        if line.if_ is None or holds(line.if_, on.procedure, control):
            return line.go, Reason("choice", (("step", step.name), ("if", line.if_ or ""), ("go", line.go)))
    raise Refused("outcome_unknown", step=step.name)


def _enter(on: Setting, before: Control, step: Step) -> Control:
    kept = get(before.kept, step.name)
    holder = kept or resolve(on, before, step.by)
    offered = not kept and is_offered(on, before, step, holder)
    return evolve(
        before,
        status="open",
        step=step.name,
        phase="offered" if offered else "doing",
        holder=holder,
        asked_by=_asker(on, before, step, holder),
        sender=answers(on, before) if offered else "",
        raised=0,
        paused=False,
        breach=False,
        served=not waits_for_service(step, holder),
        ran_out=False,
        parts=tuple((name, "open") for name in sorted(part_names(on, before, step))),
        objections=(),
        kept=before.kept if offered or holder in PEOPLE else put(before.kept, step.name, holder),
        end="",
        awaits="",
    )


def is_offered(on: Setting, before: Control, step: Step, holder: str) -> bool:
    """A task passes to another organ as an offer; meetings, ballots, notices and residents are asked at once (R9)."""
    if step.do != "task" or not step.offer or holder in PEOPLE or on.handover is None:
        return False
    organ = on.charter.organs.get(organ_of(holder))
    if organ is not None and organ.outside:
        return False
    return organ_of(holder) not in (answers(on, before), before.receiver)


def _asker(on: Setting, before: Control, step: Step, holder: str) -> str:
    if holder not in PEOPLE:
        return ""
    if step.asked_by is None:
        return before.receiver
    return organ_of(resolve(on, before, step.asked_by)) or answers(on, before)  # merged before that step was held


def waits_for_service(step: Step, holder: str) -> bool:
    """Silence counts only after the words were delivered (R22), a notice period only after the notice hangs."""
    if holder in PEOPLE:
        return step.from_ == "served"
    return step.do == "notice" and step.for_ is not None and step.publish is not None


def part_names(on: Setting, control: Control, step: Step) -> list[str]:
    """The parts of a visit: declared ones whose condition holds, one for each party, one for each child."""
    names = [part.name for part in step.parts if part.by.kind != PARTIES and applies(on, control, part)]
    for part in step.parts:
        if part.by.kind == PARTIES and applies(on, control, part):
            names += [f"{part.name}.{party}" for party in on.parties]
    if step.by.kind == PARTIES:
        names += [f"party.{party}" for party in on.parties]
    if step.opens and step.opens.wait != "none":
        names += [f"child.{key}" for key in child_keys(control, step)]
    return names


def applies(on: Setting, control: Control, part: Part) -> bool:
    return part.if_ is None or holds(part.if_, on.procedure, control)


def child_keys(control: Control, step: Step) -> tuple[str, ...]:
    if step.opens is None:
        return ()
    if step.opens.each is None:
        return ("1",)
    value = get(control.given, step.opens.each, ())
    return tuple(str(key) for key in value) if isinstance(value, (list, tuple)) else (str(value),)


def close(on: Setting, control: Control, end: str) -> Control:
    """Closed while it may be reopened, else final (R29)."""
    may = end != WITHDRAWN and can_reopen(on, evolve(control, end=end))
    return evolve(
        control, status="closed" if may else "final", end=end, raised=0, paused=False, breach=False, phase="doing",
        served=True, parts=(), objections=(), ran_out=False,
    )  # fmt: skip


def can_reopen(on: Setting, control: Control) -> bool:
    rule, end = on.procedure.reopen, on.procedure.ends.get(control.end)
    return rule is not None and end is not None and end.reopen and control.reopened < rule.at_most


def reopen(on: Setting, control: Control) -> tuple[Control, tuple[Reason, ...]]:
    rule = on.procedure.reopen
    if control.status == "final":
        raise Refused("final")
    if rule is None or control.status != "closed" or not can_reopen(on, control):
        raise Refused("no_reopen", end=control.end)
    return arrive(on, alone(evolve(control, reopened=control.reopened + 1)), rule.to)


def finalise(control: Control) -> Control:
    return evolve(control, status="final")


# --- what silence does (R7, R20, R31) ---


def late(on: Setting, control: Control) -> tuple[Control, str, tuple[Reason, ...]]:
    """The deadline of the step, or of a rung, has passed: raised, assumed or breach, in this order."""
    step = on.step(control)
    if control.raised < len(step.late.raise_):
        return evolve(control, raised=control.raised + 1), "raised", ()
    if step.late.assume and step.for_ is None:
        moved, why = leave(on, control, step.late.assume)
        return moved, "assumed", why
    return evolve(control, breach=True), "breach", ()


def time_run(on: Setting, control: Control) -> str | None:
    """The outcome of a step that had to last, now that its time has run; None while objections are open."""
    step = on.step(control)
    if step.object is None:
        return step.late.assume
    if any(state in ("open", "raised") for _, state in control.objections):
        return None
    upheld = sum(state == "upheld" for _, state in control.objections)
    return "opposed" if upheld >= step.object.at_least else "unopposed"


def leave(on: Setting, control: Control, outcome: str) -> tuple[Control, tuple[Reason, ...]]:
    """Leave the step by an outcome."""
    result = on.step(control).then.get(outcome)
    if result is None:
        raise Refused("outcome_unknown", outcome=outcome)
    return arrive(on, *onward(on, control, result.go))


def alone(control: Control) -> Control:
    return evolve(control, leader="", led_by="")


def onward(on: Setting, control: Control, target: str) -> tuple[Control, str]:
    """Where an outcome leads. Asked after its leader ended, a resident who says that it is not settled goes on alone,
    to where a reopened matter goes (R35)."""
    asked = control.leader and control.step == on.procedure.after_merge
    if asked and target in on.procedure.steps and on.procedure.reopen:
        return alone(control), on.procedure.reopen.to
    return control, target


def set_part(control: Control, name: str, state: str) -> Control:
    return evolve(control, parts=put(control.parts, name, state))


def set_objection(control: Control, name: str, state: str) -> Control:
    return evolve(control, objections=put(control.objections, name, state))


def set_aside(on: Setting, control: Control, to: str) -> tuple[Control, tuple[Reason, ...]]:
    """Undo to an earlier step; bounded like every loop (R32)."""
    used = get(control.uses, SET_ASIDE, 0)
    if used >= SET_ASIDE_AT_MOST:
        raise Refused("too_often", times=used)
    target = on.procedure.steps.get(to)
    if target is None or target.do == "choice":
        raise Refused("outcome_unknown", outcome=to)
    return arrive(on, evolve(control, uses=put(control.uses, SET_ASIDE, used + 1), status="open"), to)
