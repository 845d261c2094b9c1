"""Many at the same moment: one contact makes one account, one chair takes one person."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connections

from gongzhi.core.charter.spec import Seat
from gongzhi.records.people.actions import SeatTaken, create_staff, register_resident, take_seat
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import Person, SeatTerm
from tests.support.community import Community

NOW = datetime(2026, 3, 16, 8, 30, tzinfo=UTC)


def together(deeds: list[Callable[[], object]]) -> list[object]:
    """Does everything at once; what came of each, an exception being a result too."""
    results: list[object] = [None] * len(deeds)
    start = threading.Barrier(len(deeds))

    def run(n: int) -> None:
        try:
            start.wait()
            results[n] = deeds[n]()
        except Exception as fault:
            results[n] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_contact_makes_one_account(committed: Community) -> None:
    contact = parse_contact("together@example.org")
    found = together([lambda: register_resident(contact, None, NOW)] * 12)
    assert {type(one) for one in found} == {Person}
    assert {one.pk for one in found} == set(
        Person.objects.filter(mail_index=contact.index).values_list("pk", flat=True)
    )
    assert len({one.pk for one in found}) == 1


def test_one_chair_takes_one_person(committed: Community) -> None:
    """Without the constraint several see the chair free and sit down."""
    organ, seat = committed.organs["garden"], Seat("chair", "组长")
    people = [create_staff(f"t{n}", f"t{n}", None, NOW) for n in range(10)]
    found = together([lambda person=person: take_seat(person, organ, seat, NOW) for person in people])
    assert sum(isinstance(one, SeatTerm) for one in found) == 1
    assert {type(one) for one in found} == {SeatTerm, SeatTaken}
    assert SeatTerm.objects.filter(organ_instance=organ, seat="chair", end=None).count() == 1
