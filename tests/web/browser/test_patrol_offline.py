"""A patrol in a real browser with the net cut and its clock wrong: three taps, kept over a reload, sent once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gongzhi.records.institutions.queries import find_place
from gongzhi.records.matters.models import Matter
from gongzhi.records.patrols.models import Checkpoint, Report
from tests.support.browser import axe_findings, sticks_out
from tests.support.forgery import let_flush_pass
from tests.support.patrolling import UNIT, patroller, set_up_grids
from tests.support.residents import photo
from tests.support.visitors import visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def phone(chromium: Browser, live_server: object) -> Iterator[Page]:
    let_flush_pass()
    set_up_grids()
    Checkpoint.objects.create(place=find_place(UNIT), rank=1, title="东口井盖")
    address = live_server.url  # type: ignore[attr-defined]
    session = visitor(patroller()).cookies["sessionid"].value
    context = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=address)
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    page.goto("/patrol/")
    page.evaluate("() => navigator.serviceWorker.ready")
    expect(page.locator(".patrol__tile")).to_have_count(9)
    assert sticks_out(page) == [] and axe_findings(page) == []
    yield page
    context.close()


def report(page: Page, tmp_path: Path) -> None:
    """Three taps: what, a photo, where."""
    file = tmp_path / "large.jpg"
    file.write_bytes(photo((4000, 3000), located=True))
    page.get_by_role("button", name="公用设施（部件）").click()
    page.set_input_files("#photo", str(file))
    page.get_by_role("button", name="东口井盖").click()
    expect(page.locator("#said")).to_contain_text("有网就传")


def test_reports_written_without_a_net_are_sent_once(phone: Page, tmp_path: Path) -> None:
    phone.clock.set_system_time(datetime.now(UTC) + timedelta(hours=2))
    phone.context.set_offline(True)
    phone.reload()  # the page itself comes from the phone
    expect(phone.locator(".patrol__tile")).to_have_count(9)
    report(phone, tmp_path)
    expect(phone.locator("#net")).to_have_text("离线 · 1件待上传")
    phone.reload()
    expect(phone.locator("#net")).to_have_text("离线 · 1件待上传")
    phone.once("dialog", lambda dialog: (expect_leave(dialog.message), dialog.dismiss()))
    phone.get_by_role("button", name="退出登录").click()
    assert phone.url.endswith("/patrol/") and not Matter.objects.exists()

    phone.context.set_offline(False)
    phone.evaluate("() => { for (let n = 0; n < 3; n++) dispatchEvent(new Event('online')); }")
    expect(phone.locator("#net")).to_contain_text("已全部上传")
    row = Report.objects.get()
    assert row.found_how == "corrected" and 7100 < row.drift < 7300  # two hours ahead; received times are ours
    assert row.found_at <= row.received_at < row.phone_said <= row.received_at + timedelta(hours=2)
    assert row.spot == "东口井盖" and Matter.objects.count() == 1
    assert re.search(row.matter.number, phone.locator("#queue").inner_text())

    report(phone, tmp_path)  # the same thing again: the patrol is asked
    expect(phone.locator("#queue")).to_contain_text("是同一个吗")
    phone.get_by_role("button", name="是同一个，加上照片").click()
    expect(phone.locator("#queue")).to_contain_text("已合并到")
    assert Matter.objects.count() == 1 and Report.objects.count() == 2
    assert sticks_out(phone) == [] and axe_findings(phone) == []


def test_a_file_that_is_no_photo_says_so_without_a_net_and_loses_nothing(phone: Page, tmp_path: Path) -> None:
    phone.context.set_offline(True)
    phone.get_by_role("button", name="公用设施（部件）").click()
    for content, said in (
        (b"not a photo" * 50, "不是能打开的照片"),
        (b"\xff\xd8" + bytes(40 * 1024 * 1024), "超过40MB"),
    ):
        file = tmp_path / "a.jpg"
        file.write_bytes(content)
        phone.set_input_files("#photo", str(file))
        expect(phone.locator("#said")).to_contain_text(said)
    phone.get_by_role("button", name="不拍照").click()
    phone.get_by_role("button", name="东口井盖").click()
    expect(phone.locator("#net")).to_have_text("离线 · 1件待上传")


def expect_leave(message: str) -> None:
    assert "还有1件没有上传" in message
