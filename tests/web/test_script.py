"""What the page's script does, and that the page does without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.web.gallery import urls

SENTENCE = "4号院大门旁没有地方停电动车"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(viewport={"width": 390, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, gallery_server: str) -> Page:
    opened = context.new_page()
    opened.goto(gallery_server, wait_until="networkidle")
    return opened


def font_size(page: Page) -> float:
    size: float = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
    return size


def test_text_size_changes_at_once_and_keeps_what_is_typed(page: Page) -> None:
    page.fill("#what", SENTENCE)
    page.click("summary:has-text('看大字')")
    page.click("button:has-text('特大')")
    expect(page.locator("html")).to_have_class("govuk-template text-xl")
    expect(page.locator("#what")).to_have_value(SENTENCE)
    expect(page.locator("button:has-text('特大')")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("document.readyState === 'complete'")
    page.wait_for_timeout(300)
    page.reload()
    expect(page.locator("html")).to_have_class("govuk-template text-xl")


def test_main_text_reaches_thirty_pixels(page: Page) -> None:
    page.context.add_cookies([{"name": "text_size", "value": "xl", "url": page.url}])
    page.reload()
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 30


def test_panel_closes_with_escape_and_gives_the_focus_back(page: Page) -> None:
    page.click("summary:has-text('看大字')")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("details.settings")).not_to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_draft_comes_back_and_can_be_cleared(page: Page) -> None:
    page.fill("#what", SENTENCE)
    expect(page.locator(".draft")).to_contain_text("24小时")
    page.reload()
    expect(page.locator("#what")).to_have_value(SENTENCE)
    page.click("text=清除草稿")
    expect(page.locator("#what")).to_have_value("")
    page.reload()
    expect(page.locator("#what")).to_have_value("")


def test_draft_of_yesterday_is_forgotten(page: Page) -> None:
    page.fill("#what", SENTENCE)
    expect(page.locator(".draft")).to_be_visible()
    page.evaluate(
        """() => {
            const draft = JSON.parse(localStorage.getItem('draft:gallery'));
            localStorage.setItem('draft:gallery', JSON.stringify({...draft, at: Date.now() - 25 * 3600 * 1000}));
        }"""
    )
    page.reload()
    expect(page.locator("#what")).to_have_value("")
    assert page.evaluate("localStorage.getItem('draft:gallery')") is None


def test_pressed_twice_sends_once_and_says_so(page: Page) -> None:
    urls.ARRIVED.clear()
    held: list[Route] = []  # a quick answer would take the page away before it was looked at
    page.route("**/*", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    shown = page.evaluate(
        """async () => {
            const button = document.querySelector("form:has(input[value='k3']) button[type=submit]");
            button.click();
            button.click();
            await new Promise(later => setTimeout(later, 1));
            return [button.getAttribute('aria-disabled'), button.textContent];
        }"""
    )
    assert shown == ["true", "正在提交…"]
    page.wait_for_timeout(200)
    for route in held:
        route.continue_()
    page.wait_for_url("**/arrived")
    assert len(urls.ARRIVED) == 1


def test_button_of_equal_weight_sends_its_answer(page: Page) -> None:
    urls.ARRIVED.clear()
    page.click("button:has-text('办了一部分')")
    page.wait_for_url("**/arrived")
    assert [sent["answer"] for sent in urls.ARRIVED] == ["partly"]
    page.go_back(wait_until="networkidle")
    expect(page.locator("button:has-text('办了一部分')")).not_to_have_attribute("aria-disabled", "true")


def test_all_works_without_script(chromium: Browser, gallery_server: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(gallery_server)
    page.click("summary:has-text('看大字')")
    page.click("button:has-text('特大')")
    assert "text-xl" in (page.locator("html").get_attribute("class") or "")
    page.click("button:has-text('English')")
    assert page.locator("html").get_attribute("lang") == "en"
    page.click("button:has-text('Solved') >> nth=0")
    assert page.url.endswith("/arrived")
    context.close()


def test_keyboard_reaches_the_content_first(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_j_and_k_walk_the_work_list(page: Page) -> None:
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "filter-q"
