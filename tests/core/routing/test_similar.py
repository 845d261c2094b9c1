"""Texts as keyed numbers: what is alike shares some, and nothing can be read from them."""

import pytest

from gongzhi.core.routing.similar import MOST, alike, likeness

KEY = b"k" * 32


def shared(one: str, other: str) -> int:
    return len(set(likeness(one, KEY)) & set(likeness(other, KEY)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3号楼路灯不亮，晚上看不见路", "五栋门口的路灯晚上不亮了"),
        ("水管爆裂，水流到马路上", "马路上水管爆裂没人修，请尽快处理"),
        ("地下车库消防通道被堵", "有人把消防通道堵了，就在地下车库"),
    ],
)
def test_the_same_trouble_in_other_words_shares_numbers(one: str, other: str) -> None:
    assert shared(one, other) >= 2


def test_other_troubles_are_not_alike_for_being_polite() -> None:
    assert shared("希望尽快处理路灯问题，谢谢领导", "请问垃圾分类什么时候处理，谢谢领导") < 2


def test_another_key_gives_other_numbers() -> None:
    assert not set(likeness("路灯不亮", KEY)) & set(likeness("路灯不亮", b"o" * 32))


def test_few_numbers_whatever_the_length_and_they_fit_a_column() -> None:
    many = likeness(
        "路灯水管垃圾车位电梯消防噪音油烟绿化井盖学校医院公交地铁社保物业漏水停电停水道路施工围墙花园" * 50, KEY
    )
    assert len(many) == MOST and all(0 <= one < 2**63 for one in many)
    assert likeness("", KEY) == likeness("😀 123", KEY) == ()


def test_one_shared_number_is_not_alike_and_more_is_more() -> None:
    assert alike(4, {1: 1, 2: 2, 3: 4}, {1: 4, 2: 4, 3: 4}) == [(3, 1.0), (2, 0.5)]
    assert alike(16, {1: 3}, {1: 16}) == []
