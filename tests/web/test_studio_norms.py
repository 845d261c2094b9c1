"""The page that computes a charter's norms: numbers in the address, each side of the rule, what would be enough."""

from __future__ import annotations

import pytest
from django.test import Client

from gongzhi.web.board.norms import line_of
from gongzhi.words.terms import Terms
from tests.charters.shipped import NAMES, shipped
from tests.support.planning import place_of
from tests.web.bench import text_of


@pytest.fixture
def client(db: None) -> Client:
    return Client()


def said(client: Client, query: str = "", lang: str = "zh-hans") -> str:
    client.cookies["django_language"] = lang
    answer = client.get(f"/studio/baotou/norms{query}")
    assert answer.status_code == 200
    return text_of(answer)


def test_premises_too_small_say_what_is_missing(client: Client) -> None:
    text = said(client, "?households=3000&premises_m2=1499")
    assert "不合标准" in text
    assert "社区用房平方米数 × 100 ≥ 户数 × 50" in text
    assert "149,900" in text and "150,000" in text and "99.9%" in text
    assert "社区用房平方米数至少1500" in text


def test_one_number_is_enough_to_ask_for_the_other(client: Client) -> None:
    text = said(client, "?households=6000")
    assert "服务站人数至少15" in text and "服务站人数至多20" in text
    assert "the staff" not in text


def test_what_is_no_number_is_said_beside_its_field_and_kept(client: Client) -> None:
    answer = client.get("/studio/baotou/norms?households=三千")
    assert "写整数" in text_of(answer)
    assert 'value="三千"' in answer.content.decode()


def test_what_was_typed_for_one_norm_goes_along_with_the_others(client: Client) -> None:
    text = client.get("/studio/baotou/norms?households=3000&premises_m2=1499&sizes=1,2&else=7").content.decode()
    assert text.count('type="hidden" name="premises_m2" value="1499"') == 5  # four other norms, and merging
    assert text.count('type="hidden" name="sizes" value="1,2"') == 5
    assert 'name="else"' not in text


def test_merging_says_before_after_and_how(client: Client) -> None:
    text = said(client, "?sizes=1500,1500,2900 200")
    assert "4个社区变成3个，-25.0%" in text
    assert "1500 + 1500 = 3000" in text
    assert "只写数字" in said(client, "?sizes=12,x")


def test_english_and_a_charter_without_norms(client: Client) -> None:
    text = said(client, "?households=3000&premises_m2=1500", "en")
    assert "Meets the norm" in text and "Does not" not in text.split("Merging")[0]
    without = next(name for name in NAMES if (charter := shipped(name).charter) and not charter.norms)
    assert client.get(f"/studio/{without}/norms").status_code == 404
    assert "/studio/baotou/norms" in client.get("/studio/baotou").content.decode()


def test_the_board_computes_the_norms_with_what_the_community_published(client: Client) -> None:
    place_of("baotou")
    text = text_of(client.get("/board/norms"))
    assert "社区用房面积 合标准" in text and "不合标准" not in text
    assert "150,000 / 150,000" in text
    other = place_of("futian")
    text = text_of(client.get(f"/board/norms?community={other.code}"))
    assert "民生微实事一年的资金 合标准" in text and "社区用房面积" not in text


def test_where_a_number_was_not_published_nothing_is_judged() -> None:
    charter = shipped("baotou").charter
    assert charter is not None
    line = line_of(charter.norms["station_staff"], {"households": 3000}, Terms(charter))
    assert (line.met, line.missing, line.sides) == (None, ("服务站人数",), ())
