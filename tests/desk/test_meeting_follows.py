"""What a meeting leaves: tasks, answers, minutes, topics for the next."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import meeting_room as rooms
from gongzhi.desk.audit import audit
from gongzhi.desk.draft import Resolved
from gongzhi.desk.recurring import open_due
from gongzhi.records.matters.models import Matter
from gongzhi.records.matters.sealing import read_text
from gongzhi.records.meetings.models import Meeting, Resolution
from tests.support.assembly import MEETS, MONDAY, Assembly

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def refused(error: pytest.ExceptionInfo[Refused]) -> tuple[str, dict[str, object]]:
    return error.value.code, error.value.args_map


def close(assembly: Assembly, meeting: Meeting, **more: object) -> Meeting:
    assembly.do(meeting.matter, "director", "done", MEETS + HOUR, words={"minutes": "开过了"}, **more)
    meeting.refresh_from_db()
    return meeting


def test_resolutions_become_tasks_with_their_own_clock_and_are_reported_back(assembly: Assembly) -> None:
    meeting = assembly.opened(40)
    assembly.voted(meeting, 21)
    with pytest.raises(Refused, match="resolution_due_missing"):
        close(assembly, meeting, resolutions=(Resolved("四月前建好", "works"),))
    held = close(assembly, meeting, resolutions=(Resolved("四月前建好", "works", date(2026, 4, 20)),))
    task = Resolution.objects.get(meeting=held).task
    assert task is not None and task.parent == held.matter and task.answers == assembly.organs["works"]
    assert task.due == datetime(2026, 4, 20, 23, 59, 59, 999999, tzinfo=CHINA)
    later = assembly.invite(assembly.to_meeting(), MEETS + 30 * DAY, MEETS + 2 * DAY)
    assert next((one.source, one.title) for one in later.items.order_by("number")) == (
        "report",
        "上次会议决议的办理情况",
    )
    assembly.do(task, "works", "done", MEETS + 5 * DAY, outcome="done", words={"report": "建好了"})
    assembly.do(later.matter, "director", "note", MEETS + 6 * DAY, state="remark", words={"remark": "x"})
    assert Resolution.objects.get().reported_in is None
    assert audit().broken == []


def test_a_question_is_answered_in_the_open_and_an_open_one_becomes_a_task(assembly: Assembly) -> None:
    meeting = assembly.invite(assembly.to_meeting())
    resident, director = assembly.who["resident"], assembly.who["director"]
    rooms.bring(meeting, resident, "question", "online", "我家王小明门口会不会堵？", MONDAY + HOUR)
    rooms.bring(meeting, director, "question", "hotline", "多少钱？", MONDAY + HOUR)
    first, second = meeting.voices.order_by("number")
    assert (first.person, second.person) == (resident, None)
    assert "王小明" not in "".join(meeting.matter.acts.values_list("payload", flat=True))
    rooms.answer(meeting, director, first.pk, "answered", "门口会不会堵？", "不会", MONDAY + 2 * HOUR)
    first.refresh_from_db()
    assert first.shown is not None and first.shown.public and read_text(first.shown) == "门口会不会堵？"
    assert first.answer is not None and first.answer.public and not first.text.public
    with pytest.raises(Refused, match="voice_answered_already"):
        rooms.answer(meeting, director, first.pk, "answered", "", "会", MONDAY + 3 * HOUR)
    rooms.set_roll(meeting, director, assembly.lines(), MONDAY + 3 * HOUR)
    rooms.sign_in(meeting, director, range(1, 31), "list", MEETS)
    rooms.open_meeting(meeting, director, MEETS)
    close(assembly, meeting)
    second.refresh_from_db()
    task = Matter.objects.get(parent=meeting.matter)
    assert second.state == "followed" and "未答的问题1个" in task.subject
    assert (task.answers, task.due.astimezone(CHINA).date()) == (assembly.organs["committee"], date(2026, 4, 7))  # type: ignore[union-attr]


def test_minutes_can_be_objected_to_until_their_day(assembly: Assembly) -> None:
    meeting = assembly.opened(30)
    resident, director = assembly.who["resident"], assembly.who["director"]
    with pytest.raises(Refused, match="too_late"):
        rooms.bring(meeting, resident, "minutes_objection", "online", "没这么说", MEETS)
    held = close(assembly, meeting)
    assert held.objections_until == datetime(2026, 4, 4, 23, 59, 59, 999999, tzinfo=CHINA)
    rooms.bring(held, resident, "minutes_objection", "online", "没这么说", MEETS + DAY)
    voice = held.voices.get(kind="objection")
    rooms.answer(held, director, voice.pk, "rejected", "", "录音里有", MEETS + 2 * DAY)
    with pytest.raises(Refused, match="too_late"):
        rooms.bring(held, resident, "minutes_objection", "online", "再说", MEETS + 7 * DAY)


def test_a_meeting_is_closed_once(assembly: Assembly) -> None:
    meeting = assembly.opened(30)
    visit = meeting.visit
    close(assembly, meeting)
    with pytest.raises(Refused, match=r"moved_on|closed"):
        assembly.do(meeting.matter, "director", "done", MEETS + 2 * HOUR, visit=visit, words={"minutes": "再来"})
    with pytest.raises(Refused, match="meeting_over"):
        rooms.sign_in(meeting, assembly.who["director"], [50], "list", MEETS)


def test_topics_are_put_up_where_the_charter_has_a_wall(assembly: Assembly) -> None:
    wall = assembly.meeting(assembly.file("wall"))
    assembly.invite(wall)
    rooms.bring(wall, assembly.who["rep1"], "topic", "floor", "门口的广告", MONDAY)
    rooms.group_topic(wall, assembly.who["director"], 1, "环境", MONDAY)
    assert wall.voices.get().group == "环境"
    with pytest.raises(Refused, match="no_topics_here"):
        rooms.bring(assembly.invite(assembly.to_meeting()), assembly.who["rep1"], "topic", "floor", "别的", MONDAY)


def test_a_meeting_held_for_another_reason_meets_the_half_year_duty(assembly: Assembly) -> None:
    open_due(MONDAY)
    duty = Matter.objects.get(procedure="half_year")
    held = close(assembly, assembly.opened(30))
    with pytest.raises(Refused, match="not_holder"):
        rooms.fulfil(duty, held, assembly.who["works"], MEETS + DAY)
    with pytest.raises(Refused, match="unknown_act"):
        assembly.do(duty, "director", "fulfil", MEETS + DAY, ground="开过了", fields={"held": "2026-03-30"})
    with pytest.raises(Refused, match="no_duty_here"):
        rooms.fulfil(assembly.file(), held, assembly.who["director"], MEETS + DAY)
    rooms.fulfil(duty, held, assembly.who["director"], MEETS + DAY)
    duty.refresh_from_db()
    assert duty.status == "final" and duty.fulfilled.meeting == held and audit().broken == []
    open_due(datetime(2026, 7, 2, tzinfo=CHINA))
    later = Matter.objects.get(procedure="half_year", status="open")
    with pytest.raises(Refused, match="not_in_period"):
        rooms.fulfil(later, held, assembly.who["director"], datetime(2026, 7, 3, tzinfo=CHINA))
