"""The pages of a review day: seal, list, present, ask, make the paper, score on a screen and on paper, decide, publish."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from gongzhi.desk import ballots_lead as lead
from gongzhi.records.ballots.models import Ballot
from gongzhi.records.matters.models import Matter
from gongzhi.records.projects import actions
from gongzhi.web import clock
from tests.desk.test_reviewing import day_of
from tests.support.community import MONDAY, found_community
from tests.support.visitors import visitor
from tests.support.voting import Polls, set_up_polls, voters
from tests.web.bench import text_of

LATER = MONDAY + timedelta(hours=1)
EVENING = MONDAY + timedelta(hours=10)
DAY = {"day": "2026-03-16", "time": "17:00"}


@pytest.fixture
def polls(db: None, settings: object, tmp_path: Path) -> Polls:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    settings.GONGZHI_STORY_CLOCK = True  # type: ignore[attr-defined]
    made = set_up_polls(found_community())
    clock.set_story_time(LATER)
    return made


def do(client: Client, matter: Matter, what: str, **typed: object) -> HttpResponse:
    return client.post(reverse("work_review_day", args=[matter.number]), {"do": what, **typed})


def test_a_review_day_goes_through_its_pages(polls: Polls) -> None:
    matter = day_of(polls, 1).matter
    client, second = visitor(polls.director, strong=True), visitor(polls.member, strong=True)
    hall = reverse("review_hall", args=[matter.number])
    assert matter.number in text_of(client.get(reverse("work_review_days")))
    assert "权重已封存" in text_of(client.get(reverse("work_review_day", args=[matter.number])))
    assert do(client, matter, "add", title="二号项目", asked="9000", vulnerable="1").status_code == 302
    early = do(client, matter, "answered", number="1")
    assert early.status_code == 422 and "至少提一个问题" in text_of(early)
    for number in ("1", "2"):
        do(client, matter, "start", number=number)
        assert "还有8分0秒" in text_of(client.get(hall))
        do(client, matter, "presented", number=number)
        lost = do(client, matter, "ask", number=number, by="resident", text="谁来管？", answer="")
        assert lost.status_code == 422 and "谁来管？" in lost.content.decode()
        do(client, matter, "ask", number=number, by="resident", text="谁来管？", answer="居民值日。")
        assert do(client, matter, "answered", number=number).status_code == 302
    assert "都介绍了" in text_of(client.get(hall))
    visit = Matter.objects.get(pk=matter.pk).visit
    polls.community.do(matter, "director", "done", LATER, visit=visit, outcome="heard")
    ballot = Ballot.objects.get(matter=matter)
    lead.add_to_roll(ballot.roll, voters(3), polls.director, LATER)
    lead.freeze(ballot.roll, polls.director, LATER)
    assert do(client, matter, "paper", day="", time="").status_code == 422
    assert do(client, matter, "paper", **DAY).status_code == 302
    assert client.post(reverse("ballot_open", args=[ballot.pk])).status_code == 302
    cells = [item["key"] for item in polls.fresh(ballot).items]
    assert len(cells) == 6

    voter, page = visitor(polls.voter(1)), reverse("vote", args=[ballot.pk])
    asked = text_of(voter.get(page))
    assert "第2个，共2个" in asked and "二号项目" in asked and "可持续性" in asked
    given = dict(zip(cells, "555111", strict=True))
    missing = voter.post(reverse("vote_check", args=[ballot.pk]), {**given, cells[4]: ""})
    assert missing.status_code == 422 and "请给“" in text_of(missing)
    checked = text_of(voter.post(reverse("vote_check", args=[ballot.pk]), given))
    assert "投出后不能改" in checked and checked.count("公益性 5") == 1
    assert voter.post(reverse("vote_cast", args=[ballot.pk]), given).status_code == 302
    papers = reverse("ballot_papers", args=[ballot.pk])
    assert "项目之间空一格" in text_of(client.get(papers))
    assert client.post(papers, {"hand_in": "1", "numbers": "2"}).status_code == 302
    assert client.post(papers, {"lines": "1 44- 222"}).status_code == 302
    assert second.post(papers, {"lines": "1 444 222"}).status_code == 302
    differs = text_of(client.get(papers))
    assert "可持续性 废票" in differs and "可持续性 4" in differs and "公益性 4" not in differs
    assert client.post(papers, {"lines": "1 444 222"}).status_code == 302
    shown = text_of(client.get(hall))
    assert "已收2份打分" in shown and "名次截止后显示" in shown
    board = reverse("board_review_day", args=[matter.number])
    assert "计票以后公布" in text_of(visitor().get(board))

    clock.set_story_time(EVENING)
    polls.close(polls.fresh(ballot), EVENING)
    assert do(client, matter, "decide", number="1", outcome="not_funded", granted="0").status_code == 302
    assert do(client, matter, "decide", number="2", outcome="funded", granted="9000").status_code == 302
    assert "要写公开理由" in text_of(client.get(reverse("work_review_day", args=[matter.number])))
    both = {"outcome-1": "not_funded", "granted-1": "0", "reason-1": "街道已经安排。", "outcome-2": "funded",
            "reason-2": "照顾困难家庭。"}  # fmt: skip
    lost = do(client, matter, "decide_all", **both, **{"granted-2": "9001"})
    assert lost.status_code == 422 and "“二号项目”：" in text_of(lost) and "照顾困难家庭。" in lost.content.decode()
    assert do(client, matter, "decide_all", **both, **{"granted-2": "9000"}).status_code == 302
    told = text_of(visitor().get(board))
    assert "9.00" in told and "街道已经安排" in told and "其中9000元" in told
    assert "二号项目" in text_of(client.get(hall)) and "二号项目" in text_of(
        client.get(reverse("work_ballot", args=[ballot.pk]))
    )
    assert "9.00" in text_of(client.get(hall, headers={"accept-language": "en"}))
    sheet = load_workbook(BytesIO(client.get(reverse("ranking_file", args=[matter.number])).content)).active
    assert [row[5 + 1] for row in sheet.iter_rows(values_only=True)][1:] == [9, 3]


def test_projects_on_the_board_cost_the_same_queries_however_many(polls: Polls) -> None:
    def file(n: int) -> Matter:
        matter = polls.begin("money").matter
        actions.add_milestone(matter, f"第{n}步", MONDAY.date(), MONDAY.date() + timedelta(days=n))
        return matter

    first, guest = file(1), visitor()
    page = reverse("board_projects")
    guest.get(page)
    with CaptureQueriesContext(
        connection,
    ) as few:
        guest.get(page)
    for n in range(2, 9):
        file(n)
    with CaptureQueriesContext(connection) as many:
        assert "共1步" in text_of(guest.get(page))
    assert len(many) == len(few)
    actions.add_card(first, actions.NewCard("carrying_out", MONDAY.date(), 12, "布置"), MONDAY)
    one = text_of(guest.get(reverse("board_project", args=[first.number])))
    assert "第1步" in one and "参加12人" in one
    assert guest.get(reverse("board_project", args=["none"])).status_code == 404
