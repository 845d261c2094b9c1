"""Shares of posts from the register, as the sources compute them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.desk.posts import posts_of, share
from gongzhi.records.institutions.models import OrganInstance
from gongzhi.records.people.models import SeatTerm
from tests.support.planning import place_of, worker

BEGIN = datetime(2026, 3, 2, 9, tzinfo=CHINA)


@pytest.mark.parametrize(("part", "whole", "found"), [(84, 95, 8842), (494, 573, 8621), (1, 3, 3333), (2, 3, 6667)])
def test_shares_are_rounded_as_the_sources_do(part: int, whole: int, found: int) -> None:
    assert share(part, whole) == found
    assert share(0, 0) is None


@pytest.mark.django_db
def test_who_is_secretary_and_director_counts_once(settings: Settings, tmp_path: Path) -> None:
    settings.GONGZHI_HOME = tmp_path
    place = place_of("futian")
    both, member = worker("work_station", BEGIN, "a"), worker("work_station", BEGIN, "b")
    held = [
        (both, "party_organisation", "secretary", "elected"), (both, "residents_committee", "director", "elected"),
        (member, "residents_committee", "member", "elected"), (member, "work_station", "worker", "appointed"),
    ]  # fmt: skip
    for person, organ, seat, basis in held:
        instance = OrganInstance.objects.get(organ=organ)
        SeatTerm.objects.create(person=person, organ_instance=instance, seat=seat, slot=1, basis=basis, start=BEGIN)
    found = posts_of(place, BEGIN)
    assert (found.places, found.both_heads, found.members, found.crossing) == (1, 1, 2, 1)
    assert found.bases == {"appointed": 1, "elected": 3}
    assert found.across == {"self_government": 1, "company": 0, "association": 0}
    page = Client().get("/board/posts").content.decode()
    assert "50%" in page and "政社分开：同时在政府机构和自治组织任职：1人" in page
