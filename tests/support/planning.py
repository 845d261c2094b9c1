"""A place that a shipped charter describes, with a person in any of its organs. Real parts only."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongzhi.desk.setup import set_up_place
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.people.models import Person, SeatTerm


def place_of(charter: str) -> Place:
    return set_up_place(Path(settings.GONGZHI_CHARTERS) / charter)[0]


def worker(organ: str, at: datetime, name: str = "") -> Person:
    """Somebody who works in the organ and holds no post."""
    person = Person.objects.create(
        login=name or organ, display_name=organ, joined_at=at, purpose="test", legal_basis="test",
        collected_from="self",
    )  # fmt: skip
    SeatTerm.objects.create(person=person, organ_instance=OrganInstance.objects.get(organ=organ), seat="", start=at)
    return person


def neighbour(place: Place, at: datetime, name: str) -> Person:
    """Somebody who lives there."""
    return Person.objects.create(
        login=name, display_name=name, joined_at=at, home=place, purpose="test", legal_basis="test",
        collected_from="self",
    )  # fmt: skip
