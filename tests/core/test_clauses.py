"""Clauses no covenant may hold are found with their sentence; what refuses them is not."""

import pytest

from gongzhi.core.clauses import KINDS, find_clauses, sentences_of

FORBIDDEN = [
    ("fine", "堆物罚款五十元。"),
    ("fine", "违者罚50元"),
    ("fine", "每次处二百元。"),
    ("fine", "不守约的罚款"),
    ("fine", "禁止堆物罚款五十元"),
    ("fine", "收取违约金"),
    ("fine", "扣除押金"),
    ("cut_off", "屡教不改的，断水断电。"),
    ("cut_off", "不交物业费断水断电"),
    ("cut_off", "停其门禁卡"),
    ("cut_off", "不交物业费的业主不得使用电梯"),
    ("cut_off", "欠费的停用门禁"),
    ("cut_off", "限制其出入小区"),
    ("cut_off", "拉闸"),
    ("naming", "把违约户的姓名张贴在楼道"),
    ("naming", "列入黑名单"),
    ("naming", "不听的列入黑名单"),
    ("naming", "在群里点名批评"),
    ("naming", "公布房号"),
    ("naming", "通报其工作单位"),
    ("naming", "对违约者在公告栏曝光"),
    ("rights", "取消其投票权"),
    ("rights", "不准出租"),
    ("rights", "违反的住户取消低保资格"),
    ("rights", "由物业强制清除杂物"),
]
IN_ORDER = [
    "互相提醒，居委会上门劝。",
    "本公约不罚款、不点名、不断水断电。",
    "不得罚款",
    "损坏公共财物的，由责任人依法赔偿，协商不成的依法起诉。",
    "物业不得断水断电",
    "不得对住户断水断电，也不把门牌号公示",
    "每户自愿出资五十元做绿化。",
    "不得在电梯出入口堆放杂物。",
    "禁止在门禁处停车",
    "禁止电动车进入电梯",
    "保持出入口畅通",
    "公示公约全文",
    "停电时互相照顾",
    "停水停电检修提前一天告知",
    "火灾时不得使用电梯",
    "任何人不得以罚款、断水断电、公开点名的方式处理违约",
]


@pytest.mark.parametrize(("kind", "text"), FORBIDDEN)
def test_a_forbidden_clause_is_found_with_its_sentence(kind: str, text: str) -> None:
    found = find_clauses(f"遛狗拴绳。{text}")
    assert [(one.kind, one.at, one.sentence) for one in found] == [(kind, 2, text)]
    assert found[0].found in text


@pytest.mark.parametrize("text", IN_ORDER)
def test_what_refuses_such_a_thing_is_in_order(text: str) -> None:
    assert find_clauses(text) == ()


def test_a_sentence_that_says_two_things_is_found_for_each() -> None:
    found = find_clauses("堆物的罚款五十元，并断水断电；列入黑名单。")
    assert [one.kind for one in found] == ["fine", "cut_off", "naming"]
    assert [one.at for one in found] == [1, 1, 2]


def test_refusing_one_thing_does_not_excuse_another() -> None:
    assert [one.kind for one in find_clauses("不罚款，但是把门牌号公示在楼道。")] == ["naming"]


def test_sentences_are_counted_without_empty_ones() -> None:
    assert sentences_of("一。\n\n二；三") == ["一。", "二；", "三"]
    assert set(KINDS) == {"fine", "cut_off", "naming", "rights"}
    assert find_clauses("") == ()


def test_a_long_text_is_read_at_once() -> None:
    assert find_clauses("楼道里不堆东西，大家互相提醒" * 20_000) == ()
