"""Every name a charter uses for something it must declare, as one list of claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongzhi.core.charter.spec import GROUPS, Charter, Holder, Part, Procedure, Step
from gongzhi.core.check.view import path_of

SCHEDULER = "scheduler"
_KEY_OF_PART = {"sign": "signed_by", "attend": "calls", "help": "with"}


@dataclass(frozen=True, slots=True)
class Claim:
    """`name` is said to be a `kind`: organ, seat, group, category, procedure, level, document, rule, end,
    step, target (step or end), event, field. `types`: the types a field may have here.
    """

    kind: str
    path: str
    name: str | None
    types: tuple[str, ...] = ()


def of_charter(charter: Charter) -> Iterator[Claim]:
    yield from _organs(charter)
    yield from _duties(charter)
    if charter.handover:
        yield Claim("organ", "handover.adjudicator", charter.handover.adjudicator)
    for category in charter.categories.values():
        yield Claim("procedure", f"categories.{category.name}", category.procedure)
    yield from (Claim("seat", "adopted_by", name) for name in charter.adopted_by)
    for duty in charter.recurring.values():
        yield Claim("procedure", f"recurring.{duty.name}", duty.opens)
        yield from (Claim("seat", f"recurring.{duty.name}", name) for name in duty.each)


def _organs(charter: Charter) -> Iterator[Claim]:
    for organ in charter.organs.values():
        path = f"organs.{organ.name}"
        yield Claim("level", f"{path}.at", organ.at)
        yield Claim("organ", f"{path}.recorded_by", organ.recorded_by)
        for seat in organ.seats.values():
            if seat.stand_in:
                yield Claim("seat", f"{path}.seats.{seat.name}", f"{organ.name}.{seat.stand_in}")
    for at, relation in enumerate(charter.relations):
        yield Claim("organ", f"relations.{at}", relation.subject)
        yield Claim("organ", f"relations.{at}", relation.object)


def _duties(charter: Charter) -> Iterator[Claim]:
    for at, duty in enumerate(charter.duties):
        path = f"duties.{at}"
        yield Claim("category", path, duty.category)
        yield Claim("level", path, duty.at)
        yield Claim("organ", path, duty.answers)
        yield Claim("organ", path, duty.coordinates)


def of_procedure(procedure: Procedure) -> Iterator[Claim]:
    base = path_of(procedure)
    yield from (Claim("filer", f"{base}.files", name) for name in procedure.files)
    yield from (Claim("organ", f"{base}.set_aside_by", name) for name in procedure.set_aside_by)
    yield from (Claim("field", f"{base}.never", name, ("organ",)) for name in procedure.never)
    yield from (Claim("party", f"{base}.parties", name) for name in procedure.parties)
    yield Claim("step", f"{base}.start", procedure.start)
    yield Claim("step", f"{base}.after_merge", procedure.after_merge)
    for name in procedure.migrates.steps.values() if procedure.migrates else ():
        yield Claim("step", f"{base}.migrates", name)
    if procedure.reopen:
        yield Claim("step", f"{base}.reopen.to", procedure.reopen.to)
    if procedure.handover:
        yield Claim("organ", f"{base}.handover", procedure.handover.adjudicator)
    for at, limit in enumerate(procedure.limits):
        path = f"{base}.limits.{at}"
        yield Claim("event", path, limit.from_)
        yield Claim("step", path, limit.until)
        yield from (Claim("organ", path, name) for name in limit.raise_)
    for step in procedure.steps.values():
        yield from _ways(procedure, step)
        yield from _work(procedure, step)
        yield from _people(procedure, step)
        yield from _meeting(procedure, step)


def _ways(procedure: Procedure, step: Step) -> Iterator[Claim]:
    """Where the step leads, and which other steps it names."""
    path = path_of(procedure, step.name)
    for result in step.then.values():
        yield Claim("target", f"{path}.then.{result.name}", result.go)
    for at, line in enumerate(step.when):
        yield Claim("target", f"{path}.when.{at}", line.go)
    yield Claim("target", f"{path}.beyond", step.beyond)
    yield Claim("event", f"{path}.from", step.from_)
    yield from (Claim("step", f"{path}.apart_from", rule.step) for rule in step.apart_from)
    yield Claim("procedure", f"{path}.for_matter", step.for_matter)


def _work(procedure: Procedure, step: Step) -> Iterator[Claim]:
    """What the step asks, makes, decides, publishes and opens."""
    path = path_of(procedure, step.name)
    yield from (Claim("field", f"{path}.asks", name) for name in step.asks)
    yield from (Claim("document", f"{path}.makes", name) for name in step.makes)
    for result in step.then.values():
        yield from (Claim("document", f"{path}.then.{result.name}", name) for name in result.makes or ())
        yield from (Claim("document", f"{path}.then.{result.name}", name) for name in result.clean)
    yield Claim("rule", f"{path}.rule", step.rule)
    yield Claim("level", f"{path}.publish", step.publish)
    if step.before:
        yield Claim("field", f"{path}.before", step.before[0], ("date",))
    if step.roll:
        yield Claim("step", f"{path}.roll", step.roll.frozen)
        yield Claim("group", f"{path}.roll", step.roll.of)
    if step.object:
        yield Claim("group", f"{path}.object", step.object.who)
    if step.opens:
        yield Claim("procedure", f"{path}.opens", step.opens.procedure)
        yield Claim("field", f"{path}.opens", step.opens.each)


def _people(procedure: Procedure, step: Step) -> Iterator[Claim]:
    """Who holds the step, takes part in it, answers when it is late."""
    path = path_of(procedure, step.name)
    yield from (Claim("organ", f"{path}.late", name) for name in step.late.raise_)
    yield from _holder(f"{path}.by", step.by)
    if step.asked_by:
        yield from _holder(f"{path}.asked_by", step.asked_by)
    if step.extend:
        yield from _holder(f"{path}.extend", step.extend.approved_by)
    for part in step.parts:
        yield from _holder(f"{path}.{key_of(part)}", part.by)


def _meeting(procedure: Procedure, step: Step) -> Iterator[Claim]:
    """What a meeting asks for and opens."""
    path, rules = path_of(procedure, step.name, "meeting"), step.meeting
    if rules is None:
        return
    yield from (Claim("document", f"{path}.materials", name) for name in rules.materials)
    yield Claim("rule", f"{path}.votes", rules.votes)
    yield Claim("procedure", f"{path}.tasks", rules.tasks)
    if rules.last:
        yield from _holder(f"{path}.last", rules.last)


def key_of(part: Part) -> str:
    """The key of the step under which a part is written."""
    return _KEY_OF_PART.get(part.name.partition(".")[0], f"parts.{part.name}")


def _holder(path: str, holder: Holder) -> Iterator[Claim]:
    if holder.kind == "organ" and holder.name:
        yield Claim("seat", path, str(holder))
    if holder.kind == "field":
        yield Claim("field", path, holder.name, ("organ", "subject"))
    if holder.kind == "same":
        yield Claim("step", path, holder.name)


def filers(charter: Charter) -> list[str]:
    return [*GROUPS, SCHEDULER, *charter.organs]
