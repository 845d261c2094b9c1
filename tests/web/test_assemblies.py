"""A representatives' meeting on its pages: the room for who leads, the page for who is called, the hall, the calendar."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from pytest_django.fixtures import Settings

from gongzhi.core.calendar import CHINA
from gongzhi.desk import meeting_room as rooms
from gongzhi.desk.attendance import code_of
from gongzhi.desk.recurring import open_due
from gongzhi.records.matters.models import Matter
from gongzhi.records.meetings.models import Meeting
from gongzhi.web import clock
from gongzhi.web.portal.assemblies import fold
from tests.support.assembly import MEETS, MONDAY, Assembly, found_assembly
from tests.support.visitors import visitor
from tests.web.bench import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def assembly(db: None, settings: Settings, tmp_path: Path) -> Assembly:
    settings.GONGZHI_HOME = tmp_path
    settings.GONGZHI_STORY_CLOCK = True
    clock.set_story_time(MONDAY)
    return found_assembly()


def post(client: Client, name: str, meeting: Meeting, **fields: str) -> HttpResponse:
    return client.post(reverse(name, args=[meeting.pk]), fields)


def test_the_room_takes_roll_presence_and_votes_in_forms(assembly: Assembly) -> None:
    meeting = assembly.invite(assembly.to_meeting())
    director = visitor(assembly.who["director"])
    wrong = post(director, "meeting_room", meeting, do="roll", roll="1 张三\n一 李四\n1 王五\n4")
    said = text_of(wrong)
    assert wrong.status_code == 422 and "第2行" in said and "1号写了两次" in said and "4号没有写姓名" in said
    assert "李四" in wrong.content.decode(), "what was typed is still there"
    roll = "\n".join(f"{n} 代表{n}" for n in range(1, 61))
    assert post(director, "meeting_room", meeting, do="roll", roll=roll).status_code == 302
    clock.set_story_time(MEETS)
    assert post(director, "meeting_room", meeting, do="sign", numbers="1-39", means="paper").status_code == 302
    again = post(director, "meeting_room", meeting, do="sign", numbers="39 40", means="list")
    assert again.status_code == 422 and "39号在" in text_of(again) and "纸质签到表" in text_of(again)
    post(director, "meeting_room", meeting, do="open")
    page = text_of(director.get(reverse("meeting", args=[meeting.pk])))
    assert "到会40人，要40人" in page and "达到法定人数" in page and "代表40" in page
    early = post(director, "meeting_room", meeting, do="vote", item="1", way="hands")
    assert early.status_code == 422 and "最后发言" in text_of(early)
    post(director, "meeting_room", meeting, do="speak", item="1", who="committee.director")
    assert post(director, "meeting_room", meeting, do="vote", item="1", way="hands").status_code == 302
    hall = text_of(director.get(reverse("meeting_hall", args=[meeting.pk])))
    assert "表决中" in hall and "到会40" in hall and "代表" not in hall.replace("居民代表会议", "")
    for login in ("director", "women"):
        counted = {"yes": "21", "no": "19", "abstain": "0"}
        assert (
            post(visitor(assembly.who[login]), "meeting_room", meeting, do="count", item="1", **counted).status_code
            == 302
        )
    assert post(director, "meeting_room", meeting, do="decide", item="1").status_code == 302
    page = text_of(director.get(reverse("meeting", args=[meeting.pk])))
    assert "通过。赞成21，反对19，弃权0" in page and "城市居民委员会组织法第28、29条" in page


def test_somebody_without_a_part_does_nothing_in_the_room(assembly: Assembly) -> None:
    meeting = assembly.invite(assembly.to_meeting())
    answer = post(visitor(assembly.who["works"]), "meeting_room", meeting, do="open")
    assert answer.status_code in (404, 422)
    assert post(Client(), "meeting_room", meeting, do="open").status_code == 302
    meeting.refresh_from_db()
    assert meeting.status == "planned"


def test_residents_find_the_meeting_ask_and_read_the_answer(assembly: Assembly) -> None:
    meeting = assembly.invite(assembly.to_meeting())
    assert "居民代表会议" in text_of(Client().get(reverse("resident_meetings")))
    page = Client().get(reverse("meeting_page", args=[meeting.pk]))
    assert "登录后可以提问" in text_of(page) and "车棚选址" in text_of(page) and "议题说明" in text_of(page)
    resident = visitor(assembly.who["resident"])
    assert post(resident, "meeting_take_part", meeting, do="question", said="").status_code == 422
    assert post(resident, "meeting_take_part", meeting, do="question", said="王小明家门口会不会堵？").status_code == 302
    assert "王小明" not in text_of(Client().get(reverse("meeting_page", args=[meeting.pk])))
    director = visitor(assembly.who["director"])
    voice = meeting.voices.get()
    post(director, "meeting_room", meeting, do="answer", voice=str(voice.pk), shown="门口会不会堵？", answer="不会")
    said = text_of(Client().get(reverse("meeting_page", args=[meeting.pk])))
    assert "门口会不会堵？" in said and "不会" in said and "王小明" not in said


def test_members_sign_in_vote_and_leave_by_phone(assembly: Assembly) -> None:
    meeting = assembly.invite(assembly.to_meeting())
    director = assembly.who["director"]
    rooms.set_roll(meeting, director, assembly.lines(3), MONDAY)
    clock.set_story_time(MEETS)
    members = [visitor(assembly.who[f"rep{n}"]) for n in (1, 2, 3)]
    for client in members:
        answer = client.post(
            reverse("meeting_sign_in", args=[meeting.pk]), {"part": "member", "code": code_of(meeting)}
        )
        assert "签到好了" in text_of(answer)
    twice = members[0].post(reverse("meeting_sign_in", args=[meeting.pk]), {"part": "member", "code": code_of(meeting)})
    assert twice.status_code == 422 and "已经签到" in text_of(twice)
    rooms.open_meeting(meeting, director, MEETS)
    post(members[2], "meeting_take_part", meeting, do="recuse", item="1")
    rooms.speak(meeting, director, 1, "committee.director", MEETS)
    rooms.begin_vote(meeting, director, 1, "phones", MEETS)
    assert "赞成" in text_of(members[0].get(reverse("meeting_page", args=[meeting.pk])))
    assert "您回避这一项" in text_of(members[2].get(reverse("meeting_page", args=[meeting.pk])))
    for client, choice in zip(members[:2], ("yes", "yes"), strict=True):
        assert post(client, "meeting_take_part", meeting, do="vote", item="1", choice=choice).status_code == 302
    again = post(members[0], "meeting_take_part", meeting, do="vote", item="1", choice="no")
    assert again.status_code == 422 and "已经投过" in text_of(again)
    rooms.decide(meeting, director, 1, MEETS)
    assert "通过。赞成2，反对0，弃权0" in text_of(Client().get(reverse("meeting_page", args=[meeting.pk])))
    assert post(members[1], "meeting_take_part", meeting, do="leave").status_code == 302
    assert meeting.members.get(number=2).state == "left"


def test_the_calendar_file_can_be_read_by_a_calendar(assembly: Assembly) -> None:
    meeting = assembly.invite(assembly.to_meeting())
    answer = Client().get(reverse("meetings_ics"))
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert answer["Content-Type"].startswith("text/calendar")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR"
    assert "DTSTART:20260330T080000Z" in lines and "SUMMARY:居民代表会议" in lines and "LOCATION:活动室" in lines
    assert all(len(line.encode()) <= 75 for line in answer.content.decode().split("\r\n"))
    assert fold("题" * 60).replace("\r\n ", "") == "题" * 60
    assert Client().get(reverse("meeting_ics", args=[meeting.pk])).content.decode().count("BEGIN:VEVENT") == 1


def test_pages_ask_the_database_as_often_for_60_as_for_6(assembly: Assembly) -> None:
    few, many = assembly.opened(5, 6), assembly.opened(50, 60)
    client = visitor(assembly.who["director"])
    client.get(reverse("meeting", args=[few.pk]))
    asked = []
    for meeting in (few, many):
        for name in ("meeting", "meeting_hall", "meeting_page"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(reverse(name, args=[meeting.pk])).status_code == 200
            asked.append(len(queries))
    assert asked[:3] == asked[3:]


def test_the_minutes_hold_votes_verdicts_answers_and_corrections_and_name_nobody(assembly: Assembly) -> None:
    meeting, director = assembly.opened(40), assembly.who["director"]
    rooms.bring(meeting, assembly.who["resident"], "question", "online", "王小明家会不会堵？", MEETS)
    rooms.answer(meeting, director, meeting.voices.get().pk, "answered", "门口会不会堵？", "不会", MEETS)
    assembly.voted(meeting, 21)
    assembly.do(meeting.matter, "director", "done", MEETS, words={"minutes": "同意选东门\n费用三万元"})
    later = MEETS + timedelta(days=1)
    clock.set_story_time(later)
    assembly.do(
        meeting.matter, "director", "correct", later, visit=meeting.visit, words={"minutes": "同意选东门\n费用二万元"}
    )
    answer = visitor(assembly.who["director"]).get(reverse("meeting_minutes", args=[meeting.pk]))
    lines = [paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs]
    said = "\n".join(lines)
    meeting.refresh_from_db()
    assert "应到60人，结束时在场40人，未到20人。" in lines and "签到：点名40人。" in lines
    assert (
        "第1项　车棚选址" in lines and "通过。赞成21，反对19，弃权0。名册60人，至少要40人参加，实际40人：够了" in said
    )
    assert "问（网上）：门口会不会堵？" in lines and "答：不会" in lines
    assert "原文：费用三万元" in lines and "更正为：费用二万元" in lines and "费用二万元" in lines
    assert f"会议记录摘要：{meeting.seal}" in lines and "王小明" not in said and "代表7" not in said


def test_the_board_shows_by_itself_what_was_not_held(assembly: Assembly) -> None:
    clock.set_story_time(datetime(2026, 7, 3, 9, tzinfo=CHINA))
    said = text_of(Client().get(reverse("board_recurring")))
    assert "居民代表会议每半年一次" in said and "应于2026年6月30日（周二）前做，还没有做" in said and "在期限内" in said
    only = Client().get(reverse("board_recurring"), {"state": "missing"}).content.decode()
    assert "chip--overdue" in only and "chip--on_time" not in only


def test_staff_count_a_meeting_held_for_another_reason(assembly: Assembly) -> None:
    open_due(MONDAY)
    meeting = assembly.opened(30)
    assembly.do(meeting.matter, "director", "done", MEETS, words={"minutes": "人数不足"})
    clock.set_story_time(MEETS + timedelta(days=1))
    director = visitor(assembly.who["director"])
    page = director.get(reverse("work_recurring"))
    assert "用这次会议算作履行" in text_of(page)
    duty = Matter.objects.get(procedure="half_year")
    assert director.post(reverse("work_fulfil", args=[duty.number]), {"meeting": "x"}).status_code == 422
    answer = director.post(reverse("work_fulfil", args=[duty.number]), {"meeting": str(meeting.pk)})
    assert answer.status_code == 302
    assert "用另一次会议履行" in text_of(Client().get(reverse("board_recurring")))
    works = visitor(assembly.who["works"])
    assert works.post(reverse("work_fulfil", args=[duty.number]), {"meeting": str(meeting.pk)}).status_code == 404
