"""The public board: numbers one can count again, nothing personal, objections that are answered."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.core.calendar import CHINA
from gongzhi.desk.draft import Resolved
from gongzhi.records.matters.digests import make_digest
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.sealing import text
from gongzhi.records.notices.models import Notice
from gongzhi.records.people.models import PersonalData
from gongzhi.web.board.notices import days_left
from gongzhi.web.board.openness import personal_fields
from gongzhi.web.board.purposes import TABLES, field_text, table_of
from gongzhi.web.clock import now
from gongzhi.web.portal.numbers import month_around
from gongzhi.web.texts import hide_numbers
from tests.support.residents import do, filed, holder, resident, set_up, signed_in, until_asked

SECRET = "我叫陈小明，电话13812345678，住3号楼"


@pytest.fixture(autouse=True)
def community(db: None, tmp_path: Path) -> None:
    set_up(tmp_path)


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def page(address: str, **query: str) -> str:
    answer = Client().get(address, query)
    assert answer.status_code == 200, address
    return text_of(answer)


def body_of(answer: object) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def posted() -> Notice:
    """A plan of the community that hangs and takes objections."""
    matter = filed("没有长椅", "shared_facility", public=True, at=now() - timedelta(hours=5))
    director, secretary = holder("residents_committee", "director"), holder("party_branch", "secretary")
    matter = do(matter, director, "done", outcome="registered", words={"receipt": "已登记"})
    matter = do(matter, secretary, "done", outcome="call_party_council", words={"minutes": "请党员议事会商量"})
    matter = do(matter, holder("party_members_council"), "part", part="attend.party_members_council", count=9)
    matter = do(matter, secretary, "done", outcome="notice_and_council", words={"minutes": "先公示"},
                resolutions=(Resolved("先公示，再开议事园", "residents_committee"),))  # fmt: skip
    matter = do(matter, director, "done", outcome="posted", words={"notice_text": "周五晚上商量长椅"})
    matter = do(matter, director, "part", part="attend.residents", count=23)
    for organ, seat in (("party_branch", "secretary"), ("service_station", "head"), ("urban_section", "chief")):
        matter = do(matter, holder(organ, seat), "part", part=f"attend.{organ}.{seat}")
    facts = {"needs_planning": False, "needs_funds": False, "outside_remit": False}
    papers = {"minutes": "同意自己办", "proposed_solution": "四张长椅"}
    matter = do(matter, director, "done", outcome="proposal", fields=facts, words=papers)
    do(matter, director, "serve", channel="board", words={"notice_text": "四张长椅的位置图"})
    return Notice.objects.get(objections=True)


def test_every_page_opens_without_sign_in_and_says_what_is_not_there_yet() -> None:
    for address, said in [
        ("/board", "现在没有超时的事"),
        ("/board/matters", "没有符合的事项"),
        ("/board/notices", "现在没有正在公示的事"),
        ("/board/late", "现在没有超时的事"),
        ("/board/resolutions", "还没有公开事项的会议决议"),
        ("/board/digests", "还没有摘要"),
    ]:
        assert said in page(address), address


def test_the_numbers_are_the_lengths_of_their_lists() -> None:
    start, _ = month_around(now())
    for n in range(3):
        filed(f"本月{n}", public=True)
    filed("上月", public=True, at=start - timedelta(days=40))  # overdue by now
    filed("不公开", public=False)
    done = until_asked(filed("办完的", public=True))
    do(done, resident(), "done", outcome="content")
    board = page("/board")
    assert "本月收到5件，办结1件，现在超时1件" in board
    received, settled = page("/board/matters", show="received"), page("/board/matters", show="done")
    assert received.count("row__title") == 4 and "另有1件反映人没有选公开" in received
    assert settled.count("row__title") == 1
    assert page("/board/late").count("row__title") == 1


def test_nothing_of_a_private_matter_is_public() -> None:
    matter = filed(SECRET, public=False)
    assert Client().get(f"/board/matters/{matter.number}").status_code == 404
    for address in ("/board", "/board/matters", "/board/late", "/"):
        assert matter.number not in page(address)
    assert f'/board/matters/{matter.number}"' not in page("/board/matters", q=matter.number)
    words = matter.words.get(name="what")
    assert Client().get(f"/board/matters/{matter.number}/papers/{words.pk}").status_code == 404


def test_a_public_matter_shows_its_course_and_no_words() -> None:
    matter = until_asked(filed(SECRET, public=True))
    shown = page(f"/board/matters/{matter.number}")
    assert "首接登记并按职责清单分派：已分派" in shown and "反映人写的话没有公开" in shown
    for private in ("陈小明", "13812345678", "chen@example.org", resident().digest, "已加装围挡"):
        assert private not in shown


def test_words_made_public_hide_numbers() -> None:
    matter = filed(text(SECRET, public=True), public=True)  # type: ignore[arg-type]
    shown = page(f"/board/matters/{matter.number}")
    assert "我叫陈小明，电话138****5678" in shown and "13812345678" not in shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("打13812345678", "打138****5678"),
        ("138 1234 5678", "138****5678"),
        ("320106199001011234", "320****1234"),
        ("32010619900101123X号", "320****123X号"),
        ("3号楼12单元2008年", "3号楼12单元2008年"),
        ("54万元", "54万元"),
    ],
)
def test_long_numbers_are_covered(said: str, shown: str) -> None:
    assert hide_numbers(said) == shown


def test_a_number_leads_to_its_matter_and_filters_are_in_the_address() -> None:
    matter = filed(public=True)
    filed("没有车棚", "shared_facility", public=True)
    assert Client().get("/board/matters", {"q": matter.number})["Location"] == f"/board/matters/{matter.number}"
    narrowed = page("/board/matters", category="environment")
    assert narrowed.count("row__title") == 1 and '<option value="environment" selected>' in narrowed
    assert page("/board/matters", q="公共设施").count("row__title") == 1
    assert page("/board/matters", category="made_up", show="nonsense").count("row__title") == 2


def test_pages_of_a_long_list() -> None:
    for n in range(23):
        filed(f"第{n}件", public=True)
    assert page("/board/matters").count("row__title") == 20
    assert page("/board/matters", page="2").count("row__title") == 3
    assert page("/board/matters", page="-1").count("row__title") == 20
    assert "没有符合的事项" in page("/board/matters", page="99")


def test_who_is_late_names_organs_with_all_they_answer_for() -> None:
    filed("早该办", public=True, at=now() - timedelta(days=40))
    filed("刚来的", public=True)
    shown = page("/board/late")
    row = re.search(r'scope="row">(.*?)</th>.*?numeric">(\d+)</td>.*?numeric">(\d+)<', shown, re.S)
    assert row is not None and row.groups() == ("福建路社区公共服务站", "1", "2")


@pytest.mark.parametrize("address", ["/board", "/board/matters", "/board/late", "/board/resolutions", "/board/notices"])
def test_a_page_asks_as_often_for_sixty_as_for_three(address: str) -> None:
    client = Client()
    for n in range(3):
        filed(f"第{n}件", public=True, at=now() - timedelta(days=40 + n))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for n in range(57):
        filed(f"又{n}件", public=True, at=now() - timedelta(days=40 + n))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_a_notice_is_read_printed_and_objected_to() -> None:
    notice = posted()
    shown = page(f"/board/notices/{notice.pk}")
    left = days_left(notice, now())  # its five days end with a day, whatever the hour of this test
    assert left in (4, 5) and f"还剩{left}天" in shown
    assert "四张长椅的位置图" in shown and "登录后提异议" in shown
    printed = page(f"/board/notices/{notice.pk}/print")
    assert "（盖章）" in printed and "025-00000000" in printed and "摘要" in printed and "<svg" in printed
    client = signed_in("zhao@example.org")
    silent = client.post(f"/board/notices/{notice.pk}/object", {"objection": ""})
    assert silent.status_code == 422
    sent = {"objection": "有一张正对一楼窗户", "idempotency_key": "a" * 32}
    for _ in range(2):  # pressed twice
        assert client.post(f"/board/notices/{notice.pk}/object", sent).status_code == 302
    assert notice.objected.count() == 1
    assert "正对一楼窗户" in text_of(client.get(f"/board/notices/{notice.pk}"))
    assert "正对一楼窗户" not in page(f"/board/notices/{notice.pk}")
    assert "等答复" in page(f"/board/notices/{notice.pk}")


def test_a_stranger_signs_in_before_objecting() -> None:
    notice = posted()
    answer = Client().post(f"/board/notices/{notice.pk}/object", {"objection": "不同意"})
    assert answer.status_code == 302 and "/login" in answer["Location"]


def test_after_its_time_a_notice_takes_no_objection(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = posted()
    late = now() + timedelta(days=7)
    monkeypatch.setattr("gongzhi.web.board.notices.now", lambda: late)
    client = signed_in("zhao@example.org")
    answer = client.post(f"/board/notices/{notice.pk}/object", {"objection": "还是不同意"})
    assert answer.status_code == 422 and "还是不同意" not in page("/board/notices")
    assert "提异议的时间已经过了" in text_of(client.get(f"/board/notices/{notice.pk}"))


def test_resolutions_name_what_who_and_when() -> None:
    posted()
    shown = page("/board/resolutions")
    assert "先公示，再开议事园" in shown and "福建路社区居委会" in shown and "社区党员议事会" in shown


def test_open_data_is_whole_and_holds_nobody() -> None:
    public = [filed(SECRET, public=True) for _ in range(3)]
    filed(SECRET, public=False)
    told = body_of(Client().get("/board/data/matters.csv"))
    lines = list(csv.DictReader(io.StringIO(told)))
    listed = json.loads(body_of(Client().get("/board/data/matters.json")))
    assert {line["number"] for line in lines} == {one["number"] for one in listed} == {m.number for m in public}
    assert lines[0]["head"] == listed[0]["head"] and "陈小明" not in told and resident().digest not in told
    assert json.loads(body_of(Client().get("/board/data/matters.json")))[0]["filed_at"].endswith("+08:00")


def test_the_digest_of_a_day_is_there_to_keep() -> None:
    filed(public=True)
    day = date.today()
    digest = make_digest(day, datetime.now(CHINA) + timedelta(days=1))
    assert digest is not None
    shown = page("/board/digests")
    assert digest.root[:4] in shown
    kept = json.loads(body_of(Client().get(f"/board/digests/{day.isoformat()}.json")))
    assert kept["root"] == digest.root
    assert Client().get("/board/digests/1999-01-01.json").status_code == 404
    assert Client().get("/board/digests/never.json").status_code == 404


def test_every_personal_field_is_told_in_plain_words() -> None:
    for model in TABLES:
        assert all(personal_fields(model)), model
        told = table_of(model.__name__)
        assert told.name and told.purpose and told.basis and told.keep
    assert "手机号（加密）" in page("/board/personal-data")
    assert field_text("RollObjection", "answer") == "答复（加密）"
    assert field_text("Contribution", "answer") == "对不服的答复", "it is public text, not sealed"


def test_no_table_of_personal_data_is_left_out() -> None:
    assert {model for model in apps.get_models() if issubclass(model, PersonalData)} <= set(TABLES)


def test_what_is_refused_is_said_with_the_reason() -> None:
    shown = page("/board/refused")
    for word in ("去反映问题是权利", "行踪", "别人替您报", "不设名册", "分数", "人脸"):
        assert word in shown
    assert shown.count("为什么不做") == 6


def test_the_filer_is_led_to_the_own_page() -> None:
    matter = filed(public=True)
    client = signed_in()
    assert client.get(f"/board/matters/{matter.number}")["Location"] == f"/my/{matter.number}"
    assert client.get(f"/board/matters/{matter.number}?public=1").status_code == 200
    assert Matter.objects.count() == 1
