"""A vote over projects on a phone: the sum runs along, too much is refused with everything kept, the result explains."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings

from gongzhi.desk import ballots_cast as casting
from gongzhi.records.people.models import Person
from gongzhi.web import clock
from tests.desk.test_ballots_money import ITEMS
from tests.support.browser import sound
from tests.support.community import MONDAY, found_community
from tests.support.forgery import let_flush_pass
from tests.support.visitors import visitor
from tests.support.voting import CLOSES, Polls, set_up_polls, voters

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def polls(transactional_db: None, settings: Settings, tmp_path: Path) -> Polls:
    let_flush_pass()
    settings.GONGZHI_HOME = tmp_path
    settings.GONGZHI_STORY_CLOCK = True
    made = set_up_polls(found_community())
    clock.set_story_time(LATER)
    return made


@pytest.fixture
def phone(chromium: Browser, live_server: object) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=str(live_server), bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(8_000)
    yield page
    context.close()


def sign_in(page: Page, person: Person, address: str) -> None:
    cookie = visitor(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])


def test_a_knapsack_is_filled_on_a_phone_and_explained(polls: Polls, phone: Page, live_server: object) -> None:
    ballot = polls.opened(voters(8), "money", [{**ITEMS[0], "money": 70_00}])
    sign_in(phone, polls.voter(1), str(live_server))
    phone.goto(f"/vote/{ballot.pk}")
    expect(phone.locator("output")).to_have_text("已选0元，还剩70元")
    phone.get_by_label("路灯").check()
    phone.get_by_label("长椅").check()
    expect(phone.locator("output")).to_have_text("已选75元，超出5元，请去掉一些")
    sound(phone)
    phone.get_by_role("button", name="核对").click()
    expect(phone.get_by_text("超过了资金70元").first).to_be_visible()
    phone.get_by_label("路灯").uncheck()
    expect(phone.locator("output")).to_have_text("已选45元，还剩25元")
    phone.get_by_role("button", name="核对").click()
    phone.get_by_role("button", name="投出这一票").click()
    expect(phone.get_by_text("收到了您的一票")).to_be_visible()
    for n, choice in {2: "c2+c3", 3: "c2", 4: "c3", 5: "c1", 6: "c2+c3"}.items():
        casting.cast(ballot, polls.voter(n), [choice], LATER)
    polls.close(ballot)
    clock.set_story_time(CLOSES)
    phone.goto(f"/board/ballots/{ballot.pk}")
    expect(phone.get_by_text("“长椅”选上：4位支持者每人出11.25元，凑满45元。")).to_be_visible()
    sound(phone)
