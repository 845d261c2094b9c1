"""我的事: whose turn it is, what an answer leads to, and what nobody else sees."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.desk.draft import Invitation
from gongzhi.desk.worker import run_once
from gongzhi.records.institutions.actions import add_place, put_in_force
from gongzhi.records.institutions.models import CharterVersion, Place
from gongzhi.records.matters.access import note_reading
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.sealing import NewWords, erase, read_text
from gongzhi.web.clock import now
from tests.support.residents import do, filed, holder, key_in, named, photo, resident, set_up, signed_in, until_asked


@pytest.fixture(autouse=True)
def community(db: None, tmp_path: Path) -> None:
    set_up(tmp_path)


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def act(client: Client, matter: Matter, kind: str, **values: object) -> HttpResponse:
    return client.post(f"/my/{matter.number}/act", {"kind": kind, **values}, follow=True)  # type: ignore[return-value]


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def test_my_turn_comes_first_with_answers_of_one_size() -> None:
    matter = until_asked(filed())
    page = text_of(signed_in().get(f"/my/{matter.number}"))
    assert page.index("办好了吗？") < page.index("现在谁负责") < page.index("办理经过")
    turn = page.split('class="equal"')[1].split("</div>")[0]
    buttons = [button.split(">")[1].split("<")[0] for button in turn.split("<button")[1:]]
    assert buttons == ["办好了", "办了一部分", "没有办好"]
    assert turn.count("govuk-button--secondary") == 3
    assert "办好了：办结，结果是“已解决，居民满意”" in page
    assert "没有办好：区生态环境局接着负责“办理”" in page  # who gets it back, asked of the engine
    assert "等您处理（1）" in text_of(signed_in().get("/"))


def test_no_turn_no_question() -> None:
    page = text_of(signed_in().get(f"/my/{filed().number}"))
    assert "办好了吗？" not in page and "这个期限怎么来的？" in page and "社区公共服务站" in page


def test_solved_closes_and_opens_rating_and_reopening() -> None:
    matter, client = until_asked(filed()), signed_in()
    page = act(client, matter, "answer", outcome="content", visit=matter.visit)
    assert fresh(matter).end == "settled"
    assert "收到您的回复" in text_of(page) and "没有办好，重新办理" in text_of(page) and "5分，很好" in text_of(page)


@pytest.mark.parametrize("outcome", ["partly", "not_content"])
def test_not_solved_says_what_is_missing(outcome: str) -> None:
    matter, client = until_asked(filed()), signed_in()
    silent = act(client, matter, "answer", outcome=outcome, visit=matter.visit)
    assert silent.status_code == 422 and "请写一句还差什么" in text_of(silent)
    assert fresh(matter).step == "confirm"
    page = act(client, matter, "answer", outcome=outcome, visit=matter.visit, missing="夜里还在运土")
    assert fresh(matter).step == "handle" and "夜里还在运土" in text_of(page)


def test_an_answer_for_a_visit_that_is_over_is_told_and_kept() -> None:
    matter, client = until_asked(filed()), signed_in()
    first = act(client, matter, "answer", outcome="partly", visit=matter.visit, missing="还差一半")
    late = act(client, matter, "answer", outcome="not_content", visit=matter.visit, missing="我写了很多字")
    assert first.status_code == 200 and late.status_code == 409
    assert "我写了很多字" in text_of(late)  # in the field for additions: the question is gone


def test_the_same_key_answers_once() -> None:
    matter, client = filed(), signed_in()
    key = key_in(client.get(f"/my/{matter.number}"))
    for _ in range(2):
        act(client, matter, "add", more="照片背面还有一处", idempotency_key=key)
    assert matter.acts.filter(kind="note").count() == 1


def test_more_words_and_photos_move_no_clock() -> None:
    matter, client = filed(), signed_in()
    before = fresh(matter).due
    act(client, matter, "add", more="每天夜里十点以后", photos=[named("a.jpg", photo())])
    page = text_of(client.get(f"/my/{matter.number}"))
    assert "每天夜里十点以后" in page and "补充材料" in page and fresh(matter).due == before
    assert "gallery" in page
    assert act(client, matter, "add").status_code == 422
    spoilt = act(client, matter, "add", more="看照片", photos=[named("a.jpg", b"nothing")])
    assert spoilt.status_code == 422 and "看照片" in text_of(spoilt) and "不是照片" in text_of(spoilt)


def test_withdrawing_keeps_the_way_back() -> None:
    matter, client = filed(), signed_in()
    page = act(client, matter, "withdraw", visit=matter.visit, why="自己解决了")
    assert fresh(matter).end == "withdrawn" and "已撤回" in text_of(page)


def test_reopening_needs_a_word_and_goes_back_to_who_handled_it() -> None:
    matter, client = until_asked(filed()), signed_in()
    act(client, matter, "answer", outcome="content", visit=matter.visit)
    assert act(client, matter, "reopen").status_code == 422
    page = text_of(act(client, matter, "reopen", missing="又开始夜里运土"))
    assert fresh(matter).step == "handle" and "又开始夜里运土" in page and "filer_words" not in page


def test_a_rating_is_optional_separate_and_may_be_changed() -> None:
    matter, client = until_asked(filed()), signed_in()
    act(client, matter, "answer", outcome="content", visit=matter.visit)
    assert act(client, matter, "rate", grade="9").status_code == 422
    act(client, matter, "rate", grade="2", rating="太慢")
    page = text_of(act(client, matter, "rate", grade="4"))
    assert "您评过4分" in page and fresh(matter).end == "settled"


def test_acts_the_charter_does_not_let_a_resident_do_are_refused() -> None:
    matter, client = filed(), signed_in()
    early = act(client, matter, "answer", outcome="content", visit=matter.visit)
    assert early.status_code == 422 and fresh(matter).step == "receive"
    assert act(client, matter, "set_aside", to="handle").status_code == 422
    assert act(client, matter, "rate", grade="5").status_code in (200, 422)


def test_somebody_else_s_matter_is_as_if_it_were_not_there() -> None:
    matter = filed(public=True)
    other = signed_in("zhao@example.org")
    for address in ("", "/receipt", "/receipt.png"):
        assert other.get(f"/my/{matter.number}{address}").status_code == 404
    assert other.post(f"/my/{matter.number}/act", {"kind": "withdraw"}).status_code == 404
    words = matter.words.get(name="what")
    assert other.get(f"/my/{matter.number}/papers/{words.pk}").status_code == 404
    assert "/login" in Client().get(f"/my/{matter.number}")["Location"]


def test_papers_open_for_the_filer_with_the_right_type() -> None:
    shot = NewWords(photo(), kind="photo", media_type="image/jpeg")
    matter = do(filed(), resident(), "note", state="supplement", words={"photo.1": shot})
    client = signed_in()
    row = matter.words.get(name="photo.1")
    full = client.get(f"/my/{matter.number}/papers/{row.pk}")
    small = client.get(f"/my/{matter.number}/papers/{row.pk}?small=1")
    saved = client.get(f"/my/{matter.number}/papers/{row.pk}?download=1")
    assert full["Content-Type"] == small["Content-Type"] == "image/jpeg"
    assert len(small.content) < len(full.content) or len(full.content) < 20_000
    assert "attachment" in saved["Content-Disposition"] and "sandbox" in full["Content-Security-Policy"]
    assert "对面工地" in text_of(client.get(f"/my/{matter.number}/papers/{matter.words.get(name='what').pk}"))


def test_one_sees_who_read_the_own_words() -> None:
    matter, client = filed(), signed_in()
    assert "谁看过我写的话（0次）" in text_of(client.get(f"/my/{matter.number}"))
    note_reading(holder("service_station", "head"), "service_station.head", "matter_page", now(), matter)
    page = text_of(client.get(f"/my/{matter.number}"))
    assert "谁看过我写的话（1次）" in page and "社区公共服务站站长" in page


def test_a_page_shows_what_the_clock_did_though_no_worker_came() -> None:
    matter = filed(at=now() - timedelta(days=60))
    page = text_of(signed_in().get(f"/my/{matter.number}"))
    assert "已超时" in page or "办理" in page
    assert matter.acts.count() == 1  # looking changes nothing


@pytest.mark.parametrize("address", ["/", "/my"])
def test_a_page_asks_as_often_for_sixty_as_for_three(address: str) -> None:
    client = signed_in()
    for n in range(3):
        filed(f"第{n}件，路灯不亮")
    until_asked(filed("等您回答"))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for n in range(57):
        filed(f"又一件{n}")
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(many) == len(few) and page.status_code == 200


def test_the_list_is_paged_and_says_when_it_is_empty() -> None:
    client = signed_in()
    assert "您还没有反映过事情" in text_of(client.get("/my"))
    for n in range(25):
        filed(f"第{n}件事")
    first, second = text_of(client.get("/my")), text_of(client.get("/my?page=2"))
    assert first.count("row__title") == 20 and second.count("row__title") == 5
    assert client.get("/my?page=no").status_code == 200


def test_erased_words_are_said_to_be_erased() -> None:
    matter = filed()
    erase(matter.words.get(name="what"), now(), "retention", "system")
    page = text_of(signed_in().get(f"/my/{matter.number}"))
    assert "文字已按期限删除" in page and read_text(matter.words.get(name="what")) == ""


def test_told_by_the_worker_the_time_to_answer_runs() -> None:
    station, bureau = holder("service_station", "head"), holder("environment_bureau")
    matter = do(filed(), station, "done", outcome="sent", words={"receipt": "已登记"})
    matter = do(do(matter, bureau, "accept"), bureau, "done", outcome="done", words={"result": "好了"})
    run_once(now() + timedelta(minutes=10))
    page = text_of(signed_in().get(f"/my/{matter.number}"))
    assert "不回复不算您满意" in page


def test_meetings_are_announced_and_their_end_is_told() -> None:
    director, secretary = holder("residents_committee", "director"), holder("party_branch", "secretary")
    matter = filed("没有车棚", "shared_facility", public=True)
    matter = do(matter, director, "done", outcome="registered", words={"receipt": "已登记"})
    soon = now() + timedelta(hours=3)
    invitation = Invitation(soon, "二楼会议室", agenda=("车棚怎么办",))
    matter = do(matter, secretary, "note", state="invitation", invitation=invitation)
    mine, home = signed_in().get(f"/my/{matter.number}"), text_of(Client().get("/"))
    assert "二楼会议室" in text_of(mine) and "车棚怎么办" in text_of(mine) and "到会签到" in text_of(mine)
    assert "二楼会议室" in home and "开会：" in home
    matter = do(matter, secretary, "done", outcome="call_party_council", words={"minutes": "请党员议事会商量"})
    shown = text_of(Client().get(f"/board/matters/{matter.number}"))
    assert "会议结果：召开党员议事会" in shown and "二楼会议室" not in text_of(Client().get("/"))


def test_several_communities_are_served_side_by_side(tmp_path: Path) -> None:
    client = Client()
    assert "换一个社区" not in text_of(client.get("/"))
    second = add_place("320106005002", "第二社区", "community", Place.objects.get(code="320106005000"))
    version = CharterVersion.objects.get()
    put_in_force(version, second, now() - timedelta(days=1), "system")
    assert "福建路社区" in text_of(client.get("/")) and "第二社区" in text_of(client.get("/communities"))
    assert "第二社区" in text_of(client.get("/?community=320106005002"))
    assert "第二社区" in text_of(client.get("/board"))  # it stays chosen
    assert "第二社区" in text_of(client.get("/?community=nowhere"))
