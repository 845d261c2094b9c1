"""A review day in real browsers: 23 communities, 120 voters on phones and paper, a ranking anybody works out by hand."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings

from gongzhi.desk import ballots_cast as casting
from gongzhi.desk import ballots_lead as lead
from gongzhi.desk import reviewing as review
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.people.models import Person
from gongzhi.records.projects.models import ReviewDay
from gongzhi.web import clock
from tests.desk.test_reviewing import SCRIPT
from tests.support.browser import axe_findings, sticks_out
from tests.support.forgery import let_flush_pass
from tests.support.review_day import CLOSES, CRITERIA, MANY, MORNING, Street, found_street, points, scorer, scorers
from tests.support.visitors import visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SCREENS, PAPERS = range(1, 81), range(81, 117)  # four of 120 stay away
VOTING = MORNING + timedelta(hours=4)
Opener = Callable[[Person, int], Page]


@pytest.fixture
def street(transactional_db: None, settings: Settings, tmp_path: Path) -> Street:
    let_flush_pass()
    settings.GONGZHI_HOME = tmp_path
    settings.GONGZHI_STORY_CLOCK = True
    clock.set_story_time(MORNING)
    return found_street()


@pytest.fixture
def opener(chromium: Browser, live_server: object) -> Iterator[Opener]:
    """A page signed in as somebody, so wide."""
    contexts = []

    def open_page(person: Person, width: int) -> Page:
        size = {"width": width, "height": 900}
        context = chromium.new_context(viewport=size, base_url=str(live_server), bypass_csp=True)  # type: ignore[arg-type]
        contexts.append(context)
        cookie = visitor(person).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": str(live_server)}])
        page = context.new_page()
        page.set_default_timeout(12_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


def sound(page: Page) -> Page:
    assert axe_findings(page) == [] and sticks_out(page) == [], page.url
    return page


def press(page: Page, button: str, **typed: str) -> None:
    """Fill in the first form with this button and send it."""
    form = page.locator("form", has=page.get_by_role("button", name=button, exact=True)).first
    for name, value in typed.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def test_a_review_day_is_played_and_ranked_by_hand(street: Street, opener: Opener, tmp_path: Path) -> None:
    desk, hall = opener(street.who["coordinator"], 1280), opener(street.who["coordinator"], 1280)
    day = projects_are_heard(street, desk, hall)
    ballot = voting_is_opened(street, desk, opener)
    phones_vote(street, ballot, opener)
    papers_are_read(ballot, desk, opener(street.who["second"], 1280))
    hall.reload()
    expect(hall.locator("#hall")).to_contain_text("116 / 120")
    expect(hall.locator("#hall")).to_contain_text("名次截止后显示")
    assert hall.locator("#hall table").count() == 0
    clock.set_story_time(CLOSES)
    desk.goto(f"/work/ballots/{ballot.pk}")
    desk.get_by_role("button", name="计票，结束这一步").click()
    sound(desk).get_by_role("button", name="核对").click()
    desk.locator("main form button[type=submit]").first.click()
    expect(desk.locator(".banner--success")).to_be_visible()
    ranked_by_hand(street, ballot, desk, hall, tmp_path)
    decided_with_reasons(street, day, opener)


def projects_are_heard(street: Street, desk: Page, hall: Page) -> ReviewDay:
    """Weights sealed before anything is listed; the first project through the pages, the others through the desk."""
    address = f"/work/review-days/{street.matter.number}"
    desk.goto(address)
    press(sound(desk), "封存权重，开始准备")
    expect(desk.locator("main")).to_contain_text("权重已封存：公益性 40，可行性 30，可持续性 30")
    press(desk, "列入", title="1号项目", place=street.communities[0].code, asked="1000")
    day = ReviewDay.objects.get(matter=street.matter)
    street.list_projects(day, 2)
    desk.reload()
    press(desk, "开始介绍")
    clock.set_story_time(MORNING + timedelta(minutes=3))
    hall.goto(f"{address}/hall")
    expect(hall.locator("#hall")).to_contain_text("介绍：还有5分0秒")
    press(desk, "介绍完，开始提问")
    press(desk, "记下问题和答复", by="expert", text="多少人？", answer="三十人。")
    expect(hall.locator("#hall")).to_contain_text("提问：已问1个")  # by itself
    press(desk, "提问结束")
    expect(sound(desk).locator("main")).to_contain_text("介绍、答复完了")
    street.hear(day, MORNING + timedelta(hours=3))
    hall.reload()
    expect(hall.locator("#hall")).to_contain_text("都介绍了")
    street.end_hearing(MORNING + timedelta(hours=3))
    return day


def voting_is_opened(street: Street, desk: Page, opener: Opener) -> Ballot:
    """The roll is fixed, the paper made, voting begun; whoever still has an older page open changes nothing."""
    clock.set_story_time(VOTING)
    ballot = Ballot.objects.select_related("matter", "roll").get(matter=street.matter)
    coordinator = street.who["coordinator"]
    lead.add_to_roll(ballot.roll, scorers(), coordinator, VOTING)
    lead.freeze(ballot.roll, coordinator, VOTING)
    late = opener(street.who["second"], 1280)
    other = late.context.new_page()
    for page in (late, other):
        page.goto(f"/work/review-days/{street.matter.number}")
    desk.goto(f"/work/review-days/{street.matter.number}")
    press(desk, "按项目做票", day="2026-04-17", time="17:00")
    desk.goto(f"/work/ballots/{ballot.pk}")
    press(sound(desk), "开始投票")
    expect(desk.locator(".banner--success")).to_contain_text("投票开始了")
    casting.cast(fresh(ballot), scorer(1, street.place), points(1), VOTING)
    press(late, "按项目做票", day="2026-04-17", time="18:00")
    expect(late.locator(".govuk-error-summary")).to_contain_text("投票已经开始或结束")
    other.get_by_text("列入一个项目").click()
    press(other, "列入", title="迟到的项目", place=street.communities[0].code, asked="1")
    expect(other.locator(".govuk-error-summary")).to_contain_text("打分已经开始")
    assert len(fresh(ballot).items) == MANY * CRITERIA
    return fresh(ballot)


def fresh(ballot: Ballot) -> Ballot:
    return Ballot.objects.select_related("matter", "roll").get(pk=ballot.pk)


def phones_vote(street: Street, ballot: Ballot, opener: Opener) -> None:
    """Three on phones, one project on each screen; the others through the desk."""
    for n in (2, 3, 4):
        phone = opener(scorer(n, street.place), 390)
        phone.goto(f"/vote/{ballot.pk}")
        expect(phone.locator("[data-step]:visible")).to_have_count(1)
        if n == 2:
            sound(phone)
            phone.get_by_role("button", name="下一个项目").click()
            expect(phone.locator("[data-step]:visible")).to_contain_text("第2个，共23个")
        fill_in(phone, points(n), left_out=40 if n == 2 else -1)
        phone.locator("form[action$='/check']").evaluate("form => form.requestSubmit()")
        if n == 2:
            expect(phone.locator(".govuk-error-summary")).to_contain_text("14号项目：可行性")
            expect(phone.locator("[data-step]:visible")).to_contain_text("第14个，共23个")
            fill_in(sound(phone), points(n))
            phone.locator("form[action$='/check']").evaluate("form => form.requestSubmit()")
        expect(phone.locator("h1")).to_have_text("核对一下")
        (sound(phone) if n == 2 else phone).get_by_role("button", name="投出这一票").click()
        expect(phone.get_by_text("收到了您的一票")).to_be_visible()
    for n in SCREENS[4:]:
        casting.cast(ballot, scorer(n, street.place), points(n), VOTING)


def fill_in(page: Page, marks: list[str], left_out: int = -1) -> None:
    """Choose the points of every cell but one."""
    page.evaluate(
        """([marks, out]) => [...document.querySelectorAll("[data-step] fieldset")].forEach((field, n) => {
            if (n !== out) field.querySelector(`input[value="${marks[n]}"]`).checked = true; })""",
        [marks, left_out],
    )


def papers_are_read(ballot: Ballot, desk: Page, second: Page) -> None:
    """Thirty-six papers, read by two; one is read differently and put right."""
    desk.goto(f"/vote/{ballot.pk}/paper")
    expect(sound(desk).locator("table.scoring tbody tr")).to_have_count(MANY)
    address = f"/work/ballots/{ballot.pk}/papers"
    desk.goto(address)
    press(sound(desk), "记下收到", numbers="81-116")
    lines = [line_of(n) for n in PAPERS]
    press(desk, "录好", lines="\n".join(lines))
    second.goto(address)
    first = lines[0][:-1] + str((int(lines[0][-1]) + 1) % 6)
    press(second, "录好", lines="\n".join([first, *lines[1:]]))
    expect(sound(second).locator("#differ ~ table")).to_contain_text("23号项目：可持续性")
    press(second, "录好", lines=lines[0])
    expect(second.locator("main")).to_contain_text("两人录得一样36张")


def line_of(n: int) -> str:
    marks = points(n)
    return " ".join([str(n), *("".join(marks[at : at + CRITERIA]) for at in range(0, len(marks), CRITERIA))])


def by_hand() -> list[tuple[int, int]]:
    """Project and sum in hundredths, from what every voter gave, without the program; ties by the first, then the last."""
    weights, found = (40, 30, 30), []
    for n in range(MANY):
        voters = [points(voter)[CRITERIA * n : CRITERIA * (n + 1)] for voter in (*SCREENS, *PAPERS)]
        cells = [sum(int(one[at]) for one in voters) for at in range(CRITERIA)]
        total = sum(weight * cell for weight, cell in zip(weights, cells, strict=True))
        found.append((-total, -cells[0], -cells[2], n + 1))
    return [(n, -total) for total, _first, _last, n in sorted(found)]


def ranked_by_hand(street: Street, ballot: Ballot, desk: Page, hall: Page, tmp_path: Path) -> None:
    """The same order in the hall, in the workbook, and out of the published count by the script of the docs."""
    expected = by_hand()
    hall.reload()
    rows = sound(hall).locator("#hall tbody tr")
    expect(rows).to_have_count(MANY)
    shown = [re.search(r"(\d+)号项目", text) for text in rows.locator("th").all_inner_texts()]
    assert [int(one[1]) for one in shown if one] == [n for n, _sum in expected]
    file = tmp_path / "count.json"
    file.write_bytes(desk.request.get(f"/board/ballots/{ballot.pk}/count.json").body())
    script = re.search(r"```python\n(.*?)```", SCRIPT.read_text("utf-8"), re.DOTALL)
    assert script
    said = subprocess.run([sys.executable, "-", str(file)], input=script[1], capture_output=True, text=True, check=True)
    assert [(int(key[1:]), int(total)) for _n, key, total in map(str.split, said.stdout.splitlines())] == expected
    assert json.loads(file.read_text())["roll"]["entries"] == 120
    sheet = load_workbook(
        BytesIO(desk.request.get(f"/work/review-days/{street.matter.number}/ranking.xlsx").body())
    ).active
    sums = [row[6] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [round(100 * one) for one in sums] == [total for _n, total in expected]


def decided_with_reasons(street: Street, day: ReviewDay, opener: Opener) -> None:
    """The steering group funds the first six and, with a reason, the last: twelve thousand for people in difficulty."""
    day = ReviewDay.objects.get(pk=day.pk)  # its matter stands at another step now
    page = opener(street.who["steering"], 1280)
    page.goto(f"/work/review-days/{street.matter.number}")
    order = [n for n, _sum in by_hand()]
    for place, n in enumerate(order[:-1], 1):
        entry = day.entries.get(number=n)
        outcome, granted = ("funded", entry.asked) if place < 7 else ("not_funded", 0)
        review.decide(entry, outcome, granted, "", street.who["steering"], CLOSES)
    page.reload()
    page.locator(f"[name=outcome-{order[-1]}]").select_option("funded")
    page.get_by_role("button", name="存好").click()
    expect(page.get_by_text("和名次不同，要写公开理由")).to_have_count(2)  # the last, and the seventh that it displaces
    page.locator(f"[name=reason-{order[-1]}]").fill("孩子最多的社区。")
    page.locator(f"[name=reason-{order[6]}]").fill("街道已经另外安排。")
    page.get_by_role("button", name="存好").click()
    expect(sound(page).locator("main")).not_to_contain_text("要写公开理由")
    paper = page.request.get(f"/work/matters/{street.matter.number}/forms/ranking_sheet")
    assert f"第1名　{street.communities[order[0] - 1].name}：{order[0]}号项目" in paper.text()
    assert f"{order[-1]}号项目：孩子最多的社区。" in paper.text()
    page.goto(f"/board/review-days/{street.matter.number}")
    expect(sound(page).locator("main")).to_contain_text("孩子最多的社区。")
