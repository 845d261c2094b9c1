"""htmx 4 as base.html sets it up: which answers are swapped, where the focus goes, Back, polling."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.gallery import urls


@pytest.fixture
def page(chromium: Browser, gallery_server: str) -> Iterator[Page]:
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(f"{gallery_server}/live", wait_until="domcontentloaded")
    opened.wait_for_function("window.htmx && document.body.classList.contains('js-enabled')")
    yield opened
    context.close()


def press(page: Page, status: int) -> None:
    page.click(f"#form-{status} button")


def test_good_answer_is_swapped_and_said(page: Page) -> None:
    press(page, 200)
    expect(page.locator("#part")).to_have_text("fine")
    expect(page.locator("#live")).to_have_text("收到了")
    expect(page.locator("#form-200 button")).not_to_have_attribute("aria-disabled", "true")
    expect(page.locator("#form-200 button")).to_have_text("200")


def test_errors_of_a_form_are_swapped_and_take_the_focus(page: Page) -> None:
    press(page, 422)
    expect(page.locator("#part .govuk-error-summary")).to_be_focused()


def test_who_was_faster_is_swapped(page: Page) -> None:
    press(page, 409)
    expect(page.locator("#part")).to_have_text("body of 409")


def test_server_fault_keeps_the_page_and_says_so(page: Page) -> None:
    press(page, 503)
    expect(page.locator("#live-alert")).to_contain_text("您写的都在")
    expect(page.locator("#part")).to_have_text("page 1")
    expect(page.locator("#form-503 button")).not_to_have_attribute("aria-disabled", "true")


def test_lost_line_says_so_too(page: Page) -> None:
    page.route("**/live/200", lambda route: route.abort())
    press(page, 200)
    expect(page.locator("#live-alert")).to_contain_text("您写的都在")


def test_signed_out_goes_to_sign_in_and_comes_back(page: Page) -> None:
    press(page, 401)
    page.wait_for_url(re.compile(r"/login\?next=%2Flive$"))


def test_back_brings_the_whole_page(page: Page) -> None:
    page.click("#push")
    expect(page.locator("#part")).to_have_text("page 2")
    assert page.url.endswith("/live/page/2")
    page.go_back()
    expect(page.locator("#part")).to_have_text("page 1")
    expect(page.locator("header .masthead__name")).to_be_visible()
    page.go_forward()
    expect(page.locator("#part")).to_have_text("page 2")
    expect(page.locator("h1")).to_have_text("htmx")


def test_polling_can_be_paused(page: Page) -> None:
    expect(page.locator("#polled")).not_to_have_text("0")
    page.click("button:has-text('pause')")
    expect(page.locator("button:has-text('pause')")).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(300)
    before = len(urls.TICKS)
    page.wait_for_timeout(700)
    assert len(urls.TICKS) == before
    page.click("button:has-text('pause')")
    page.wait_for_timeout(700)
    assert len(urls.TICKS) > before
