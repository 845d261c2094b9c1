"""What people do with the pages of a matter: open it, fill in a form, press an act and check it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from gongzhi.records.matters.models import Matter
from tests.support.browser import sound


def open_matter(page: Page, matter: Matter) -> Page:
    """From the list of today, as people do it."""
    page.goto("/work")
    page.get_by_role("link", name=matter.subject).first.click()
    expect(page.locator("main")).to_contain_text(matter.number)
    return sound(page)


def fill(page: Page, **typed: str) -> None:
    """Boxes of the form by name; dots are written __."""
    for name, value in typed.items():
        page.fill(f"[name='{name.replace('__', '.')}']", value)


def choose(page: Page, label: str, then: Callable[[Page], None] | None = None, checked: bool = True) -> None:
    """Press an act of the matter page, fill in its form, read the check page, submit."""
    page.locator("main").get_by_role("button", name=label, exact=True).first.click()
    if then is not None:
        sound(page)
        then(page)
        page.locator("main form:has([name=visit]) button[type=submit]:not([name])").first.click()
    if checked:
        expect(page.locator("h1")).to_contain_text("核对一下")
        sound(page)
        page.get_by_role("button", name=f"提交：{label}").click()
    expect(page.locator(".banner--success")).to_be_visible()  # the page itself is looked at when it is opened again


def tick(page: Page, name: str, value: str) -> None:
    page.check(f"input[name='{name}'][value='{value}']")
