"""Ballots at their pages: from the file of the roll to the published count, in both languages, with every refusal."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from gongzhi.desk import ballots_cast as casting
from gongzhi.records.ballots.models import Ballot, Mark
from gongzhi.web import clock
from gongzhi.web.workbench.ballot_papers import numbers_of
from tests.support.community import MONDAY, found_community
from tests.support.residents import key_in, named
from tests.support.visitors import visitor
from tests.support.voting import CLOSES, Polls, contact, set_up_polls, voters
from tests.web.bench import text_of

LATER = MONDAY + timedelta(hours=1)
HEAD = ["姓名", "房号", "类别", "面积", "手机或邮箱", "候选人"]


@pytest.fixture
def polls(db: None, settings: object, tmp_path: Path) -> Polls:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    settings.GONGZHI_STORY_CLOCK = True  # type: ignore[attr-defined]
    made = set_up_polls(found_community())
    clock.set_story_time(LATER)
    return made


def staff(polls: Polls) -> Client:
    return visitor(polls.director, strong=True)


def post(client: Client, name: str, *args: object, **typed: object) -> HttpResponse:
    return client.post(reverse(name, args=args), typed)


def workbook(*rows: list[object]) -> io.BytesIO:
    book = Workbook()
    for row in (HEAD, *rows):
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return named("roll.xlsx", out.getvalue())


def test_a_ballot_goes_from_a_file_to_a_published_count(polls: Polls) -> None:
    ballot, client = polls.begin(), staff(polls)
    assert "居民表决" in text_of(client.get(reverse("work_ballots")))
    assert "名册是空的" in text_of(client.get(reverse("ballot_roll", args=[ballot.pk])))
    rows = [[f"住户{n}", f"{n}室", "", "", contact(n), ""] for n in range(1, 6)]
    assert post(client, "ballot_roll_import", ballot.pk, file=workbook(*rows)).status_code == 302
    assert "共5行" in text_of(client.get(reverse("ballot_roll", args=[ballot.pk])))
    assert "共1行" in text_of(client.get(reverse("ballot_roll", args=[ballot.pk]), {"q": "3室"}))
    assert post(client, "ballot_roll_freeze", ballot.pk).status_code == 302
    day = {"day": "2026-03-26", "time": "18:00"}
    assert post(client, "ballot_terms", ballot.pk, items="", about="", **day).status_code == 422
    assert post(client, "ballot_terms", ballot.pk, items="同意楼道公约吗", about="见草案", **day).status_code == 302
    room = client.get(reverse("work_ballot", args=[ballot.pk]))
    assert "要通过：参加的人数过半数" in text_of(room) and "城市居民委员会组织法第27条" in text_of(room)
    assert post(client, "ballot_open", ballot.pk, idempotency_key="open-it").status_code == 302
    voter = visitor(polls.voter(1))
    assert "同意楼道公约吗" in text_of(voter.get(reverse("vote", args=[ballot.pk])))
    assert "居民表决" in text_of(voter.get(reverse("votes")))
    check = post(voter, "vote_check", ballot.pk, i1="yes")
    assert "赞成" in text_of(check) and "投出后不能改" in text_of(check) and not Mark.objects.exists()
    receipt = voter.post(reverse("vote_cast", args=[ballot.pk]), {"i1": "yes"}, follow=True)
    assert "收到了您的一票" in text_of(receipt) and "no-store" in receipt["Cache-Control"]
    assert "赞成" not in text_of(receipt)
    assert "您投过了" in text_of(voter.get(reverse("vote", args=[ballot.pk])))
    again = post(voter, "vote_cast", ballot.pk, i1="no")
    assert again.status_code == 409 and "3月16日" in text_of(again) and "网上投过了" in text_of(again)
    for n in (2, 3):
        casting.cast(Ballot.objects.get(), polls.voter(n), ["yes"], LATER)
    open_page = text_of(client.get(reverse("work_ballot", args=[ballot.pk])))
    assert "3/5" in open_page and "赞成 3" not in open_page
    clock.set_story_time(CLOSES + timedelta(hours=12))
    assert "已截止" in text_of(voter.get(reverse("vote", args=[ballot.pk])))
    form = client.get(reverse("work_act", args=[ballot.matter.number, "done", "-"]))
    assert form.status_code == 200 and "count.yes" not in form.content.decode()
    at = [ballot.matter.number, "done", "-"]
    sent = client.post(reverse("work_act", args=at), {"idempotency_key": key_in(form), "visit": ballot.visit})
    assert sent.status_code == 302, text_of(sent)
    check = client.get(reverse("work_check", args=at))
    answer = client.post(reverse("work_check", args=at), {"idempotency_key": key_in(check), "visit": ballot.visit})
    assert polls.fresh(ballot).outcome == "passed", text_of(answer)
    board = visitor().get(reverse("board_ballot", args=[ballot.pk]), {"recount": "1"})
    assert "结果：通过" in text_of(board) and "与公开记录一致" in text_of(board)
    file = json.loads(visitor().get(reverse("ballot_count_json", args=[ballot.pk])).content)
    assert file["ballots"] == [{"n": 3, "marks": {"i1": "yes"}}]
    assert "3,赞成" in visitor().get(reverse("ballot_count_csv", args=[ballot.pk])).content.decode()
    assert "3" in text_of(client.get(reverse("ballot_hall", args=[ballot.pk])))


def test_a_file_with_errors_names_row_and_cell_and_adds_nothing(polls: Polls) -> None:
    ballot, client = polls.begin("owners"), staff(polls)
    rows = [["甲", "1室", "业主", "约90", "13800000001", ""], ["", "2室", "业主", 80, "", ""],
            ["丙", "3室", "商铺", 80, "1380000", ""], ["丁", "4室", "业主", 89.37, "13800000001", ""],
            ["戊", "5室", "业主", 70.5, "13800000001", ""]]  # fmt: skip
    answer = post(client, "ballot_roll_import", ballot.pk, file=workbook(*rows))
    said = text_of(answer)
    assert answer.status_code == 422 and not ballot.roll.entries.exists()
    for part in (
        "2 “面积”写了“约90”",
        "3 “姓名”是空的",
        "4 “类别”写了“商铺”",
        "4 “手机或邮箱”写了“1380000”",
        "和第2行是同一个人",
    ):
        assert part in said, said
    rows[3][4] = ""
    assert post(client, "ballot_roll_import", ballot.pk, file=workbook(*rows), good_only="yes").status_code == 302
    assert list(ballot.roll.entries.values_list("area", flat=True)) == [8937]
    bad = post(client, "ballot_roll_import", ballot.pk, file=named("x.csv", b"a,b\n1,2\n"))
    assert bad.status_code == 422 and "第一行要是列名" in text_of(bad)
    broken = post(client, "ballot_roll_import", ballot.pk, file=named("x.xlsx", b"PK\x03\x04nonsense"))
    assert broken.status_code == 422 and "打不开" in text_of(broken)


def test_papers_are_handed_in_and_read_by_two(polls: Polls) -> None:
    ballot = polls.opened(voters(6))
    first, second = staff(polls), visitor(polls.member, strong=True)
    assert numbers_of("1-3, 5") == ([1, 2, 3, 5], "") and numbers_of("1-x") == ([], "1-x")
    assert post(first, "ballot_papers", ballot.pk, hand_in="yes", numbers="1-3").status_code == 302
    wrong = post(first, "ballot_papers", ballot.pk, hand_in="yes", numbers="3, 99")
    assert wrong.status_code == 422 and "第3号" in text_of(wrong) and "名册上没有第99号" in text_of(wrong)
    assert post(first, "ballot_papers", ballot.pk, lines="1 赞成 x2\n2 反对").status_code == 302
    bad = post(second, "ballot_papers", ballot.pk, lines="1 赞成 x2\n2 也许")
    assert bad.status_code == 422 and "第2行看不懂" in text_of(bad) and "1 赞成 x2" in bad.content.decode()
    assert post(second, "ballot_papers", ballot.pk, lines="1 1 x2\n2 弃权").status_code == 302
    said = text_of(second.get(reverse("ballot_papers", args=[ballot.pk])))
    assert "两人录得一样2张" in said and "录得不一样的" in said and "反对" in said
    assert "先把纸票核对完" not in text_of(first.get(reverse("work_ballot", args=[ballot.pk])))
    assert "1张还没有两个人录得一样" in text_of(first.get(reverse("work_ballot", args=[ballot.pk])))


def test_proxies_and_helpers_at_the_counter(polls: Polls) -> None:
    ballot, client = polls.prepared(voters(5)), staff(polls)
    assert post(client, "ballot_proxies", ballot.pk, principal="2", holder="1").status_code == 302
    twice = post(client, "ballot_proxies", ballot.pk, principal="2", holder="3")
    assert twice.status_code == 422 and "已经委托了别人" in text_of(twice)
    post(client, "ballot_open", ballot.pk)
    voter = visitor(polls.voter(1))
    page = text_of(voter.get(reverse("vote", args=[ballot.pk])))
    assert "替第2号投" in page
    cast = voter.post(reverse("vote_cast", args=[ballot.pk]), {"c1": "no", "for": "2"}, follow=True)
    assert "收到了您的一票" in text_of(cast)
    missing = post(client, "ballot_help", ballot.pk, number="3", c1="yes", consent="", witness="", means="helper")
    assert missing.status_code == 422 and "见证人" in text_of(missing)
    helped = post(client, "ballot_help", ballot.pk, number="3", c1="yes", consent="当面", witness="王", means="helper")
    assert "第3号的一票收到了" in text_of(helped)


def test_pages_say_what_to_do(polls: Polls) -> None:
    """Not on the roll, not open yet, closed, on paper only by law."""
    ballot = polls.prepared(voters(2))
    stranger = visitor(polls.voter(9))
    assert "您不在这次的名册上" in text_of(stranger.get(reverse("vote", args=[ballot.pk])))
    assert "投票还没有开始" in text_of(visitor(polls.voter(1)).get(reverse("vote", args=[ballot.pk])))
    options = [{"key": "s", "title": "主任", "options": [["a", "甲"], ["b", "乙"]], "most": 1}]
    election = polls.opened(voters(3), "election", options)
    page = text_of(visitor(polls.voter(1)).get(reverse("vote", args=[election.pk])))
    assert "依法用纸票、秘密写票" in page and "投出" not in page
    assert "甲" in text_of(visitor().get(reverse("ballot_paper", args=[election.pk])))
    assert visitor(polls.voter(1)).get(reverse("work_ballot", args=[ballot.pk])).status_code == 403
    assert visitor().get(reverse("votes")).status_code == 302


def test_objections_come_in_from_the_page(polls: Polls) -> None:
    ballot, client = polls.begin(), staff(polls)
    casting_roll = voters(2)
    from gongzhi.desk import ballots_lead as lead

    lead.add_to_roll(ballot.roll, casting_roll, polls.director, LATER)
    assert post(client, "ballot_roll_show", ballot.pk).status_code == 302
    voter = visitor(polls.voter(9))
    assert "名册不对" in text_of(voter.get(reverse("vote", args=[ballot.pk])))
    assert post(voter, "vote_object", ballot.pk, what="没有我").status_code == 302
    assert "没有我" in text_of(client.get(reverse("ballot_roll", args=[ballot.pk])))
    pk = ballot.roll.objections.get().pk
    assert post(client, "ballot_roll_answer", ballot.pk, pk, state="upheld", answer="").status_code == 422
    assert post(client, "ballot_roll_answer", ballot.pk, pk, state="upheld", answer="已补上").status_code == 302


@pytest.mark.parametrize("name", ["ballot_roll", "work_ballots", "board_ballots"])
def test_lists_ask_the_same_number_of_questions_whatever_their_length(polls: Polls, name: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ballot = polls.opened(voters(40))
    client, args = staff(polls), [ballot.pk] if name == "ballot_roll" else []
    client.get(reverse(name, args=args))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name, args=args)).status_code == 200
        counts.append(len(seen))
        other = polls.opened(voters(2))
        assert other.pk
    assert counts[0] == counts[1] <= 40


def test_english_pages_have_no_chinese_of_ours(polls: Polls) -> None:
    ballot = polls.opened(voters(3))
    client = staff(polls)
    client.cookies["lang"] = "en"
    for name in ("work_ballot", "ballot_roll", "ballot_papers", "ballot_proxies", "ballot_help", "ballot_hall"):
        assert client.get(reverse(name, args=[ballot.pk])).status_code == 200
