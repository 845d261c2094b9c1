"""The ground of the demo: units, parts and points that stand up to the program's own checks, twice the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from gongzhi.desk.ground import faults_of, posts_missing, units_of
from gongzhi.desk.ground_demo import fill_ground
from gongzhi.desk.things import things
from gongzhi.records.institutions.models import Place
from gongzhi.records.patrols.ground_queries import units_at
from gongzhi.records.patrols.models import GridUnit, MatterPoint, Part
from gongzhi.web.clock import now
from tests.support.residents import filed, set_up

pytestmark = pytest.mark.django_db


def test_the_demo_has_units_with_posts_parts_and_points_and_filling_it_twice_changes_nothing(tmp_path: Path) -> None:
    set_up(tmp_path)
    here, folder, at = Place.objects.get(short="fuqu"), Path(settings.GONGZHI_CHARTERS) / "fuqu", now()
    matter = filed(public=True)
    for _ in range(2):
        fill_ground(folder, here, at)
        assert [one.organ_id is not None for one in units_at(here)] == [True, True] and GridUnit.objects.count() == 2
        assert Part.objects.count() == 9 and all(part.owner_id for part in Part.objects.all())
        assert {part.kind for part in Part.objects.all()} <= set(things().parts)
        assert MatterPoint.objects.filter(matter=matter).count() == 1
    assert [one.code for one in faults_of(here, units_of(here), at)] == ["too_few"]  # as the file says
    assert posts_missing(here, at) == []
    assert MatterPoint.objects.get().how in ("inside", "border")
