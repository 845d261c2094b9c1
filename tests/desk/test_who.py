"""The duty list answers plain questions with one organ each."""

from __future__ import annotations

from gongzhi.desk.who import found
from tests.charters.shipped import shipped


def test_a_question_in_plain_words_finds_who_answers() -> None:
    charter = shipped("fuqu").charter
    assert charter is not None
    best = {asked: found(charter, asked)[0].answers for asked in ("路灯坏了找谁", "消防车进不来", "拖欠工资", "学区")}
    assert best == {
        "路灯坏了找谁": "residents_committee", "消防车进不来": "management_office", "拖欠工资": "service_station",
        "学区": "education_bureau",
    }  # fmt: skip
    assert found(charter, "xyzzy") == []
    assert found(charter, " ") == list(charter.duties)


def test_everyday_words_of_both_languages_find_the_same_line_and_nonsense_finds_none() -> None:
    """Once, letters of English words were matched pair by pair, and any question found any office."""
    charter = shipped("dongcheng").charter
    assert charter is not None
    asked = ("路灯谁修？", "who fixes the lamp?", "Who repairs the street lights?", "停车没地方", "no parking space")
    assert [found(charter, one)[0].answers for one in asked] == [*["city_works"] * 3, *["traffic_works"] * 2]
    assert found(charter, "what is the meaning of life") == []
