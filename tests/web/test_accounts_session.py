"""Two minutes before a session ends the page says so, in a real browser; one button carries on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import axe_findings
from tests.support.demo import demo_community, resident
from tests.support.forgery import let_flush_pass
from tests.support.visitors import visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(chromium: Browser, live_server: object) -> Iterator[Page]:
    let_flush_pass()
    address = live_server.url.replace("127.0.0.1", "localhost")  # type: ignore[attr-defined]
    client = visitor(resident(demo_community(Path(settings.GONGZHI_HOME))))
    session = client.session
    session["session_ends"] = int(time.time()) + 600
    session.save()
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    opened = context.new_page()
    opened.clock.install(time=datetime.now(UTC))
    opened.goto(f"{address}/me/correct")
    yield opened
    context.close()


def test_the_warning_comes_in_time_and_one_tap_keeps_the_session_and_the_words(page: Page) -> None:
    warning = page.locator("#session")
    page.fill("#name", "陈阿姨和邻居")
    page.clock.fast_forward("07:30")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("00:45")
    expect(warning).to_be_visible()
    expect(page.locator("#live-alert")).to_contain_text("再过2分钟会退出登录")
    page.get_by_role("button", name="接着用").click()
    expect(warning).to_be_hidden()
    expect(page.locator("#name")).to_have_value("陈阿姨和邻居")
    page.clock.fast_forward("11:00:00")
    expect(warning).to_be_hidden()


def test_the_warning_can_be_read_by_everybody(page: Page) -> None:
    page.clock.fast_forward("09:00")
    expect(page.locator("#session")).to_be_visible()
    assert axe_findings(page) == []
