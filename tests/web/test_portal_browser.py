"""The main job in a real browser: say it on a phone, get the receipt, answer when asked. With and without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from gongzhi.records.matters.models import Matter
from tests.support.browser import axe_findings, sticks_out
from tests.support.forgery import let_flush_pass
from tests.support.residents import estate, filed, last_code, photo, set_up, until_asked

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
MAIN = "main form button.govuk-button--big"
SHED = "小区没有自行车车棚，车停得到处都是"
Opener = Callable[..., Page]


@pytest.fixture
def opener(chromium: Browser, live_server: object, tmp_path: Path) -> Iterator[Opener]:
    """Opens pages of a phone; at the end nothing may have been said on the console but refused forms."""
    let_flush_pass()
    set_up(tmp_path)
    address = live_server.url  # type: ignore[attr-defined]
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_page(language: str = "zh-hans", size: str = "std", script: bool = True) -> Page:
        context = chromium.new_context(viewport=PHONE, java_script_enabled=script, base_url=address, bypass_csp=True)
        cookies = {"django_language": language, "text_size": size}
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: said.append(str(fault)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [text for text in said if "status of 422" not in text] == []


def sound(page: Page) -> None:
    """Nothing sticks out, axe finds nothing, and an English page says Chinese only where it is marked so."""
    assert sticks_out(page) == [] and axe_findings(page) == [], page.url
    assert page.evaluate(UNMARKED) == [], page.url


UNMARKED = """() => {
    if (document.documentElement.lang !== "en") return [];
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode, inside = text.parentElement.closest("[lang^=zh], script, style, textarea");
        if (/[\\u4e00-\\u9fff]/.test(text.data) && !inside) found.push(text.data.trim());
    }
    return found;
}"""


def fill_in(page: Page, picture: Path, check: Callable[[Page], None]) -> None:
    """From the first page to the receipt."""
    page.goto("/")
    page.click("main a.govuk-button--big")
    check(page)
    page.click(MAIN)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    check(page)
    page.fill("#what", SHED)
    page.set_input_files("#photos", str(picture))
    page.click(MAIN)
    check(page)
    page.select_option("#place", estate().code)
    page.fill("#spot", "大门口")
    page.click(MAIN)
    check(page)
    page.fill("#contact", "139 0000 5678")
    page.check("input[name=seen_by][value=course]")
    page.click(MAIN)
    check(page)
    code = last_code()
    page.fill("#code", f"{code[:3]} {code[3:]}")
    page.click(MAIN)
    check(page)
    page.click(MAIN)
    page.wait_for_url(re.compile(r"/receipt$"))
    check(page)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "门口.jpg"
    path.write_bytes(photo())
    return path


@pytest.mark.parametrize(("language", "size"), [("zh-hans", "std"), ("en", "xl")])
def test_said_on_a_phone_and_received(opener: Opener, picture: Path, language: str, size: str) -> None:
    page = opener(language, size)
    fill_in(page, picture, sound)
    matter = Matter.objects.get(channel="web")
    expect(page.locator(".receipt__number")).to_have_text(matter.number)
    expect(page.locator("[data-print]")).to_be_visible()
    page.go_back()  # over the check page: the same receipt, nothing new
    expect(page.locator(".receipt__number")).to_have_text(matter.number)
    page.goto("/say")
    assert page.input_value("#what") == ""  # the draft of the device is forgotten too
    page.goto(f"/my/{matter.number}")
    sound(page)
    assert Matter.objects.filter(channel="web").count() == 1


def test_everything_works_without_script(opener: Opener, picture: Path) -> None:
    page = opener(script=False)
    fill_in(page, picture, lambda _: None)
    assert Matter.objects.get(channel="web").words.filter(kind="photo").count() == 1


def test_back_over_a_refused_form_shows_what_was_typed(opener: Opener) -> None:
    page = opener()
    page.goto("/say")
    page.fill("#what", SHED)
    page.click(MAIN)
    page.click(MAIN)
    page.fill("#contact", "1390000")
    page.click(MAIN)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.input_value("#contact") == "1390000"
    while not page.url.endswith("/say"):
        page.go_back()
    assert page.input_value("#what") == SHED


def test_pressed_twice_it_is_sent_once(opener: Opener, picture: Path) -> None:
    page = opener()
    fill_in_until_check(page)
    page.dblclick(MAIN)
    page.wait_for_url(re.compile(r"/receipt$"))
    assert Matter.objects.filter(channel="web").count() == 1


def fill_in_until_check(page: Page) -> None:
    page.goto("/say")
    page.fill("#what", SHED)
    page.click(MAIN)
    page.click(MAIN)
    page.fill("#contact", "chen@example.org")
    page.click(MAIN)
    page.fill("#code", last_code())
    page.click(MAIN)


def test_asked_and_answered(opener: Opener) -> None:
    matter = until_asked(filed())
    page = opener()
    fill_in_until_check(page)  # signs in
    page.goto("/")
    page.click("text=对面工地夜里运土")
    sound(page)
    page.click("text=没有办好 >> nth=0")
    expect(page.locator(".govuk-error-summary")).to_contain_text("请写一句还差什么")
    page.fill("#missing", "夜里还在运土")
    page.locator(".equal button").nth(1).click()
    expect(page.locator(".banner--success")).to_contain_text("收到您的回复")
    assert Matter.objects.get(pk=matter.pk).step == "handle"
    sound(page)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_the_board_are_sound(opener: Opener, language: str) -> None:
    matter = filed(public=True)
    page = opener(language)
    for address in ("", "/matters", f"/matters/{matter.number}", "/late", "/notices", "/resolutions", "/digests",
                    "/data", "/personal-data", "/refused"):  # fmt: skip
        page.goto(f"/board{address}")
        sound(page)
    for address in ("/help/phone", "/help/visit", "/help/assisted", "/help/complain", "/r", "/"):
        page.goto(address)
        sound(page)
