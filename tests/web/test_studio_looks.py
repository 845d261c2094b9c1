"""The studio in a real browser: axe finds nothing and nothing sticks out, in both languages and all widths."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gongzhi.records.institutions.models import CharterVersion
from gongzhi.web.studio.sources import key_of
from tests.support.browser import axe_findings, sticks_out
from tests.support.demo import demo_community
from tests.support.forgery import let_flush_pass

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LOOKS = [
    ("zh-hans", "xl", 320),
    ("zh-hans", "std", 390),
    ("en", "std", 1280),
]
PAGES = {
    "index": "",
    "charter": "/fuqu",
    "organs": "/fuqu/organs",
    "procedures": "/fuqu/procedures",
    "procedure": "/fuqu/procedures/shared_facility",
    "lane": "/fuqu/procedures/fire_lane",
    "norms": "/baotou/norms?households=3000&premises_m2=1499&staff=x&sizes=1500+1500+2900",
    "findings": "/fuqu/findings",
    "bad": "/template/findings",
    "stories": "/fuqu/stories",
    "story": "/fuqu/stories/fire_lane",
    "compare": "/compare?a=template&b=fuqu",
}
SHOTS = os.environ.get("STUDIO_SHOTS", "")  # a folder to look at the pages with one's own eyes


def spoil(charters: Path) -> None:
    """A charter with findings, so that their page has something to show."""
    file = charters / "template" / "procedures" / "repair.yaml"
    file.write_text(file.read_text("utf-8").replace("go: ", "go: x", 1) + "\nstrange: 1\n", "utf-8")


def test_axe_finds_nothing_and_nothing_sticks_out(
    chromium: Browser, live_server: object, settings: object, tmp_path: Path
) -> None:
    let_flush_pass()
    demo_community(Path(settings.GONGZHI_HOME))  # type: ignore[attr-defined]
    shutil.copytree(settings.GONGZHI_CHARTERS, tmp_path / "charters")  # type: ignore[attr-defined]
    settings.GONGZHI_CHARTERS = tmp_path / "charters"  # type: ignore[attr-defined]
    spoil(tmp_path / "charters")
    address = live_server.url  # type: ignore[attr-defined]
    pages = {**PAGES, "in-force": f"/{key_of(CharterVersion.objects.get(name='fuqu'))}"}
    wrong = {}
    for lang, size, width in LOOKS:
        context = chromium.new_context(viewport={"width": width, "height": 800})
        cookies = {"text_size": size, "django_language": lang}
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        page = context.new_page()
        for name, path in pages.items():
            answer = page.goto(f"{address}/studio{path}", wait_until="load")
            assert answer is not None and answer.status == 200, path
            if found := axe_findings(page) + sticks_out(page):
                wrong[f"{name} {lang} {size} {width}"] = found
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/{name}-{lang[:2]}-{size}-{width}.png", full_page=True)
        context.close()
    assert wrong == {}
