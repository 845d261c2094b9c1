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
