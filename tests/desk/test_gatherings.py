"""Meetings and notices: kept in their rooms while the matter goes its way, and the words they rest on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk.audit import audit
from gongzhi.desk.draft import Invitation, Resolved
from gongzhi.desk.worker import run_once
from gongzhi.records.matters import sealing
from gongzhi.records.matters.models import Matter, Message, Words
from gongzhi.records.meetings import actions as meetings
from gongzhi.records.meetings import queries as meeting_reads
from gongzhi.records.notices import queries as notice_reads
from gongzhi.records.notices.models import Notice, Objection
from tests.support.community import MONDAY, Community

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MEETING_AT = datetime(2026, 3, 18, 16, tzinfo=CHINA)


@pytest.fixture
def called(community: Community) -> Matter:
    """A matter whose meeting is to be held."""
    matter = community.file(public=True).matter
    community.do(matter, "member", "done", MONDAY + HOUR, outcome="registered", words={"receipt": "收到"})
    return Matter.objects.get(pk=matter.pk)


def hold(community: Community, matter: Matter, **more: object) -> datetime:
    """The meeting of `called`, held and agreed."""
    at = MEETING_AT
    community.do(matter, "secretary", "part", at, part="attend.branch.secretary")
    community.do(matter, "director", "part", at, part="attend.residents", count=5, channel="paper")
    community.do(matter, "director", "done", at + HOUR, outcome="agreed", words={"minutes": "同意换灯"}, **more)
    return at + HOUR


def test_a_meeting_is_planned_invited_attended_and_held_with_its_resolutions(
    community: Community, called: Matter
) -> None:
    meeting = meeting_reads.meeting_of(called, "discuss#1")
    assert meeting is not None and (meeting.status, meeting.organ) == ("planned", community.organs["committee"])
    asked = Invitation(MEETING_AT, "社区活动室", agenda=("路灯", "费用"))
    community.do(called, "director", "note", MONDAY + 2 * HOUR, state="invitation", invitation=asked)
    meeting.refresh_from_db()
    assert (meeting.at, meeting.where, meeting.agenda) == (MEETING_AT, "社区活动室", ["路灯", "费用"])
    told = Message.objects.get(code="invitation", channel="in_app")
    assert told.organ == community.organs["branch"]
    meetings.sign_in(meeting, "attend.residents", community.who["resident"], "qr", MEETING_AT)
    meetings.sign_in(meeting, "attend.residents", community.who["resident"], "qr", MEETING_AT)
    hold(community, called, resolutions=(Resolved("四月前换好", "works", MEETING_AT.date()),))
    meeting.refresh_from_db()
    assert (meeting.status, meeting.outcome, meeting.held_at) == ("held", "agreed", MEETING_AT + HOUR)
    assert meeting_reads.present(meeting) == {"attend.residents": 5, "attend.branch.secretary": 1}
    resolution = meeting.resolutions.get()
    assert sealing.read_text(resolution.text) == "四月前换好" and resolution.owner == community.organs["works"]
    assert '"owner":"works"' in called.acts.get(kind="done", visit="", outcome__contains='"outcome":"agreed"').payload
    assert audit().broken == []


def test_only_who_holds_the_meeting_invites_to_it(community: Community, called: Matter) -> None:
    asked = Invitation(MEETING_AT, "别处")
    with pytest.raises(Refused, match="not_holder"):
        community.do(called, "secretary", "note", MONDAY + 2 * HOUR, state="invitation", invitation=asked)
    assert called.acts.count() == 2 and meeting_reads.meeting_of(called, "discuss#1").at is None  # type: ignore[union-attr]


def test_a_meeting_without_those_called_is_refused(community: Community, called: Matter) -> None:
    with pytest.raises(Refused, match="parts_open"):
        community.do(called, "director", "done", MEETING_AT, outcome="agreed", words={"minutes": "同意"})
    with pytest.raises(Refused, match="too_few"):
        community.do(called, "director", "part", MEETING_AT, part="attend.residents", count=2)


def test_a_notice_hangs_for_its_days_and_nobody_objects(community: Community, called: Matter) -> None:
    at = hold(community, called)
    assert not Notice.objects.exists(), "nothing hangs before somebody posts it"
    community.do(called, "member", "serve", at, channel="board", words={"notice_text": "拟更换三号楼路灯"})
    notice = Notice.objects.get()
    assert (notice.body, notice.place, notice.objections) == ("拟更换三号楼路灯", community.place, True)
    assert notice.until == datetime(2026, 3, 23, 23, 59, 59, 999999, tzinfo=CHINA)
    assert Words.objects.get(name="notice_text").public
    assert list(notice_reads.hanging([community.place], at)) == [notice]
    run_once(notice.until + DAY)
    called.refresh_from_db()
    assert called.step == "repair" and not notice_reads.hanging([community.place], notice.until + DAY)
    assert audit().broken == []


def test_an_upheld_objection_sends_the_matter_back(community: Community, called: Matter) -> None:
    at = hold(community, called)
    community.do(called, "member", "serve", at, channel="board", words={"notice_text": "拟更换路灯"})
    community.do(called, "neighbour", "object", at + DAY, part="o1", words={"objection": "太亮了，影响睡觉"})
    objection = Objection.objects.get()
    assert (objection.state, objection.person) == ("open", community.who["neighbour"])
    assert objection.words is not None and sealing.read_text(objection.words) == "太亮了，影响睡觉"
    assert "太亮" not in "".join(called.acts.values_list("payload", flat=True))
    answer = {"part": "o1", "state": "upheld", "ground": "照度超标", "words": {"answer": "改用低亮度灯"}}
    community.do(called, "member", "answer_objection", at + 2 * DAY, **answer)
    objection.refresh_from_db()
    assert objection.state == "upheld" and objection.answer is not None
    assert Message.objects.filter(code="objection_answered", person=community.who["neighbour"]).exists()
    run_once(at + 7 * DAY)
    called.refresh_from_db()
    assert called.visit == "discuss#2"
    assert meeting_reads.meetings_of(called).count() == 2
    assert audit().broken == []


def test_who_has_to_sign_or_come_finds_the_matter_on_the_list(community: Community, called: Matter) -> None:
    from gongzhi.records.matters.queries import worklist

    branch = worklist([community.organs["branch"].pk]).rows
    assert [(row.role, row.part, row.seat) for row in branch] == [("part", "attend.branch.secretary", "secretary")]  # type: ignore[union-attr]
    hold(community, called)
    assert worklist([community.organs["branch"].pk]).rows == []


def test_an_offer_is_on_the_list_of_the_office_while_the_sender_still_answers(community: Community) -> None:
    from gongzhi.records.matters.queries import worklist

    matter = community.file().matter
    community.do(matter, "member", "done", MONDAY + HOUR, outcome="simple", words={"receipt": "收到"})
    works = worklist([community.organs["works"].pk]).rows
    committee = worklist([community.organs["committee"].pk]).rows
    assert [row.role for row in works] == ["offered"] and [row.role for row in committee] == ["answers"]  # type: ignore[union-attr]
    community.do(matter, "works", "decline", MONDAY + 2 * HOUR, ground="tree:garden", to="garden")
    assert [row.role for row in worklist([community.organs["garden"].pk]).rows] == ["offered"]  # type: ignore[union-attr]
    community.do(matter, "garden", "decline", MONDAY + 3 * HOUR, ground="lamp:works", to="works")
    matter.refresh_from_db()
    assert (matter.status, matter.answers) == ("ruling", community.organs["joint"])
    assert [row.role for row in worklist([community.organs["joint"].pk]).rows] == ["rules"]  # type: ignore[union-attr]
    assert audit().broken == []
