"""点单、建单、接单: a line of the catalogue becomes a matter, is composed and accepted in time, and rated."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.organisations import PHASES, in_phase, order_of, phase_of
from gongzhi.desk.step import file_matter, settle, take_step
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_by_digest, charter_for, charter_of
from gongzhi.records.matters.actions import read_state
from gongzhi.records.matters.models import Matter
from gongzhi.records.organisations.models import Service
from gongzhi.web import clock
from tests.support.planning import neighbour, place_of, worker
from tests.support.visitors import visitor
from tests.web.bench import text_of

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 3, 2, 9, tzinfo=CHINA)
DAY = timedelta(days=1)


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Place:
    settings.GONGZHI_HOME, settings.GONGZHI_STORY_CLOCK = tmp_path, True
    clock.set_story_time(BEGIN)
    place_of("huayin")
    return Place.objects.get(code="610582999901")


def test_a_line_of_the_catalogue_begins_an_order(place: Place) -> None:
    mend = Service.objects.create(place=place, title="修扶手", kind="livelihood", provider="党员服务队")
    client = visitor(neighbour(place, BEGIN, "chen"))
    assert "服务民生" in text_of(client.get(reverse("services"))), "classes of the charter's own folder"
    assert "点这一单" in text_of(client.get(reverse("service", args=[mend.pk])))
    order = reverse("service_order", args=[mend.pk])
    for _ in range(2):
        assert client.post(order).headers["Location"] == reverse("say")
    said = client.get(reverse("say")).content.decode()
    assert said.count("点单：修扶手（党员服务队）") == 1, "twice is once"


def test_orders_stand_where_they_are_and_how_they_ended(place: Place) -> None:
    version = charter_for(place, BEGIN)
    assert version is not None and order_of(version) == "order"
    charter, resident = charter_of(version), neighbour(place, BEGIN, "chen")
    party, member = worker("community_party", BEGIN), worker("party_members", BEGIN)
    page = reverse("work_orders")

    def phase(matter: Matter) -> str:
        matter.refresh_from_db()
        found = phase_of(charter_by_digest(matter.charter_version.digest), read_state(matter.state))
        rows = Matter.objects.filter(category="order")
        assert [one for one in PHASES if in_phase(rows, charter, "order", one).filter(pk=matter.pk)] == [found]
        return found

    matter = file_matter(NewMatter(place, "order", {"what": "修扶手"}), resident, BEGIN, None).matter
    assert phase(matter) == "compose"
    built = Draft("done", outcome="built", words={"service_order": "修扶手一处"})
    take_step(matter.number, built, party, BEGIN, None)
    assert phase(matter) == "accept"
    assert matter.number in text_of(visitor(member).get(page + "?phase=accept"))
    settle(matter.number, BEGIN + 2 * DAY)
    assert phase(matter) == "doing", "silence accepts"
    take_step(matter.number, Draft("done", outcome="done", words={"result": "已拧紧"}), member, BEGIN + 2 * DAY, None)
    assert phase(matter) == "rate"
    take_step(matter.number, Draft("done", outcome="content"), resident, BEGIN + 3 * DAY, None)
    assert phase(matter) == "ended"
    shown = text_of(visitor(party).get(page + "?phase=ended"))
    assert "群众满意" in shown and matter.number in shown
    with CaptureQueriesContext(connection) as few:
        visitor(party).get(page + "?phase=compose")
    for _ in range(3):
        file_matter(NewMatter(place, "order", {"what": "修扶手"}), resident, BEGIN, None)
    with CaptureQueriesContext(connection) as many:
        visitor(party).get(page + "?phase=compose")
    assert len(many) <= len(few)
