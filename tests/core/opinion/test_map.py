"""Groups, what they say and what unites them, on votes whose camps are known."""

import json
import subprocess
import sys

import numpy as np
import pytest

from gongzhi.core.opinion import opinion_map, table_of
from gongzhi.core.opinion.groups import groups_of, kmeans, silhouette
from gongzhi.core.opinion.projection import plane_of
from tests.core.opinion import camps


def test_the_camps_are_found_and_their_number_too() -> None:
    found = opinion_map(camps.table())
    assert [camps.camps_of(found.table, rows) for rows in found.groups] == [{"0"}, {"1"}, {"2"}]
    assert [len(rows) for rows in found.groups] == [30, 22, 14]
    assert found.silhouette > 0.6


def test_a_wanted_number_of_groups_is_kept_to() -> None:
    assert len(opinion_map(camps.table(), 2).groups) == 2
    assert len(opinion_map(camps.table(), 1).groups) == 1


def test_what_unites_all_is_named_and_what_divides_is_not() -> None:
    found = opinion_map(camps.table())
    assert [(found.statement(one.statement), one.yes) for one in found.shared] == [(8, True)]
    said = [{found.statement(one.statement): one.yes for one in said} for said in found.said]
    assert said[0] and said[1] and said[2]
    assert said[1][4] is True
    assert all(
        camps.CAMPS[camp][int(str(what))] == (1 if yes else -1) for camp in range(3) for what, yes in said[camp].items()
    )


def test_what_a_group_says_puts_agreement_first_and_stops_at_five() -> None:
    for said in opinion_map(camps.table()).said:
        assert 1 <= len(said) <= 5
        assert [one.yes for one in said] == sorted((one.yes for one in said), reverse=True)


def test_a_statement_left_out_says_nothing_but_counts_as_having_taken_part() -> None:
    found = opinion_map(camps.table(), left_out={8})
    assert found.shared == ()
    assert 8 not in {found.statement(one.statement) for said in found.said for one in said}
    assert sum(map(len, found.groups)) == 66


def test_who_voted_on_fewer_than_seven_statements_has_no_place() -> None:
    votes = [*camps.cast(), *[("late", what, 1) for what in range(6)]]
    assert opinion_map(table_of(votes)).table.too_few == ("late",)
    assert opinion_map(table_of([*votes, ("late", 6, 1)])).table.too_few == ()


def test_all_statements_are_enough_where_there_are_fewer_than_seven() -> None:
    assert table_of([("a", 1, 1), ("a", 2, 1), ("b", 1, 1)]).too_few == ("b",)


def test_a_later_vote_replaces_the_earlier_one() -> None:
    assert table_of([("a", 1, 1), ("a", 1, -1)]).votes.tolist() == [[-1.0]]


def test_participants_stand_in_the_order_of_the_vote_that_was_enough() -> None:
    votes = [("a", 1, 1), ("b", 1, 1), ("b", 2, 1), ("a", 1, -1), ("a", 2, 0)]
    table = table_of(votes)
    assert [table.participants[row] for row in table.entered] == ["b", "a"]


@pytest.mark.parametrize("votes", [[], [("a", 1, 1)], [("a", 1, 0), ("b", 1, 0)]])
def test_hardly_any_votes_give_a_map_all_the_same(votes: list[tuple[str, int, int]]) -> None:
    found = opinion_map(table_of(votes))
    assert sum(map(len, found.groups)) == len({who for who, _, _ in votes})
    assert np.isfinite(found.plane.places).all()


def test_the_plane_is_that_of_the_singular_values() -> None:
    table = camps.table()
    plane = plane_of(table.votes)
    apart = np.where(np.isnan(table.votes), 0, table.votes - plane.centre)
    expected = np.linalg.svd(apart, full_matrices=False)[2][:2]
    assert np.abs((plane.components * expected).sum(axis=1)) == pytest.approx([1, 1], abs=1e-12)


def test_many_statements_give_the_same_plane_by_turning_a_few_directions() -> None:
    wide = np.sin(np.arange(300 * 40).reshape(300, 40) ** 1.5)
    expected = np.linalg.svd(wide - wide.mean(axis=0), full_matrices=False)[2][:2]
    assert np.abs((plane_of(wide).components * expected).sum(axis=1)) == pytest.approx([1, 1], abs=1e-6)


def test_who_saw_less_is_not_pulled_to_the_middle() -> None:
    votes = np.array([[1.0, 1, 1, 1], [-1, -1, -1, -1], [1, np.nan, np.nan, 1]])
    places = plane_of(votes).places
    assert abs(places[2, 0]) > 0.5 * abs(places[0, 0])


def test_a_cluster_that_loses_its_points_is_gone() -> None:
    points = np.array([[0.0, 0], [0.1, 0], [10, 0], [10.1, 0], [10.2, 0]])
    assert kmeans(points, 2).labels.tolist() == [0, 0, 1, 1, 1]
    assert kmeans(np.zeros((4, 2)), 3).labels.tolist() == [0, 0, 0, 0]


def test_silhouette_of_two_tight_pairs() -> None:
    points = np.array([[0.0, 0], [0, 1], [10, 0], [10, 1]])
    far = (10 + 101**0.5) / 2
    assert silhouette(points, np.array([0, 0, 1, 1])) == pytest.approx((far - 1) / far)
    assert silhouette(points, np.array([0, 0, 0, 0])) == 0


def test_more_than_a_hundred_places_are_grouped_by_neighbourhoods() -> None:
    angles = np.arange(400) * 0.7
    points = np.stack([np.cos(angles), np.sin(angles)], axis=1) * 0.1 + np.repeat([[-3, 0], [3, 0]], 200, axis=0)
    groups, clear = groups_of(points, 2)
    assert [set(group) for group in groups] == [set(range(200)), set(range(200, 400))] and clear > 0.8


CODE = """
import json
from gongzhi.core.opinion import opinion_map
from tests.core.opinion import camps
found = opinion_map(camps.table())
print(json.dumps([found.groups, found.plane.places.tobytes().hex(), repr(found.said), repr(found.shared)]))
"""


def test_two_processes_give_the_same_bits() -> None:
    def once() -> str:
        return subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True).stdout

    first = once()
    assert json.loads(first) and first == once()
