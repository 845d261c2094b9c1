"""Votes over projects and money: cast on a screen and on paper, counted by the rule, and counted again by anybody."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from gongzhi.core.decision.budget import read_pabulib, write_pabulib
from gongzhi.core.procedure.effects import Refused
from gongzhi.core.recount import recount
from gongzhi.desk import ballots_cast as casting
from gongzhi.desk.audit import audit
from gongzhi.desk.ballots_import import import_election
from gongzhi.desk.ballots_paper import Read, read_papers
from gongzhi.desk.projects_vote import election_in, outcome_in
from tests.support.community import MONDAY, Community
from tests.support.voting import Polls, set_up_polls, voters

LATER = MONDAY + timedelta(hours=1)
ITEMS = [
    {
        "key": "i1",
        "title": "院子里先做什么",
        "options": [["c1", "路灯"], ["c2", "长椅"], ["c3", "花园"]],
        "money": 95_00,
        "costs": {"c1": 30_00, "c2": 45_00, "c3": 20_00},
    }
]


@pytest.fixture
def polls(community: Community) -> Polls:
    return set_up_polls(community)


def refused(work) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.code


def test_from_knapsacks_to_money_for_projects(polls: Polls) -> None:
    ballot = polls.opened(voters(10), "money", ITEMS)
    for n in range(1, 6):
        casting.cast(ballot, polls.voter(n), ["c1+c2"], LATER)
    for n in range(6, 9):
        casting.cast(ballot, polls.voter(n), ["c3"], LATER)
    casting.hand_in(ballot, [9, 10], polls.director, LATER)
    papers = [Read(1, ("c1+c2",)), Read(2, ("c3",))]
    assert read_papers(ballot, papers, polls.director, LATER) == []
    assert read_papers(ballot, papers, polls.member, LATER) == []
    polls.close(ballot)
    ballot = polls.fresh(ballot)
    assert (ballot.status, ballot.outcome, ballot.matter.end) == ("counted", "selected", "chosen")
    (item,) = ballot.result["items"]
    assert item["chosen"] == ["c1", "c2", "c3"]  # by add1; without it the bench would lack 18 yuan
    ((_, counts, verdict),) = recount(json.loads(json.dumps(ballot.file)))
    assert (verdict.outcome, list(verdict.chosen), counts) == ("selected", item["chosen"], item["counts"])
    assert audit().broken == []


def test_the_published_file_says_why(polls: Polls) -> None:
    ballot = polls.opened(voters(10), "money", ITEMS)
    for n in range(1, 7):
        casting.cast(ballot, polls.voter(n), ["c3"], LATER)
    casting.cast(ballot, polls.voter(7), ["c1"], LATER)
    polls.close(ballot)
    file = polls.fresh(ballot).file
    election, outcome = election_in(file), outcome_in(file)
    assert [project.name for project in election.projects] == ["路灯", "长椅", "花园"]
    codes = {one.project: (one.code, one.supporters) for one in outcome.reasons}
    assert codes == {"c3": ("bought", 6), "c1": ("bought", 1), "c2": ("nobody", 0)}


def test_a_knapsack_has_to_fit_the_money(polls: Polls) -> None:
    heavy = [{**ITEMS[0], "money": 70_00}]
    ballot = polls.opened(voters(3), "money", heavy)
    assert refused(lambda: casting.cast(ballot, polls.voter(1), ["c1+c2"], LATER)) == "choice_wrong"
    casting.cast(ballot, polls.voter(1), ["c2+c3"], LATER)


def test_projects_need_a_cost_and_there_has_to_be_money(polls: Polls) -> None:
    for wrong in ({"money": 0}, {"costs": {"c1": 0, "c2": 1, "c3": 1}}):
        assert refused(lambda one=wrong: polls.prepared(voters(3), "money", [{**ITEMS[0], **one}])) == "costs_missing"


def test_too_few_voters_give_nothing(polls: Polls) -> None:
    ballot = polls.opened(voters(10), "money", ITEMS)
    casting.cast(ballot, polls.voter(1), ["c3"], LATER)
    polls.close(ballot)
    ballot = polls.fresh(ballot)
    assert (ballot.outcome, ballot.matter.end) == ("none", "empty")
    assert outcome_in(ballot.file).selected == ()


PB = (
    "META\nkey;value\ndescription;院子里先做什么\nbudget;95\nvote_type;approval\nnum_projects;4\nnum_votes;8\n"
    "PROJECTS\nproject_id;cost;name\n9;45;长椅\n2;30;路灯\n3;20.50;花园\n5;96;亭子\n"
    "VOTES\nvoter_id;vote;age;sex\n"
    + "".join(f"a{n};9,2;7{n};F\n" for n in range(4))
    + "".join(f"b{n};3;30;M\n" for n in range(3))
    + "c;;20;F\n"
)


def test_a_vote_held_elsewhere_comes_in_without_voters_and_goes_out_the_same(polls: Polls) -> None:
    ballot, election = polls.begin("money"), read_pabulib(PB)
    assert refused(lambda: import_election(ballot, election, 8, polls.voter(1), LATER)) == "not_holder"
    assert refused(lambda: import_election(ballot, election, 7, polls.director, LATER)) == "eligible_too_few"
    ranked = replace(election, vote_type="ordinal")
    assert refused(lambda: import_election(ballot, ranked, 8, polls.director, LATER)) == "form_differs"
    third = replace(election, scale=3 * election.scale)
    assert refused(lambda: import_election(ballot, third, 8, polls.director, LATER)) == "cost_not_cents"
    import_election(ballot, election, 10, polls.director, LATER)
    ballot = polls.fresh(ballot)
    assert (ballot.status, ballot.outcome, ballot.result["marks"]) == ("counted", "selected", 8)
    file = json.loads(json.dumps(ballot.file))
    assert recount(file)[0][2].chosen == tuple(ballot.result["items"][0]["chosen"])
    assert file["ballots"] == [
        {"n": 1, "marks": {"i1": ""}},
        {"n": 4, "marks": {"i1": "c1+c2"}},
        {"n": 3, "marks": {"i1": "c3"}},
    ]
    again = read_pabulib(write_pabulib(election_in(file), outcome_in(file).selected))
    assert sorted((one.projects, one.count) for one in again.ballots) == [((), 1), (("c1", "c2"), 4), (("c3",), 3)]
    assert [again.amount(one.cost) for one in again.projects] == [45, 30, Fraction("20.5"), 96]
    assert refused(lambda: import_election(ballot, election, 10, polls.director, LATER)) in (
        "not_holder",
        "ballot_fixed",
    )
    assert audit().broken == []


def test_a_vote_that_has_begun_here_is_not_written_over(polls: Polls) -> None:
    ballot = polls.opened(voters(10), "money", ITEMS)
    assert refused(lambda: import_election(ballot, read_pabulib(PB), 10, polls.director, LATER)) == "ballot_fixed"
    other = polls.opened(voters(10))
    assert refused(lambda: import_election(other, read_pabulib(PB), 10, polls.director, LATER)) == "ballot_fixed"
    assert (
        refused(lambda: import_election(polls.begin(), read_pabulib(PB), 10, polls.director, LATER))
        == "not_about_money"
    )
