"""The bike shed through pages only: from a resident's phone to the closed matter, each person in their own browser.

Every page on the way is sound: axe finds nothing, nothing sticks out, nothing is said on the console.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.desk.setup import Demo, set_up_demo
from gongzhi.records.matters.models import Matter
from gongzhi.web import clock
from tests.support.browser import sound
from tests.support.forgery import let_flush_pass
from tests.support.residents import last_code, photo
from tests.web.browser.hands import choose, fill, open_matter, tick

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
ESTATE = "320106005001-4"
BIG = "main form button.govuk-button--big"
SHED = "小区改造拆了自行车棚，车没处放，丢了不少。请把车棚建回来。"


def at(month: int, day: int, hour: int, minute: int = 0) -> None:
    """Moves the clock of all pages; the days of 2008, in a year whose holidays are known."""
    clock.set_story_time(datetime(2026, month, day, hour, minute, tzinfo=CHINA))


class People:
    """One browser for each person, signed in through the pages."""

    def __init__(self, chromium: Browser, address: str, demo: Demo) -> None:
        self.chromium, self.address, self.demo = chromium, address, demo
        self.pages: dict[str, Page] = {}
        self.contexts: list[BrowserContext] = []
        self.said: list[str] = []

    def open(self, who: str, size: dict[str, int]) -> Page:
        context = self.chromium.new_context(viewport=size, base_url=self.address)  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda one: self.said.append(f"{page.url}: {one.text}") if one.type == "error" else None)
        page.on("pageerror", lambda fault: self.said.append(f"{page.url}: {fault}"))
        self.pages[who] = page
        return page

    def staff(self, login: str) -> Page:
        """The browser of a member of staff; signed in with password and generated code the first time."""
        if login in self.pages:
            return self.pages[login]
        page = self.open(login, DESK)
        page.goto("/login/staff?next=/work")
        page.fill("#login", login)
        page.fill("#password", self.demo.password)
        page.click(BIG)
        shown = re.search(r"\d{6}", page.inner_text("main .card"))
        assert shown is not None
        page.fill("#code", shown.group(0))
        page.click(BIG)
        page.wait_for_url(re.compile(r"/work$"))
        return sound(page)


@pytest.fixture
def people(chromium: Browser, live_server: object, tmp_path: Path, settings: Settings) -> Iterator[People]:
    let_flush_pass()
    settings.GONGZHI_HOME = tmp_path
    settings.GONGZHI_STORY_CLOCK = True
    at(3, 16, 8, 30)
    made = People(chromium, live_server.url, _demo(tmp_path))  # type: ignore[attr-defined]
    yield made
    for context in made.contexts:
        context.close()
    assert [text for text in made.said if "status of 422" not in text] == []


def _demo(home: Path) -> Demo:
    return set_up_demo(home, Path(django_settings.GONGZHI_CHARTERS))


def stands_at(matter: Matter, step: str) -> None:
    assert Matter.objects.get(pk=matter.pk).step == step


def filed_by_phone(people: People, picture: Path) -> Matter:
    """The resident says it at 390 px: what, where, for twenty, the code, the check page, the receipt."""
    page = people.open("resident", PHONE)
    page.goto("/?community=fuqu")
    sound(page).click("main a.govuk-button--big")
    sound(page).fill("#what", SHED)
    page.set_input_files("#photos", str(picture))
    page.click(BIG)
    sound(page).select_option("#place", ESTATE)
    page.fill("#spot", "4号院大门东侧")
    page.click(BIG)
    sound(page).fill("#contact", "chen@example.org")
    page.fill("#headcount", "20")
    tick(page, "seen_by", "course")
    page.click(BIG)
    sound(page).fill("#code", last_code())
    page.click(BIG)
    sound(page).click(BIG)
    page.wait_for_url(re.compile(r"/receipt$"))
    matter = Matter.objects.get()
    expect(sound(page).locator(".receipt__number")).to_have_text(matter.number)
    assert (matter.category, matter.headcount, matter.step) == ("shared_facility", 20, "intake")
    return matter


def test_from_the_phone_to_the_closed_matter(people: People, tmp_path: Path) -> None:
    picture = tmp_path / "车棚.jpg"
    picture.write_bytes(photo())
    matter = filed_by_phone(people, picture)
    community_decides(people, matter)
    three_sign(people, matter)
    offices_build(people, matter)
    resident_confirms(people, matter)


def community_decides(people: People, matter: Matter) -> None:
    """Registered, the branch meets, sixteen members meet, a notice hangs, five kinds of people sit together."""
    at(3, 16, 9)
    director, secretary, council = people.staff("director"), people.staff("secretary"), people.staff("council")
    choose(open_matter(director, matter), "已登记", lambda page: fill(page, doc__receipt="已登记，由居委会负责答复。"))
    at(3, 16, 15)
    page = open_matter(secretary, matter)
    page.get_by_role("button", name="去会场").click()
    sound(page).get_by_role("button", name="召开党员议事会").click()
    sound(page)
    fill(page, doc__minutes="当日开会，决定请党员议事会商量。\n出席：委员5人\n请假：无\n列席：无")
    page.get_by_role("button", name="核对").click()
    sound(page).get_by_role("button", name="提交：召开党员议事会").click()
    stands_at(matter, "party_council")
    at(3, 18, 14, 30)

    def sixteen(page: Page) -> None:
        tick(page, "state", "done")

    choose(open_matter(council, matter), "社区党员议事会到会", sixteen, checked=False)
    at(3, 18, 17)

    def minutes(page: Page) -> None:
        fill(page, doc__minutes="16名党员商定先公示。\n出席：党员16人\n请假：无\n列席：无")
        page.get_by_text("决议1").click()
        fill(page, resolution__1__text="公示后召集议事园会议", resolution__1__due="2026-03-19")
        page.select_option("[name='resolution.1.owner']", "residents_committee")

    choose(open_matter(secretary, matter), "决定公示并请居委会主任召集议事园", minutes)
    at(3, 18, 18)
    choose(
        open_matter(director, matter),
        "已公示",
        lambda page: fill(page, doc__notice_text="就重建车棚一事，3月19日下午召开议事园会议，请居民参加。"),
    )
    stands_at(matter, "council")
    council_meets(people, matter)


def council_meets(people: People, matter: Matter) -> None:
    """Invited, signed in from the list, a resident by code on the phone, concluded with what they think of it."""
    director = people.staff("director")
    page = open_matter(director, matter)
    page.get_by_role("button", name="去会场").click()
    sound(page)
    fill(page, day="2026-03-19", time="16:00", where="社区二楼会议室", agenda="车棚选址\n谁出钱")
    page.get_by_role("button", name="发通知").click()
    expect(page.locator(".banner--success")).to_contain_text("通知发出了")
    at(3, 19, 15, 50)
    shown = page.locator(".receipt__words p").first.text_content() or ""
    phone = people.pages["resident"]
    phone.goto(page.url.partition("?")[0].replace("/work", "") + "/sign-in")
    sound(phone).fill("#code", shown[-6:])
    phone.click(BIG)
    expect(phone.locator("main")).to_contain_text("签到好了")
    sound(phone)
    at(3, 19, 16)
    page.reload()
    for part in ("residents", "party_branch.secretary", "service_station.head", "urban_section.chief"):
        tick(page, f"state.attend.{part}", "done")
    fill(page, **{"count__attend__residents": "20"})
    page.get_by_role("button", name="记下到会").click()
    expect(page.locator(".banner--success")).to_contain_text("到会记下了")
    hall = sound(page).url.split("?")[0] + "/hall"
    page.goto(hall)
    expect(page.locator("main")).to_contain_text("到会23")
    sound(page)
    at(3, 19, 18)

    def thought(page: Page) -> None:
        fill(
            page,
            doc__minutes="五种人到会。\n出席：23人\n请假：无\n列席：无",
            doc__proposed_solution="在原处重建两座车棚。",
        )
        for name in ("needs_planning", "needs_funds", "outside_remit"):
            tick(page, f"field.{name}", "yes")

    choose(open_matter(director, matter), "形成初步解决设想", thought)
    stands_at(matter, "submit")


def three_sign(people: People, matter: Matter) -> None:
    """Three organs sign, each for itself; only then it can be handed up."""
    at(3, 20, 9)
    station = people.staff("station")
    expect(open_matter(station, matter).locator("main")).to_contain_text("未签齐")
    for login, label in (
        ("secretary", "社区党总支签字"),
        ("director", "社区居委会签字"),
        ("station", "社区公共服务站签字"),
    ):
        choose(open_matter(people.staff(login), matter), label, lambda page: tick(page, "state", "done"))
    choose(
        open_matter(station, matter),
        "已上报街道",
        lambda page: fill(page, doc__submission="三方会签的协商结果和方案。"),
    )
    stands_at(matter, "on_site")


def offices_build(people: People, matter: Matter) -> None:
    """The deputy comes on site, the bureau accepts and builds, another clerk inspects with residents."""
    at(3, 22, 14, 30)
    deputy, bureau, clerk = people.staff("deputy"), people.staff("bureau"), people.staff("clerk2")
    for label in ("社区公共服务站站长到会", "街道城管科科长到会"):
        choose(open_matter(deputy, matter), label, lambda page: tick(page, "state", "done"), checked=False)
    choose(
        open_matter(deputy, matter), "决定建设", lambda page: fill(page, doc__steps_to_take="选址、报建、施工、验收。")
    )
    at(3, 23, 10)
    choose(open_matter(bureau, matter), "签收", checked=False)
    at(8, 17, 10)
    choose(open_matter(bureau, matter), "已建成", lambda page: None)
    stands_at(matter, "inspect")
    at(8, 18, 10)

    def two(page: Page) -> None:
        tick(page, "state", "done")
        fill(page, count="2")

    choose(open_matter(clerk, matter), "居民配合", two, checked=False)
    choose(open_matter(clerk, matter), "合格", lambda page: fill(page, doc__evidence="完工照片和验收记录。"))
    stands_at(matter, "confirm")


def resident_confirms(people: People, matter: Matter) -> None:
    """The committee tells the resident, who says on the phone that it is solved."""
    at(8, 18, 11)
    choose(open_matter(people.staff("director"), matter), "已告知反映人", lambda page: tick(page, "channel", "phone"))
    at(8, 20, 10)
    phone = people.pages["resident"]
    phone.goto(f"/my/{matter.number}")
    sound(phone).locator(".equal button").first.click()
    expect(phone.locator(".banner--success")).to_be_visible()
    sound(phone)
    closed = Matter.objects.get(pk=matter.pk)
    assert (closed.status, closed.end) == ("closed", "settled")
    assert (closed.closed_at - closed.filed_at).days == 157  # type: ignore[operator]
    page = people.staff("director")
    page.goto(f"/work/matters/{matter.number}")
    expect(sound(page).locator("main")).to_contain_text("已解决，居民满意")
    page.goto("/work/matters?status=closed")
    expect(sound(page).locator("main")).to_contain_text(matter.number)
