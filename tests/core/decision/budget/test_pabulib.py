"""Pabulib files in and out, and every way in which one can be wrong, with its line."""

from __future__ import annotations

import pytest

from gongzhi.core.decision.budget import BudgetFault, decide, read_pabulib, write_pabulib

GOOD = """META
key;value
description;Lanes
num_projects;3
num_votes;4
budget;100.50
vote_type;approval
PROJECTS
project_id;cost;name;category
1;60;"Lamp; with post";light
2;40,25;Bench;rest
3;120;Palace;
VOTES
voter_id;vote;age
a;1,2;30
b;2;41
c;2,1;
d;;
"""
SCORED = GOOD.replace("approval", "scoring").replace("voter_id;vote;age", "voter_id;vote;points").replace(
    "a;1,2;30", "a;1,2;5,1").replace("b;2;41", "b;2;3").replace("c;2,1;", "c;2,1;0,2")  # fmt: skip


def test_a_file_is_read_exactly():
    election = read_pabulib(GOOD)
    assert (election.money, election.scale, election.voters) == (402, 4, 4)
    assert [project.cost for project in election.projects] == [240, 161, 480]
    assert election.projects[0].name == "Lamp; with post"
    assert sorted((ballot.projects, ballot.count) for ballot in election.ballots) == [
        ((), 1),
        (("1", "2"), 2),
        (("2",), 1),
    ]


def test_what_is_written_reads_back_and_counts_alike():
    for text in (GOOD, SCORED, GOOD.replace("approval", "ordinal")):
        election = read_pabulib(text)
        again = read_pabulib(write_pabulib(election, decide(election, "greedy").selected))
        assert sorted(again.ballots, key=repr) == sorted(election.ballots, key=repr)
        assert (again.money, again.scale) == (election.money, election.scale)
        for rule in ("greedy", "equal-shares", "phragmen"):
            assert decide(again, rule).selected == decide(election, rule).selected


def test_points_are_read_and_zero_is_no_support():
    ballots = {ballot.projects: ballot.points for ballot in read_pabulib(SCORED).ballots}
    assert ballots[("1", "2")] == (5, 1) and ballots[("1",)] == (2,)


def test_ranks_count_from_below():
    ballots = {ballot.projects: ballot.points for ballot in read_pabulib(GOOD.replace("approval", "ordinal")).ballots}
    assert ballots[("2", "1")] == (2, 1) and ballots[("2",)] == (2,)


def test_knapsack_votes_are_approvals():
    assert read_pabulib(GOOD.replace("approval", "knapsack")).vote_type == "approval"


BAD = {
    "no meta": ("META\n", "", "pb_no_meta", 1),
    "no votes section": (GOOD[GOOD.index("VOTES") :], "", "pb_section_missing", 0),
    "sections twice": ("VOTES\n", "PROJECTS\n", "pb_section_order", 13),
    "no budget": ("budget;100.50\n", "", "pb_key_missing", 1),
    "key twice": ("description;Lanes", "budget;1", "pb_key_twice", 6),
    "zero budget": ("budget;100.50", "budget;0", "pb_no_money", 6),
    "negative budget": ("budget;100.50", "budget;-5", "pb_no_money", 6),
    "budget in words": ("budget;100.50", "budget;much", "pb_not_a_number", 6),
    "endless budget": ("budget;100.50", f"budget;{'9' * 30}", "pb_number_size", 6),
    "vote type": ("approval", "shouting", "pb_vote_type", 7),
    "no cost column": ("project_id;cost;name", "project_id;price;name", "pb_column_missing", 9),
    "no cost": ("1;60;", "1;0;", "pb_no_cost", 10),
    "project twice": ("2;40,25", "1;40,25", "pb_project_twice", 11),
    "no id": ("2;40,25", ";40,25", "pb_project_id", 11),
    "count of projects": ("num_projects;3", "num_projects;4", "pb_count_differs", 4),
    "count of votes": ("num_votes;4", "num_votes;5", "pb_count_differs", 5),
    "unknown project": ("b;2;41", "b;9;41", "pb_unknown_project", 16),
    "voter twice": ("b;2;41", "a;2;41", "pb_voter_twice", 16),
    "project twice in a vote": ("a;1,2;30", "a;1,1;30", "pb_vote_twice", 15),
    "two for choose-1": ("approval", "choose-1", "pb_more_than_one", 15),
    "no points": ("approval", "cumulative", "pb_column_missing", 14),
    "quotes": ('"Lamp; with post"', '"Lamp" with post', "pb_quotes", 10),
    "cells": ("b;2;41", "b;2;41;more", "pb_too_many_cells", 16),
    "no vote": (GOOD[GOOD.index("a;1,2;30") :], "", "pb_no_votes", 13),
}


@pytest.mark.parametrize(("old", "new", "code", "line"), BAD.values(), ids=BAD.keys())
def test_a_malformed_file_is_refused_with_its_line(old, new, code, line):
    assert old in GOOD
    with pytest.raises(BudgetFault) as caught:
        read_pabulib(GOOD.replace(old, new, 1))
    assert (caught.value.code, caught.value.line) == (code, line)


@pytest.mark.parametrize(
    ("old", "new", "code"), [("a;1,2;5,1", "a;1,2;5", "pb_points_differ"), ("5,1", "5,1.5", "pb_points_whole")]
)
def test_points_that_do_not_fit_are_refused(old, new, code):
    with pytest.raises(BudgetFault) as caught:
        read_pabulib(SCORED.replace(old, new, 1))
    assert (caught.value.code, caught.value.line) == (code, 15)
