"""A residents' representatives' meeting of 60 in a real browser: called, rolled, 39 then 40 there, 21 of 40 for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings

from gongzhi.desk import meeting_room as rooms
from gongzhi.desk.attendance import code_of
from gongzhi.records.meetings.models import Meeting
from gongzhi.records.people.models import Person
from gongzhi.web import clock
from tests.support.assembly import MEETS, MONDAY, Assembly, found_assembly
from tests.support.browser import sound
from tests.support.forgery import let_flush_pass
from tests.support.visitors import visitor

Opener = Callable[[Person, int], Page]


@pytest.fixture
def assembly(transactional_db: None, settings: Settings, tmp_path: Path) -> Assembly:
    let_flush_pass()
    settings.GONGZHI_HOME = tmp_path
    settings.GONGZHI_STORY_CLOCK = True
    clock.set_story_time(MONDAY)
    return found_assembly()


@pytest.fixture
def opener(chromium: Browser, live_server: object) -> Iterator[Opener]:
    """A page signed in as somebody, so wide."""
    contexts = []

    def open_page(person: Person, width: int) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, base_url=str(live_server), bypass_csp=True
        )
        contexts.append(context)
        cookie = visitor(person).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": str(live_server)}])
        page = context.new_page()
        page.set_default_timeout(8_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


def act(page: Page, button: str, **fields: str) -> None:
    """Fill in the form with this button and send it."""
    form = page.locator("form", has=page.get_by_role("button", name=button, exact=True)).first
    for name, value in fields.items():
        field = form.locator(f"[name={name}]").first
        kind = field.get_attribute("type")
        if kind == "radio":
            form.locator(f"[name={name}][value={value}]").check()
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def test_sixty_are_called_forty_come_twenty_one_agree(assembly: Assembly, opener: Opener) -> None:
    meeting = assembly.to_meeting()
    chair = opener(assembly.who["director"], 1280)
    chair.goto(f"/work/meetings/{meeting.pk}")
    act(chair, "发通知", day="2026-03-20", time="16:00", where="活动室", agenda="车棚选址")
    expect(chair.locator(".govuk-error-summary")).to_contain_text("最早能定在2026年3月26日")
    act(chair, "发通知", day="2026-03-30", time="16:00", where="活动室", agenda="车棚选址")
    act(chair, "存名册", roll="\n".join(f"{n} 代表{n}" for n in range(1, 61)))
    meeting.refresh_from_db()
    assert (meeting.eligible, meeting.members.count()) == (60, 60)
    meeting.members.filter(number__lte=3).delete()  # the first three have accounts; a roll is pasted with their mail
    for number in (1, 2, 3):
        meeting.members.create(number=number, person=assembly.who[f"rep{number}"])

    clock.set_story_time(MEETS)
    phone = opener(assembly.who["rep1"], 390)
    phone.goto(f"/meetings/{meeting.pk}")
    sound(phone)
    phone.click("text=我到了，签到")
    phone.fill("#code", code_of(meeting))
    phone.get_by_role("button", name="我到了").click()
    expect(phone.locator(".verdict--same")).to_contain_text("签到好了")
    rooms.sign_in(meeting, assembly.who["director"], range(2, 40), "list", MEETS)
    chair.goto(f"/work/meetings/{meeting.pk}")
    act(chair, "宣布开会")
    expect(chair.locator("#members")).to_contain_text("还差1人")
    act(chair, "记下发言", who="committee.director")
    act(chair, "开始表决", way="phones")
    expect(chair.locator(".govuk-error-summary")).to_contain_text("人数不足，暂停表决：在场39人，要40人")
    hall = opener(assembly.who["director"], 1280)
    hall.goto(f"/work/meetings/{meeting.pk}/hall")
    expect(hall.locator("#hall")).to_contain_text("人数不足")
    act(chair, "记下到会", numbers="40", means="paper")
    expect(chair.locator("#members")).to_contain_text("达到法定人数")
    expect(hall.locator("#hall")).to_contain_text("达到法定人数")  # by itself
    sound(chair)
    act(chair, "开始表决", way="phones")

    phone.goto(f"/meetings/{meeting.pk}")
    phone.get_by_role("button", name="赞成").click()
    expect(phone.locator("#now-on")).to_contain_text("您投过了")
    vote_the_rest(assembly, meeting)
    act(chair, "结束表决，宣布结果")
    expect(chair.locator("#item-1")).to_contain_text("通过。赞成21，反对19，弃权0")
    expect(hall.locator("#hall")).to_contain_text("通过")

    chair.locator("section", has=chair.locator("#end")).locator("a.govuk-button").first.click()
    assert [chair.input_value(f"[name='count.{name}']") for name in ("eligible", "present", "yes")] == [
        "60",
        "40",
        "21",
    ]
    assert "出席：代表40人" in chair.input_value("[name='doc.minutes']")
    chair.get_by_role("button", name="核对").click()
    chair.wait_for_url(re.compile(r"/check$"))
    chair.locator("main form button[type=submit]").first.click()
    chair.wait_for_load_state()
    meeting.refresh_from_db()
    assert (meeting.status, meeting.outcome, len(meeting.seal)) == ("held", "passed", 64)
    phone.goto(f"/meetings/{meeting.pk}")
    expect(phone.locator("main")).to_contain_text("会议记录已封存")


def vote_the_rest(assembly: Assembly, meeting: Meeting) -> None:
    """39 more say aloud what the desk enters: 20 for, 19 against."""
    for number in range(2, 41):
        choice = "yes" if number <= 21 else "no"
        rooms.vote_for(meeting, assembly.who["director"], 1, number, choice, MEETS)
