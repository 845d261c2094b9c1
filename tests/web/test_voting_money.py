"""Votes over projects and money at their pages: costs, running sum, ranking, points, paper, result and its reasons."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from gongzhi.core.decision.budget import decide, read_pabulib
from gongzhi.core.recount import recount
from gongzhi.desk import ballots_cast as casting
from gongzhi.records.ballots.models import Ballot
from gongzhi.web import clock
from gongzhi.web.sharing import mark_read, shared, terms_of
from tests.desk.test_ballots_money import ITEMS
from tests.support.community import MONDAY, found_community
from tests.support.visitors import visitor
from tests.support.voting import CLOSES, Polls, set_up_polls, voters
from tests.web.bench import text_of

LATER = MONDAY + timedelta(hours=1)
ITEM = ITEMS[0]


@pytest.fixture
def polls(db: None, settings: object, tmp_path: Path) -> Polls:
    settings.GONGZHI_HOME = tmp_path  # type: ignore[attr-defined]
    settings.GONGZHI_STORY_CLOCK = True  # type: ignore[attr-defined]
    made = set_up_polls(found_community())
    clock.set_story_time(LATER)
    return made


def post(client: Client, name: str, *args: object, **typed: object) -> HttpResponse:
    return client.post(reverse(name, args=args), typed)


def counted(polls: Polls, choices: dict[int, str], procedure: str = "money", many: int = 10) -> Ballot:
    ballot = polls.opened(voters(many), procedure, ITEMS)
    for n, choice in choices.items():
        casting.cast(ballot, polls.voter(n), [choice], LATER)
    polls.close(ballot)
    clock.set_story_time(CLOSES)
    return polls.fresh(ballot)


def test_a_leader_writes_projects_with_their_costs(polls: Polls) -> None:
    ballot, client = polls.begin("money"), visitor(polls.director, strong=True)
    typed = {"items": "院子里先做什么", "about": "", "day": "2026-03-26", "time": "18:00", "money": "1,500"}
    for options in ("路灯\n长椅 | 450", "路灯 | 0\n长椅 | 450", "路灯 | 很多\n长椅 | 450"):
        refused = post(client, "ballot_terms", ballot.pk, **typed, options=options)
        assert refused.status_code == 422 and "请至少写两个选项" in text_of(refused)
    without = post(client, "ballot_terms", ballot.pk, **{**typed, "money": ""}, options="路灯 | 3000\n长椅 | 450.50")
    assert without.status_code == 422 and "一共有多少资金" in text_of(without)
    assert post(client, "ballot_terms", ballot.pk, **typed, options="路灯 | 3000\n长椅｜450.5元").status_code == 302
    (item,) = polls.fresh(ballot).items
    assert (item["money"], item["costs"]) == (1500_00, {"c1": 3000_00, "c2": 450_50})
    assert "长椅 | 450.5" in client.get(reverse("work_ballot", args=[ballot.pk])).content.decode()


def test_a_knapsack_on_the_phone(polls: Polls) -> None:
    ballot = polls.opened(voters(3), "money", [{**ITEM, "money": 70_00}])
    voter = visitor(polls.voter(1))
    page = voter.get(reverse("vote", args=[ballot.pk])).content.decode()
    assert 'data-cost="4500"' in page and "资金一共70元" in page and "长椅" in page
    over = post(voter, "vote_check", ballot.pk, i1=["c1", "c2"])
    assert over.status_code == 422 and "选的项目共75元，超过了资金70元" in text_of(over)
    assert 'value="c2" data-cost="4500" checked' in over.content.decode()
    check = post(voter, "vote_check", ballot.pk, i1=["c3", "c1"])
    assert "路灯、花园" in text_of(check)
    assert post(voter, "vote_cast", ballot.pk, i1=["c3", "c1"]).status_code == 302
    paper = text_of(Client().get(reverse("ballot_paper", args=[ballot.pk])))
    assert "合起来不能超过资金" in paper and "45元" in paper


def test_a_ranking_and_points(polls: Polls) -> None:
    ballot, voter = polls.opened(voters(3), "money_rank", ITEMS), visitor(polls.voter(1))
    twice = post(voter, "vote_check", ballot.pk, **{"i1.c1": "1", "i1.c2": "1"})
    assert twice.status_code == 422 and "每个名次只用一次" in text_of(twice)
    check = post(voter, "vote_check", ballot.pk, **{"i1.c1": "2", "i1.c2": "1"})
    assert "1 长椅、2 路灯" in text_of(check) and 'value="c2&gt;c1"' in check.content.decode()
    assert post(voter, "vote_cast", ballot.pk, i1="c2>c1").status_code == 302
    scored, second = polls.opened(voters(3), "money_score", ITEMS), visitor(polls.voter(2))
    assert post(second, "vote_check", scored.pk, **{"i1.c1": "6"}).status_code == 422
    assert "路灯5分、花园1分" in text_of(post(second, "vote_check", scored.pk, **{"i1.c1": "5", "i1.c3": "1"}))
    assert post(second, "vote_cast", scored.pk, i1="c1:5+c3:1").status_code == 302


@pytest.mark.parametrize(("procedure", "marks"), [
    ("money", {1: "c1", 2: "c3", 3: ""}), ("money_rank", {1: "c1>c3", 2: "c3", 3: ""}),
    ("money_score", {1: "c1:5+c3:1", 2: "c3:2", 3: ""}),
])  # fmt: skip
def test_every_form_is_counted_alike_by_anybody(polls: Polls, procedure: str, marks: dict[int, str]) -> None:
    ballot = counted(polls, marks, procedure, many=4)
    ((_key, counts, verdict),) = recount(ballot.file)
    assert (counts, list(verdict.chosen)) == (ballot.result["items"][0]["counts"], ballot.result["items"][0]["chosen"])
    text = Client().get(reverse("ballot_count_pb", args=[ballot.pk])).content.decode()
    election = read_pabulib(text)
    assert election.voters == 3 and election.scale == 1
    assert decide(election, "equal-shares", "add1").selected == verdict.chosen


def test_the_result_says_who_paid_and_what_was_lacking(polls: Polls) -> None:
    # 95 yuan, ten on the roll, six vote: 15.83 each. Five want the garden, one the bench.
    ballot = counted(polls, dict.fromkeys(range(1, 6), "c3") | {6: "c2"})
    found = shared(ballot)
    assert found is not None
    garden, bench, lamp = found.rows
    assert (garden.full, garden.missing, bench.selected, lamp.text) == (1000, 0, True, "“路灯”没有选上：没有人支持它。")
    page = Client().get(reverse("board_ballot", args=[ballot.pk]))
    assert "“花园”选上：5位支持者每人出4元，凑满20元。" in text_of(page)
    assert "Pabulib .pb" in text_of(page)
    with override("en"):
        assert "5 supporters paid ¥4 each" in shared(ballot).rows[0].text  # type: ignore[union-attr]
    room = visitor(polls.director, strong=True).get(reverse("work_ballot", args=[ballot.pk]))
    assert "凑满20元" in text_of(room)


def test_other_ballots_have_no_pabulib_file(polls: Polls) -> None:
    ballot = polls.opened(voters(3))
    assert Client().get(reverse("ballot_count_pb", args=[ballot.pk])).status_code == 404


def test_what_a_reader_of_papers_types() -> None:
    assert mark_read(ITEM, "rank", ["3", "1"]) == "c3>c1"
    assert mark_read(ITEM, "score", ["3:2", "1：5"]) == "c1:5+c3:2"
    assert mark_read(ITEM, "rank", ["4"]) == mark_read(ITEM, "score", ["1"]) == mark_read(ITEM, "score", ["1:x"]) == "?"


def test_costs_are_read_to_the_cent() -> None:
    assert terms_of("a | 0.01\nb|1,000.5", "20元").costs == {"c1": 1, "c2": 100050}
    for wrong in ("a | 1.005\nb | 1", "a | -1\nb | 1", "a | NaN\nb | 1", "| 5\nb | 1", "a | 1e99\nb | 1"):
        assert terms_of(wrong, "5").options == []
