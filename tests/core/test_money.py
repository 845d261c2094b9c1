"""Cents: read as people write them, shared out so that nothing is lost, by need so that nobody gets more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.money import BadAmount, Need, least_share, parse_yuan, share_out, shares_by_need, yuan_text


@pytest.mark.parametrize(
    ("text", "cents"),
    [("0", 0), ("1234.5", 123_450), ("￥1,234.50", 123_450), ("30元", 3_000), (" 0.07 ", 7), ("1,000,000", 10**8)],
)
def test_an_amount_is_read_to_the_cent(text: str, cents: int) -> None:
    assert parse_yuan(text) == cents


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "amount_empty"), ("1.005", "amount_decimals"), ("1e3", "amount_not_a_number"), ("-5", "amount_not_a_number"),
     ("12,34", "amount_not_a_number"), ("NaN", "amount_not_a_number"), ("9" * 20, "amount_too_large")],
)  # fmt: skip
def test_what_is_no_amount_says_why(text: str, code: str) -> None:
    with pytest.raises(BadAmount) as found:
        parse_yuan(text)
    assert found.value.code == code


@given(st.integers(-(10**13), 10**13))
def test_what_is_written_is_read_back(cents: int) -> None:
    assert parse_yuan(yuan_text(cents), negative=True) == cents


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any))
def test_parts_sum_to_the_cent_and_are_fair(cents: int, weights: list[int]) -> None:
    parts = share_out(cents, weights)
    assert sum(parts) == cents
    assert all(
        abs(part * sum(weights) - cents * weight) < sum(weights) for part, weight in zip(parts, weights, strict=True)
    )


def test_equal_remainders_go_by_the_declared_order() -> None:
    assert share_out(100, [1, 1, 1]) == [34, 33, 33]
    assert share_out(1, [0, 1, 1]) == [0, 1, 0]


@given(st.integers(0, 10**12), st.integers(0, 100))
def test_the_least_share_is_enough_and_no_cent_more(cents: int, percent: int) -> None:
    share = least_share(cents, percent)
    assert share * 100 >= cents * percent and (share == 0 or (share - 1) * 100 < cents * percent)


NEEDS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 9), st.integers(0, 100)), min_size=1, max_size=8)


@given(st.integers(0, 10**7), NEEDS)
def test_nobody_gets_more_than_the_need(cents: int, told: list[tuple[int, int, int]]) -> None:
    needs = [Need(str(n), *one) for n, one in enumerate(told)]
    found = shares_by_need(cents, needs)
    assert sum(found.parts.values()) + found.left == cents
    assert all(0 <= found.parts[one.name] <= one.need for one in needs)
    asked = sum(one.need for one in needs if one.weight)
    assert found.left == max(0, cents - asked)


def test_by_need_more_reaches_the_vulnerable_than_by_equal_parts() -> None:
    """QY-34: 10,000 yuan; the lonely old have the larger need."""
    needs = [Need("送餐", 800_000, 2, 100), Need("合唱", 400_000, 1, 0)]
    found = shares_by_need(1_000_000, needs)
    assert found.parts == {"送餐": 800_000, "合唱": 200_000}
    assert (found.reached, found.equal_reached) == (800_000, 500_000)
