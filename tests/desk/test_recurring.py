"""Duties that come back: one matter a period and place, opened once, late in the open."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from gongzhi.core.calendar import CHINA
from gongzhi.core.charter.load import load_charter
from gongzhi.desk.audit import audit
from gongzhi.desk.recurring import Looked, open_due
from gongzhi.desk.worker import run_once
from gongzhi.records.institutions.actions import add_place, found_organ, put_in_force, store_charter
from gongzhi.records.matters.models import Matter
from tests.support.community import FOLDER, Community

pytestmark = pytest.mark.django_db
ADOPTED = datetime(2026, 1, 10, 9, tzinfo=CHINA)


@pytest.fixture
def yearly(community: Community) -> Community:
    """Two communities of a street whose charter asks for a report of each committee every quarter."""
    law = Path(settings.GONGZHI_CHARTERS) / "_law"
    loaded = load_charter(FOLDER / "report", law)
    assert loaded.charter is not None, loaded.findings
    files = [(FOLDER, file) for file in (FOLDER / "report").rglob("*.yaml")]
    files += [(law.parent, file) for file in law.rglob("*.yaml")]
    source = {str(file.relative_to(root)): file.read_text() for root, file in files}
    put_in_force(store_charter(loaded.charter, source, ADOPTED), community.street, ADOPTED, "system")
    other = add_place("990101001002", "第二社区", "community", community.street)
    for place in (community.place, other):
        found_organ(loaded.charter, "committee", place)
    found_organ(loaded.charter, "street", community.street)
    return community


def test_one_matter_for_each_committee_and_quarter(yearly: Community) -> None:
    spring = ADOPTED + timedelta(days=5)
    assert open_due(spring) == 2 and open_due(spring) == 0 and open_due(spring + timedelta(days=60)) == 0
    matters = Matter.objects.order_by("place__code")
    assert [matter.place.name for matter in matters] == ["试验社区", "第二社区"]
    first = matters[0]
    assert first.filed_at == ADOPTED, "the duty began with the charter, inside its first quarter"
    assert first.subject == "试验社区：季度报告" and first.public and first.answers.organ == "committee"  # type: ignore[union-attr]
    assert '"whose":"committee"' in first.state
    assert open_due(datetime(2026, 4, 1, 0, 1, tzinfo=CHINA)) == 2
    assert Matter.objects.filter(filed_at__date=date(2026, 4, 1)).count() == 2


def test_a_report_nobody_wrote_shows_as_late(yearly: Community) -> None:
    run_once(ADOPTED)
    run_once(ADOPTED + timedelta(days=80))
    assert Matter.objects.filter(late=True, answers__organ="street").count() == 2
    assert audit().broken == []


def test_a_worker_that_runs_on_looks_again_when_day_charter_or_organ_is_new(yearly: Community) -> None:
    looked = Looked()
    assert run_once(ADOPTED, looked).opened == 2
    assert not looked.is_new(ADOPTED)
    third = add_place("990101001003", "第三社区", "community", yearly.street)
    found_organ(load_charter(FOLDER / "report", Path(settings.GONGZHI_CHARTERS) / "_law").charter, "committee", third)  # type: ignore[arg-type]
    assert run_once(ADOPTED, looked).opened == 1
    assert run_once(ADOPTED + timedelta(days=90), looked).opened == 3


def test_a_duty_never_opens_already_late(yearly: Community) -> None:
    """Adopted in January, first looked at in August: the quarter's report begins when somebody hears of it."""
    late = datetime(2026, 9, 28, 9, tzinfo=CHINA)
    assert open_due(late) == 2
    matter = Matter.objects.order_by("place__code")[0]
    assert matter.due is not None and matter.due > late and not matter.late
    run_once(late)
    assert not Matter.objects.filter(late=True).exists() and audit().broken == []
