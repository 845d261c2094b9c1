"""Blank forms and the check of a wording, over the API."""

from __future__ import annotations

import pytest

from tests.api.conftest import Caller, House

pytestmark = pytest.mark.django_db


def test_anybody_may_try_a_wording_and_nothing_is_kept(nobody: Caller) -> None:
    answer = nobody.post("/wordings", {"text": "遛狗拴绳。堆物罚款五十元。"}, key=None)
    assert answer.status == 200
    assert [(one["kind"], one["sentence"]) for one in answer.json] == [("fine", "堆物罚款五十元。")]
    assert nobody.post("/wordings", {"text": "互相提醒。"}, key=None).json == []


def test_a_document_without_a_template_has_no_form(house: House) -> None:
    number = house.file().json["number"]
    answer = house["director"].get(f"/matters/{number}/forms/receipt")
    assert answer.status == 404
