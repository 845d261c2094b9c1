"""The style gallery, that is every component: markup, languages, sizes, axe, weight."""

from __future__ import annotations

import gzip
import json
import re
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from gongzhi.web import jinja
from tests.support.browser import axe_findings, sticks_out
from tests.web.gallery.render import TEMPLATES, render_gallery

HAN = re.compile(r"[㐀-鿿]")
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
VOID = {
    "area",
    "base",
    "br",
    "col",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "use",
    "path",
    "circle",
    "rect",
    "line",
}
LIMIT = 60 * 1024


class Reader(HTMLParser):
    """Collects ids, forbidden attributes and Chinese text that is not marked as Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self.langs: list[str] = [""]
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.unmarked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        own = named.get("lang", self.langs[-1])
        self.ids += [named["id"]] if "id" in named else []
        self.inline += [f"{tag} {name}" for name in named if name == "style" or name.startswith(("on", "hx-on"))]
        self.inline += [tag] if tag == "style" or (tag == "script" and "src" not in named) else []
        words = [
            value
            for name, value in named.items()
            if name in ("alt", "title", "aria-label", "placeholder", "data-label")
        ]
        self.unmarked += [text for text in words if HAN.search(text) and not own.startswith("zh")]
        if tag not in VOID:
            self.langs.append(own)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.langs.pop()

    def handle_data(self, data: str) -> None:
        if HAN.search(data) and not self.langs[-1].startswith("zh"):
            self.unmarked.append(data.strip())


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(re.sub(r"<!DOCTYPE html>", "", html))
    return reader


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_nothing_inline_and_ids_unique(lang: str) -> None:
    page = read(render_gallery(lang))
    assert page.inline == []
    labels = [one for one in page.ids if page.ids.count(one) > 1]
    assert labels == []


def test_english_page_marks_every_chinese_word() -> None:
    # the sample's own section names and title are the gallery's, everything else is a component's
    html = render_gallery("en", section_nav=None)
    assert read(html).unmarked == []


def test_reader_sees_an_unmarked_word() -> None:
    assert read('<html lang="en"><p>街道</p></html>').unmarked == ["街道"]
    assert read('<html lang="en"><p lang="zh-Hans">街道</p></html>').unmarked == []
    assert read('<p style="x" onclick="y">').inline == ["p style", "p onclick"]


def test_people_cannot_write_markup() -> None:
    html = render_gallery("en", matter_title="<script>alert(1)</script>")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_explains_its_macros(path: Path) -> None:
    text = path.read_text("utf-8")
    head = text[: text.index("#}")]
    public = [name for name in re.findall(r"{% macro (\w+)\(", text) if not name.startswith("_")]
    assert [name for name in public if name not in head and name != "due_text"] == []


def test_every_icon_in_use_is_built() -> None:
    icons = set(json.loads((jinja.WEB / "assets" / "icons.json").read_text("utf-8")))
    used = set()
    for page in TEMPLATES.rglob("*.html"):
        used |= set(re.findall(r'icon\("([a-z0-9-]+)"', page.read_text("utf-8")))
    assert used - icons == set()
    assert 'id="circle-check"' in (jinja.BUILT / "icons.svg").read_text("utf-8")


def test_a_page_weighs_less_than_sixty_kilobytes() -> None:
    files = ["gongzhi.css", "gongzhi.js", "htmx.js", "icons.svg", "favicon.svg"]
    weight = sum(len(gzip.compress((jinja.BUILT / name).read_bytes())) for name in files)
    weight += len(gzip.compress(render_gallery("zh-hans").encode()))
    assert weight <= LIMIT


def _keep(said: list[str], message: ConsoleMessage) -> None:
    said.append(message.text)


@pytest.mark.parametrize("size", ["std", "xl"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_axe_finds_nothing_and_nothing_sticks_out(chromium: Browser, gallery_server: str, lang: str, size: str) -> None:
    for width in (320, 390, 1280):
        context = chromium.new_context(viewport={"width": width, "height": 800})
        names = {"text_size": size, "django_language": lang}
        context.add_cookies([{"name": name, "value": value, "url": gallery_server} for name, value in names.items()])
        page = context.new_page()
        said: list[str] = []
        page.on("console", partial(_keep, said))
        page.goto(gallery_server, wait_until="networkidle")
        assert sticks_out(page) == [], width
        assert axe_findings(page) == [], width
        assert [text for text in said if "Content Security" in text] == []
        context.close()
