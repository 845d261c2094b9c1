"""三百户业主的表决，整场演一遍：三百户，按面积和人数，网上、纸票和委托混着来，在真浏览器里，再用别的程序重算。"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page

from gongzhi.config.environment import REPOSITORY
from gongzhi.core.calendar import CHINA
from gongzhi.desk import ballots_cast as casting
from gongzhi.desk.draft import Draft, NewMatter
from gongzhi.desk.setup import set_up
from gongzhi.desk.step import file_matter, settle, take_step
from gongzhi.records.ballots.models import Ballot, Mark
from gongzhi.records.institutions.models import OrganInstance, Place
from gongzhi.records.people.models import Person, SeatTerm
from gongzhi.records.people.signin import new_secret
from gongzhi.web import clock
from tests.support.browser import axe_findings, serve, sticks_out
from tests.support.forgery import let_flush_pass
from tests.support.residents import named
from tests.support.visitors import visitor

HOUSEHOLDS = 300
START = datetime(2026, 3, 2, 9, tzinfo=CHINA)
VOTING = datetime(2026, 3, 20, 9, tzinfo=CHINA)
CLOSES = datetime(2026, 4, 10, 18, tzinfo=CHINA)
SCREEN, PAPER = range(11, 51), range(51, 221)  # lines of the roll; 1 to 5 in the browser, 6 to 10 by proxy


def person(name: str, at: datetime, **more: object) -> Person:
    return Person.objects.create(display_name=name, joined_at=at, purpose="test", legal_basis="test",
                                 collected_from="self", **more)  # type: ignore[arg-type]  # fmt: skip


def roll_csv() -> bytes:
    """Areas differ from flat to flat, in 0.01 m2; two in three can vote on a screen."""
    lines = ["姓名,房号,类别,面积,手机或邮箱,候选人"]
    for n in range(1, HOUSEHOLDS + 1):
        area = f"{60 + n % 80}.{n % 100:02}"
        lines.append(f"业主{n},{1 + n // 30}号楼{n}室,业主,{area},owner{n}@example.org,")
    return "\n".join(lines).encode()


@pytest.fixture
def vote(transactional_db: None, settings: object, tmp_path: Path) -> Iterator[tuple[Ballot, Person, Person]]:
    """The matter at its vote, and two people of the owners' committee."""
    let_flush_pass()
    settings.GONGZHI_HOME, settings.GONGZHI_STORY_CLOCK = tmp_path, True  # type: ignore[attr-defined]
    set_up(Path(django_settings.GONGZHI_CHARTERS) / "huangpu", make_password("not used here"), new_secret())
    organ = OrganInstance.objects.get(organ="owners_committee", charter="huangpu")
    staff = [person(name, START - timedelta(days=30), login=name) for name in ("convener", "second")]
    for one in staff:
        SeatTerm.objects.create(person=one, organ_instance=organ, seat="", start=START - timedelta(days=30))
    place = Place.objects.get(pk=organ.place_id)
    filer = person("发起人", START, mail="owner1@example.org", home=place)
    new = NewMatter(place, "owners_decision", words={"what": "要不要换物业公司"}, public=True)
    matter = file_matter(new, filer, START, None).matter
    for hours, draft in enumerate((
        Draft("done", outcome="registered", fields={"special": False}),
        Draft("done", outcome="called", words={"agenda": "是否更换物业公司"}),
        Draft("serve"),
    ), 1):  # fmt: skip
        take_step(matter.number, draft, staff[0], START + timedelta(hours=hours), None)
    settle(matter.number, VOTING)
    clock.set_story_time(VOTING)
    yield Ballot.objects.get(matter=matter), staff[0], staff[1]


