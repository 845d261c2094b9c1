"""Family 2: everything a charter names exists (semantics section 10.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gongzhi.core.charter.findings import Finding, Lines
from gongzhi.core.charter.parse import closest
from gongzhi.core.charter.spec import GROUPS, Charter, Holder, Procedure, Step
from gongzhi.core.check.view import path_of

SCHEDULER = "scheduler"
START_EVENTS = ("arrival", "filed", "served")


def check(charter: Charter, lines: Lines) -> list[Finding]:
    """GZ201 to GZ216: names without a thing, things of the wrong kind."""
    look = _Look(charter, lines)
    return [*look.charter_level(), *(f for p in charter.procedures.values() for f in look.procedure(p))]


@dataclass(frozen=True)
class _Look:
    charter: Charter
    lines: Lines

    def missing(self, code: str, path: str, name: str | None, known: Iterable[str]) -> Iterator[Finding]:
        known = list(known)
        if name and name not in known:
            yield self.lines.finding(code, path, name=name, meant=closest(name, known))

    def organ(self, path: str, name: str | None) -> Iterator[Finding]:
        yield from self.missing("GZ201", path, name, self.charter.organs)

    def seat(self, path: str, text: str) -> Iterator[Finding]:
        """An organ, or an organ with one of its seats."""
        organ, _, seat = text.partition(".")
        if organ not in self.charter.organs:
            yield from self.organ(path, organ)
        elif seat:
            seats = self.charter.organs[organ].seats
            if seat not in seats:
                yield self.lines.finding("GZ202", path, organ=organ, name=seat, meant=closest(seat, seats))

    def charter_level(self) -> Iterator[Finding]:
        charter = self.charter
        for organ in charter.organs.values():
            path = f"organs.{organ.name}"
            yield from self.missing("GZ209", f"{path}.at", organ.at, charter.places)
            yield from self.organ(f"{path}.recorded_by", organ.recorded_by)
            if organ.outside and not organ.recorded_by:
                yield self.lines.finding("GZ214", path, organ=organ.name)
            for seat in organ.seats.values():
                if seat.stand_in:
                    yield from self.seat(f"{path}.seats.{seat.name}", f"{organ.name}.{seat.stand_in}")
        for at, relation in enumerate(charter.relations):
            for name in (relation.subject, relation.object):
                yield from self.organ(f"relations.{at}", name)
        for at, duty in enumerate(charter.duties):
            path = f"duties.{at}"
            yield from self.missing("GZ207", path, duty.category, charter.categories)
            yield from self.missing("GZ209", path, duty.at, charter.places)
            yield from self.organ(path, duty.answers)
            yield from self.organ(path, duty.coordinates)
        for category in charter.categories.values():
            yield from self.missing(
                "GZ208", f"categories.{category.name}", category.procedure, charter.procedures
            )
        if charter.handover:
            yield from self.organ("handover.adjudicator", charter.handover.adjudicator)
        yield from self.recurring()

    def recurring(self) -> Iterator[Finding]:
        for duty in self.charter.recurring.values():
            path = f"recurring.{duty.name}"
            yield from self.missing("GZ208", path, duty.opens, self.charter.procedures)
            for subject in duty.each:
                yield from self.seat(path, subject)
            opened = self.charter.procedures.get(duty.opens)
            if opened:
                yield from self.missing("GZ203", f"{path}.met_by", duty.met_by, opened.ends)

    def procedure(self, procedure: Procedure) -> Iterator[Finding]:
        base, steps = path_of(procedure), procedure.steps
        for name in procedure.files:
            if name not in GROUPS and name != SCHEDULER:
                yield from self.organ(f"{base}.files", name)
        for name in procedure.set_aside_by:
            yield from self.organ(f"{base}.set_aside_by", name)
        yield from self.missing("GZ203", f"{base}.start", procedure.start, steps)
        yield from self.missing("GZ203", f"{base}.after_merge", procedure.after_merge, steps)
        if procedure.reopen:
            yield from self.missing("GZ203", f"{base}.reopen.to", procedure.reopen.to, steps)
        if procedure.handover:
            yield from self.organ(f"{base}.handover", procedure.handover.adjudicator)
        for name in procedure.never:
            yield from self.field(procedure, f"{base}.never", name, ("organ",))
        for at, limit in enumerate(procedure.limits):
            path = f"{base}.limits.{at}"
            yield from self.event(procedure, path, limit.from_)
            yield from self.missing("GZ203", path, limit.until, steps)
            for name in limit.raise_:
                yield from self.organ(path, name)
        for field in procedure.fields.values():
            if field.type == "choice" and not field.choices:
                yield self.lines.finding("GZ215", f"{base}.fields.{field.name}", field=field.name)
        for step in steps.values():
            yield from self.step(procedure, step)

    def step(self, procedure: Procedure, step: Step) -> Iterator[Finding]:
        def at(*keys: str) -> str:
            return path_of(procedure, step.name, *keys)

        targets = {**procedure.steps, **procedure.ends}
        for result in step.then.values():
            yield from self.missing("GZ203", at("then", result.name), result.go, targets)
            yield from self.documents(at("then", result.name), result.makes or ())
        for number, line in enumerate(step.when):
            yield from self.missing("GZ203", at("when", str(number)), line.go, targets)
        yield from self.missing("GZ203", at("beyond"), step.beyond, targets)
        yield from self.documents(at("makes"), step.makes)
        for field in step.asks:
            yield from self.field(procedure, at("asks"), field)
        yield from self.holders(procedure, step)
        for name in step.late.raise_:
            yield from self.organ(at("late"), name)
        for rule in step.apart_from:
            yield from self.missing("GZ203", at("apart_from"), rule.step, procedure.steps)
        yield from self.missing("GZ206", at("rule"), step.rule, self.charter.rules)
        yield from self.event(procedure, at("from"), step.from_)
        yield from self.missing("GZ209", at("publish"), step.publish, self.charter.places)
        if step.before:
            yield from self.field(procedure, at("before"), step.before[0], ("date",))
        if step.opens:
            yield from self.missing("GZ208", at("opens"), step.opens.procedure, self.charter.procedures)
            if step.opens.each:
                yield from self.field(procedure, at("opens"), step.opens.each)
        yield from self.missing("GZ208", at("for_matter"), step.for_matter, self.charter.procedures)
        if step.roll:
            yield from self.missing("GZ203", at("roll"), step.roll.frozen, procedure.steps)
            yield from self.missing("GZ201", at("roll"), step.roll.of, [*GROUPS, *self.charter.organs])
        if step.object:
            yield from self.missing("GZ201", at("object"), step.object.who, [*GROUPS, *self.charter.organs])

    def holders(self, procedure: Procedure, step: Step) -> Iterator[Finding]:
        holders: dict[str, Holder | None] = {"by": step.by, "asked_by": step.asked_by}
        if step.extend:
            holders["extend"] = step.extend.approved_by
        if step.do == "choice":
            return
        for key, holder in holders.items():
            if holder:
                yield from self.holder(procedure, path_of(procedure, step.name, key), holder)
        for part in step.parts:
            key = {"sign": "signed_by", "attend": "calls", "help": "with"}.get(part.name.partition(".")[0], "parts")
            yield from self.holder(procedure, path_of(procedure, step.name, key), part.by)

    def holder(self, procedure: Procedure, path: str, holder: Holder) -> Iterator[Finding]:
        if holder.kind == "organ" and holder.name:
            yield from self.seat(path, str(holder))
        if holder.kind == "field":
            yield from self.field(procedure, path, holder.name, ("organ", "subject"))
        if holder.kind == "same":
            yield from self.missing("GZ203", path, holder.name, procedure.steps)

    def field(self, procedure: Procedure, path: str, name: str, types: tuple[str, ...] = ()) -> Iterator[Finding]:
        field = procedure.fields.get(name)
        if field is None:
            yield from self.missing("GZ204", path, name, procedure.fields)
        elif types and field.type not in types:
            yield self.lines.finding("GZ213", path, field=name, type=field.type, wanted=", ".join(types))

    def documents(self, path: str, names: Iterable[str]) -> Iterator[Finding]:
        for name in names:
            yield from self.missing("GZ205", path, name, self.charter.documents)

    def event(self, procedure: Procedure, path: str, event: str) -> Iterator[Finding]:
        """`arrival`, `filed`, `served`, or `STEP.outcome`."""
        if event in START_EVENTS:
            return
        step, dot, outcome = event.rpartition(".")
        known: Mapping[str, object] = procedure.steps[step].then if step in procedure.steps else {}
        if not dot or outcome not in known:
            outcomes = [f"{name}.{key}" for name, other in procedure.steps.items() for key in other.then]
            yield from self.missing("GZ210", path, event, [*START_EVENTS, *outcomes])
