"""Registers as rows: what goes out comes in again the same; each fault is told by its row and nothing is taken."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from gongzhi.config.environment import REPOSITORY
from gongzhi.core.calendar import CHINA
from gongzhi.desk.organisations_demo import FILE, fill_registers
from gongzhi.desk.register_rows import ORGANISATIONS, SERVICES, check_rows, put_rows, row_of
from gongzhi.records.organisations.models import Organisation, Service
from gongzhi.records.people.models import Person
from tests.support.community import Community

pytestmark = pytest.mark.django_db
CHARTERS = REPOSITORY / "charters"
NOW = datetime(2026, 3, 16, 8, 30, tzinfo=CHINA)
CLASSES = {"culture": {"title": "文体", "en": "Culture"}, "public": {"title": "公共服务", "en": "Public"}}


def test_what_goes_out_comes_in_again_the_same(community: Community) -> None:
    rows = [["读书会", "文体", "周三读书", 12.0, "seed", "", "025-1"], ["合唱队", "Culture", "", "", "", 2025, ""]]
    checked = check_rows(ORGANISATIONS, rows, CLASSES)
    assert checked.faults == ()
    keeper = community.who["member"]
    assert put_rows(ORGANISATIONS, checked, community.place, keeper, NOW) == 2
    one = Organisation.objects.get(name="读书会")
    assert (one.state, one.members, one.stage, one.confirmed, one.contact) == ("registered", 12, "seed", 2026, "025-1")
    out = [row_of(ORGANISATIONS, row, CLASSES) for row in Organisation.objects.order_by("pk")]
    assert put_rows(ORGANISATIONS, check_rows(ORGANISATIONS, out, CLASSES), community.place, keeper, NOW) == 2
    assert [row_of(ORGANISATIONS, row, CLASSES) for row in Organisation.objects.order_by("pk")] == out


def test_a_catalogue_with_times_of_day(community: Community) -> None:
    rows = [["多功能厅", "公共服务", "第三小学", "操场东", "", "", "是", time(9), "18：30", 67, "是"],
            ["理发", "public", "老年协会"]]  # fmt: skip
    checked = check_rows(SERVICES, rows, CLASSES)
    assert checked.faults == ()
    put_rows(SERVICES, checked, community.place, community.who["member"], NOW)
    hall = Service.objects.get(title="多功能厅")
    assert (hall.bookable, hall.opens, hall.closes, hall.days, hall.active) == (True, 540, 1110, "67", True)
    assert row_of(SERVICES, hall, CLASSES)[6:] == ["是", "09:00", "18:30", "67", "是"]


def test_each_fault_by_its_row_and_none_is_taken() -> None:
    rows = [["读书会", "文体"], ["", "文体"], ["读书会", "文体"], ["棋社", "宗教"], ["棋社", "文体", "", "十二"],
            [], ["琴社", "文体", "", 3, "大"], ["画社", "文体", "", 3, "", "去年"]]  # fmt: skip
    checked = check_rows(ORGANISATIONS, rows, CLASSES)
    assert checked.faults == (
        (3, "name", ""), (4, "twice", "读书会"), (5, "kind", "宗教"), (6, "members", "十二"), (8, "stage", "大"),
        (9, "confirmed", "去年"),
    )  # fmt: skip
    late = [["厅", "public", "校", "", "", "", "是", "18:00", "9:00"], ["室", "public", "校", "", "", "", "也许"],
            ["房", "public", "校", "", "", "", "是", "9:10"], ["屋", "public", "校", "", "", "", "", "", "", "89"]]  # fmt: skip
    assert [code for _, code, _ in check_rows(SERVICES, late, CLASSES).faults] == [
        "closes_first", "bookable", "opens", "days",
    ]  # fmt: skip


def test_the_demo_has_a_register_and_a_catalogue(community: Community) -> None:
    folder = next(file.parent for file in sorted(CHARTERS.glob(f"*/{FILE}")))
    for _ in range(2):
        fill_registers(folder, community.place, NOW)
    Person.objects.filter(pk=community.who["member"].pk).update(login="keeper")
    for _ in range(2):
        fill_registers(folder, community.place, NOW)
    assert (Organisation.objects.count(), Service.objects.filter(bookable=True).count()) == (6, 2)
    assert all(one.active for one in Service.objects.all())
