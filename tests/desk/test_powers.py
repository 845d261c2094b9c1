"""A matter under a charter that delegates powers knows since when that charter is in force at the place."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings as project
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.powers import SINCE
from gongzhi.desk.audit import audit
from gongzhi.desk.draft import NewMatter
from gongzhi.desk.setup import set_up_place
from gongzhi.desk.step import file_matter
from gongzhi.records.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "category", "since"), [("chaoyang", "information", "2026-01-01"), ("baotou", "approval", None)]
)
def test_the_case_says_it_where_powers_are_delegated_and_a_replay_gives_the_same(
    name: str, category: str, since: str | None, settings: Settings, tmp_path: Path
) -> None:
    settings.GONGZHI_HOME = tmp_path
    place, _ = set_up_place(Path(project.GONGZHI_CHARTERS) / name)
    at = datetime(2026, 3, 2, 9, tzinfo=CHINA)
    matter = file_matter(
        NewMatter(place, category, words={"what": "账目"}), Person.objects.create(joined_at=at), at, None
    ).matter
    assert json.loads(matter.state).get("marks", {}).get(SINCE) == since
    assert audit().broken == []
