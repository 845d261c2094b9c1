"""Draws: the same for everybody, whatever the order of the list; seats by group; lists that are wrong."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.decision.draw import BadDraw, draw, read_list, shares_of

LIST = {f"house-{at}": "east" if at <= 6 else "west" for at in range(1, 11)}


def test_by_hand() -> None:
    everybody = sorted(LIST, key=lambda key: hashlib.sha256(f"2026131\n{key}".encode()).hexdigest())
    found = draw(dict.fromkeys(LIST, ""), 3, "2026131", 2)
    assert (list(found.drawn), list(found.substitutes)) == (everybody[:3], everybody[3:5])
    assert found.digest == hashlib.sha256("\n".join(sorted(LIST)).encode()).hexdigest()


@given(st.permutations(sorted(LIST)), st.integers(1, 10))
def test_the_order_of_the_list_changes_nothing(order: list[str], seats: int) -> None:
    assert draw({key: LIST[key] for key in order}, seats, "seed") == draw(LIST, seats, "seed")


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(1, 40), min_size=1), st.data())
def test_seats_of_groups_add_up_and_differ_from_their_share_by_less_than_one(
    sizes: dict[str, int], data: st.DataObject
) -> None:
    total = sum(sizes.values())
    seats = data.draw(st.integers(1, total))
    shares = shares_of(sizes, seats, "seed")
    assert sum(shares.values()) == seats
    for group, size in sizes.items():
        assert abs(shares[group] * total - seats * size) < total
        assert shares[group] <= size


def test_groups_get_their_seats() -> None:
    found = draw(LIST, 5, "seed")
    assert found.seats == {"east": 3, "west": 2}
    assert sum(LIST[key] == "east" for key in found.drawn) == 3


def test_another_seed_gives_others() -> None:
    assert len({draw(LIST, 3, str(seed)).drawn for seed in range(20)}) > 10


def test_a_table() -> None:
    assert read_list("户号,楼\n1-101, 东楼\n1-102,西楼\n\n", group="楼") == {"1-101": "东楼", "1-102": "西楼"}
    assert read_list("楼,户号\n东楼,1-101\n", key="户号") == {"1-101": ""}


@pytest.mark.parametrize(
    ("text", "group", "line", "code"),
    [
        ("", "", 0, "draw_empty"),
        ("name\n", "", 0, "draw_empty"),
        ("name\na\na\n", "", 3, "draw_twice"),
        ("name,team\n,x\n", "team", 2, "draw_no_key"),
        ("name,team\na\n", "team", 2, "draw_no_group"),
        ("name\na\n", "team", 1, "draw_no_column"),
        ('name\n"a\n', "", 2, "draw_broken"),
    ],
)
def test_lists_that_are_wrong(text: str, group: str, line: int, code: str) -> None:
    with pytest.raises(BadDraw) as error:
        read_list(text, group)
    assert (error.value.line, error.value.code) == (line, code)


@pytest.mark.parametrize(
    ("seats", "seed", "code"), [(0, "s", "draw_seats"), (11, "s", "draw_seats"), (1, " ", "draw_no_seed")]
)
def test_draws_that_cannot_be_made(seats: int, seed: str, code: str) -> None:
    with pytest.raises(BadDraw) as error:
        draw(LIST, seats, seed)
    assert error.value.code == code