def enter(context: BrowserContext, address: str, who: Person) -> Page:
    """The person's browser, signed in."""
    client = visitor(who, strong=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    return context.new_page()


def vote_on_a_phone(
    chromium: Browser, address: str, owner: Person, pk: int, lines: tuple[int, ...], looked_at: bool
) -> None:
    """In favour: for oneself and for those who gave a written proxy."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = enter(context, address, owner)
    for line in lines:
        page.goto(f"{address}{reverse('vote', args=[pk])}?for={line}")
        page.get_by_role("button", name="赞成").click()
        assert "投出后不能改" in page.inner_text("main")
        page.get_by_role("button", name="投出这一票").click()
        assert "收到了您的一票" in page.inner_text("main")
    assert not looked_at or (axe_findings(page) == [] and sticks_out(page) == [])
    context.close()


def by_the_script(file: Path, where: Path) -> list[str]:
    """The lines of docs/recount.md, run by a Python that knows nothing of us."""
    text = (REPOSITORY / "docs" / "recount.md").read_text("utf-8")
    script = where / "recount.py"
    script.write_text(re.findall(r"```python\n(.*?)```", text, re.S)[0], encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", script, file], capture_output=True, text=True, check=True)
    return done.stdout.split("\n")


def test_three_hundred_households_decide(
    vote: tuple[Ballot, Person, Person], chromium: Browser, tmp_path: Path
) -> None:
    ballot, convener, second = vote
    desk, other = visitor(convener, strong=True), visitor(second, strong=True)
    pk = ballot.pk

    def send(client: object, name: str, **typed: object) -> None:
        answer = client.post(reverse(name, args=[pk]), typed)  # type: ignore[attr-defined]
        assert answer.status_code == 302, answer.content.decode()[:3000]

    send(desk, "ballot_roll_import", file=named("roll.csv", roll_csv()))
    send(desk, "ballot_roll_freeze")
    send(desk, "ballot_terms", items="是否更换物业公司", about="合同到期", day="2026-04-10", time="18:00")
    for principal in (6, 7, 8):
        send(desk, "ballot_proxies", principal=principal, holder=1)
    for principal in (9, 10):
        send(desk, "ballot_proxies", principal=principal, holder=2)
    owners = {n: Person.objects.get(mail_index=ballot.roll.entries.get(number=n).contact_index) if n == 1
              else person(f"业主{n}", START, mail=f"owner{n}@example.org", home=ballot.matter.place)
              for n in (*range(1, 6), *SCREEN)}  # fmt: skip
    with serve() as address:
        context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
        page = enter(context, address, convener)
        page.goto(f"{address}{reverse('work_ballot', args=[pk])}")
        page.get_by_role("button", name="开始投票").click()
        assert "正在投票" in page.inner_text("main") and axe_findings(page) == [] and sticks_out(page) == []
        context.close()
        ballot.refresh_from_db()
        for n in SCREEN:  # two of three agree
            casting.cast(ballot, owners[n], ["yes" if n % 3 else "no"], VOTING)
        for n in range(1, 6):
            vote_on_a_phone(chromium, address, owners[n], pk, {1: (1, 6, 7, 8), 2: (2, 9, 10)}.get(n, (n,)), n == 1)
        send(desk, "ballot_papers", hand_in="yes", numbers=f"{PAPER[0]}-{PAPER[-1]}")
        lines = "\n".join(f"{n} {'赞成' if n % 2 else '反对'}" for n in PAPER)
        send(desk, "ballot_papers", lines=lines)
        send(other, "ballot_papers", lines=lines.replace(f"{PAPER[-1]} 反对", f"{PAPER[-1]} 弃权"))
        send(other, "ballot_papers", lines=f"{PAPER[-1]} 反对")
        assert Mark.objects.filter(ballot=ballot).count() == 10 + len(SCREEN) + len(PAPER)
        clock.set_story_time(CLOSES + timedelta(hours=1))
        at = [ballot.matter.number, "done", "-"]
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        page = enter(context, address, convener)
        page.goto(f"{address}{reverse('work_ballot', args=[pk])}")
        page.get_by_role("button", name="计票，结束这一步").click()
        while reverse("work_act", args=at) in page.url:
            page.locator("main form button[type=submit]").first.click()
        page.goto(f"{address}{reverse('board_ballot', args=[pk])}?recount=1")
        said = page.inner_text("main")
        assert "结果：通过" in said and "与公开记录一致" in said and axe_findings(page) == []
        context.close()
        file = tmp_path / "count.json"
        file.write_bytes(visitor().get(reverse("ballot_count_json", args=[pk])).content)
    data = json.loads(file.read_text("utf-8"))
    counts = data["verdict"][0]["counts"]
    agreed = [*range(1, 11), *(n for n in SCREEN if n % 3), *(n for n in PAPER if n % 2)]
    took_part = [*range(1, 11), *SCREEN, *PAPER]

    def area(n: int) -> int:
        return (60 + n % 80) * 100 + n % 100

    assert (counts["present"], counts["yes"]) == (len(took_part), len(agreed))
    assert counts["area_present"] == sum(map(area, took_part)) and counts["area_yes"] == sum(map(area, agreed))
    assert counts["area_total"] == sum(map(area, range(1, HOUSEHOLDS + 1)))
    assert by_the_script(file, tmp_path)[0] == f"{data['items'][0]['key']} passed"
    program = [sys.executable, "-m", "gongzhi.cli", "recount", str(file), "--json"]
    told = json.loads(subprocess.run(program, capture_output=True, text=True, check=True).stdout)
    assert told["items"][0]["same"] and told["items"][0]["outcome"] == "passed"
    assert not re.search(r"业主\d|owner\d|\d:\d\d", file.read_text("utf-8"))
