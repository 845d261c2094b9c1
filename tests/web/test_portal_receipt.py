"""The receipt proves that something was handed in, to anybody, without telling what."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from gongzhi.records.matters.chain import receipt_code
from gongzhi.records.matters.models import Matter
from tests.support.forgery import forge
from tests.support.residents import filed, set_up, signed_in


@pytest.fixture(autouse=True)
def community(db: None, tmp_path: Path) -> None:
    set_up(tmp_path)


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def code_of(matter: Matter) -> str:
    return receipt_code(matter.acts.get(seq=1).hash).replace(" ", "")


def test_the_receipt_names_who_answers_until_when_and_why() -> None:
    matter = filed()
    page = text_of(signed_in().get(f"/my/{matter.number}/receipt"))
    code = receipt_code(matter.acts.get(seq=1).hash)
    assert matter.number in page and code in page and "社区公共服务站" in page
    assert "期限是2个工作日" in page and "<svg" in page and f"/r/{matter.number}/" in page


def test_the_picture_is_one_to_keep() -> None:
    matter = filed()
    answer = signed_in().get(f"/my/{matter.number}/receipt.png")
    assert Image.open(io.BytesIO(answer.content)).format == "PNG"
    assert matter.number in answer["Content-Disposition"]


@pytest.mark.parametrize("public", [True, False])
def test_anybody_may_check_it_and_learns_nothing_else(public: bool) -> None:
    matter = filed("对面工地夜里运土", public=public)
    page = text_of(Client().get(f"/r/{matter.number}/{code_of(matter)}"))
    assert "与公开记录一致" in page and "运土" not in page
    assert (f"/board/matters/{matter.number}" in page) is public


def test_typed_from_paper_with_blanks_it_is_the_same() -> None:
    matter = filed()
    spaced = receipt_code(matter.acts.get(seq=1).hash).upper()
    answer = Client().get("/r", {"number": f" {matter.number} ", "code": spaced}, follow=True)
    assert "与公开记录一致" in text_of(answer)  # type: ignore[arg-type]


def test_another_code_does_not_fit() -> None:
    matter, other = filed(), filed("别的事")
    assert "与公开记录不一致" in text_of(Client().get(f"/r/{matter.number}/{code_of(other)}"))


@pytest.mark.parametrize("code", ["abc", "x" * 20, "%2e%2e", "g" * 300])
def test_what_is_no_code_is_said_to_be_none(code: str) -> None:
    assert "没有这个编号，或者验证码不完整" in text_of(Client().get(f"/r/{filed().number}/{code}"))


def test_a_changed_log_no_longer_fits_the_receipt() -> None:
    matter = filed()
    code = code_of(matter)
    forge("UPDATE records_act SET kind = 'note' WHERE matter_id = %s", matter.pk)
    assert "与公开记录不一致" in text_of(Client().get(f"/r/{matter.number}/{code}"))
