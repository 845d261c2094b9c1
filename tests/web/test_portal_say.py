"""我要反映: three pages, a code, a check and a receipt; what is wrong is said and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from gongzhi.records.matters.models import Matter, Words
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.people import limits
from gongzhi.records.people.contacts import parse_contact
from gongzhi.records.people.models import Person
from gongzhi.web import clock
from gongzhi.web.portal import keep
from tests.support.residents import (
    estate,
    filed,
    key_in,
    last_code,
    named,
    photo,
    resident,
    set_up,
    signed_in,
)
from tests.web.saying import CONTACT, SHED, sent, text_of, to_check


@pytest.fixture(autouse=True)
def community(db: None, tmp_path: Path) -> None:
    set_up(tmp_path)


def test_a_stranger_files_by_proving_a_contact_and_gets_a_receipt() -> None:
    client = Client()
    assert client.post("/say", {"what": SHED, "photos": named("门口.jpg", photo())})["Location"] == "/say/where"
    sent(client, "/say/where", place=estate().code, spot="大门口")
    asked = sent(client, "/say/contact", contact="139 0000 1234", headcount="20", seen_by="all")
    assert "139****1234" in text_of(asked) and "还没有提交" in text_of(asked)
    check = sent(client, "/say/code", code=last_code())
    assert SHED in text_of(check) and "20人一起" in text_of(check) and "系统猜的" in text_of(check)
    assert not Matter.objects.filter(headcount=20).exists()  # nothing is filed before 提交
    receipt = sent(client, "/say/check", idempotency_key=key_in(check))
    matter = Matter.objects.get(headcount=20)
    assert "收到了" in text_of(receipt) and matter.number in text_of(receipt)
    assert (matter.category, matter.public, matter.filer) == (
        "shared_facility",
        True,
        Person.objects.by_contact_index(resident_index()),
    )
    words = {row.name: row for row in matter.words.all()}
    assert read_text(words["what"]) == SHED and words["what"].public
    assert read_text(words["spot"]) == "大门口"
    assert words["photo.1"].kind == "photo" and not words["photo.1"].public


def resident_index() -> str:
    return parse_contact("13900001234").index


def test_pressed_twice_files_once_and_back_shows_the_receipt() -> None:
    client = signed_in()
    key = key_in(to_check(client))
    first = client.post("/say/check", {"idempotency_key": key})
    again = client.post("/say/check", {"idempotency_key": key})
    assert first["Location"] == again["Location"]
    assert client.get("/say/check")["Location"] == first["Location"]
    assert Matter.objects.count() == 1


def test_the_next_matter_has_a_key_of_its_own() -> None:
    client = signed_in()
    for what in (SHED, "3号楼路灯不亮"):
        sent(client, "/say/check", idempotency_key=key_in(to_check(client, what)))
    assert Matter.objects.count() == 2


@pytest.mark.parametrize("what", ["", "  \n ", "\x00\x07\u202e", "。"])
def test_nothing_said_is_refused_with_an_example(what: str) -> None:
    client = Client()
    answer = sent(client, "/say", what=what)
    assert answer.status_code == 422
    assert "请写一句是什么事" in text_of(answer) and "<title>有错误：" in text_of(answer)


def test_a_novel_is_refused_and_kept() -> None:
    client = Client()
    answer = sent(client, "/say", what="长" * 20_000)
    assert answer.status_code == 422
    assert "写了20000个字，最多2000个字" in text_of(answer) and "长" * 20_000 in text_of(answer)
    assert client.get("/say/check")["Location"] == "/say"


def test_control_signs_vanish_and_lines_stay() -> None:
    client = signed_in()
    sent(client, "/say/check", idempotency_key=key_in(to_check(client, "车\x00棚\x1b[31m\r\n倒了\u202e")))
    assert read_text(Words.objects.get(name="what")) == "车棚[31m\n倒了"


@pytest.mark.parametrize("place", ["", "nowhere", "320106000000"])
def test_an_unknown_place_is_refused(place: str) -> None:
    client = Client()
    sent(client, "/say", what=SHED)
    answer = sent(client, "/say/where", place=place, spot="大门口")
    assert answer.status_code == 422
    assert "请选一个地方" in text_of(answer) and "大门口" in text_of(answer)


@pytest.mark.parametrize(
    ("contact", "sentence"),
    [("1390000123", "您填了10位"), ("", "请填手机号或邮箱"), ("chen@", "邮箱写得不全")],
)
def test_a_contact_that_reaches_nobody_is_refused(contact: str, sentence: str) -> None:
    client = Client()
    answer = to_check(client, contact=contact)
    assert answer.status_code == 422 and sentence in text_of(answer)


@pytest.mark.parametrize("people", ["二十", "0", "-3", "1e9", "99999999"])
def test_a_head_count_is_a_number_of_people(people: str) -> None:
    answer = to_check(signed_in(), headcount=people)
    assert answer.status_code == 422
    assert "请用数字写一共几个人" in text_of(answer) and f'value="{people}"' in text_of(answer)


def test_a_wrong_code_leads_nowhere() -> None:
    client = Client()
    to_check(client)
    wrong = f"{(int(last_code()) + 1) % 1_000_000:06}"
    answer = sent(client, "/say/code", code=wrong)
    assert answer.status_code == 422 and "验证码不对" in text_of(answer)
    assert client.get("/say/check")["Location"] == "/say/code"


def test_a_person_changes_the_guess_of_the_machine() -> None:
    client = signed_in()
    assert "公共设施缺失" in text_of(to_check(client))
    answer = sent(client, "/say/category", category="neighbourhood")
    assert "邻里与居民自治" in text_of(answer) and "系统猜的" not in text_of(answer)
    sent(client, "/say", what="车棚和充电桩")  # saying more does not overrule a person
    assert "邻里与居民自治" in text_of(client.get("/say/check"))
    assert sent(client, "/say/category", category="made_up").status_code == 422


def test_changing_one_thing_leads_back_to_the_check() -> None:
    client = signed_in()
    to_check(client)
    answer = client.post("/say?back=check", {"what": "3号楼路灯不亮"})
    assert answer["Location"] == "/say/check"


def test_me_too_makes_a_matter_of_one_s_own_that_names_the_other() -> None:
    other = filed(SHED, "shared_facility", by="zhao@example.org", public=True)
    secret = filed(SHED, "shared_facility", by="zhao@example.org", public=False)
    client = signed_in()
    sent(client, "/say", what=SHED)
    page = text_of(client.get("/say/where"))
    assert other.number in page and secret.number not in page
    sent(client, "/say/where", place=estate().code, me_too=other.number)
    check = sent(client, "/say/contact", **CONTACT)
    assert other.number in text_of(check)
    sent(client, "/say/check", idempotency_key=key_in(check))
    own = Matter.objects.get(filer=resident(), category="shared_facility")
    assert read_text(own.words.get(name="linked")) == other.number


def test_me_too_names_nothing_secret() -> None:
    secret = filed(SHED, "shared_facility", by="zhao@example.org", public=False)
    client = signed_in()
    sent(client, "/say", what=SHED)
    sent(client, "/say/where", place=estate().code, me_too=secret.number)
    assert secret.number not in text_of(sent(client, "/say/contact", **CONTACT))


def test_a_draft_waits_a_day_on_the_server_sealed_and_can_be_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    client.post("/say", {"what": SHED, "photos": [named("a.jpg", photo())]})
    assert SHED not in str(dict(client.session)) and SHED in text_of(client.get("/say"))
    assert "接着写" in text_of(client.get("/"))
    folder = keep._folder(key_in(client.get("/say")))
    assert folder.exists() and photo()[:100] not in next(folder.iterdir()).read_bytes()
    sent(client, "/say/clear")
    assert SHED not in text_of(client.get("/say")) and not folder.exists()
    sent(client, "/say", what=SHED)
    tomorrow = clock.now() + timedelta(hours=24, minutes=1)
    monkeypatch.setattr("gongzhi.web.portal.say.now", lambda: tomorrow)
    assert SHED not in text_of(client.get("/say"))


def test_a_complaint_about_the_site_is_an_ordinary_matter() -> None:
    client = signed_in()
    assert "/say?about=site" in text_of(client.get("/help/complain"))
    client.get("/say?about=site")
    check = to_check(client, "字太小，按钮找不到")
    sent(client, "/say/check", idempotency_key=key_in(check))
    assert Matter.objects.get().category == "other"


def test_too_many_in_an_hour_have_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILING", limits.Limit("filing", 1, 3600))
    client = signed_in()
    sent(client, "/say/check", idempotency_key=key_in(to_check(client)))
    answer = sent(client, "/say/check", idempotency_key=key_in(to_check(client, "再来一件")))
    assert answer.status_code == 429 and "再来一件" in text_of(answer)
