"""How long a notice hangs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from gongzhi.records.matters.models import Matter
from gongzhi.records.notices.models import Notice
from gongzhi.records.notices.queries import hanging, taken_down
from tests.support.community import MONDAY, Community

pytestmark = pytest.mark.django_db


def shown(community: Community, now: datetime) -> tuple[list[str], list[str]]:
    here = [community.place]
    return [one.title for one in hanging(here, now)], [one.title for one in taken_down(here, now)]


def test_a_notice_without_an_end_hangs_while_its_matter_is_open_and_fifteen_days_at_least(community: Community) -> None:
    matter = community.file().matter
    organ = community.organs["committee"]
    Notice.objects.create(
        matter=matter, place=community.place, organ=organ, visit="x#1", title="没有期限", start=MONDAY
    )
    Notice.objects.create(
        matter=matter, place=community.place, organ=organ, visit="y#1", title="五天", start=MONDAY,
        until=MONDAY + timedelta(days=5),
    )  # fmt: skip
    Notice.objects.create(place=community.place, organ=organ, visit="", title="不属于哪件事", start=MONDAY)
    late = MONDAY + timedelta(days=40)
    assert shown(community, late) == (["不属于哪件事", "没有期限"], ["五天"])
    Matter.objects.filter(pk=matter.pk).update(status="final", wake=None)
    assert shown(community, MONDAY + timedelta(days=14))[0] == ["不属于哪件事", "没有期限"]
    assert shown(community, late) == (["不属于哪件事"], ["五天", "没有期限"])
