"""Who somebody is in a matter, and which organs have a part in it. Nothing here knows an organ by name."""

from __future__ import annotations

from datetime import datetime

from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import FILER, RESIDENT, Actor
from gongzhi.core.procedure.case import Case, get
from gongzhi.core.procedure.engine import answers, setting_of
from gongzhi.core.procedure.gate import part_of
from gongzhi.core.procedure.moves import organ_of
from gongzhi.records.institutions.models import Place
from gongzhi.records.people.models import Person, SeatTerm, held_at

PARTY = "party"


def actors(person: Person, charter: Charter, case: Case, at: datetime, filer: int | None) -> list[Actor]:
    """Everything the person is in this matter, the strongest first. `filer` is the id of who filed it."""
    found = [Actor(person.digest, FILER)] if person.pk == filer else []
    found += seats_in(person, charter, case, at)
    found += [Actor(person.digest, PARTY, party) for party in case.parties if _is_party(party, person, found)]
    if lives_in(person, case.place):
        found.append(Actor(person.digest, RESIDENT))
    return found


def seats_in(person: Person, charter: Charter, case: Case, at: datetime) -> list[Actor]:
    organ_types = {int(instance): organ for organ, instance in case.cast.items()}
    barred = barred_organs(charter, case)
    terms = SeatTerm.objects.filter(held_at(at), person=person, organ_instance__in=organ_types).order_by("pk")
    held = [Actor(person.digest, organ_types[term.organ_instance_id], term.seat) for term in terms]
    return [actor for actor in held if actor.organ not in barred]


def _is_party(party: str, person: Person, found: list[Actor]) -> bool:
    return party == person.digest or any(actor.organ == party for actor in found)


def lives_in(person: Person, code: str) -> bool:
    """True when the person is registered in the place of that code, or inside it, or in the same community."""
    if person.home is None:
        return False
    place = Place.objects.filter(code=code).first()
    return place is not None and person.home.path.startswith(place.path.partition("-")[0])


def barred_organs(charter: Charter, case: Case) -> frozenset[str]:
    """Organs that may hold, see or be routed nothing of the matter, say the one complained about (R39)."""
    fields = charter.procedures[case.procedure].never
    return frozenset(organ_of(str(value)) for name in fields if (value := get(case.control.given, name)))


def involved(charter: Charter, case: Case) -> frozenset[str]:
    """Organ types with a part in the matter now or before: they hold, held, answer, sign, help or coordinate."""
    control, on = case.control, setting_of(charter, case)
    names = {
        control.receiver,
        control.sender,
        control.asked_by,
        organ_of(control.holder),
        answers(charter, case),
    }
    names |= {organ_of(str(holder)) for _, holder in control.kept}
    names |= {doer.organ for doer in case.history.doers}
    if control.step in on.procedure.steps:
        step = on.step(control)
        names |= {part.by.name for name, _ in control.parts if (part := part_of(step, name)) is not None}
        names |= set(step.late.raise_[: control.raised])
    duty = charter.duty_for(case.category)
    names |= {duty.coordinates} if duty and duty.coordinates else set()
    return frozenset(name for name in names if name in charter.organs)


def onlookers(charter: Charter, case: Case) -> frozenset[str]:
    """Organ types that may see how the matter goes but not what people wrote: those that supervise an organ with
    a part in it, that may set an act aside, or that passed the matter on."""
    known = involved(charter, case)
    watch = {r.subject for r in charter.relations if r.verb == "supervises" and r.object in known}
    watch |= set(charter.procedures[case.procedure].set_aside_by) | set(case.control.declined_by)
    return frozenset(watch)
