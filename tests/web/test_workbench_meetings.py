"""会议: invitation, sign-in by list and by code, conclusion with minutes and resolutions, the Word file, the hall."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx import Document

from gongzhi.core.calendar import CHINA
from gongzhi.desk.attendance import code_of
from gongzhi.records.matters.models import Matter, Message
from gongzhi.records.meetings.models import Meeting
from tests.support.visitors import visitor
from tests.web.bench import Bench, hidden, text_of
from tests.web.ways import to_council, to_emergency

WHEN = {"day": "2026-03-17", "time": "16:00", "where": "社区二楼会议室", "agenda": "车棚选址\n谁出钱"}
ALL = {
    "state.attend.residents": "done", "count.attend.residents": "20", "state.attend.party_branch.secretary": "done",
    "state.attend.service_station.head": "done", "state.attend.urban_section.chief": "done",
}  # fmt: skip


def meeting_of(matter: Matter) -> Meeting:
    return Meeting.objects.get(matter=matter, visit=matter.visit)


def room(client: Client, meeting: Meeting) -> HttpResponse:
    return client.get(reverse("meeting", args=[meeting.pk]))


def send(client: Client, meeting: Meeting, name: str, **typed: str) -> HttpResponse:
    fields = hidden(room(client, meeting)) | {"visit": meeting.visit} | typed
    return client.post(reverse(name, args=[meeting.pk]), fields)


def test_an_invitation_says_when_and_where_and_reaches_those_called(bench: Bench) -> None:
    meeting = meeting_of(to_council(bench))
    client = bench.client("director")
    assert "要发通知的" in text_of(client.get("/work/meetings"))
    answer = send(client, meeting, "meeting_invite", **WHEN)
    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert meeting.at == datetime(2026, 3, 17, 16, tzinfo=CHINA) and meeting.agenda == ["车棚选址", "谁出钱"]
    assert Message.objects.filter(code="invitation", organ__organ="service_station").exists()
    said = text_of(bench.client("station").get("/work/meetings"))
    assert "社区议事园会议" in said and "社区二楼会议室" in said


def test_an_invitation_without_time_comes_back(bench: Bench) -> None:
    meeting = meeting_of(to_council(bench))
    answer = send(bench.client("director"), meeting, "meeting_invite", **{**WHEN, "time": ""})
    assert answer.status_code == 422
    assert "请填哪天、几点" in text_of(answer) and "社区二楼会议室" in answer.content.decode()


def test_only_who_holds_the_meeting_invites(bench: Bench) -> None:
    meeting = meeting_of(to_council(bench))
    assert "发会议通知" not in text_of(room(bench.client("station"), meeting))
    assert send(bench.client("station"), meeting, "meeting_invite", **WHEN).status_code == 422
    assert room(bench.client("environment"), meeting).status_code == 404


def test_the_list_records_who_came_and_the_meter_is_full(bench: Bench) -> None:
    matter = to_council(bench)
    meeting, client = meeting_of(matter), bench.client("director")
    assert "还差20人" in text_of(room(client, meeting)) and "还差3个" in text_of(room(client, meeting))
    assert send(client, meeting, "meeting_attendance", **ALL).status_code == 302
    said = text_of(room(client, meeting))
    assert "该来的都到了" in said and "形成初步解决设想" in said
    assert meeting.attendances.count() == 4


def test_too_few_are_refused_and_the_others_are_kept(bench: Bench) -> None:
    meeting = meeting_of(to_council(bench))
    answer = send(bench.client("director"), meeting, "meeting_attendance", **{**ALL, "count.attend.residents": "7"})
    assert answer.status_code == 422 and "到了7人，至少要20人" in text_of(answer)
    assert "到了3个，要3个" in text_of(answer)
    answer = send(bench.client("director"), meeting, "meeting_attendance",
                  **{"state.attend.residents": "done", "count.attend.residents": "二十"})  # fmt: skip
    assert "请填整数" in text_of(answer)


def test_a_list_sent_twice_counts_once(bench: Bench) -> None:
    meeting, client = meeting_of(to_council(bench)), bench.client("director")
    fields = hidden(room(client, meeting)) | {"visit": meeting.visit} | ALL
    for _ in range(2):
        assert client.post(reverse("meeting_attendance", args=[meeting.pk]), fields).status_code == 302
    assert meeting.attendances.count() == 4


def test_residents_sign_in_with_the_code_of_the_room(bench: Bench) -> None:
    meeting = meeting_of(to_council(bench))
    send(bench.client("director"), meeting, "meeting_invite", **WHEN)
    client = visitor(bench.resident(1))
    address = reverse("meeting_sign_in", args=[meeting.pk])
    bench.at = datetime(2026, 3, 17, 15, 50, tzinfo=CHINA)
    wrong = client.post(address, {"part": "attend.residents", "code": "000000"})
    assert wrong.status_code == 422 and "签到码不对" in text_of(wrong)
    assert client.post(address, {"part": "attend.service_station.head", "code": code_of(meeting)}).status_code == 422
    for _ in range(2):
        good = client.post(address, {"part": "attend.residents", "code": code_of(meeting)})
        assert good.status_code == 200 and "签到好了" in text_of(good)
    assert meeting.attendances.filter(means="qr").count() == 1
    assert "扫码签到1人" in text_of(room(bench.client("director"), meeting))


def test_a_seat_signs_in_by_itself(bench: Bench) -> None:
    meeting = meeting_of(to_council(bench))
    client = bench.client("station")
    address = reverse("meeting_sign_in", args=[meeting.pk])
    key = client.get(address).content.decode().split('name="idempotency_key" value="')[1].split('"')[0]
    fields = {"part": "attend.service_station.head", "code": code_of(meeting), "idempotency_key": key}
    assert "签到好了" in text_of(client.post(address, fields))
    assert meeting.attendances.get().part == "attend.service_station.head"


def test_a_sign_in_outside_its_time_is_refused(bench: Bench) -> None:
    meeting = meeting_of(to_council(bench))
    send(bench.client("director"), meeting, "meeting_invite", **{**WHEN, "day": "2026-03-19"})
    client = visitor(bench.resident(1))
    answer = client.post(
        reverse("meeting_sign_in", args=[meeting.pk]), {"part": "attend.residents", "code": code_of(meeting)}
    )
    assert answer.status_code == 422 and not meeting.attendances.exists()


@pytest.fixture
def held(bench: Bench) -> Meeting:
    """The emergency meeting, concluded with minutes and one resolution."""
    matter = to_emergency(bench)
    meeting = meeting_of(matter)
    send(bench.client("secretary"), meeting, "meeting_invite", **WHEN)
    form = bench.form("secretary", matter, "done", "call_party_council").content.decode()
    assert "地点：社区二楼会议室" in form and "出席：" in form and "1. 车棚选址" in form
    bench.do(
        "secretary", matter, "done", "call_party_council",
        doc__minutes="党总支紧急会议\n大家同意先问党员。\n\n出席：委员5人\n请假：1人\n列席：站长",
        resolution__1__text="请党员议事会商量", resolution__1__owner="residents_committee", resolution__1__due="2026-03-18",
    )  # fmt: skip
    meeting.refresh_from_db()
    return meeting


def test_a_meeting_ends_with_minutes_and_resolutions(bench: Bench, held: Meeting) -> None:
    assert (held.status, held.outcome) == ("held", "call_party_council")
    said = text_of(room(bench.client("secretary"), held))
    assert "请党员议事会商量" in said and "2026年3月18日" in said and "下载Word" in said


def test_a_resolution_needs_who_carries_it_out(bench: Bench) -> None:
    matter = to_emergency(bench)
    answer = bench.send("secretary", matter, "done", "call_party_council", doc__minutes="开了会",
                        resolution__1__text="商量一下")  # fmt: skip
    assert answer.status_code == 422 and "决议要写明由谁办" in text_of(answer)


def test_the_word_file_opens_again_black_and_closing_as_minutes_do(bench: Bench, held: Meeting) -> None:
    answer = bench.client("secretary").get(reverse("meeting_minutes", args=[held.pk]))
    document = Document(io.BytesIO(answer.content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == "福建路社区党总支党总支紧急会议纪要" or lines[0].endswith("党总支紧急会议纪要")
    assert [line[:3] for line in lines[-3:]] == ["出席：", "请假：", "列席："]
    assert "大家同意先问党员。" in lines and any(line.startswith("1. 请党员议事会商量") for line in lines)
    colours = {str(run.font.color.rgb) for one in document.paragraphs for run in one.runs}
    assert colours == {"000000"}
    section = document.sections[0]
    assert (round(section.top_margin.mm), round(section.left_margin.mm), round(section.page_width.mm)) == (37, 28, 210)
    assert bench.client("environment").get(reverse("meeting_minutes", args=[held.pk])).status_code == 404


def test_the_hall_screen_shows_numbers_and_no_names(bench: Bench) -> None:
    meeting = meeting_of(to_council(bench))
    send(bench.client("director"), meeting, "meeting_attendance", **ALL)
    answer = bench.client("director").get(reverse("meeting_hall", args=[meeting.pk]))
    said = text_of(answer)
    assert "到会23" in said and "应到23" in said and "该来的都到了" in said
    assert not any(name in said for name in ("周敏", "孙丽", "刘军"))
