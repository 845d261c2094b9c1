"""Taking a call without a mouse in a real browser; and the pages beside it: axe, width, both languages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings

from gongzhi.records.knowledge.models import Answer
from gongzhi.records.matters.models import Matter
from gongzhi.records.people.models import Person
from gongzhi.web import clock
from tests.support.browser import axe_findings, sticks_out
from tests.support.demo import staff
from tests.support.forgery import let_flush_pass
from tests.support.visitors import visitor
from tests.web.bench import MONDAY, Bench, demo_community

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SHOTS = os.environ.get("SENSE_SHOTS", "")  # a folder to look at the pages with one's own eyes
LOOKS = [("zh-hans", 390), ("en", 1280)]
Opener = Callable[[str, int], Page]


@pytest.fixture
def made(transactional_db: None, settings: Settings, tmp_path: Path) -> Bench:
    let_flush_pass()
    settings.GONGZHI_HOME = tmp_path
    settings.GONGZHI_STORY_CLOCK = True
    clock.set_story_time(MONDAY)
    bench = Bench(demo_community(tmp_path))
    for _ in range(3):
        bench.file(public=True)
    by: Person = bench.resident()
    for state in ("published", "draft"):
        Answer.objects.create(
            place=bench.place, question="自行车停在哪里？", text="车棚修好以前，停在东门雨棚下。", state=state,
            written_at=MONDAY, written_by=by, published_at=MONDAY, published_by=by,
        )  # fmt: skip
    return bench


@pytest.fixture
def opener(chromium: Browser, live_server: object) -> Iterator[Opener]:
    contexts = []

    def open_page(lang: str, width: int) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, base_url=str(live_server), bypass_csp=True
        )
        contexts.append(context)
        cookie = visitor(staff("director")).cookies["sessionid"].value
        both = [("sessionid", cookie), ("django_language", lang)]
        context.add_cookies([{"name": name, "value": value, "url": str(live_server)} for name, value in both])
        page = context.new_page()
        page.set_default_timeout(30_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_a_call_is_taken_by_keyboard_and_the_pages_are_sound(made: Bench, opener: Opener) -> None:
    page, before = opener("zh-hans", 1280), Matter.objects.count()
    page.goto("/work/hotline")
    page.locator("#what").focus()
    page.keyboard.type("自行车棚拆了没处放车")
    expect(page.locator("#look-same")).to_be_visible()
    expect(page.locator("#looked")).to_contain_text("东门雨棚")
    page.get_by_role("button", name="提交登记", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".banner--success")).to_contain_text("登记好了")
    assert Matter.objects.count() == before + 1
    expect(page.locator("#what")).to_have_value("")
    first = Matter.objects.earliest("pk").number
    drafted = Answer.objects.get(state="draft").pk
    pages = {"hotline": "/work/hotline", "hotspots": "/work/hotspots", "hotspot": f"/work/hotspots/{first}",
             "answers": "/work/answers", "answer": f"/work/answers/{drafted}", "public": "/answers?q=自行车停哪"}  # fmt: skip
    wrong = {
        f"{name} {lang}": found for lang, width in LOOKS for name, found in _looked(opener(lang, width), pages, lang)
    }
    assert {name: found for name, found in wrong.items() if found} == {}


def _looked(page: Page, pages: dict[str, str], lang: str) -> Iterator[tuple[str, list[str]]]:
    for name, address in pages.items():
        page.goto(address)
        if name == "hotline":
            page.fill("#what", "自行车棚拆了没处放车")
            expect(page.locator("#look-same")).to_be_visible()
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{lang}.png", full_page=True)
        yield name, [*sticks_out(page), *axe_findings(page)]
