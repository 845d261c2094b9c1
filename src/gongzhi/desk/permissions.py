"""As whom a person acts, asked of the charter; the engine tests it again.

A person appears in a matter as one or more actors: the one who filed, a seat of an organ in the matter's cast,
a party, a resident of the place. `actor_for` picks the one an act needs. Who may read: `desk/reading.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import FILER, RESIDENT, SYSTEM, Actor
from gongzhi.core.procedure.case import Case
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.procedure.engine import answers, setting_of
from gongzhi.core.procedure.gate import is_holder, takes_part
from gongzhi.core.procedure.moves import PEOPLE, Setting, organ_of
from gongzhi.desk.meeting_facts import VOICES
from gongzhi.desk.reading import LEVELS, Level, at_least, may_read, may_see_contact, worklist_organs
from gongzhi.desk.standing import PARTY, actors, involved
from gongzhi.records.people.models import Person, SeatTerm, held_at

__all__ = [
    "FOUND_AGAIN",
    "LEVELS",
    "MACHINE",
    "Asked",
    "Level",
    "actor_for",
    "actor_for_filing",
    "actors",
    "at_least",
    "may_read",
    "may_see_contact",
    "worklist_organs",
]

MACHINE = Actor(SYSTEM, SYSTEM)
SAID_BY_ALL = ("related", *VOICES)  # what a resident may note without a part in the matter
FOUND_AGAIN = "found_again"  # a patrol saw the same thing once more: for the posts that may file such a matter
IMPORTED = "import"  # in the place of a person: an act of the past, entered from another program's records


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to do: the kind of act, the part it is about, and the organ chosen to act for."""

    kind: str
    part: str = ""
    organ: str = ""
    seat: str = ""
    state: str = ""


def actor_for(
    person: Person | None, charter: Charter, case: Case, asked: Asked, at: datetime, filer: int | None
) -> Actor:
    """The actor as whom the person does this act; None stands for the machine.

    The machine enters what an organ did in the past under that organ's name, marked as imported.

    Where the engine itself tests the holder, a person with another part in the matter is passed on to it, so
    that the refusal names the true ground. Raises Refused where nothing fits.
    """
    if person is None:
        return Actor(IMPORTED, asked.organ, asked.seat) if asked.organ else MACHINE
    mine = [actor for actor in actors(person, charter, case, at, filer) if _chosen(actor, asked)]
    fits = FITS.get(asked.kind, _is_holder)
    on = setting_of(charter, case)
    fitting = next((actor for actor in mine if fits(on, case, actor, asked)), None)
    if fitting is not None:
        return fitting
    if not mine or asked.kind in TESTED_HERE_ONLY:
        raise Refused("not_holder", holder=_wanted(charter, case, asked))
    return mine[0]


def _chosen(actor: Actor, asked: Asked) -> bool:
    return asked.organ in ("", actor.organ) and asked.seat in ("", actor.seat)


def _wanted(charter: Charter, case: Case, asked: Asked) -> str:
    if asked.kind == "part":
        return asked.part
    if asked.kind in ("withdraw", "reopen", "rate"):
        return FILER
    return case.control.holder or answers(charter, case)


def _is_holder(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    return is_holder(on, case.control, actor)


def _serves(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    if case.control.holder in PEOPLE:
        return actor.organ == case.control.asked_by
    return is_holder(on, case.control, actor)


def _takes_part(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    return takes_part(on, case.control, asked.part, actor)


def _same_organ(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    return actor.organ == organ_of(case.control.holder)


def _answers(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    return actor.organ == answers(on.charter, case)


def _approves(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    rule = on.step(case.control).extend
    if rule is None:
        return False
    return actor.organ == rule.approved_by.name and rule.approved_by.seat in ("", actor.seat)


def _filed(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    return actor.organ == FILER


def _sets_aside(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    return actor.organ in on.procedure.set_aside_by


def _did(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    return _same_organ(on, case, actor, asked) or actor.organ in {doer.organ for doer in case.history.doers}


def _is_neighbour(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    return actor.organ in (FILER, PARTY, RESIDENT)


def _speaks(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    """Who has a part in the matter may add a remark, and anybody may declare to be a relative (R38)."""
    if asked.state in SAID_BY_ALL or actor.organ in (FILER, PARTY):
        return True
    if asked.state == FOUND_AGAIN and actor.organ in {organ_of(name) for name in on.procedure.files}:
        return True
    return actor.organ in involved(on.charter, case)


def _lets_go(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    """Who may undo a merge: the resident, who answers, who held the step."""
    return actor.organ == FILER or _answers(on, case, actor, asked) or _is_holder(on, case, actor, asked)


def _nobody(on: Setting, case: Case, actor: Actor, asked: Asked) -> bool:
    return False


FITS: dict[str, Callable[[Setting, Case, Actor, Asked], bool]] = {
    "part": _takes_part,
    "decline": _same_organ,
    "assign": _answers,
    "serve": _serves,
    "extend": _approves,
    "withdraw": _filed,
    "reopen": _filed,
    "rate": _filed,
    "set_aside": _sets_aside,
    "recast": _sets_aside,
    "correct": _did,
    "object": _is_neighbour,
    "note": _speaks,
    "child": _nobody,
    "recalendar": _nobody,
    "tick": _nobody,
    "unfollow": _lets_go,
    "lead": _nobody,
    "leader_ended": _nobody,
    "delivered": _nobody,
    "migrate": _nobody,
}
# The engine does not ask who does these, so nobody passes who does not fit.
TESTED_HERE_ONLY = frozenset({"note", "rate", "object", "recast", "child", "recalendar", "tick", "migrate"})


EVERYBODY = frozenset({"residents", RESIDENT, "resident_or_proxy", "voters", "owners", "group", "villagers"})


def actor_for_filing(
    person: Person | None,
    charter: Charter,
    procedure: str,
    cast: Mapping[str, str],
    at: datetime,
    organ: str = "",
) -> Actor:
    """The actor as whom the person files: a resident, or an organ that the procedure lets file.

    Staff who write down what a resident said act for their organ; whom it is for is kept with the consent.
    Raises Refused `unknown_procedure` or `not_filer`.
    """
    declared = charter.procedures.get(procedure)
    if declared is None:
        raise Refused("unknown_procedure", procedure=procedure)
    if person is None:
        return MACHINE
    if not organ and EVERYBODY & {organ_of(name) for name in declared.files}:
        return Actor(person.digest, FILER)
    instances = {int(instance): name for name, instance in cast.items()}
    terms = SeatTerm.objects.filter(held_at(at), person=person, organ_instance__in=instances).order_by("pk")
    held = [Actor(person.digest, instances[term.organ_instance_id], term.seat) for term in terms]
    for actor in held:
        if organ in ("", actor.organ) and _may_file(actor, declared.files, bool(organ)):
            return actor
    raise Refused("not_filer", procedure=procedure)


def _may_file(actor: Actor, files: tuple[str, ...], helps: bool) -> bool:
    if helps and EVERYBODY & {organ_of(name) for name in files}:
        return True
    return any(name in (actor.organ, f"{actor.organ}.{actor.seat}") for name in files)
