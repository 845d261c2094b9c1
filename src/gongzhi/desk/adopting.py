"""Who may adopt a charter at a place, asked of the version in force there: `adopted_by` names the seats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gongzhi.core.procedure.acts import SYSTEM
from gongzhi.core.procedure.effects import Refused
from gongzhi.records.institutions.models import Adoption, CharterVersion, Place
from gongzhi.records.institutions.queries import charter_of
from gongzhi.records.people.models import Person, SeatTerm, held_at


@dataclass(frozen=True, slots=True)
class Past:
    """One adoption of the history; `who` is `organ.seat` of who adopted it, `system` for the command line."""

    adoption: Adoption
    who: str


def adoptable(person: Person, at: datetime) -> list[Adoption]:
    """Adoptions in force that this person may replace, by place."""
    terms = list(person.seats(at).select_related("organ_instance__place"))
    names = {term.organ_instance.charter for term in terms}
    rows = Adoption.objects.filter(charter__in=names, end=None).select_related("place", "charter_version")
    return [one for one in rows.order_by("place__path", "charter") if any(_allows(one, term) for term in terms)]


def _allows(adoption: Adoption, term: SeatTerm) -> bool:
    """A seat the charter names, of an organ in the line of the place."""
    organ, place = term.organ_instance, adoption.place
    near = place.path.startswith(organ.place.path) or organ.place.path.startswith(place.path)
    named = charter_of(adoption.charter_version).adopted_by
    return near and organ.charter == adoption.charter and bool({organ.organ, f"{organ.organ}.{term.seat}"} & set(named))


def check_may_adopt(person: Person, place: Place, name: str, at: datetime) -> Adoption:
    """The adoption in force that the person replaces. Raises Refused `not_adopter`."""
    found = next((one for one in adoptable(person, at) if (one.place_id, one.charter) == (place.pk, name)), None)
    if found is None:
        raise Refused("not_adopter")
    return found


def number_taken(place: Place, name: str, version: int, digest: str) -> bool:
    """Was another text adopted here under the same number? Then the number has to be raised."""
    same = CharterVersion.objects.filter(name=name, version=version, adoptions__place=place)
    return same.exclude(digest=digest).exists()


def history(place: Place, name: str) -> Iterator[Past]:
    """Every adoption here, the newest first, with who did it."""
    rows = Adoption.objects.filter(place=place, charter=name).select_related("charter_version")
    found = list(rows.order_by("-start", "-pk"))
    people = Person.objects.filter(digest__in={one.by for one in found}).in_bulk(field_name="digest")
    for one in found:
        yield Past(one, _who(people.get(one.by), one))


def _who(person: Person | None, adoption: Adoption) -> str:
    if person is None:
        return SYSTEM
    terms = person.seat_terms.filter(held_at(adoption.start), organ_instance__charter=adoption.charter)
    term = terms.select_related("organ_instance").order_by("pk").first()
    return f"{term.organ_instance.organ}.{term.seat}".rstrip(".") if term else SYSTEM
