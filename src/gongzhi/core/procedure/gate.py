"""When a step may end: its parts, signatures, facts, documents and separation (R6, R7, R38)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongzhi.core.charter.spec import Field, Part, Step
from gongzhi.core.procedure.acts import Act, Actor
from gongzhi.core.procedure.case import Control, History, get
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.moves import PEOPLE, Setting, organ_of
from gongzhi.core.procedure.parties import PARTY, records_other_side, speaks_for

UNSIGNED = "unsigned"
WAITING = ("open", "raised")


def part_of(step: Step, name: str) -> Part | None:
    """The declaration of a part; parts of parties carry the party behind a dot."""
    exact = next((part for part in step.parts if part.name == name), None)
    return exact or next((part for part in step.parts if name.startswith(part.name + ".")), None)


def waiting(step: Step, control: Control) -> list[str]:
    """Parts that keep the gate shut. A lapsed or refused part counts as finished (R7)."""
    if not control.parts:
        return []
    done = sum(state == "done" for _, state in control.parts)
    wanted = {"any": 1, "all": len(control.parts)}.get(str(step.need))
    if step.need != "all" and done >= (wanted if wanted is not None else int(step.need)):
        return [name for name, state in control.parts if state == "raised"]
    return [name for name, state in control.parts if state in WAITING]


def signatures(step: Step, control: Control) -> tuple[list[str], list[str]]:
    """Signatures still open, and those that will not come."""
    signs = [(name, state) for name, state in control.parts if name.startswith("sign.")]
    lost = ("refused",) if step.silence == "signs" else ("refused", "lapsed")
    return [n for n, s in signs if s in WAITING], [n for n, s in signs if s in lost]


def check_parts(step: Step, control: Control, outcome: str) -> None:
    """Raises Refused unless the outcome is open as far as parts and signatures go."""
    unsigned, lost = signatures(step, control)
    if outcome == UNSIGNED:
        if not lost:
            raise Refused("outcome_unknown", outcome=outcome)
        return
    if unsigned or lost:
        raise Refused("unsigned", parts=unsigned or lost)
    if missing := waiting(step, control):
        raise Refused("parts_open", parts=missing)


def check_documents(step: Step, outcome: str, made: tuple[str, ...]) -> None:
    needed = step.then[outcome].makes
    missing = [name for name in (step.makes if needed is None else needed) if name not in made]
    if missing:
        raise Refused("documents_missing", documents=missing)


def papers_of(on: Setting, act: Act) -> list[str]:
    """Names of the documents an act brings; only documents the charter names count."""
    unknown = [name for name in act.documents if name not in on.charter.documents]
    if unknown:
        raise Refused("paper_unknown", documents=unknown)
    return list(act.documents)


def check_fields(on: Setting, step: Step, control: Control, given: Mapping[str, Any]) -> None:
    """The facts a step asks for have to be there, known to the procedure and of their type."""
    for name, value in given.items():
        field = on.procedure.fields.get(name)
        if field is None or field.class_ != "plain":
            raise Refused("field_unknown", field=name)
        if not _fits(field, value, on):
            raise Refused("field_value", field=name, value=str(value))
    missing = [n for n in step.asks if n not in given and get(control.given, n) is None]
    if missing:
        raise Refused("fields_missing", fields=missing)


def _fits(field: Field, value: Any, on: Setting) -> bool:
    if field.type == "yesno":
        return isinstance(value, bool)
    if field.type in ("number", "money"):
        return isinstance(value, int) and not isinstance(value, bool)
    if field.type == "choice":
        return value in field.choices
    if field.type == "subject":
        return _is_subject(str(value), on)
    if field.type == "organ":
        return organ_of(str(value)) in on.charter.organs
    if field.type == "date":
        return _is_date(value)
    return isinstance(value, (str, list, tuple))


def _is_subject(value: str, on: Setting) -> bool:
    """One of those for whom such matters open again and again (R47); an organ, where none do."""
    recurring = [one for one in on.charter.recurring.values() if one.opens == on.procedure.name]
    subjects = {subject for one in recurring for subject in one.each}
    return value in subjects if subjects else organ_of(value) in on.charter.organs


def _is_date(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


def check_related(history: History, actor: Actor) -> None:
    if get(history.links, f"related:{actor.person}"):
        raise Refused("abstained")


def is_holder(on: Setting, control: Control, actor: Actor) -> bool:
    """Does the actor hold the step, stand in for the seat, or answer for it because it is late (R21)?"""
    if control.holder in PEOPLE:
        is_party = actor.organ == PARTY or records_other_side(on.parties, control, actor)
        return actor.organ == control.holder or (control.holder == "parties" and is_party)
    if control.raised and actor.organ == on.step(control).late.raise_[control.raised - 1]:
        return True
    organ, _, seat = control.holder.partition(".")
    if actor.organ != organ:
        return records_for(on, organ, actor)
    if not seat or actor.seat == seat:
        return True
    held = on.charter.organs[organ].seats.get(seat)
    return held is not None and held.stand_in == actor.seat and bool(actor.seat)


def records_for(on: Setting, organ: str, actor: Actor) -> bool:
    """An outside organ has no accounts; another records what it did and answers for recording (R42)."""
    held = on.charter.organs.get(organ)
    return held is not None and held.outside and held.recorded_by == actor.organ


def check_holder(on: Setting, control: Control, actor: Actor) -> None:
    if not is_holder(on, control, actor):
        raise Refused("not_holder", holder=control.holder)


def takes_part(on: Setting, control: Control, name: str, actor: Actor) -> bool:
    """May the actor finish this part? Signatures are one's own; presence may be recorded by the holder."""
    part = part_of(on.step(control), name)
    if part is None:
        return False
    if part.by.kind == "group":
        return actor.organ in ("filer", "resident") or is_holder(on, control, actor)
    if part.by.kind == "parties":
        party = name.removeprefix(f"{part.name}.")
        attends = part.do == "attend" and is_holder(on, control, actor)
        return attends or speaks_for(on.parties, control, actor, party)
    if part.by.kind in PEOPLE:
        return actor.organ == part.by.kind
    organ, _, seat = _part_holder(control, part).partition(".")
    if actor.organ == organ and (not seat or actor.seat == seat or _stands_in(on, organ, seat, actor.seat)):
        return True
    return part.do == "attend" and is_holder(on, control, actor)


def _part_holder(control: Control, part: Part) -> str:
    if part.by.kind == "field":
        return str(get(control.given, part.by.name, ""))
    if part.by.kind == "same":
        return str(get(control.kept, part.by.name, ""))
    return str(part.by)


def _stands_in(on: Setting, organ: str, seat: str, actual: str) -> bool:
    held = on.charter.organs[organ].seats.get(seat) if organ in on.charter.organs else None
    return held is not None and held.stand_in is not None and held.stand_in == actual


def check_visit(act: Act, visit: str) -> None:
    """An act prepared for another visit would hit the wrong step (R19)."""
    if act.visit and act.visit != visit:
        raise Refused("moved_on", visit=visit, prepared=act.visit)
