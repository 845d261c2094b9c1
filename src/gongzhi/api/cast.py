"""Who plays a role of a story: somebody of the demo who holds the seats, else somebody made for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from gongzhi.api.lookups import place_of
from gongzhi.api.problems import Problem
from gongzhi.core.charter.spec import Charter
from gongzhi.core.procedure.acts import FILER
from gongzhi.records.crypto import random_digest
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.institutions.queries import charter_for, charter_of, places_in
from gongzhi.records.people.actions import create_staff, register_resident, take_seat
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import Person, held_at

PEOPLE = (FILER, "resident", "residents", "group")


def seat_person(code: str, seats: Sequence[str], taken: Iterable[int], role: str, now: datetime) -> Person:
    """The person for a role. Raises Problem for a place or an organ that is not there."""
    place = place_of(code, 422)
    version = charter_for(place, now)
    if version is None:
        raise Problem(422, "no_charter")
    wanted = [seat for seat in seats if seat not in PEOPLE]
    if not wanted:
        return _resident(place, set(taken), now)
    charter = charter_of(version)
    organs = [(_organ(charter, place, seat), seat.partition(".")[2]) for seat in wanted]
    found = _holder(organs, set(taken), now)
    return found or _seated(organs, charter, role, now)


def _organ(charter: Charter, place: Place, seat: str) -> OrganInstance:
    """The organ in the line of the place upwards, or the first one inside it."""
    name = seat.partition(".")[0]
    rows = OrganInstance.objects.filter(organ=name, charter=charter.name, dissolved_at=None).select_related("place")
    near = [row for row in rows if place.path.startswith(row.place.path) or row.place.path.startswith(place.path)]
    if not near:
        raise Problem(422, "unknown_organ", organ=name)
    return min(near, key=lambda row: (not place.path.startswith(row.place.path), -len(row.place.path), row.pk))


def _holder(organs: Sequence[tuple[OrganInstance, str]], taken: set[int], now: datetime) -> Person | None:
    rows = Person.objects.exclude(pk__in=taken).filter(is_active=True)
    for organ, seat in organs:
        terms = organ.seat_terms.filter(held_at(now))
        rows = rows.filter(pk__in=(terms.filter(seat=seat) if seat else terms).values("person"))
    return rows.order_by("pk").first()


def _seated(organs: Sequence[tuple[OrganInstance, str]], charter: Charter, role: str, now: datetime) -> Person:
    person = create_staff(f"story-{random_digest()[:12]}", role, None, now)
    person.home = organs[0][0].place
    person.save()
    for organ, seat in organs:
        take_seat(person, organ, charter.organs[organ.organ].seats.get(seat), now)
    return person


def _resident(place: Place, taken: set[int], now: datetime) -> Person:
    rows = Person.objects.exclude(pk__in=taken).filter(home__in=places_in(place), login=None, is_active=True)
    found = rows.order_by("pk").first()
    return found or register_resident(parse_contact(f"{random_digest()[:12]}@example.org"), place, now)
