"""What the norms of a charter come to in numbers, read from the charter we ship."""

import pytest

from gongzhi.core import norms
from gongzhi.core.charter.spec import Norm
from gongzhi.core.check.norms import met
from tests.charters.shipped import shipped


def norm(name: str) -> Norm:
    charter = shipped("baotou").charter
    assert charter is not None
    return charter.norms[name]


@pytest.mark.parametrize(("households", "staff"), [(0, 10), (3000, 10), (4000, 10), (4001, 11), (6000, 15), (9999, 25)])
def test_staff_for_a_community(households: int, staff: int) -> None:
    """BT-16: one for 300 to 400 households, ten at least; the least that meets it."""
    found = norms.least(norm("station_staff"), {"households": households}, "staff")
    assert found == staff == max(10, -(-households // 400))
    assert not met(norm("station_staff"), {"households": households, "staff": staff - 1})


@pytest.mark.parametrize(("households", "square_metres"), [(0, 300), (599, 300), (600, 300), (601, 301), (3000, 1500)])
def test_premises_of_a_community(households: int, square_metres: int) -> None:
    """BT-15: fifty square metres for each hundred households, three hundred at least."""
    found = norms.least(norm("premises"), {"households": households}, "premises_m2")
    assert found == square_metres == max(300, -(-households * 50 // 100))


def test_money_beyond_what_is_tried_one_by_one() -> None:
    """BT-29: three hundred for each party member."""
    assert norms.least(norm("party_money"), {"party_members": 1234}, "budget_yuan") == 370_200


def test_the_largest_community() -> None:
    assert norms.greatest(norm("size"), {}, "households") == 3000
    assert norms.greatest(norm("premises"), {"households": 100}, "premises_m2") is None


def test_how_many_households_a_staff_is_enough_for() -> None:
    assert norms.least(norm("station_staff"), {"staff": 30}, "households") == 8701
    assert norms.greatest(norm("station_staff"), {"staff": 30}, "households") == 12_000
    assert norms.least(norm("delegated"), {"sent_down": 40}, "street_staff") == 40


def test_merging_communities_as_the_source_tells() -> None:
    """BT-05: 332 communities become 243, 26.8 per cent fewer, none beyond what the norm allows."""
    most = norms.greatest(norm("size"), {}, "households")
    assert most
    sizes = [1500] * 178 + [3000] * 154
    groups = norms.merged(sizes, most)
    assert (len(sizes), len(groups)) == (332, 243)
    assert norms.change(len(sizes), len(groups)) == -26.8
    assert [size for group in groups for size in group] == sizes
    assert all(sum(group) <= most for group in groups)


def test_a_community_too_large_already_stays_alone() -> None:
    assert norms.merged([4000, 100, 100], 3000) == [(4000,), (100, 100)]
    assert norms.merged([], 3000) == []


def test_both_sides_of_a_norm_are_shown_with_their_numbers() -> None:
    found = norms.sides(norm("premises"), {"households": 3000, "premises_m2": 1499})
    assert [(side.left, side.sign, side.right) for side in found] == [
        ("premises_m2", ">=", "300"),
        ("premises_m2 * 100", ">=", "households * 50"),
    ]
    assert [(side.left_value, side.right_value, side.holds) for side in found] == [
        (1499, 300, True),
        (149900, 150000, False),
    ]


def test_alternatives_have_no_two_sides() -> None:
    assert [side.right for side in norms.sides(norm("station_staff"), {"households": 3000, "staff": 10})] == [
        "households",
        "10",
    ]
