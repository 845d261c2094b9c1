"""The community of unit grids for tests: one unit's patrol and the posts beyond it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from gongzhi.desk.setup import set_up
from gongzhi.records.institutions.models import Adoption, OrganInstance, Place
from gongzhi.records.institutions.queries import charter_of, find_place
from gongzhi.records.people.actions import create_staff, take_seat
from gongzhi.records.people.models import Person
from gongzhi.records.people.signin import new_secret
from gongzhi.web.clock import now

__all__ = ["UNIT", "patroller", "set_up_grids"]

UNIT = "110101999901-1"


def set_up_grids(charter: str = "dongcheng") -> None:
    """A shipped charter, Dongcheng's of unit grids where nothing is said, in force."""
    set_up(Path(settings.GONGZHI_CHARTERS) / charter, make_password("not used here"), new_secret())


def patroller(
    login: str = "patrol", unit: str = UNIT, organ: str = "patrol", seat: str = "patroller", charter: str = "dongcheng"
) -> Person:
    """Somebody on a post of a unit."""
    place = find_place(unit)
    assert isinstance(place, Place)
    row = OrganInstance.objects.get(organ=organ, place=place, charter=charter)
    version = Adoption.objects.filter(charter=charter).select_related("charter_version").get().charter_version
    person = create_staff(login, "巡查员", None, now())
    take_seat(person, row, charter_of(version).organs[organ].seats.get(seat), now() - timedelta(days=1))
    return person
