"""Greedy, equal shares and Phragmen on votes small enough to count by hand, and what holds for every vote."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.decision.budget import RULES, Ballot, BudgetFault, Election, Project, decide
from gongzhi.core.decision.budget.shares import Run
from gongzhi.core.decision.budget.shares_many import run_many
from gongzhi.core.decision.budget.stakes import stakes_of
from tests.support.budgets import elections, slow_shares, vote

# Six of ten live in the north and want two things there; four live in the south. 100 yuan.
TOWN = vote(100, {"lamp": 50, "bench": 50, "garden": 40}, ["lamp bench *6", "garden *4"])
MANY = settings(max_examples=60, deadline=None)


def test_greedy_gives_everything_to_the_larger_part():
    assert decide(TOWN, "greedy").selected == ("bench", "lamp")


def test_equal_shares_leaves_each_part_its_own_money():
    outcome = decide(TOWN, "equal-shares")
    assert outcome.selected == ("bench", "garden")
    bench, garden, lamp = sorted(outcome.reasons, key=lambda one: one.project)
    assert (bench.price, bench.full, bench.rest) == (Fraction(50, 6), 6, 0)
    assert (garden.price, garden.full) == (10, 4)
    assert (lamp.code, lamp.left, lamp.missing) == ("short", 10, 40)


def test_who_has_less_pays_what_is_left():
    # One voter has spent 20 of 30 on a; b costs 55: that voter pays 10, the other two 22.5 each.
    town = vote(90, {"a": 20, "b": 55}, ["a b", "b", "b"])
    b = next(one for one in decide(town, "equal-shares").reasons if one.project == "b")
    assert (b.turn, b.price, b.full, b.rest) == (1, Fraction(55, 3), 3, 0)
    a = next(one for one in decide(town, "equal-shares").reasons if one.project == "a")
    assert (a.code, a.left) == ("short", Fraction(30) - Fraction(55, 3))
    dear = vote(90, {"a": 20, "b": 65}, ["a b", "a", "b", "b"])
    b = next(one for one in decide(dear, "equal-shares").reasons if one.project == "b")
    assert b.turn == 1 and b.price == Fraction(65, 3)


def test_a_voter_with_too_little_pays_the_rest_and_the_others_more():
    low = vote(120, {"a": 36, "b": 60}, ["a b", "a", "b", "b"])
    a = next(one for one in decide(low, "equal-shares").reasons if one.project == "a")
    assert (a.turn, a.price, a.full, a.rest) == (2, 26, 1, 1)


def test_equal_projects_go_by_id_and_say_so():
    outcome = decide(vote(10, {"b": 10, "a": 10}, ["a b *2"]), "equal-shares")
    assert outcome.selected == ("a",)
    assert outcome.reasons[0].tied_with == ("b",)


def test_a_tie_in_the_last_digit_is_a_tie():
    """A third and a third reached on two ways: floats differ in the last place, the outcome must not."""
    town = vote(7, {"x": 1, "y": 1, "z": 1}, ["x z *3", "y z *3", "x y"])
    assert decide(town, "equal-shares").selected == tuple(slow_shares(town, Fraction(7, 7)))


def test_add1_raises_the_shares_until_nothing_fits():
    town = vote(100, {"lamp": 30, "bench": 45, "garden": 20}, ["lamp bench *6", "garden *4"])
    assert decide(town, "equal-shares").selected == ("bench", "garden")
    outcome = decide(town, "equal-shares", "add1")  # after the bench the six hold 15, and 3 more each make 33
    assert outcome.selected == ("bench", "lamp", "garden") and outcome.steps == 3
    stop = decide(
        vote(94, {"lamp": 30, "bench": 45, "garden": 20}, ["lamp bench *6", "garden *4"]), "equal-shares", "add1"
    )
    assert stop.selected == ("bench", "garden") and stop.cost == 65
    greedy = decide(vote(100, {"a": 30, "b": 70}, ["a *9", "b"]), "equal-shares", "greedy")
    assert greedy.selected == ("a", "b")
    assert [one.code for one in greedy.reasons] == ["bought", "completed"]


def test_the_comparison_takes_greedy_when_more_voters_like_it():
    town = vote(100, {"small": 10, "large": 95}, ["large *6", "small *4"])
    outcome = decide(town, "equal-shares", "add1-comparison")
    assert outcome.preferred == (4, 6) and outcome.replaced
    assert outcome.selected == ("large",)


def test_phragmen_stops_when_the_next_does_not_fit():
    town = vote(100, {"a": 60, "b": 60, "c": 10}, ["a *5", "b *4", "c"])
    outcome = decide(town, "phragmen")
    assert outcome.selected == ("c", "a") or outcome.selected == ("a", "c")
    reasons = {one.project: one for one in outcome.reasons}
    assert reasons["a"].price == 12 and reasons["b"].code == "no_room"


def test_phragmen_lets_the_loaded_wait():
    town = vote(30, {"a": 10, "b": 10, "c": 10}, ["a b *2", "c"])
    outcome = decide(town, "phragmen")
    assert outcome.selected == ("a", "b", "c")  # 5, 10, 10 each: b before c by id
    assert [one.price for one in outcome.reasons] == [5, 10, 10]


def test_too_dear_and_unsupported_projects_get_nothing():
    town = vote(10, {"palace": 11, "bench": 5, "nobody": 1}, ["palace bench *3"])
    for rule in RULES:
        outcome = decide(town, rule)
        codes = {one.project: one.code for one in outcome.reasons}
        assert outcome.selected == ("bench",)
        assert codes["palace"] == "too_dear" and codes["nobody"] == "nobody"


def test_nobody_supports_anything():
    town = Election(10, (Project("a", 5),), (Ballot((), (), 3),))
    for rule in RULES:
        assert decide(town, rule).selected == ()


def test_unknown_names_are_refused():
    for names in (("dice",), ("greedy", "add1"), ("equal-shares", "magic"), ("greedy", "none", "joy")):
        with pytest.raises(BudgetFault):
            decide(TOWN, *names)


# --- for every vote ---


@MANY
@given(elections(), st.sampled_from(["cost", "count"]))
def test_equal_shares_is_its_definition(election, measure):
    outcome = decide(election, "equal-shares", "none", measure)
    assert list(outcome.selected) == slow_shares(election, outcome.endowment, measure) if outcome.endowment else True


@MANY
@given(elections(points=True))
def test_points_weigh_what_a_supporter_pays(election):
    outcome = decide(election, "equal-shares")
    assert list(outcome.selected) == slow_shares(election, outcome.endowment) if outcome.endowment else True


@MANY
@given(elections(), st.integers(1, 9))
def test_many_runs_at_once_are_the_single_runs(election, many):
    stakes = stakes_of(election)
    endowments = [Fraction(election.money, stakes.voters) + step for step in range(many)]
    for endowment, found in zip(endowments, run_many(stakes, endowments), strict=True):
        if found is not None:
            assert [one.name for one in found] == [one.name for one in Run(stakes, endowment).purchases()]


@MANY
@given(elections(), st.sampled_from([("greedy", "none"), ("phragmen", "none"), ("equal-shares", "none"),
                                     ("equal-shares", "add1"), ("equal-shares", "add1-comparison"),
                                     ("equal-shares", "greedy")]))  # fmt: skip
def test_never_more_than_the_money_and_each_project_has_a_reason(election, names):
    outcome = decide(election, *names)
    assert outcome.cost <= election.money
    assert {one.project for one in outcome.reasons} == {one.id for one in election.projects}
    if names in (("greedy", "none"), ("equal-shares", "greedy")):
        fits = [one for one in outcome.reasons if not one.selected and one.supporters
                and outcome.cost + one.cost <= election.money]  # fmt: skip
        assert fits == []


@MANY
@given(elections())
def test_no_voter_pays_more_than_their_share(election):
    outcome = decide(election, "equal-shares")
    paid = sum(one.price * one.full for one in outcome.reasons if one.selected)
    assert outcome.endowment is None or paid <= outcome.cost <= outcome.endowment * election.voters
    for one in outcome.reasons:
        if one.selected:
            assert one.price * one.full <= one.cost and one.full + one.rest <= one.supporters
            assert (one.rest == 0) == (one.price * one.full == one.cost)


@MANY
@given(elections(), st.sampled_from(RULES), st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_nothing(election, rule, chance):
    projects, ballots = list(election.projects), list(election.ballots)
    chance.shuffle(projects)
    chance.shuffle(ballots)
    mixed = Election(election.money, tuple(projects), tuple(ballots))
    assert decide(mixed, rule).selected == decide(election, rule).selected
