"""The room of a meeting: called in time, quorum, turns, recusals, votes, resolutions, minutes. The law's numbers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from gongzhi.core.calendar import CHINA
from gongzhi.core.procedure.effects import Refused
from gongzhi.desk import meeting_room as rooms
from gongzhi.desk.audit import audit
from gongzhi.desk.draft import Draft
from gongzhi.desk.meeting_facts import sealed
from gongzhi.desk.step import take_step
from gongzhi.records.meetings.models import ItemVote, Meeting, MeetingMember
from tests.support.assembly import MEETS, Assembly

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def refused(error: pytest.ExceptionInfo[Refused]) -> tuple[str, dict[str, object]]:
    return error.value.code, error.value.args_map


def close(assembly: Assembly, meeting: Meeting, **more: object) -> Meeting:
    assembly.do(meeting.matter, "director", "done", MEETS + HOUR, words={"minutes": "开过了"}, **more)
    meeting.refresh_from_db()
    return meeting


def test_an_invitation_too_late_is_refused_with_the_first_day_that_would_do(assembly: Assembly) -> None:
    meeting = assembly.to_meeting()
    with pytest.raises(Refused) as error:
        assembly.invite(meeting, datetime(2026, 3, 25, 23, tzinfo=CHINA))
    code, args = refused(error)
    assert (code, args["earliest"]) == ("notice_too_short", datetime(2026, 3, 26, tzinfo=CHINA))
    meeting.refresh_from_db()
    assert meeting.at is None and not meeting.items.exists()
    assert assembly.invite(meeting, datetime(2026, 3, 26, 9, tzinfo=CHINA)).at is not None


def test_nobody_is_invited_before_the_materials_are_there(assembly: Assembly) -> None:
    meeting = assembly.to_meeting()
    words = meeting.matter.words.get(name="proposal")
    words.name = "elsewhere"
    words.save()
    with pytest.raises(Refused) as error:
        assembly.invite(meeting)
    assert refused(error) == ("documents_missing", {"documents": ["proposal"]})


def test_the_women_s_director_is_called_where_it_concerns_families(assembly: Assembly) -> None:
    assert assembly.to_meeting().called == []
    assert assembly.to_meeting(family=True).called == ["attend.committee.women"]


@pytest.mark.parametrize(("present", "enough"), [(39, False), (40, True)])
def test_of_60_representatives_40_make_a_quorum(assembly: Assembly, present: int, enough: bool) -> None:
    meeting = assembly.opened(present)
    director = assembly.who["director"]
    rooms.speak(meeting, director, 1, "committee.director", MEETS)
    if enough:
        rooms.begin_vote(meeting, director, 1, "hands", MEETS)
        return
    with pytest.raises(Refused) as error:
        rooms.begin_vote(meeting, director, 1, "hands", MEETS)
    assert refused(error) == ("quorum_lost", {"needed": 40, "had": 39})
    assert close(assembly, meeting).outcome == "no_quorum"


@pytest.mark.parametrize(("yes", "outcome"), [(20, "failed"), (21, "passed")])
def test_of_40_present_21_pass(assembly: Assembly, yes: int, outcome: str) -> None:
    meeting = assembly.opened(40)
    assembly.voted(meeting, yes)
    item = meeting.items.get(number=1)
    assert (item.outcome, item.rule, item.counts["present"]) == (outcome, "representatives_meeting", 40)
    held = close(assembly, meeting, counts={"eligible": 60, "present": 60, "yes": 60})
    assert held.outcome == outcome, "counts that somebody types are not those of the room"
    act = meeting.matter.acts.filter(kind="done").order_by("seq").last()
    assert f'"yes":{yes}' in act.payload and held.seal in act.payload
    assert held.record["items"][0]["votes"]["yes"] == yes and sealed(held.record) == held.seal
    assert audit().broken == []


def test_a_quorum_lost_halfway_stops_the_next_vote(assembly: Assembly) -> None:
    meeting, director = assembly.opened(40), assembly.who["director"]
    assembly.voted(meeting, 40)
    rooms.leave(meeting, director, 40, MEETS)
    rooms.speak(meeting, director, 2, "committee.director", MEETS)
    with pytest.raises(Refused) as error:
        rooms.begin_vote(meeting, director, 2, "phones", MEETS)
    assert refused(error) == ("quorum_lost", {"needed": 40, "had": 39})
    assert rooms.sign_in(meeting, director, [40], "list", MEETS + HOUR) == []
    rooms.begin_vote(meeting, director, 2, "phones", MEETS + HOUR)


def test_nobody_signs_in_twice_whatever_the_means(assembly: Assembly) -> None:
    meeting, director = assembly.opened(40), assembly.who["director"]
    faults = rooms.sign_in(meeting, director, [40, 41], "paper", MEETS)
    assert [(one.code, one.args_map["n"], one.args_map["means"]) for one in faults] == [
        ("signed_in_already", 40, "list")
    ]
    from gongzhi.desk.attendance import code_of

    with pytest.raises(Refused, match="signed_in_already"):
        rooms.sign_in_oneself(meeting, assembly.who["rep1"], code_of(meeting), MEETS)
    with pytest.raises(Refused, match="code_wrong"):
        rooms.sign_in_oneself(meeting, assembly.who["rep1"], "0000００", MEETS)
    assert meeting.members.filter(state="present").count() == 41
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingMember.objects.create(meeting=meeting, number=99, person=assembly.who["rep1"])


def test_one_vote_each_and_none_for_who_left_or_is_recused(assembly: Assembly) -> None:
    meeting, director = assembly.opened(42), assembly.who["director"]
    rooms.recuse(meeting, assembly.who["rep2"], 1, 2, MEETS)
    rooms.speak(meeting, director, 1, "committee.director", MEETS)
    rooms.begin_vote(meeting, director, 1, "phones", MEETS)
    item = meeting.items.get(number=1)
    assert item.counts == {"eligible": 60, "present": 41, "recused": 1}
    rooms.vote(meeting, assembly.who["rep1"], 1, "yes")
    with pytest.raises(Refused, match="item_voted_already"):
        rooms.vote(meeting, assembly.who["rep1"], 1, "no")
    with pytest.raises(Refused, match="item_voted_already"):
        rooms.vote_for(meeting, director, 1, 1, "no", MEETS)
    with pytest.raises(Refused, match="recused_here"):
        rooms.vote(meeting, assembly.who["rep2"], 1, "yes")
    rooms.leave(meeting, assembly.who["rep3"], 3, MEETS)
    with pytest.raises(Refused, match="not_there"):
        rooms.vote(meeting, assembly.who["rep3"], 1, "yes")
    with pytest.raises(Refused, match="not_a_member"):
        rooms.vote(meeting, assembly.who["resident"], 1, "yes")
    with pytest.raises(Refused, match="vote_running"):
        rooms.recuse(meeting, director, 1, 5, MEETS)
    item.refresh_from_db()
    assert (item.yes, item.no, item.votes.count()) == (1, 0, 1)
    assert {field.name for field in ItemVote._meta.concrete_fields} == {"id", "item", "member"}


def test_the_head_speaks_last_and_then_nobody(assembly: Assembly) -> None:
    meeting, director = assembly.opened(40), assembly.who["director"]
    rooms.speak(meeting, director, 1, "floor", MEETS)
    with pytest.raises(Refused) as error:
        rooms.begin_vote(meeting, director, 1, "hands", MEETS)
    assert refused(error) == ("head_speaks_last", {"who": "committee.director", "spoke": False})
    rooms.speak(meeting, director, 1, "committee.director", MEETS)
    with pytest.raises(Refused, match="head_speaks_last"):
        rooms.speak(meeting, director, 1, "floor", MEETS)
    assert list(meeting.items.get(number=1).turns.values_list("who", flat=True)) == ["floor", "committee.director"]


def test_two_tellers_have_to_agree(assembly: Assembly) -> None:
    meeting, director, women = assembly.opened(40), assembly.who["director"], assembly.who["women"]
    rooms.speak(meeting, director, 1, "committee.director", MEETS)
    rooms.begin_vote(meeting, director, 1, "hands", MEETS)
    count = {"yes": 21, "no": 19, "abstain": 0}
    rooms.count_hands(meeting, director, 1, count, MEETS)
    rooms.count_hands(meeting, director, 1, count, MEETS)
    with pytest.raises(Refused, match="second_teller_missing"):
        rooms.decide(meeting, director, 1, MEETS)
    rooms.count_hands(meeting, women, 1, {**count, "yes": 20}, MEETS)
    with pytest.raises(Refused, match="tellers_differ"):
        rooms.decide(meeting, director, 1, MEETS)
    with pytest.raises(Refused, match="hands_too_many"):
        rooms.count_hands(meeting, women, 1, {**count, "yes": 22}, MEETS)
    with pytest.raises(Refused, match="not_teller"):
        rooms.count_hands(meeting, assembly.who["resident"], 1, count, MEETS)
    with pytest.raises(Refused, match="vote_running"):
        close(assembly, meeting)
    rooms.count_hands(meeting, women, 1, count, MEETS)
    rooms.decide(meeting, director, 1, MEETS)
    assert meeting.items.get(number=1).outcome == "passed"


def test_what_is_not_on_the_notice_is_not_voted_on(assembly: Assembly) -> None:
    meeting, director = assembly.opened(40), assembly.who["director"]
    item = rooms.add_item(meeting, director, "门口的广告", "floor", MEETS)
    rooms.speak(meeting, director, item.number, "committee.director", MEETS)
    with pytest.raises(Refused, match="not_on_notice"):
        rooms.begin_vote(meeting, director, item.number, "hands", MEETS)


def test_only_who_leads_leads(assembly: Assembly) -> None:
    meeting, resident = assembly.opened(40), assembly.who["resident"]
    for attempt in (
        lambda: rooms.sign_in(meeting, resident, [41], "list", MEETS),
        lambda: rooms.turn_to(meeting, resident, 1, MEETS),
        lambda: rooms.leave(meeting, resident, 1, MEETS),
        lambda: rooms.begin_vote(meeting, resident, 1, "hands", MEETS),
        lambda: rooms.decide(meeting, resident, 1, MEETS),
    ):
        with pytest.raises(Refused):
            attempt()
    with pytest.raises(Refused, match="members_frozen"):
        rooms.set_roll(meeting, assembly.who["director"], assembly.lines(61), MEETS)
    with pytest.raises(Refused, match="unknown_act"):
        take_step(meeting.matter.number, Draft("note", state="item_decided"), assembly.who["director"], MEETS, None)
