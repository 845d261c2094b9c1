"""Answers that fit a question in other words; nothing where nothing fits."""

from __future__ import annotations

import pytest

from gongzhi.core.routing.answers import best

KNOWN = {
    1: ("公共走廊堆了东西找谁？", "找物业，三天内清走；不清的由社区报消防。"),
    2: ("路灯坏了多久修好？", "五个工作日内修好。"),
    3: ("老年卡怎么办理？", "带身份证到社区服务站，当场办。"),
    4: ("How do I get a bus pass?", "Bring your passport to the service station."),
}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("我家门口走廊邻居堆东西", [1]),
        ("楼下路灯不亮，坏了好几天", [2]),
        ("办老年卡要带什么", [3]),
        ("走廊里头堆晒嘢，有人理冇", [1]),  # as it is said in Guangdong
        ("where can I get the bus pass", [4]),
        ("😀😀😀", []),
        ("", []),
        ("今天天气真好", []),
        ("12345", []),
    ],
)
def test_the_fitting_answer_comes_first(asked: str, found: list[int]) -> None:
    assert best(asked, KNOWN)[:1] == found


def test_no_answers_no_answer() -> None:
    assert best("路灯坏了", {}) == []
